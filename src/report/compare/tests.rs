//! Steps of an attribution, a comparison as written and as shown, incomes.

use super::*;
use crate::engine::{Control, run};
use crate::page::Form;
use crate::plan::Plan;
use crate::report::to_json;
use crate::scenario::{Case, Scenario, Study, read_study};
use crate::stats::{Data, Verdict, mean_at};
use crate::study::{EditStep, NamedFile, Sides, data_by_path, steps};
use std::path::Path;

fn study(text: &str) -> Study {
    let study = read_study("test.toml", &[], &|_: &str| Ok(text.as_bytes().to_vec()));
    study.unwrap_or_else(|refusal| panic!("{:?}", refusal.faults))
}

/// Returns the scenario of a file's text, without its variants.
fn case(text: &str) -> Case {
    study(text).as_written
}

/// Returns a scenario file with seven assets of this value and volatility, followed by `rest`.
fn text(value: u32, volatility: f64, rest: &str) -> String {
    let assets = (0..7).map(|k| {
        format!(
            "[[asset]]\nname = \"a{k}\"\nclass = \"defi-yield-aggregator\"\nvalue = {value}\n\
             volatility = {volatility:?}\n"
        )
    });
    let assets: String = assets.collect();
    format!(
        "title = \"Seven\"\nstart = \"2027-01\"\nhorizon = \"2 years\"\ncurrency = \"USD\"\n\
         [run]\nseed = 1\npaths = 256\n{assets}{rest}"
    )
}

/// Runs a scenario. Returns its data by path.
fn data_of(scenario: &Scenario) -> Data {
    let outcome = run(&Plan::compile(scenario), &Control::default()).expect("finite");
    data_by_path(scenario, &outcome)
}

/// Runs the scenarios of two studies, and compares the second one with the first.
fn compared(names: [&str; 2], studies: [&Study; 2]) -> Comparison {
    let named =
        |k: usize| NamedFile { file: Path::new(names[k]), study: studies[k], name: names[k].to_owned() };
    let sides = Sides::of_files([0, 1].map(named).into_iter(), None).expect("two files");
    let [base, new] = studies.map(|study| &study.as_written.scenario);
    let [was, is] = [base, new].map(data_of);
    let left = RunResults::of(base, &was);
    let found = RunDifferences::of(&left, &was, new, &is);
    Comparison::of(&sides, &left, &[found])
}

fn keys(steps: &[EditStep]) -> Vec<Vec<&str>> {
    let edits = steps.iter().map(|step| &step.edits);
    edits.map(|edits| edits.iter().map(|edit| edit.key.as_str()).collect()).collect()
}

#[test]
fn edits_are_taken_one_by_one_and_the_last_is_the_new_scenario() {
    let base = case(&text(100, 0.5, ""));
    let new = text(100, 0.5, "[owner]\ncash = 10\n").replace("paths = 256", "paths = 512");
    let new = case(&new.replacen("value = 100", "value = 200", 1));
    let found = steps(&base.document, &new.document, "test", |_| true);
    assert_eq!(keys(&found), [["asset.a0.value"], ["owner"]]);
    assert!(found[0].scenario.is_some() && found[1].scenario.is_none());
    assert!(steps(&base.document, &base.document, "test", |_| true).is_empty());
    // a step that cannot be run is joined with the next
    let joined = steps(&base.document, &new.document, "test", |_| false);
    assert_eq!(keys(&joined), [["asset.a0.value", "owner"]]);
    assert_eq!(joined[0].table.as_deref(), Some("asset.a0.value, owner"));
}

#[test]
fn a_key_that_is_not_valid_without_the_next_is_joined_with_it() {
    let names: Vec<String> = (0..7).map(|k| format!("a{k}")).collect();
    let cells = |row| (0..7).map(|k| if k == row { 1.0 } else { 0.1 }).collect();
    let rows: Vec<Vec<f64>> = (0..7).map(cells).collect();
    let matrix = format!("[correlation]\norder = {names:?}\nmatrix = {rows:?}\nroi = 0.2\n");
    let base = case(&text(100, 0.5, "[correlation]\nroi = 0.5\n"));
    let found = steps(&base.document, &case(&text(100, 0.5, &matrix)).document, "test", |_| true);
    let expected: [&[&str]; 2] = [&["correlation.order", "correlation.matrix"], &["correlation.roi"]];
    assert_eq!(keys(&found), expected);
    assert_eq!(found[0].table.as_deref(), Some("correlation"));
}

#[test]
fn more_than_twelve_edits_are_taken_together_by_table() {
    let (base, new) = (case(&text(100, 0.5, "")), case(&text(200, 0.6, "")));
    let found = steps(&base.document, &new.document, "test", |_| true);
    assert_eq!(found.len(), 7);
    assert_eq!(keys(&found)[2], ["asset.a2.value", "asset.a2.volatility"]);
    assert_eq!(found[2].table.as_deref(), Some("asset.a2"));
}

