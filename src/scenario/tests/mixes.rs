//! A mix that is told by its parts.

use super::support::{faults, valid, with_head};

#[test]
fn a_mix_is_told_as_a_whole_or_by_parts_that_are_all_of_it() {
    let text = |lines: &str| {
        let head =
            "[[asset]]\nname = \"a\"\nclass = \"ai-managed-portfolio\"\nvalue = 1\nroi = 0.1\n";
        with_head(&format!("{head}model = \"mechanism\"\n{lines}\n"))
    };
    let mix = "mix = { equity = 0.6, property = 0.4 }";
    let correlations = |equity_crypto: &str| {
        format!(
            "{mix}\npart_correlation = {{ equity_property = 0, equity_defi = 0, equity_crypto = {equity_crypto}, \
             equity_collectibles = 0, property_defi = 0, property_crypto = 0, property_collectibles = 0, \
             defi_crypto = 0.9, defi_collectibles = 0, crypto_collectibles = 0 }}"
        )
    };
    let swings = "part_volatility = { equity = 0.2, property = 0.1, defi = 0.5, crypto = 0.7, collectibles = 1 }";
    let with_tokens = "mix = { equity = 0.6, property = 0.3, community_tokens = 0.1 }";
    for lines in [
        mix.to_owned(),
        "mix = { equity = \"60 %\", property = \"40 %\" }".to_owned(),
        correlations("0.2"),
        format!("{mix}\n{swings}"),
        with_tokens.to_owned(),
    ] {
        valid(&text(&lines));
    }
    for (lines, expected) in [
        (format!("{mix}\nvolatility = 0.1"), vec!["duplicate 11:7"]),
        (format!("{mix}\nmix_return = 0.1"), vec!["duplicate 11:7"]),
        (
            "mix = { equity = 0.6, property = 0.5 }".to_owned(),
            vec!["shares 11:7"],
        ),
        (
            "mix = { equity = 0.6, shares = 0.4 }".to_owned(),
            vec!["unknown-key 11:23"],
        ),
        (swings.to_owned(), vec!["income 11:19"]),
        (
            format!("{mix}\npart_volatility = {{ equity = 0.2 }}"),
            vec!["missing 12:19"; 4],
        ),
        (correlations("0.9"), vec!["correlation 12:20"]),
        // what was written before there were community tokens does not tell of them
        (
            correlations("0").replace(mix, with_tokens),
            vec!["missing 12:20"],
        ),
        (format!("{with_tokens}\n{swings}"), vec!["missing 12:19"]),
    ] {
        assert_eq!(faults(&text(&lines)), expected, "{lines}");
    }
}
