//! Names of files, and remarks on several cases at once.

use super::{base, number, row, sandbox};
use crate::cli::sandbox::Text;

#[test]
fn files_are_named_by_what_differs_and_a_remark_on_many_stands_once() {
    let sandbox = sandbox();
    let other = base().replacen("value = 50_000", "value = 60_000", 1);
    let names = ["a", "b", "c", "d", "e"].map(|folder| format!("{folder}/defi.toml"));
    for name in &names {
        sandbox.write(name, other.replace("seed  = 5", "seed  = 6"));
    }
    sandbox.write("a/defi.toml", base());
    let compare = format!("compare {}", names.join(" "));
    let screen = sandbox.run(&compare).done();
    for remark in ["are simulated with the seed of A", "amounts are not judged."] {
        assert_eq!(screen.matches(remark).count(), 1, "{remark}\n{screen}");
    }
    let found = sandbox.json(&format!("{compare} --format json --no-charts"));
    assert_eq!(found["base"]["name"], "a");
    for case in found["cases"].as_array().expect("cases") {
        let remarks = case["remarks"].as_array().expect("remarks").iter();
        let kinds: Vec<&str> = remarks.filter_map(|one| one["kind"].as_str()).collect();
        assert_eq!(kinds, ["other-seeds", "other-investment"]);
        assert_eq!(case["remarks"][0]["own"]["seed"], 6);
        assert!(number(&case["money_in"]) > number(&found["base"]["money_in"]));
    }
}

#[test]
fn another_set_of_markets_is_remarked_upon() {
    let sandbox = sandbox();
    let added = "\n[[asset]]\nname  = \"aaa\"\nclass = \"defi-yield-aggregator\"\nvalue = 100\n";
    sandbox.write("more.toml", base().replacen("\n[[asset]]", &format!("{added}\n[[asset]]"), 1));
    let remarks = |new: &str| {
        let found = sandbox.json(&format!("compare base.toml {new} --format json --no-charts"));
        found["cases"][0]["remarks"].to_string()
    };
    remarks("more.toml").has("other-markets");
    remarks("new.toml").lacks("other-markets");
    sandbox.run("compare base.toml new.toml --format markdown").done().has("| all edits together | ");
}

#[test]
fn more_inflation_leaves_less_income_in_money_of_the_start() {
    let sandbox = sandbox();
    for (name, rate) in [("low.toml", "2.5 %"), ("high.toml", "4 %")] {
        let text = base() + &format!("[economy]\ninflation.fixed = \"{rate}\"\n");
        sandbox.write(name, text.replace("3 years", "10 years"));
    }
    let screen = sandbox.run("compare low.toml high.toml").done();
    assert_eq!(row(&screen, "Median net income a month").last(), Some(&"worse"), "{screen}");
    // (1.025/1.04)^9.5 − 1, and nothing else changes
    let found = sandbox.read_json("output/compare-low-high/compare.json");
    let measure = &found["cases"][0]["measures"]["income.terminal.real.p50"];
    let change = number(&measure["difference"]) / number(&measure["base"]);
    assert!((change + 0.129).abs() < 0.002, "{change}");
}

#[test]
fn the_stamp_of_the_picture_is_title_and_digest_of_the_base() {
    let sandbox = sandbox();
    sandbox.write("other.toml", base().replace("Two markets", "Another title"));
    sandbox.run("compare base.toml other.toml").done();
    let found = sandbox.read_json("output/compare-base-other/compare.json");
    let digest = found["base"]["model_digest"].as_str().expect("a digest");
    let picture = sandbox.read("output/compare-base-other/comparison.svg");
    let stamp = picture.lines().find(|line| line.contains("digest")).expect("a stamp");
    stamp.has("scenario Two markets").has(&digest[..8]);
}
