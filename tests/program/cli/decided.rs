//! What a batch advises for a gate that is inconclusive is done, and decides it.

use crate::cli::sandbox::{Sandbox, Text};
use crate::outputs::number;
use serde_json::Value;

const CLAIMS: &str = include_str!("../../../scenarios/four-claims.toml");

/// The one gate of a batch of `four-claims.toml` that asks for a probability of loss below `limit`, and what was printed.
fn asked(limit: f64, paths: &str) -> (Value, String) {
    let gate = format!("\n[[expect]]\nid = \"no-loss\"\nmeasure = \"loss.probability\"\nbelow = {limit}\n");
    let sandbox = Sandbox::with("four-claims.toml", format!("{CLAIMS}{gate}"));
    let ran = sandbox.run(&format!("batch four-claims.toml --out out --no-cache --paths {paths}"));
    assert!(matches!(ran.code, Some(0 | 1)), "{}{}", ran.out, ran.err);
    let results = sandbox.read("out/results.jsonl");
    let case: Value = serde_json::from_str(results.lines().nth(1).expect("a case")).expect("JSON");
    (case["gates"][0].clone(), ran.out)
}

fn is_open(gate: &Value) -> bool {
    gate["verdict"] == "inconclusive"
}

#[test]
fn within_one_standard_error_of_the_limit_ten_times_the_paths_are_advised() {
    // once 650,000 paths were advised here, and 31 million after these
    let (gate, screen) = asked(0.37, "4000");
    assert!(is_open(&gate), "{gate}");
    assert_eq!(gate["advice"]["kind"], "too-close", "{gate}");
    assert_eq!(gate["advice"]["paths"], 40_000, "{gate}");
    screen.has("--paths 40000");
}

#[test]
fn the_paths_that_are_advised_decide_the_gate() {
    let (gate, _) = asked(0.37, "4000");
    let [value, error] = ["value", "std_error"].map(|key| number(&gate["answer"][key]));
    let mut n_decided = 0;
    for distance in [-2.2, 1.6, 2.0] {
        let limit = value + distance * error;
        let (gate, screen) = asked(limit, "4000");
        assert!(is_open(&gate), "{gate}");
        let [run, decide] = ["run", "decide"].map(|key| gate["advice"][key][1].to_string());
        screen.has(format!("--paths {run},"));
        for paths in [run, format!("4000 --decide {decide}")] {
            n_decided += u32::from(!is_open(&asked(limit, &paths).0));
        }
    }
    // each of them decides nine of ten
    assert!(n_decided >= 5, "{n_decided} of 6");
}
