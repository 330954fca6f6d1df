//! `solve`: the value of a key at which a measure meets a target.

use crate::cli::sandbox::{Sandbox, Text};
use crate::common::{asset, head};
use crate::outputs::number;
use serde_json::Value;

/// Somebody who lives on cash, and nothing left to chance.
const CASH: &str = "start = \"2027-01\"\nhorizon = \"5 years\"\ncurrency = \"USD\"\n\
                    run = { seed = 1, paths = 256 }\n\
                    asset = [{ name = \"x\", class = \"micro-saas-fleet\", value = 0, roi = 0.1 }]\n\
                    owner = { cash = 60_000, surplus = \"keep\", spending = \"100/month\" }\n\
                    economy = { inflation.fixed = 0, cash_rate = 0 }\n";

const SPENDING: &str = "owner.spending";

fn cash() -> Sandbox {
    Sandbox::with("it.toml", CASH)
}

/// What is asked of `it.toml` between two values: at which the probability of ruin is the target.
fn asked<'a>(key: &'a str, target: &'a str, [from, to]: [&'a str; 2]) -> Vec<&'a str> {
    vec!["solve", "it.toml", key, "--no-charts", "--target", target, "--from", from, "--to", to]
}

/// The same of the median final wealth.
fn of_wealth<'a>(key: &'a str, target: &'a str, range: [&'a str; 2]) -> Vec<&'a str> {
    [&asked(key, target, range)[..], &["--measure", "wealth.terminal.p50"]].concat()
}

/// `solve.json` and the exit code.
fn solved(sandbox: &Sandbox, arguments: &[&str]) -> (Value, Option<i32>) {
    let ran = sandbox.run(&[arguments, &["--json"]].concat()[..]);
    assert_eq!(ran.err, "", "{arguments:?}");
    (serde_json::from_str(&ran.out).expect("JSON"), ran.code)
}

#[test]
fn what_can_be_spent_is_found_written_drawn_and_shown() {
    let sandbox = cash();
    let question = of_wealth(SPENDING, "30000", ["0/month", "900/month"]);
    let (facts, code) = solved(&sandbox, &question);
    assert_eq!(code, Some(0));
    // 60 times 500 are spent
    let outcome = &facts["outcome"];
    assert_eq!((outcome["kind"].as_str(), number(&outcome["value"])), (Some("found"), 500.0));
    assert_eq!(number(&outcome["std_error"]), 0.0);
    assert_eq!(number(&facts["in_file"]), 100.0);
    let tried = facts["tried"].as_array().expect("a list");
    assert!(tried.iter().any(|tried| number(&tried["value"]) == 100.0));
    assert_eq!(sandbox.read_json("output/it/solve/solve.json"), facts);
    // the screen has the numbers of the file
    let with_charts: Vec<&str> = question.iter().copied().filter(|word| *word != "--no-charts").collect();
    let shown = ["$500 a month", "$100 a month", "$30k", "owner.spending=500/month"];
    // nothing is left to chance
    sandbox.run(&with_charts[..]).done().has_all(shown).lacks("±");
    assert!(sandbox.has("output/it/solve/solve.svg") && sandbox.has("output/it/solve/solve.png"));
    // and without pictures those of before are gone
    sandbox.run(&question[..]).done();
    assert!(!sandbox.has("output/it/solve/solve.svg"));
}

#[test]
fn a_count_is_found_among_whole_numbers() {
    let keys = "model = \"mechanism\"\nworks = 300\ndownloads = 140";
    let media = asset("it", "synthetic-media-royalties", 0.0, keys).replace("value = 0.0\n", "");
    let sandbox = Sandbox::with("it.toml", head("3 years", 512) + &media);
    // the first that meets the target: the next one below misses it
    let income = |downloads: f64| -> f64 {
        let set = format!("--set asset.it.downloads={downloads}");
        let report = sandbox.json(&format!("run it.toml {set} --json --no-charts"));
        number(&report["measures"]["income.terminal.p50"]["value"])
    };
    for target in [150.0, 151.0, 152.0] {
        let typed = target.to_string();
        let question = asked("asset.it.downloads", &typed, ["1", "900"]);
        let question = [&question[..], &["--measure", "income.terminal.p50"]].concat();
        let (facts, _) = solved(&sandbox, &question);
        let outcome = &facts["outcome"];
        let value = number(&outcome["value"]);
        assert!(number(&outcome["std_error"]) >= 0.25, "{outcome}");
        assert_eq!((value.fract(), &facts["is_count"]), (0.0, &Value::Bool(true)));
        assert!(income(value) >= target && income(value - 1.0) < target, "{outcome}");
    }
}

