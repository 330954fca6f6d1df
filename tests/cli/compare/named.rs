//! What files are called, and what is said of several cases at once.

use super::{BASE, json, number, sandbox};

#[test]
fn files_are_named_by_what_differs_and_what_holds_for_many_is_said_once() {
    let sandbox = sandbox();
    let other = BASE.replacen("value = 50_000", "value = 60_000", 1);
    let names = ["a", "b", "c", "d", "e"].map(|folder| format!("{folder}/defi.toml"));
    for name in &names {
        sandbox.write(name, other.replace("seed  = 5", "seed  = 6"));
    }
    sandbox.write("a/defi.toml", BASE);
    let files: Vec<&str> = names.iter().map(String::as_str).collect();
    let screen = sandbox.run(&[&["compare"], &files[..]].concat()).done();
    assert!(screen.contains("base: a ·"), "{screen}");
    let words: Vec<&str> = screen.split_whitespace().collect();
    let text = words.join(" ");
    for part in [
        "all 4 cases: the money put in is not the $100k of a, so amounts are not judged.",
        "all 4 cases: simulated with the seed 5 of the base; its own file says seed 6",
    ] {
        assert_eq!(text.matches(part).count(), 1, "{part}\n{screen}");
    }
    let json_of = ["--format", "json", "--no-charts"];
    let found = json(
        &sandbox
            .run(&[&["compare"], &files[..], &json_of].concat())
            .done(),
    );
    let remark = found["cases"][0]["remarks"][0].as_str().expect("a remark");
    assert!(remark.starts_with("b: simulated with"), "{remark}");
    assert_eq!(
        found["cases"][0]["remarks"][1],
        "b: the money put in is not the $100k of a, so amounts are not judged."
    );
}

#[test]
fn another_set_of_markets_is_said_to_give_other_figures_than_a_run() {
    let sandbox = sandbox();
    let added = "\n[[asset]]\nname  = \"aaa\"\nclass = \"defi-yield-aggregator\"\nvalue = 100\n";
    sandbox.write(
        "more.toml",
        BASE.replacen("\n[[asset]]", &format!("{added}\n[[asset]]"), 1),
    );
    let said = "its markets are not the base's";
    let screen = sandbox
        .run(&["compare", "base.toml", "more.toml", "--format", "markdown"])
        .done();
    assert!(screen.contains(said), "{screen}");
    let together = screen.lines().any(|line| line.starts_with("| together |"));
    assert_eq!(
        together,
        screen.matches("asset.aaa").count() > 1,
        "{screen}"
    );
    let plain = sandbox
        .run(&["compare", "base.toml", "new.toml", "--format", "markdown"])
        .done();
    assert!(!plain.contains(said), "{plain}");
    assert!(plain.contains("| together | "), "{plain}");
}

/// The row of income on a screen.
fn income_row(screen: &str) -> Option<&str> {
    let mut lines = screen.lines();
    lines.find(|line| line.trim_start().starts_with("income a month"))
}

#[test]
fn more_inflation_leaves_less_income_in_money_of_the_start() {
    let sandbox = sandbox();
    let with = |rate: &str| format!("{BASE}[economy]\ninflation.fixed = \"{rate}\"\n");
    sandbox.write("low.toml", with("2.5 %").replace("3 years", "10 years"));
    sandbox.write("high.toml", with("4 %").replace("3 years", "10 years"));
    let screen = sandbox.run(&["compare", "low.toml", "high.toml"]).done();
    let row = income_row(&screen).unwrap_or_else(|| panic!("no income\n{screen}"));
    assert!(row.contains("middle") && row.ends_with("worse"), "{row}");
    // (1.025/1.04)^9.5 − 1, and nothing else changes
    let found = json(&sandbox.read("output/compare-low-high/compare.json"));
    let measure = &found["cases"][0]["measures"]["income.terminal.real.p50"];
    let change = number(&measure["difference"]) / number(&measure["base"]);
    assert!((change + 0.129).abs() < 0.002, "{change}");
}

#[test]
fn the_stamp_of_the_picture_is_title_and_digest_of_the_base() {
    let sandbox = sandbox();
    sandbox.write("other.toml", BASE.replace("Two markets", "Another title"));
    sandbox.run(&["compare", "base.toml", "other.toml"]).done();
    let found = json(&sandbox.read("output/compare-base-other/compare.json"));
    let digest = found["base"]["model_digest"].as_str().expect("a digest");
    let picture = sandbox.read("output/compare-base-other/comparison.svg");
    let stamp = picture.lines().find(|line| line.contains("digest"));
    let stamp = stamp.expect("a stamp");
    assert!(
        stamp.contains("scenario Two markets") && stamp.contains(&digest[..8]),
        "{stamp}"
    );
}