#[test]
fn a_comparison_of_a_scenario_with_itself_is_equal_as_found_and_as_written() {
    let study = study(&text(100, 0.5, "").replace("Seven", "A | `b` <c> *d*"));
    let comparison = compared(["base", "new|er"], [&study; 2]);
    assert!(comparison.is_equal());
    let verdicts = comparison.cases[0].headline.values();
    assert!(verdicts.clone().all(|verdict| *verdict == Verdict::Same));
    assert_eq!(verdicts.count(), 8);
    assert!(!comparison.headline.iter().any(|part| part.measure == "ruin.probability"));
    let written = comparison.as_written();
    assert_eq!(to_json(&written), to_json(&comparison));
    let screen = written.screen(Form::of_width(80));
    assert_eq!(screen, comparison.screen(Form::of_width(80)));
    assert!(screen.n_lines() <= 20);
    let screen = String::from_utf8(screen.into_bytes()).expect("text");
    assert!(screen.lines().all(|line| line.chars().count() <= 80), "{screen}");
    let same: Vec<&str> = screen.lines().filter(|line| line.ends_with("the same")).collect();
    assert!(same.len() == 8 && !same.concat().contains('±'), "{screen}");
    let page = String::from_utf8(written.markdown().into_bytes()).expect("text");
    assert!(page.starts_with("### A \\| \\`b\\` &lt;c&gt; \\*d\\*\n"), "{page}");
    let json: serde_json::Value = serde_json::from_str(&to_json(&comparison)).expect("JSON");
    assert_eq!(json["cases"][0]["name"], "new|er");
    assert_eq!(json["cases"][0]["headline"]["wealth.terminal.real.p50"], "same");
}

#[test]
fn the_answer_counts_the_measures_that_are_judged() {
    let study = study(&text(100, 0.5, ""));
    let mut comparison = compared(["base", "new"], [&study; 2]);
    let mut answer = |judged: &[Verdict]| {
        let verdicts = judged.iter().copied().chain(std::iter::repeat(Verdict::NotJudged));
        for (verdict, given) in comparison.cases[0].headline.values_mut().zip(verdicts) {
            *verdict = given;
        }
        let screen = String::from_utf8(comparison.screen(Form::default()).into_bytes()).expect("text");
        screen
            .lines()
            .find(|line| line.starts_with("B is better"))
            .unwrap_or_else(|| panic!("{screen}"))
            .to_owned()
    };
    let [better, none] = [Verdict::Better, Verdict::NoneSeen];
    assert!(answer(&[better]).starts_with("B is better on the only judged measure: "));
    assert!(answer(&[better, better]).starts_with("B is better on all 2 judged measures: "));
    assert!(answer(&[better, none]).starts_with("B is better on 1 of the 2 judged measures: "));
    let all = [&[better][..], &[none; 7]].concat();
    assert!(answer(&all).starts_with("B is better on 1 of 8 measures: "));
}

#[test]
fn money_kept_instead_of_spent_is_neither_better_nor_worse() {
    let verdicts = |rest: [&str; 2]| {
        let [base, new] = rest.map(|rest| study(&text(100, 0.5, rest)));
        let comparison = compared(["base", "new"], [&base, &new]);
        let of = |measure: &str| comparison.cases[0].headline[measure];
        ["wealth.terminal.real.mean", "loss.probability", "drawdown.max.p50"].map(of)
    };
    let owner = |rest: &str| format!("[owner]\ncash = 1_000\n{rest}\n");
    let [spends, keeps] = ["spending = \"10/month\"", "spending = \"5/month\""].map(owner);
    let found = verdicts([&spends, &keeps]);
    assert_eq!(found[..2], [Verdict::Changed, Verdict::NotJudged]);
    // power: the same wealth of the same spending is judged
    let cash = format!("{keeps}[economy]\ncash_rate = \"50 %/year\"\n");
    assert!(verdicts([&keeps, &cash])[0].is_clear());
    assert_ne!(verdicts([&keeps, &cash])[0], Verdict::Changed);
}

#[test]
fn what_comes_in_has_money_from_elsewhere_and_the_price_of_hours() {
    let fleet = "start = \"2027-01\"\nhorizon = \"25 months\"\ncurrency = \"USD\"\n[run]\nseed = 1\npaths = 256\n\
                 [[asset]]\nname = \"fleet\"\nclass = \"micro-saas-fleet\"\nmodel = \"mechanism\"\nvalue = 10_000\nunits = 9\n\
                 [owner]\ncash = 1_000_000\n";
    let comes_in = |rest: &str| {
        let case = case(&format!("{fleet}{rest}\n"));
        let data = data_of(&case.scenario);
        let hours = data.mean_incomes().hours.clone();
        (ComesIn::of(&case.scenario, &data).means, hours)
    };
    let means = |rest: &str| comes_in(rest).0;
    let added = |rest: &str| -> Vec<f64> {
        means("").into_iter().zip(means(rest)).map(|(base, new)| new.mean - base.mean).collect()
    };
    let job = "flows = [{ name = \"job\", amount = \"65/month\", grows = \"inflation\" }]";
    let is_all = |found: &[f64], one: f64| found.iter().all(|found| (found - one).abs() < 1e-6);
    assert!(is_all(&added(job), 65.0), "{:?}", added(job));
    // what comes once is no income, and what is paid none that is less
    let once = "flows = [{ name = \"car\", amount = 900, at = \"2027-06\" }, { name = \"rent\", amount = \"-9/month\" }]";
    assert!(is_all(&added(once), 0.0));
    let (paid, hours) = comes_in("hour_value = 10");
    assert!(!hours.is_empty());
    for (paid, base) in paid.iter().zip(means("")) {
        let spent = mean_at(&hours, paid.month).expect("there are dates");
        // of the difference nobody knows more than of both
        let error = base.std_error + 10.0 * spent.std_error;
        assert!((paid.std_error / error - 1.0).abs() < 1e-9, "{paid:?}");
        assert!(spent.std_error > 0.0 && paid.std_error > base.std_error);
        let spent = spent.mean;
        let found = base.mean - paid.mean;
        assert!(spent > 0.0 && (found / (10.0 * spent) - 1.0).abs() < 1e-6, "{found}");
    }
    // where the owner spends the run keeps what is left of it, hours paid
    let net = |rest: &str| means(&format!("spending = \"1/month\"\n{rest}"));
    for (paid, free) in net("hour_value = 10").iter().zip(net("")) {
        assert!(paid.mean < free.mean - 1.0, "{} {}", paid.mean, free.mean);
    }
}