#[test]
fn spans_are_counted_in_the_unit_that_is_typed() {
    let sandbox = cash();
    // 100 a month is spent
    for (range, expected) in [(["1 months", "90 months"], 25.0), (["1 year", "9 years"], 2.0)] {
        let (facts, _) = solved(&sandbox, &of_wealth("horizon", "57500", range));
        assert_eq!(number(&facts["outcome"]["value"]), expected, "{range:?}");
    }
}

#[test]
fn a_target_on_one_side_names_the_bound_to_move_and_the_bound_helps() {
    let sandbox = cash();
    // what is left has to be at least the target; ruin, at most
    for (key, target, range, kind, bound) in [
        ("owner.spending", "3000", ["100/month", "500/month"], "already-met", "to"),
        ("owner.spending", "50000", ["400/month", "900/month"], "cannot-be-met", "from"),
        ("owner.cash", "90000", ["1000", "70000"], "cannot-be-met", "to"),
        ("owner.cash", "20000", ["60000", "70000"], "already-met", "from"),
    ] {
        let question = of_wealth(key, target, range);
        let (facts, code) = solved(&sandbox, &question);
        let outcome = &facts["outcome"];
        assert_eq!((code, &outcome["kind"], &outcome["bound"]), (Some(1), &kind.into(), &bound.into()));
        let proposed = number(&outcome["propose"]);
        let at = if bound == "to" { 1 } else { 0 };
        let unit = if key == "owner.cash" { "" } else { "/month" };
        let moved = format!("{proposed}{unit}");
        let mut better = range;
        better[at] = &moved;
        let (facts, code) = solved(&sandbox, &of_wealth(key, target, better));
        assert_eq!((code, &facts["outcome"]["kind"]), (Some(0), &Value::from("found")), "{proposed}");
        // the screen says the same
        sandbox.run(&question[..]).prints(format!("--{bound} {moved}"));
    }
    // nobody can spend less than nothing
    let (facts, code) = solved(&sandbox, &of_wealth(SPENDING, "90000", ["0/month", "900/month"]));
    assert_eq!((code, &facts["outcome"]["propose"]), (Some(1), &Value::Null));
}

#[test]
fn ruin_is_the_measure_unless_another_is_named_and_lasting_is_its_complement() {
    let sandbox = Sandbox::with("it.toml", CASH.replace("value = 0", "value = 60_000"));
    let target = |typed: &str| {
        let (facts, _) = solved(&sandbox, &asked(SPENDING, typed, ["100/month", "3000/month"]));
        assert_eq!(facts["measure"], "ruin.probability");
        assert_eq!(facts["demand"], "at-most");
        number(&facts["target"])
    };
    assert_eq!(["lasts 90 %", "5 %", "0.05"].map(target), [0.1, 0.05, 0.05]);
    let question = of_wealth(SPENDING, "lasts 90 %", ["100/month", "3000/month"]);
    sandbox.run(&question[..]).failed().has("leave --measure out");
}

#[test]
fn what_cannot_be_asked_is_refused() {
    let sandbox = cash();
    for (target, range, expected) in [
        ("much", ["0/month", "9/month"], "--target is a number"),
        ("5", ["0/month", "9/year"], "need one and the same"),
        ("5", ["0/month", "0/month"], "nothing between them"),
        ("5", ["few", "9/month"], "--from and --to are a number"),
        ("5", ["0 parrots", "9 parrots"], "nothing was solved"),
        ("5", ["2028-01", "2035-01"], "2028-01 is a date"),
    ] {
        sandbox.run(&of_wealth(SPENDING, target, range)[..]).failed().has(expected);
    }
    // a bound is refused as the same assignment is
    for (key, range, remedy) in [
        (SPENDING, ["100", "3000"], "write: owner.spending=\"100/month\""),
        ("spending", ["1/month", "9/month"], "`spending` belongs below [owner]"),
    ] {
        sandbox.run(&asked(key, "5 %", range)[..]).failed().has_all([remedy, "nothing was solved"]);
    }
    for negative in ["--from=-2000/month", "--from -2000/month"] {
        sandbox
            .run(&format!("solve it.toml owner.spending --target 0.1 {negative} --to 500/month")[..])
            .failed()
            .has("--from -2000/month was read as --set owner.spending=-2000/month");
    }
    sandbox
        .run("solve it.toml owner.spending --target 0.1 --to 500/month --from --json")
        .failed()
        .has("--from and --to are a number with the unit of the key");
    sandbox
        .run("solve it.toml owner.spending --target 0.1")
        .failed()
        .has_all(["--from <VALUE>", "--from 500/month"]);
    for key in ["run.paths", "run.seed"] {
        sandbox.run(&of_wealth(key, "1", ["256", "512"])[..]).failed().has("same draws");
    }
}

