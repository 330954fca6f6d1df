//! The edge that a claim implies beyond what a mix returns by itself, against a run without any of it.

use crate::common::{asset, head, report, scenario};
use crate::read::between;
use crate::told::in_one_line;

/// What a year of certain growth makes, in a run of which nothing varies.
fn returned(keys: &str, kept: &str) -> f64 {
    let certain =
        "volatility = 0\nincome_share = 0\nroi_law = \"point\"\nedge_half_life = \"1200 months\"";
    let keys = format!("model = \"mechanism\"\n{certain}\nedge_kept = {kept}\n{keys}");
    let text = head("1 month", 1) + &asset("mix", "ai-managed-portfolio", 100.0, &keys);
    let outcome = crate::common::outcome(&text);
    let wealth = outcome.column(tailwheel::record::WEALTH).expect("wealth");
    12.0 * (wealth[0] / 100.0 - 1.0)
}

/// What the report says of it.
fn told(keys: &str) -> String {
    let keys = format!("model = \"mechanism\"\n{keys}");
    let text = head("2 years", 64) + &asset("mix", "ai-managed-portfolio", 100.0, &keys);
    let outcome = crate::common::outcome(&text);
    in_one_line(
        &report(&scenario(&text), &outcome)
            .whole(&[], "")
            .to_text(80),
    )
}

fn number(text: &str) -> f64 {
    text.replace('−', "-")
        .trim_end_matches(" %")
        .parse()
        .expect("per cent")
}

#[test]
fn the_edge_that_is_implied_is_what_a_run_gains_by_it() {
    for (keys, known) in [
        ("roi = 0.16", "`mix_return`, grade G"),
        ("roi = 0.16\nmix_return = \"3 %/year\"", "as written"),
        (
            "roi = 0.02\nmanager_fee = \"1.5 %/year\"",
            "`mix_return`, grade G",
        ),
    ] {
        let text = told(keys);
        let said = between(&text, "Edge implied of mix: ", "; the less the mix returns");
        let said = said.unwrap_or_else(|| panic!("{text}"));
        assert!(said.ends_with(&format!("({known})")), "{said}");
        let (edge, rest) = said.split_once(" a year, ").expect("an edge");
        let (claimed, rest) = rest.split_once(" claimed less ").expect("a claim");
        let (base, _) = rest
            .split_once(" that its mix returns after the fee")
            .expect("a base");
        let [edge, claimed, base] = [edge, claimed, base].map(number);
        let [with, without] = ["1", "0"].map(|kept| 100.0 * returned(keys, kept));
        for (said, exact) in [(claimed, with), (base, without), (edge, with - without)] {
            assert!((said - exact).abs() < 0.0051, "{keys}: {said} is {exact}");
        }
    }
    // who manages nothing has none
    let text =
        head("2 years", 64) + &asset("fleet", "micro-saas-fleet", 100.0, "model = \"mechanism\"");
    let outcome = crate::common::outcome(&text);
    let page = report(&scenario(&text), &outcome)
        .whole(&[], "")
        .to_text(80);
    assert!(
        page.contains("CLAIMED AND EARNED") && !page.contains("Edge implied"),
        "{page}"
    );
}

#[test]
fn of_a_mix_in_parts_the_returns_of_its_parts_are_what_it_rests_on() {
    let text = told("roi = 0.16\nmix = { equity = 0.5, property = 0.5 }");
    let said = between(&text, "Edge implied of mix: ", "; the less the mix returns");
    let said = said.unwrap_or_else(|| panic!("{text}"));
    // 9 and 5.8 % in halves, less 0.75
    assert!(
        said.starts_with("9.35 % a year, 16.00 % claimed less 6.65 %"),
        "{said}"
    );
    assert!(said.ends_with("(`part_return`, grade G)"), "{said}");
}
