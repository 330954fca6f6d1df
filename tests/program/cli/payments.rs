//! Losses are not judged where what is paid out was edited: money paid out counts as returned.

use crate::cli::batch::MARKET;
use crate::cli::sandbox::Sandbox;
use crate::outputs::json;

const BATCH: [&str; 6] = ["batch", "suite", "--out", "out", "--baseline", "base.jsonl"];

fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A scenario whose owner spends so much a month.
fn spending(amount: u32) -> String {
    let owner = format!(
        "[owner]\ncash = 100_000\nsurplus = \"reinvest\"\nspending = \"{amount}/month\"\n\n[[asset]]"
    );
    MARKET.replace("\"2 years\"", "\"8 years\"").replacen("[[asset]]", &owner, 1)
}

#[test]
fn spending_more_makes_no_loss_better() {
    let sandbox = Sandbox::new();
    sandbox.write("suite/a.toml", spending(200));
    sandbox.run(&[&BATCH[..], &["--update-baseline"]].concat());
    sandbox.write("suite/a.toml", spending(900));
    let ran = sandbox.run(&BATCH);
    let why = "Losses are not judged where spending or flows were edited: money paid out counts as returned.";
    for text in [ran.out, sandbox.read("out/summary.md")] {
        let text = in_one_line(&text);
        assert_eq!(text.matches(why).count(), 1, "{text}");
        assert!(text.contains("not judged"), "{text}");
    }
    // each loss has its change and no verdict
    let summary = sandbox.read("out/summary.md");
    let is_of = |line: &&str| line.contains("Expected shortfall 95 %: ");
    let change = summary.lines().find(is_of).expect("its change");
    assert!(change.ends_with(", not judged"), "{change:?}");
    // power: an edit that leaves the payments alone is judged
    sandbox.write("suite/a.toml", spending(200).replacen("\"22-35 %\"", "\"12-15 %\"", 1));
    let ran = sandbox.run(&BATCH);
    assert!(ran.out.contains("worse") && !in_one_line(&ran.out).contains(why), "{}", ran.out);
}

#[test]
fn a_comparison_of_two_spendings_judges_ruin_and_no_loss() {
    let sandbox = Sandbox::new();
    sandbox.write("low.toml", spending(200));
    sandbox.write("high.toml", spending(900));
    let ran = sandbox.run(&["compare", "low.toml", "high.toml", "--no-why"]);
    let found = json(&sandbox.read("output/compare-low-high/compare.json"));
    let case = &found["cases"][0];
    assert_eq!(case["remarks"][0]["kind"], "other-payments");
    for loss in ["expected_shortfall.95", "loss.probability"] {
        assert_eq!(case["headline"][loss], "not-judged", "{loss}");
        assert_eq!(case["measures"][loss]["not_judged"], "other-payments", "{loss}");
    }
    assert!(ran.out.contains("worse"), "{}", ran.out);
}