#[test]
fn a_target_that_no_chance_can_have_is_refused_before_anything_is_simulated() {
    // simulated would be so many paths that no memory holds them, which is another refusal
    let sandbox = Sandbox::with("it.toml", CASH.replace("paths = 256", "paths = 1_000_000_000"));
    for (measure, target, remedy) in [
        ("ruin.probability", "5", "in percent that is --target \"5 %\""),
        ("ruin.probability", "90", "in percent that is --target \"lasts 90 %\""),
        ("ruin.probability", "-0.1", "--target takes one of these"),
        ("ruin.probability", "500%", "--target takes one of these"),
        ("drawdown.max.p50", "20", "in percent that is --target \"20 %\""),
    ] {
        let asked = format!("solve it.toml owner.spending --measure {measure} --target={target}");
        let refused = sandbox.run(&format!("{asked} --from 0/month --to 9/month")).failed();
        refused.has(format!("`{measure}` lies between 0 and 1")).has(remedy);
    }
}

#[test]
fn a_measure_that_jumps_over_its_target_has_both_sides_of_the_jump() {
    let sandbox = cash();
    // nothing is left to chance: everybody is ruined who spends more than 1,000 a month
    let range = ["100/month", "1900/month"];
    let (facts, code) = solved(&sandbox, &asked(SPENDING, "50 %", range));
    let jump = &facts["outcome"]["jump"];
    assert_eq!((code, number(&jump[0]["value"])), (Some(0), 1000.0));
    assert_eq!(number(&jump[1]["value"]), 1000.1);
    assert!(number(&jump[0]["found"]["value"]) < 0.5 && number(&jump[1]["found"]["value"]) > 0.5);
    // and with what is left there is none: five digits hold a tenth of a coin
    let (facts, _) = solved(&sandbox, &of_wealth(SPENDING, "31001", range));
    assert!(facts["outcome"]["jump"].is_null());
}

#[test]
fn the_end_of_a_measure_is_met_all_along_and_no_value_is_found_for_it() {
    // at 100 a month nobody is ruined, at 3,000 some are: of 256 paths, not certainly
    let sandbox = Sandbox::with("it.toml", CASH.replace("value = 0", "value = 60_000"));
    let (facts, code) = solved(&sandbox, &asked(SPENDING, "1", ["1500/month", "9000/month"]));
    assert_eq!((code, &facts["outcome"]["kind"]), (Some(1), &Value::from("already-met")));
    // where the first path is ruined depends on how many there are
    let question = asked(SPENDING, "lasts 100 %", ["0/month", "2000/month"]);
    sandbox.run(&question[..]).failed().has("ask for a target that paths can show");
    // 41.1 / 100 is not .411
    let (facts, _) = solved(&sandbox, &asked(SPENDING, "41.1 %", ["0/month", "1/month"]));
    assert_eq!(number(&facts["target"]), 0.411);
}

#[test]
fn the_answer_as_printed_was_simulated_and_meets_the_target() {
    let sandbox = Sandbox::with("it.toml", CASH.replace("value = 0", "value = 60_000"));
    for target in [0.03, 0.1, 0.2, 0.4] {
        for range in [["100/month", "3000/month"], ["3000/month", "100/month"]] {
            let typed = target.to_string();
            let (facts, _) = solved(&sandbox, &asked(SPENDING, &typed, range));
            let outcome = &facts["outcome"];
            assert!(number(&outcome["found"]["value"]) <= target, "{outcome}");
            let printed = format!("owner.spending={}/month", number(&outcome["value"]));
            sandbox.run(&asked(SPENDING, &typed, range)[..]).done().has(&printed);
            let ran = sandbox.json(&format!("run it.toml --set {printed} --json --no-charts"));
            let ruin = &ran["measures"]["ruin.probability"]["value"];
            assert_eq!(number(ruin), number(&outcome["found"]["value"]), "{printed}");
        }
    }
    // few paths decide a rare one
    let rare = asked(SPENDING, "1 %", ["100/month", "3000/month"]);
    sandbox.run(&rare[..]).done().has("about 3 paths").has("--paths 10000");
}

