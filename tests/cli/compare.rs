//! `compare`: what it prints and writes, what it attributes, and what it refuses.

use crate::outputs::json;
use crate::sandbox::Sandbox;
use serde_json::Value;

mod few;
mod named;

/// Two assets and agents that sell; the second file adds an asset and changes two keys.
const BASE: &str = r#"title    = "Two markets"
start    = "2027-01"
horizon  = "3 years"
currency = "USD"

[run]
seed  = 5
paths = 2048

[[asset]]
name  = "defi"
class = "defi-yield-aggregator"
value = 50_000

[[asset]]
name  = "saas"
class = "micro-saas-fleet"
value = 50_000

[crash]
models   = { frontier-a = 0.6, open-c = 0.4 }
lockstep = 0.7
"#;

const CASES: &str = r#"extends = "base.toml"
title   = "How agents decide"

[[variant]]
name = "alike"
set  = { "crash.lockstep" = 1 }

[[variant]]
name = "apart"
set  = { "crash.lockstep" = 0, "asset.defi.value" = 20000 }

[[variant]]
name = "early"
set  = { "crash.trigger" = 0.3 }
"#;

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::with_one();
    sandbox.write("base.toml", BASE);
    let new = BASE
        .replace("value = 50_000\n\n[crash]", "value = 80_000\n\n[crash]")
        .replace("lockstep = 0.7", "lockstep = 0.2")
        .replace("seed  = 5", "seed  = 6");
    sandbox.write("new.toml", new);
    sandbox.write("cases.toml", CASES);
    sandbox
}

fn number(value: &Value) -> f64 {
    value
        .as_f64()
        .unwrap_or_else(|| panic!("{value} is no number"))
}

#[test]
fn a_single_path_has_no_spread_and_its_outputs_say_null() {
    let sandbox = sandbox();
    let arguments = ["compare", "base.toml", "new.toml", "--paths", "1"];
    let shown = ["--format", "json", "--no-charts"];
    let found = json(&sandbox.run(&[&arguments[..], &shown].concat()).done());
    let spread = &found["cases"][0]["measures"]["wealth.terminal.sd"];
    assert!(spread["base"].is_null() && spread["difference"].is_null());
}

#[test]
fn two_scenarios_are_told_apart_and_written() {
    let sandbox = sandbox();
    let screen = sandbox.run(&["compare", "base.toml", "new.toml"]).done();
    for part in [
        "base: base · new: new · 2,048 shared paths, seed 5",
        "wealth, middle",
        "better",
        "WHY ",
        "asset.saas.value 50000 → 80000",
        "crash.lockstep 0.7 → 0.2",
        "together",
        "new: simulated with the seed 5 of the base",
        "so amounts are not judged",
        "output/compare-base-new/",
    ] {
        assert!(screen.contains(part), "{part}\n{screen}");
    }
    assert!(
        screen.lines().all(|line| line.chars().count() <= 80),
        "{screen}"
    );
    let written = json(&sandbox.read("output/compare-base-new/compare.json"));
    assert_eq!(written["schema"], "tailwheel-compare/2");
    assert_eq!(written["seed"], 5);
    assert!(
        sandbox
            .read("output/compare-base-new/compare.md")
            .starts_with("### Two markets")
    );
    assert!(
        sandbox
            .path("output/compare-base-new/comparison.svg")
            .exists()
    );
    assert!(
        sandbox
            .path("output/compare-base-new/comparison.png")
            .exists()
    );
}

#[test]
fn the_heading_names_both_and_a_file_with_cases_says_that_it_is_taken_as_written() {
    let sandbox = sandbox();
    let found = sandbox.run(&[
        "compare",
        "base.toml",
        "cases.toml",
        "--no-charts",
        "--no-why",
        "--paths",
        "64",
    ]);
    let screen = found.done();
    assert!(
        screen.starts_with("Two markets | How agents decide\n"),
        "{screen}"
    );
    let words: Vec<&str> = screen.split_whitespace().collect();
    let said = "cases: the file as written, without the 3 cases that it makes; `tailwheel compare` of this file alone \
                holds them side by side.";
    assert!(words.join(" ").contains(said), "{screen}");
}

#[test]
fn only_what_is_run_has_to_bear_an_edit() {
    let sandbox = sandbox();
    // the variant \"apart\" moves an asset that is gone
    let gone = ["--set", "drop=[\"asset.defi\"]", "--paths", "64"];
    sandbox
        .run(&[&["check", "cases.toml"][..], &gone[..2]].concat())
        .failed();
    let screen = sandbox
        .run(&[&["run", "cases.toml", "--no-charts"][..], &gone].concat())
        .done();
    assert!(screen.contains("Its 3 cases"), "{screen}");
}

#[test]
fn the_steps_of_the_attribution_add_up_to_the_difference_of_the_case() {
    let sandbox = sandbox();
    let why = ["--why", "wealth.terminal.real.mean", "--format", "json"];
    let arguments = [&["compare", "base.toml", "new.toml"][..], &why].concat();
    let found = json(&sandbox.run(&arguments).done());
    let case = &found["cases"][0];
    let why = &case["why"];
    let steps = why["steps"].as_array().expect("steps");
    let keys: Vec<&str> = steps
        .iter()
        .map(|step| step["edits"][0]["key"].as_str().expect("a key"))
        .collect();
    assert_eq!(keys, ["asset.saas.value", "crash.lockstep"]);
    let place = &steps[1]["edits"][0]["place"];
    assert!(
        place["file"] == "new.toml" && place["line"] == 22,
        "{place}"
    );
    let sum: f64 = steps.iter().map(|step| number(&step["difference"])).sum();
    let measure = &case["measures"]["wealth.terminal.real.mean"];
    let total = number(&why["total"]["difference"]);
    assert_eq!(total, number(&measure["difference"]));
    assert!(
        (sum - total).abs() < 1e-9 * number(&measure["new"]),
        "{sum} {total}"
    );
    // the bits of the base are those of `run`
    sandbox.run(&["run", "base.toml", "--no-charts"]).done();
    let report = json(&sandbox.read("output/base/report.json"));
    assert_eq!(
        measure["base"],
        report["measures"]["wealth.terminal.real.mean"]["value"]
    );
}

