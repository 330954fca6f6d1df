//! Covers whose keys cannot be meant together.

use super::*;
use crate::scenario::tests::support::Text;

/// Warnings about the cover of [`BASE`] with another `horizon`, and `keys` in place of limit, premium and terms.
fn of_cover(horizon: &str, keys: &str) -> Vec<String> {
    const SHOCK: &str = "[[shock]]\nat = \"2028-07\"\nmarket = \"defi\"\nloss = \"30 %\"\n";
    let mut text = BASE.replace("10 years", horizon).replace(SHOCK, "");
    for (key, written) in
        [("flows", ""), ("launch", ""), ("premium", ""), ("waiting", ""), ("cover", ""), ("limit", keys)]
    {
        let line = text.lines().find(|line| line.starts_with(&format!("{key} = ")));
        text = text.replace(line.expect("it is there"), written);
    }
    let found = study(&text, &[]).as_written.scenario.implausible;
    found.into_iter().filter(|value| value.key.starts_with("owner.cover")).map(|value| value.text).collect()
}

#[test]
fn a_cover_that_pays_nothing_within_the_run_is_warned_of_with_the_key_that_is_too_long() {
    const LIMIT: &str = "limit = 40_000\n";
    let of = |horizon: &str, keys: &str| of_cover(horizon, &format!("{LIMIT}{keys}\n"));
    let when = |keys: &str| format!("pays_when = {{ yield_below = 0.05{keys} }}");
    // a claim of the first month at the earliest, a window after it, and the waiting time
    for (horizon, keys) in [
        ("2 months", String::new()),
        ("5 months", when("")),
        ("9 months", when(", window = \"4 months\"") + "\nwaiting = \"4 months\""),
    ] {
        assert_eq!(of(horizon, &keys), [""; 0], "{keys}");
    }
    let cases = [
        ("1 month", String::new(), "`owner.cover.vault.waiting` is \"14 days\" (default)"),
        ("4 months", when(""), "`owner.cover.vault.pays_when.window` is \"3 months\" (default)"),
        ("10 years", when(", window = \"11 years\""), "`owner.cover.vault.pays_when.window` is \"11 years\""),
        (
            "10 years",
            when("") + "\nwaiting = \"119 months\"",
            "`owner.cover.vault.waiting` is \"119 months\"",
        ),
        (
            "9 months",
            when(", window = \"5 months\"") + "\nwaiting = \"4 months\"",
            "`owner.cover.vault.pays_when.window` is \"5 months\"",
        ),
    ];
    let one = |horizon: &str, keys: &str| {
        let found: [String; 1] = of(horizon, keys).try_into().expect(keys);
        found.concat()
    };
    for (horizon, keys, is) in cases {
        let found =
            one(horizon, &keys).has("no payout reaches cash within the run").lacks("premiums are lost");
        assert!(found.starts_with(is), "{found}");
    }
    one("1 month", &when("")).has("all premiums are lost");
}

#[test]
fn a_limit_far_above_the_value_is_warned_of_with_what_it_does() {
    let (priced, when) = ("premium = \"1 %/year\"", "pays_when = { yield_below = 0.05 }");
    for (keys, said) in [
        (priced, "the result is too pessimistic"),
        ("", "changes neither payouts nor the computed premium"),
        (&format!("{priced}\n{when}"), "The mean is too optimistic if payouts exceed premiums"),
        (when, "All others, and the mean, are too pessimistic"),
    ] {
        let found = of_cover("10 years", &format!("limit = 2_000_000\n{keys}\n"));
        assert!(found.len() == 1 && found[0].contains(said), "{found:?}");
    }
}
