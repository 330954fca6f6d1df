//! `compare` of one path, and of so few that no verdict can come of them.

use super::{json, number, printed, row, sandbox};

#[test]
fn of_one_path_figures_have_no_error_and_nothing_is_judged() {
    let sandbox = sandbox();
    let arguments = ["compare", "base.toml", "new.toml", "--paths", "1"];
    let screen = sandbox.run(&arguments).done();
    for word in ["judged:", "?", "±", "better", "beyond"] {
        assert!(!screen.contains(word), "{word}\n{screen}");
    }
    assert!(screen.contains("No difference has a verdict."), "{screen}");
    let found = json(&sandbox.read("output/compare-base-new/compare.json"));
    let verdicts = found["cases"][0]["headline"].as_object().expect("verdicts");
    assert!(verdicts.values().all(|verdict| verdict == "not-judged"));
    let measure = &found["cases"][0]["measures"]["wealth.terminal.real.p50"];
    let cells = row(&screen, "Median final wealth");
    for (cell, key) in [(1, "base"), (2, "new"), (3, "difference")] {
        let (shown, value) = (printed(cells[cell]), number(&measure[key]));
        assert!((shown - value).abs() < 0.006 * value.abs(), "{shown} {value}");
    }
}

#[test]
fn so_few_paths_that_none_could_fail_are_refused_before_they_are_simulated() {
    let sandbox = sandbox();
    let compare = |paths: &str, what: &str| {
        let files = ["compare", "base.toml", "new.toml", "--no-charts", "--no-why"];
        sandbox.run(&[&files[..], &["--paths", paths, "--fail-on", what]].concat())
    };
    for (paths, counted) in [("1", "1 path"), ("8", "8 paths")] {
        for what in ["worse", "different"] {
            let refused = compare(paths, what).failed();
            for part in [counted, "at least 9", "--paths 10000", "--fail-on any"] {
                assert!(refused.contains(part), "{part}: {refused}");
            }
        }
    }
    assert!(!sandbox.path("output").exists(), "nothing was written");
    compare("9", "worse").done();
    // so few are enough where every path is worse
    let house = |roi: &str| {
        let head = "start = \"2027-01\"\nhorizon = \"5 years\"\ncurrency = \"USD\"\nrun.seed = 5";
        let asset = "name = \"house\"\nclass = \"tokenized-real-estate\"\nvalue = 1";
        format!("{head}\n[[asset]]\n{asset}\nroi = {roi}\n")
    };
    sandbox.write("base.toml", house("0.3"));
    sandbox.write("new.toml", house("-0.6"));
    compare("9", "worse").exits(1);
    compare("9", "different").exits(1);
    // bits need no error
    compare("1", "any").exits(1);
}
