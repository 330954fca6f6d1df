//! Ranges of which every path draws one: what is read, what is refused, what the canonical document keeps.

use super::support::{mechanism, read_back, valid};
use super::writable::FLYWHEEL;

fn works(lines: &str) -> String {
    mechanism("synthetic-media-royalties", &format!("works = 100\n{lines}\n[owner]\ncash = 9_000"))
}

fn site(lines: &str) -> String {
    mechanism("niche-content", lines)
}

#[test]
fn one_range_has_many_spellings_and_one_canonical_form() {
    let document = |range: &str| valid(&works(&format!("downloads = {range}"))).canonical_document();
    let of_text = document("\"30-300\"");
    for other in ["[30, 300]", "\"30 – 300\"", "\"30 to 300\"", "\"3e1-3e2\""] {
        assert_eq!(document(other), of_text, "{other}");
    }
    assert!(of_text.contains("downloads = [30, 300]"), "{of_text}");
    assert!(!of_text.contains("\nvalue ="), "it follows: {of_text}");
    assert_ne!(document("95"), of_text);
    assert_ne!(document("[30, 46, 300]"), of_text);
}

#[test]
fn a_canonical_document_reads_back_as_the_same_scenario() {
    for text in [
        works("downloads = \"30-300\"\nper_download = \"0.5-2\""),
        works("income = \"50-900/month\"\nlaunch = { cost = \"100-900\", fails = \"20-70 %\" }"),
        site(
            "visits = \"20_000-90_000\"\ntools = \"10-60/month\"\npatrons = \"0.01-0.3 %\"\npatron_price = \"5/month\"\nplatform_fee = \"8-15 %\"\ndeals = { rate = \"3/year\", size = 15 }",
        ),
        site("value = 9_000\nroi = 0.3\nniche = \"1.5-4\"\nrenewed = [0.2, 0.5, 0.9]"),
    ] {
        let [scenario, again] = read_back(&text);
        let [paths, paths_again] = [&scenario, &again].map(|scenario| {
            let mut paths: Vec<String> = scenario.ranges().map(|range| range.path.clone()).collect();
            paths.sort();
            paths
        });
        assert!(paths == paths_again && !paths.is_empty(), "{text}");
    }
}

#[test]
fn products_that_are_not_stated_are_as_many_in_the_income_as_in_the_model() {
    let stated = FLYWHEEL.lines().find(|line| line.starts_with("products")).expect("a number of products");
    let [left_out, three] = ["", "products = 3"].map(|line| valid(&FLYWHEEL.replace(stated, line)));
    assert_eq!(left_out.canonical_document(), three.canonical_document());
    // no number of the income is drawn
    assert!(left_out.assets[2].formula.is_none() && three.assets[2].formula.is_none());
}

#[test]
fn the_opening_value_is_that_of_the_median() {
    let value = |lines: &str| valid(&works(lines)).assets[0].keys.value.get();
    for (income, value_of_median) in
        [("\"100-1_600/month\"", 24_000.0), ("[\"100/month\", \"300/month\", \"1600/month\"]", 18_000.0)]
    {
        assert!((value(&format!("income = {income}\nmultiple = 5")) - value_of_median).abs() < 1e-6);
    }
}

#[test]
fn numbers_in_place_of_ranges_are_those_that_are_written() {
    let of = |keys: &str| valid(&site(keys)).fixed;
    assert_eq!(of("visits = 20_000"), [] as [&str; 0]);
    let told = of("visits = 20_000\nrpm = 12\ntools = \"40/month\"\nlink_clicks = \"2-4 %\"");
    assert_eq!(told, ["asset.a.rpm", "asset.a.tools"]);
    let fixed = of("visits = 20_000\nfixed_costs = 0.2");
    assert_eq!(fixed, ["asset.a.fixed_costs"]);
}
