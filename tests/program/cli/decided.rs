//! What a batch advises for a gate that is inconclusive is done, and decides it.

use crate::cli::sandbox::Sandbox;
use serde_json::Value;

const CLAIMS: &str = include_str!("../../../scenarios/four-claims.toml");

/// The one gate of a batch of `four-claims.toml` that asks for a probability of loss below `limit`, and what was printed.
fn asked(limit: f64, more: &[&str]) -> (Value, String) {
    let sandbox = Sandbox::new();
    let gate = format!("\n[[expect]]\nid = \"no-loss\"\nmeasure = \"loss.probability\"\nbelow = {limit}\n");
    sandbox.write("four-claims.toml", format!("{CLAIMS}{gate}"));
    let arguments = ["batch", "four-claims.toml", "--out", "out", "--no-cache"];
    let ran = sandbox.run(&[&arguments[..], more].concat());
    assert!(matches!(ran.code, Some(0 | 1)), "{}{}", ran.out, ran.err);
    let results = sandbox.read("out/results.jsonl");
    let case = results.lines().nth(1).expect("a case");
    let case: Value = serde_json::from_str(case).expect("JSON");
    (case["gates"][0].clone(), ran.out)
}

fn is_open(gate: &Value) -> bool {
    gate["verdict"] == "inconclusive"
}

#[test]
fn within_one_standard_error_of_the_limit_ten_times_the_paths_are_advised() {
    // once 650,000 paths were advised here, and 31 million after these
    let (gate, screen) = asked(0.37, &["--paths", "4000"]);
    assert!(is_open(&gate), "{gate}");
    assert_eq!(gate["advice"]["kind"], "too-close", "{gate}");
    assert_eq!(gate["advice"]["paths"], 40_000, "{gate}");
    assert!(screen.contains("--paths 40000"), "{screen}");
}

#[test]
fn the_paths_that_are_advised_decide_the_gate() {
    let (gate, _) = asked(0.37, &["--paths", "4000"]);
    let number = |key: &str| gate["answer"][key].as_f64().expect("a figure");
    let (value, error) = (number("value"), number("std_error"));
    let mut n_decided = 0;
    let distances = [-2.2, 1.6, 2.0];
    for distance in distances {
        let limit = value + distance * error;
        let (gate, screen) = asked(limit, &["--paths", "4000"]);
        assert!(is_open(&gate), "{gate}");
        let most = |key: &str| gate["advice"][key][1].as_u64().expect("a number");
        let (run, decide) = (most("run").to_string(), most("decide").to_string());
        assert!(screen.contains(&format!("--paths {run},")), "{screen}");
        let [by_run, by_looks] =
            [asked(limit, &["--paths", &run]), asked(limit, &["--paths", "4000", "--decide", &decide])];
        n_decided += u32::from(!is_open(&by_run.0)) + u32::from(!is_open(&by_looks.0));
    }
    // each of them decides nine of ten
    assert!(n_decided >= 5, "{n_decided} of 6");
}