#[test]
fn cases_of_a_file_compare_with_the_first_or_with_the_one_that_is_named() {
    let sandbox = sandbox();
    let screen = sandbox.run(&["compare", "cases.toml"]).done();
    assert!(
        screen.starts_with("How agents decide\nbase: alike · 2 cases"),
        "{screen}"
    );
    assert!(
        !screen.contains("WHY"),
        "several cases are attributed on request"
    );
    let cases = |arguments: &[&str]| {
        let all = [
            &["compare", "cases.toml", "--format", "json", "--no-charts"],
            arguments,
        ]
        .concat();
        let found = json(&sandbox.run(&all).done());
        let ids = found["cases"].as_array().expect("cases").iter();
        let ids: Vec<String> = ids
            .map(|case| case["name"].as_str().expect("a name").to_owned())
            .collect();
        (
            found["base"]["name"].as_str().expect("a name").to_owned(),
            ids,
        )
    };
    assert_eq!(
        cases(&[]),
        (
            "alike".to_owned(),
            vec!["apart".to_owned(), "early".to_owned()]
        )
    );
    let written = (
        "as written".to_owned(),
        ["alike", "apart", "early"].map(str::to_owned).to_vec(),
    );
    assert_eq!(cases(&["--base", "cases"]), written);
    assert_eq!(cases(&["--base", "cases/apart"]).0, "apart");
    let refused = sandbox
        .run(&["compare", "cases.toml", "--base", "gone"])
        .failed();
    assert!(
        refused.contains("has no case `gone`; it has alike; apart; early"),
        "{refused}"
    );
    let second = CASES.find("[[variant]]\nname = \"apart\"");
    sandbox.write("single.toml", &CASES[..second.expect("a second")]);
    let screen = sandbox.run(&["compare", "single.toml"]).done();
    assert!(screen.contains("base: as written"), "{screen}");
    assert!(screen.contains("crash.lockstep 0.7 → 1"), "{screen}");
}

#[test]
fn the_same_scenario_is_the_same_on_every_path() {
    let sandbox = sandbox();
    sandbox.write("again.toml", BASE.replace("Two markets", "Another title"));
    let arguments = ["compare", "base.toml", "again.toml", "--fail-on", "any"];
    let screen = sandbox.run(&arguments).done();
    assert!(
        screen.contains("none differ") && !screen.contains("  better\n"),
        "{screen}"
    );
    assert!(!screen.contains("WHY"), "{screen}");
    let differing = sandbox.run(&["compare", "base.toml", "new.toml", "--fail-on", "any"]);
    assert_eq!(differing.code, Some(1));
    for (base, new, what, code) in [
        ("base.toml", "new.toml", "different", 1),
        ("base.toml", "again.toml", "different", 0),
        ("base.toml", "again.toml", "worse", 0),
    ] {
        let asked = sandbox.run(&["compare", base, new, "--no-why", "--fail-on", what]);
        assert_eq!(asked.code, Some(code), "{new} {what}");
    }
}

#[test]
fn the_bytes_depend_on_no_thread() {
    let sandbox = sandbox();
    let of = |threads: &str| {
        let format = ["--format", "json", "--threads", threads, "--no-charts"];
        let arguments = [&["compare", "base.toml", "new.toml"][..], &format].concat();
        sandbox.run(&arguments).done()
    };
    assert_eq!(of("1"), of("3"));
}

#[test]
fn what_cannot_be_compared_is_refused_with_a_remedy() {
    let sandbox = sandbox();
    for (name, from, to) in [
        ("euro.toml", "\"USD\"", "\"EUR\""),
        ("longer.toml", "\"3 years\"", "\"4 years\""),
        ("later.toml", "2027-01", "2028-01"),
    ] {
        sandbox.write(name, BASE.replace(from, to));
    }
    for (arguments, part) in [
        (
            &["base.toml", "euro.toml"][..],
            "--set 'currency = \"USD\"'",
        ),
        (
            &["base.toml", "longer.toml"],
            "--set 'horizon = \"36 months\"'",
        ),
        (&["base.toml", "later.toml"], "--set 'start = \"2027-01\"'"),
        (&["base.toml"], "is one scenario: name a second file"),
        (&["base.toml", "base.toml"], "named twice"),
        (
            &["base.toml", "new.toml", "--why", "wealth.terminal.men"],
            "did you mean `wealth.terminal.mean`?",
        ),
        (
            &[
                "base.toml",
                "new.toml",
                "--why",
                "correlation.realised.all.mean",
            ],
            "no function of single paths",
        ),
        (
            &["base.toml", "new.toml", "--base", "gone"],
            "`gone` is none of base; new",
        ),
        (&["base.toml", "gone.toml"], "gone.toml"),
    ] {
        let all = [&["compare"][..], arguments].concat();
        let refused = sandbox.run(&all).failed();
        assert!(refused.contains(part), "{part}\n{refused}");
    }
    assert!(!sandbox.path("output").exists(), "nothing was written");
    let remedied = [
        "compare",
        "base.toml",
        "euro.toml",
        "--set",
        "currency = \"USD\"",
    ];
    assert!(sandbox.run(&remedied).done().contains("none differ"));
}
