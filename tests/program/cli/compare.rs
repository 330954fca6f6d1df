//! `compare`: what it prints and writes, what it attributes, and what it refuses.

use crate::cli::sandbox::{Sandbox, TWO, Text};
use crate::outputs::{json, number};

mod few;
mod named;

/// Two markets and agents that sell; the second file changes three keys.
fn base() -> String {
    TWO.to_owned() + "\n[crash]\nmodels   = { frontier-a = 0.6, open-c = 0.4 }\nlockstep = 0.7\n"
}

const CASES: &str = include_str!("files/compared.toml");

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::with("base.toml", base());
    let new = base()
        .replace("value = 50_000\n\n[crash]", "value = 80_000\n\n[crash]")
        .replace("lockstep = 0.7", "lockstep = 0.2")
        .replace("seed  = 5", "seed  = 6");
    sandbox.write("new.toml", new);
    sandbox.write("cases.toml", CASES);
    sandbox
}

/// The cells of the row that begins with `label`, two blanks apart.
fn row<'s>(screen: &'s str, label: &str) -> Vec<&'s str> {
    let line = screen.lines().find(|line| line.trim_start().starts_with(label));
    let line = line.unwrap_or_else(|| panic!("{label}\n{screen}"));
    line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect()
}

/// The first number of a text, its sign included: `+$18k ± 12k` is 18000.
fn printed(text: &str) -> f64 {
    let sign = if text.contains('−') { -1.0 } else { 1.0 };
    let text = text.trim_start_matches(['+', '−', '$']);
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',');
    let (digits, rest) = text.split_at(end.unwrap_or(text.len()));
    let scale = match rest.chars().next() {
        Some('k') => 1e3,
        Some('M') => 1e6,
        Some(' ') if rest.contains(" %") || rest.ends_with("pp") => 0.01,
        _ => 1.0,
    };
    sign * scale * digits.replace(',', "").parse::<f64>().expect("a number")
}

#[test]
fn the_figures_of_the_screen_are_those_of_the_file() {
    let sandbox = sandbox();
    let screen = sandbox.run("compare base.toml new.toml").done();
    assert!(screen.lines().all(|line| line.chars().count() <= 100), "{screen}");
    assert!(screen.lines().count() <= 48, "{screen}");
    let written = sandbox.read_json("output/compare-base-new/compare.json");
    assert_eq!((&written["schema"], &written["seed"]), (&"tailwheel-compare/3".into(), &5.into()));
    let case = &written["cases"][0];
    let headline = written["headline"].as_array().expect("a headline");
    for part in headline {
        let id = part["measure"].as_str().expect("an id");
        let measure = &case["measures"][id];
        let cells = row(&screen, part["label"].as_str().expect("a label"));
        let error = measure["std_error"].as_f64().unwrap_or(f64::INFINITY);
        for (cell, key) in [(1, "base"), (2, "new"), (3, "difference")] {
            let (shown, value) = (printed(cells[cell]), number(&measure[key]));
            let own = measure[format!("{key}_std_error")].as_f64().unwrap_or(error);
            let slack = (0.006 * value.abs()).max(own.min(0.06 * value.abs()));
            assert!((shown - value).abs() <= slack + 6e-4, "{id} {key}: {shown} {value}");
            // power: another sign is found
            assert!(value == 0.0 || (shown < 0.0) == (value < 0.0) || shown == 0.0, "{id}");
        }
        let verdict = case["headline"][id].as_str().expect("a verdict");
        let words = [("none-seen", "none seen"), ("same", "the same"), ("not-judged", "not judged")];
        let word = words.iter().find(|(id, _)| *id == verdict).map_or(verdict, |(_, word)| word);
        assert_eq!(cells[4], word, "{id}");
    }
    let verdicts = case["headline"].as_object().expect("verdicts").values();
    let n_better = verdicts.clone().filter(|verdict| *verdict == "better").count();
    let n_judged = verdicts.filter(|verdict| *verdict != "not-judged").count();
    // amounts of other investments are not judged
    assert!(n_better == n_judged && n_judged < headline.len(), "{n_better} {n_judged}");
    let counted = format!("B is better on all {n_judged} judged measures: ");
    assert!(screen.contains(&counted), "{counted}\n{screen}");
    assert_eq!(case["remarks"][0]["kind"], "other-seeds");
    for file in ["compare.md", "comparison.svg", "comparison.png"] {
        assert!(sandbox.has(&format!("output/compare-base-new/{file}")), "{file}");
    }
}

#[test]
fn a_file_with_cases_beside_another_is_taken_as_written() {
    let found = sandbox().json("compare base.toml cases.toml --no-why --paths 64 --format json");
    assert_eq!(found["title"], "Two markets | How agents decide");
    let remark = &found["cases"][0]["remarks"][0];
    assert_eq!((&remark["kind"], &remark["cases"]), (&"as-written".into(), &3.into()));
}

