//! Tests that count the steps of reading the cases of a file.

use super::super::super::read::load;
use super::*;

/// Reads `text` as a study, or its fault messages, and counts the steps of reading.
fn read_counted(text: &str) -> (Result<Study, Vec<String>>, u64) {
    let loader = |_: &str| Ok(text.as_bytes().to_vec());
    let (mut sources, mut faults) = (SourceMap::default(), Faults::default());
    let document = load("it.toml", &[], &loader, &mut sources, &mut faults);
    let study = read("it.toml", document, &sources, None, true, &mut faults);
    (study.ok_or(faults.iter().map(|fault| fault.message.clone()).collect()), faults.n_steps())
}

/// Text of a file with `n` assets of a class and an axis with `values` of `key`, followed by `rest`.
fn text(n: usize, class: &str, key: &str, values: &[String], rest: &str) -> String {
    let assets = (0..n).map(|i| format!("{{ name = \"a{i}\", class = \"{class}\", value = 1 }}"));
    let assets: Vec<String> = assets.collect();
    format!(
        "start = \"2027-01\"\nhorizon = \"5 years\"\ncurrency = \"USD\"\nrun = {{ seed = 1, paths = 64 }}\n\
         asset = [{}]\n[[axis]]\nname = \"x\"\nkey = \"{key}\"\nvalues = [{}]\n{rest}",
        assets.join(", "),
        values.join(", ")
    )
}

fn numbers(n: usize) -> Vec<String> {
    (0..n).map(|i| format!("0.{}", 1000 + i)).collect()
}

/// Returns the reading steps of each further axis value, and the steps of a file with two axis values.
fn steps_of_case(n_assets: usize, key: &str) -> (u64, u64) {
    let count = |n: usize| {
        let (study, n_steps) = read_counted(&text(n_assets, "bonds", key, &numbers(n), ""));
        assert_eq!(study.map(|study| study.cases.len()), Ok(n), "{key}");
        n_steps
    };
    let (two, twelve) = (count(2), count(12));
    ((twelve - two) / 10, two)
}

#[test]
fn a_case_resolves_no_pair_again_and_reads_no_asset_that_it_leaves_as_it_is() {
    for key in ["economy.inflation", "asset.a3.volatility", "asset.a3.value"] {
        let of_case = [40, 80].map(|n| steps_of_case(n, key).0);
        let [few, many] = of_case;
        // Only markets are read again, so twice as many assets take about twice as many steps.
        assert!(many < 2 * few + 40, "{key}: {of_case:?}");
        let whole = steps_of_case(80, key).1;
        assert!(3 * many < whole, "{key}: {many} of {whole}");
    }
}

#[test]
fn a_case_that_changes_correlations_is_charged_for_its_pairs() {
    let (of_case, _) = steps_of_case(80, "correlation.default");
    assert!(of_case > 80 * 79 / 2 / 4, "{of_case}");
}

#[test]
fn cases_that_share_what_was_read_are_what_each_is_alone() {
    let rest = "[[axis]]\nname = \"y\"\nkey = \"correlation.default\"\nvalues = [0.8, 0.9]\n\
                [[variant]]\nname = \"plain\"\n[[variant]]\nname = \"fewer\"\ndrop = [\"asset.a1\"]\n";
    let text = text(4, "defi-yield-aggregator", "asset.a0.value", &numbers(3), rest);
    let (study, _) = read_counted(&text);
    let study = study.expect("a study");
    assert_eq!(study.cases.len(), 12);
    for case in &study.cases {
        let alone = case.document.read("it").expect("a scenario");
        assert_eq!(alone.canonical_document(), case.scenario.canonical_document(), "{}", case.id);
        let filled = |scenario: &Scenario| scenario.filled_in.iter().cloned().collect::<Vec<_>>();
        assert_eq!(filled(&alone), filled(&case.scenario), "{}", case.id);
        assert!(filled(&alone).is_sorted_by(|a, b| a.path < b.path));
    }
}

/// Text of a `[[shock]]` in the market of asset `i`; `month` 0 is February 2027.
fn shock(i: usize, month: usize) -> String {
    format!("[[shock]]\nat=\"2027-0{}\"\nmarket=\"a{i}\"\nloss=0.1\n", month + 2)
}

#[test]
fn cases_that_take_too_long_to_read_are_refused_and_no_further_one_is_read() {
    let rates: Vec<String> = (0..700).map(|i| format!("\"0.{}/year\"", 1000 + i)).collect();
    let hostile = [
        text(300, "defi-yield-aggregator", "event.contract-exploit-a1.rate", &rates, ""),
        text(200, "bonds", "correlation.default", &numbers(1900), ""),
        text(
            100,
            "bonds",
            "correlation.default",
            &numbers(3500),
            "[correlation]\nrepair = \"nearest\"\npairs = [[\"a0\", \"a1\", 0.9], [\"a0\", \"a2\", 0.9], [\"a1\", \"a2\", -0.9]]\n",
        ),
        text(
            100,
            "bonds",
            "economy.inflation",
            &numbers(1900),
            &(0..450).map(|i| shock(i % 100, i / 100)).collect::<String>(),
        ),
    ];
    for text in hostile {
        assert!(text.len() < 45_000, "{}", text.len());
        let (study, n_steps) = read_counted(&text);
        let faults = study.expect_err("is refused");
        assert_eq!(faults, ["the cases of this file take too long to read"]);
        assert!(n_steps < 5_000_000, "{n_steps}");
    }
}
