//! The programs in `examples/` answer as they say.

#[allow(dead_code)] // their `main`
#[path = "../../examples/median.rs"]
mod median;
#[allow(dead_code)]
#[path = "../../examples/two_edits.rs"]
mod two_edits;

use crate::common::scenario_of_file;
use tailwheel::{Control, Report, simulate};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/defi-alone.toml");

#[test]
fn the_median_and_the_fifth_percentile_are_those_of_the_report() {
    let scenario = scenario_of_file(FILE, &["run.paths=2000"]);
    let run = simulate(&scenario, &Control::default()).expect("it is finite");
    let report = Report::from(&run);
    let text = median::answer(FILE, &["run.paths=2000".to_owned()]).expect("it can be run");
    for id in ["wealth.terminal.real.p50", "wealth.terminal.real.p05"] {
        let value = format!(": {:.0} USD, standard error ", report.measures[id].value);
        assert!(text.contains(&value), "{text}");
    }
    assert!(!text.contains("unknown"), "{text}");
}

#[test]
fn an_edit_that_changes_nothing_differs_by_nothing_and_another_does() {
    let edits = ["run.seed=1", "asset.defi.volatility=0.3"].map(str::to_owned);
    let text = two_edits::answer(FILE, &edits).expect("it can be run");
    let lines: Vec<&str> = text.lines().collect();
    // the seed is that of the base: no path differs, and the error is what the paths could have missed
    assert!(lines[0].starts_with("run.seed=1: +0 USD, standard error "), "{text}");
    let [_, difference] = lines[1].split(": +").collect::<Vec<_>>()[..] else {
        panic!("{text}");
    };
    assert!(difference.ends_with(|sign: char| sign.is_ascii_digit()), "{text}");
}