#[test]
fn a_proposed_bound_is_near_the_target() {
    let sandbox = Sandbox::with("it.toml", CASH.replace("value = 0", "value = 60_000"));
    let found = solved(&sandbox, &asked(SPENDING, "10 %", ["100/month", "9000/month"])).0;
    let value = number(&found["outcome"]["value"]);
    let (facts, _) = solved(&sandbox, &asked(SPENDING, "10 %", ["100/month", "200/month"]));
    let proposed = number(&facts["outcome"]["propose"]);
    // half of its distance from the bound would not pass the target
    assert!(
        value < proposed && (proposed - 200.0) / 2.0 <= 1.1 * (value - 200.0),
        "{proposed}, target at {value}"
    );
}

#[test]
fn every_option_that_takes_a_number_reads_one_with_an_exponent() {
    let sandbox = cash();
    let value = |target: &str, range: [&str; 2]| {
        number(&solved(&sandbox, &of_wealth(SPENDING, target, range)).0["outcome"]["value"])
    };
    assert_eq!(value("3e4", ["0e0/month", "9e2/month"]), value("30000", ["0/month", "900/month"]));
    let question = asked("owner.cash", "50e0 %", ["1e3", "1E+5"]);
    let (facts, code) = solved(&sandbox, &[&question[..], &["--set", "owner.spending=1e3/month"]].concat());
    assert!(code != Some(2), "{facts}");
    for arguments in [
        "run it.toml --no-charts --no-bridge --paths 1e2 --seed 1e1 --threads 2e0",
        "run it.toml --no-charts --no-bridge --set run.paths=1e2 --set owner.spending=\"1.2e3/year\"",
        "replay it.toml --path 1e1",
        "batch it.toml --no-cache --decide 1e3 --jobs 1e0 --threads 1e0 --max-time 1e2s",
        "batch it.toml --cache-size 1e3MB",
    ] {
        sandbox.run(arguments).exits(0);
    }
    sandbox.run("run it.toml --paths 1e-1").failed().has("`paths`");
    sandbox.run("batch it.toml --decide 1.5").failed().has("e.g. 20000 or 2e4");
}

#[test]
fn a_count_at_a_far_or_flat_target_is_followed_by_one_that_misses_it() {
    // 600 months of 100 are paid, then nothing is left
    let (facts, _) = solved(&cash(), &of_wealth("horizon", "1", ["12 months", "1200 months"]));
    assert_eq!(number(&facts["outcome"]["value"]), 599.0);
    // the probability of ruin stays at the target for several months
    let text = head("10 years", 256) + &asset("it", "savings", 30_000.0, "roi = \"2 %\"");
    let sandbox = Sandbox::with("it.toml", text + "[owner]\ncash = 100\nspending = \"200/month\"\n");
    let ruin = |months: f64| -> f64 {
        let set = format!("horizon={months} months");
        let ran = sandbox.run(&["run", "it.toml", "--set", &set, "--json", "--no-charts", "--no-bridge"][..]);
        let report: Value = serde_json::from_str(&ran.out).expect("JSON");
        number(&report["measures"]["ruin.probability"]["value"])
    };
    let (facts, _) = solved(&sandbox, &asked("horizon", "6.25 %", ["12 months", "1000 months"]));
    let value = number(&facts["outcome"]["value"]);
    assert!(ruin(value) <= 0.0625 && ruin(value + 1.0) > 0.0625, "{facts}");
}

#[test]
fn a_measure_that_jumps_at_zero_is_said_to_jump() {
    let sandbox = Sandbox::with("it.toml", CASH.replace("cash = 60_000", "cash = 0"));
    let (facts, code) = solved(&sandbox, &asked(SPENDING, "lasts 90 %", ["0/month", "100/month"]));
    let outcome = &facts["outcome"];
    assert_eq!((code, outcome["kind"].as_str()), (Some(0), Some("found")), "{facts}");
    assert!(outcome["jump"].is_array() && number(&outcome["value"]) == 0.0, "{facts}");
}
