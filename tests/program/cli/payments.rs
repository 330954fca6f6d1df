//! Losses are not judged where what is paid out was edited: money paid out counts as returned.

use crate::cli::batch::MARKET;
use crate::cli::sandbox::{Sandbox, Text, in_one_line};

const BATCH: &str = "batch suite --out out --baseline base.jsonl";

/// A scenario whose owner spends so much a month.
fn spending(amount: u32) -> String {
    let owner = format!(
        "[owner]\ncash = 100_000\nsurplus = \"reinvest\"\nspending = \"{amount}/month\"\n\n[[asset]]"
    );
    MARKET.replace("\"2 years\"", "\"8 years\"").replacen("[[asset]]", &owner, 1)
}

#[test]
fn spending_more_makes_no_loss_better() {
    let sandbox = Sandbox::with("suite/a.toml", spending(200));
    sandbox.run(&format!("{BATCH} --update-baseline"));
    sandbox.write("suite/a.toml", spending(900));
    let screen = sandbox.run(BATCH).out;
    let summary = sandbox.read("out/summary.md");
    let why = "Losses are not judged where spending or flows were edited: money paid out counts as returned.";
    for text in [in_one_line(&screen), in_one_line(&summary)] {
        assert_eq!(text.matches(why).count(), 1, "{text}");
        text.has("not judged");
    }
    // each loss has its change and no verdict
    let change = summary.lines().find(|line| line.contains("Expected shortfall 95 %: "));
    change.expect("its change").ends(", not judged");
    // power: an edit that leaves the payments alone is judged
    sandbox.write("suite/a.toml", spending(200).replacen("\"22-35 %\"", "\"12-15 %\"", 1));
    in_one_line(&sandbox.run(BATCH).out).has("worse").lacks(why);
}

#[test]
fn a_comparison_of_two_spendings_judges_ruin_and_no_loss() {
    let sandbox = Sandbox::with("low.toml", spending(200));
    sandbox.write("high.toml", spending(900));
    sandbox.run("compare low.toml high.toml --no-why").out.has("worse");
    let found = sandbox.read_json("output/compare-low-high/compare.json");
    let case = &found["cases"][0];
    assert_eq!(case["remarks"][0]["kind"], "other-payments");
    for loss in ["expected_shortfall.95", "loss.probability"] {
        assert_eq!(case["headline"][loss], "not-judged", "{loss}");
        assert_eq!(case["measures"][loss]["not_judged"], "other-payments", "{loss}");
    }
}
