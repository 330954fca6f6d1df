//! `compare` of one path, and of so few that no verdict can come of them.

use super::{number, printed, row, sandbox};
use crate::cli::sandbox::Text;

#[test]
fn of_one_path_figures_have_no_error_and_nothing_is_judged() {
    let sandbox = sandbox();
    let screen = sandbox.run("compare base.toml new.toml --paths 1").done();
    let screen = screen.lacks_all(["judged:", "?", "±", "better", "beyond"]);
    let screen = screen.has("No difference has a verdict.");
    let found = sandbox.read_json("output/compare-base-new/compare.json");
    let verdicts = found["cases"][0]["headline"].as_object().expect("verdicts");
    assert!(verdicts.values().all(|verdict| verdict == "not-judged"));
    let measures = &found["cases"][0]["measures"];
    let measure = &measures["wealth.terminal.real.p50"];
    let cells = row(&screen, "Median final wealth");
    for (cell, key) in [(1, "base"), (2, "new"), (3, "difference")] {
        let (shown, value) = (printed(cells[cell]), number(&measure[key]));
        assert!((shown - value).abs() < 0.006 * value.abs(), "{shown} {value}");
    }
    let spread = &measures["wealth.terminal.sd"];
    assert!(spread["base"].is_null() && spread["difference"].is_null(), "{spread}");
}

#[test]
fn so_few_paths_that_none_could_fail_are_refused_before_they_are_simulated() {
    let sandbox = sandbox();
    let compare = |paths: &str, what: &str| {
        let files = "compare base.toml new.toml --no-charts --no-why";
        sandbox.run(&format!("{files} --paths {paths} --fail-on {what}"))
    };
    for (paths, counted) in [("1", "1 path"), ("8", "8 paths")] {
        for what in ["worse", "different"] {
            compare(paths, what).failed().has_all([counted, "at least 9", "--paths 10000", "--fail-on any"]);
        }
    }
    assert!(!sandbox.has("output"), "nothing was written");
    compare("9", "worse").done();
    // so few are enough where every path is worse
    let house = |roi: &str| {
        let head = "start = \"2027-01\"\nhorizon = \"5 years\"\ncurrency = \"USD\"\nrun.seed = 5";
        let asset = "name = \"house\"\nclass = \"tokenized-real-estate\"\nvalue = 1";
        format!("{head}\n[[asset]]\n{asset}\nroi = {roi}\n")
    };
    sandbox.write("base.toml", house("0.3"));
    sandbox.write("new.toml", house("-0.6"));
    // bits need no error
    for (paths, what) in [("9", "worse"), ("9", "different"), ("1", "any")] {
        compare(paths, what).exits(1);
    }
}