#[test]
fn only_what_is_run_has_to_bear_an_edit() {
    let sandbox = sandbox();
    // the variant \"apart\" moves an asset that is gone
    sandbox.run("check cases.toml --set drop=[\"asset.defi\"]").failed();
    let run = "run cases.toml --no-charts --set drop=[\"asset.defi\"] --paths 64";
    sandbox.run(run).done().has("3 cases: tailwheel batch cases.toml");
}

#[test]
fn the_steps_of_the_attribution_add_up_to_the_difference_of_the_case() {
    let sandbox = sandbox();
    let [three, one] = ["3", "1"].map(|threads| {
        let why = "--why wealth.terminal.real.mean --format json --threads";
        sandbox.run(&format!("compare base.toml new.toml {why} {threads}")).done()
    });
    assert_eq!(three, one, "the bytes depend on no thread");
    let found = json(&three);
    let case = &found["cases"][0];
    let why = &case["why"];
    let steps = why["steps"].as_array().expect("steps");
    let keys: Vec<&str> = steps.iter().map(|step| step["edits"][0]["key"].as_str().expect("a key")).collect();
    assert_eq!(keys, ["asset.saas.value", "crash.lockstep"]);
    let sum: f64 = steps.iter().map(|step| number(&step["difference"])).sum();
    let measure = &case["measures"]["wealth.terminal.real.mean"];
    let total = number(&why["total"]["difference"]);
    assert_eq!(total, number(&measure["difference"]));
    assert!((sum - total).abs() < 1e-9 * number(&measure["new"]), "{sum} {total}");
    // the bits of the base are those of `run`
    let report = sandbox.json("run base.toml --no-charts --json");
    assert_eq!(measure["base"], report["measures"]["wealth.terminal.real.mean"]["value"]);
}

#[test]
fn cases_of_a_file_compare_with_the_first_or_with_the_one_that_is_named() {
    let sandbox = sandbox();
    let screen = sandbox.run("compare cases.toml").done();
    // several cases are attributed on request
    screen.has_all(["How agents decide", "A  alike", "B  apart", "C  early"]).lacks("WHY");
    let cases = |arguments: &str| {
        let found = sandbox.json(&format!("compare cases.toml --format json --no-charts{arguments}"));
        let ids = found["cases"].as_array().expect("cases").iter();
        let ids: Vec<&str> = ids.map(|case| case["name"].as_str().expect("a name")).collect();
        format!("{}: {}", found["base"]["name"].as_str().expect("a name"), ids.join(" "))
    };
    assert_eq!(cases(""), "alike: apart early");
    assert_eq!(cases(" --base cases"), "as written: alike apart early");
    assert_eq!(cases(" --base cases/apart"), "apart: alike early");
    let gone = sandbox.run("compare cases.toml --base gone").failed();
    gone.has("has no case `gone`; it has alike; apart; early");
    let second = CASES.find("[[variant]]\nname = \"apart\"");
    sandbox.write("single.toml", &CASES[..second.expect("a second")]);
    sandbox.run("compare single.toml").done().has("A  as written").has("crash.lockstep: 0.7 to 1");
}

#[test]
fn the_same_scenario_is_the_same_on_every_path() {
    let sandbox = sandbox();
    sandbox.write("again.toml", base().replace("Two markets", "Another title"));
    let same = sandbox.run("compare base.toml again.toml --fail-on any").done();
    same.has("the same").lacks("  better\n").lacks("WHY");
    for (new, what, code) in
        [("new", "any", 1), ("new", "different", 1), ("again", "different", 0), ("again", "worse", 0)]
    {
        sandbox.run(&format!("compare base.toml {new}.toml --no-why --fail-on {what}")).exits(code);
    }
}

#[test]
fn what_cannot_be_compared_is_refused_with_a_remedy() {
    let sandbox = sandbox();
    for (name, from, to) in [
        ("euro.toml", "\"USD\"", "\"EUR\""),
        ("longer.toml", "\"3 years\"", "\"4 years\""),
        ("later.toml", "2027-01", "2028-01"),
    ] {
        sandbox.write(name, base().replace(from, to));
    }
    for (arguments, part) in [
        (
            "euro.toml",
            "convert all amounts of euro from EUR to USD by hand, and write currency = \"USD\" there",
        ),
        ("longer.toml", "--set 'horizon = \"36 months\"'"),
        ("later.toml", "--set 'start = \"2027-01\"'"),
        ("--no-why", "is one scenario: name a second file"),
        ("base.toml", "named twice"),
        ("new.toml --why wealth.terminal.men", "did you mean `wealth.terminal.mean`?"),
        ("new.toml --why correlation.realised.all.mean", "cannot be compared path by path"),
        ("new.toml --base gone", "`gone` is none of base; new"),
        ("gone.toml", "gone.toml"),
    ] {
        sandbox.run(&format!("compare base.toml {arguments}")).failed().has(part);
    }
    assert!(!sandbox.has("output"), "nothing was written");
    sandbox.run(&["compare", "base.toml", "euro.toml", "--set", "currency = \"USD\""]).done().has("the same");
}
