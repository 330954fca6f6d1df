//! What the screen of `solve` shows of its facts.

use super::*;
use crate::report::to_json;
use crate::stats::{Estimate, Value};
use crate::study::Bound;

pub(in crate::report) fn tried(value: f64, ruin: f64) -> Tried {
    let error = (ruin * (1.0 - ruin) / 10_000.0).sqrt().max(1e-5);
    let found = Estimate::normal(ruin, error, 10_000);
    Tried { value, found: Value::new(Unit::Probability, &found) }
}

/// Returns a sample report of `solve`: probability of ruin by monthly spending, 5 % at 1,198.3.
pub(in crate::report) fn facts(outcome: Outcome) -> SolveReport {
    let curve = [
        (500.0, 0.0001),
        (955.0, 0.008),
        (1148.0, 0.035),
        (1196.0, 0.0497),
        (1198.3, 0.05),
        (1201.0, 0.0504),
        (1220.0, 0.058),
        (1240.0, 0.066),
        (1260.0, 0.074),
        (1300.0, 0.09),
        (1400.0, 0.15),
        (1500.0, 0.258),
        (6000.0, 0.999),
    ];
    SolveReport {
        schema: SOLVE_SCHEMA.to_owned(),
        value_version: VALUE_VERSION,
        title: "Can I quit?".to_owned(),
        model_digest: "0".repeat(64),
        currency: "USD".to_owned(),
        seeds: Seeds::one(1),
        paths: 10_000,
        file: "quit it.toml".to_owned(),
        edits: vec!["run.paths=10000".to_owned()],
        key: "owner.spending".to_owned(),
        n_replaced: 0,
        label: "spending".to_owned(),
        unit: "/month".to_owned(),
        value_unit: AmountUnit::typed("owner.spending", "/month"),
        measure: "ruin.probability".to_owned(),
        measure_label: "probability of ruin".to_owned(),
        demand: Demand::AtMost,
        target: 0.05,
        measure_unit: Unit::Probability,
        from: 500.0,
        to: 6000.0,
        found: Solved {
            outcome,
            is_count: false,
            in_file: Some(1500.0),
            tried: curve.map(|(value, ruin)| tried(value, ruin)).to_vec(),
        },
    }
}

fn found() -> Outcome {
    Outcome::Found { value: 1198.3, std_error: Some(7.5), found: tried(1198.3, 0.05).found, jump: None }
}

fn text(facts: &SolveReport, form: Form) -> String {
    String::from_utf8(rendered("solve.txt.j2", &SolveView::of(facts), form).into_bytes()).expect("text")
}

#[test]
fn at_most_eight_rows_are_shown_and_none_that_its_neighbor_does_not_differ_from() {
    let facts = facts(found());
    let view = SolveView::of(&facts);
    let values: Vec<f64> = view.rows.iter().map(|row| row.value).collect();
    assert!(values.len() <= MOST_ROWS, "{values:?}");
    for kept in [500.0, 1198.0, 1500.0, 6000.0] {
        assert!(values.contains(&kept), "{kept} of {values:?}");
    }
    assert!(!values.contains(&1196.0) && !values.contains(&1201.0), "{values:?}");
    assert_eq!((view.answer, view.half), (Some(1198.0), Some(15.0)));
}

#[test]
fn every_outcome_has_a_screen_that_fits_and_a_command() {
    let at = tried(6000.0, 0.999);
    let bounds = |propose| {
        let (at, found, bound) = (at.value, at.found, Bound::To);
        let met = Outcome::AlreadyMet { at, found, bound, propose };
        let unmet = Outcome::CannotBeMet { at, found, bound, propose };
        [met, unmet]
    };
    let proposing = bounds(Some(12_000.0)).map(|outcome| (outcome, true, false));
    let others = bounds(None).map(|outcome| (outcome, false, false));
    for (outcome, has_bound, is_found) in proposing.into_iter().chain(others).chain([(found(), false, true)])
    {
        let facts = facts(outcome);
        for width in [80, 100] {
            let screen = text(&facts, Form::of_width(width));
            let commands = |line: &&str| !line.starts_with("Use it");
            let mut lines = screen.lines().filter(commands);
            assert!(lines.all(|line| line.chars().count() <= width), "{screen}");
            assert!(screen.lines().count() <= 48, "{screen}");
        }
        let screen = text(&facts, Form::default());
        assert_eq!(screen.contains("--to 12000/month"), has_bound, "{screen}");
        let command = "tailwheel run 'quit it.toml' --set 'run.paths=10000' --set owner.spending=1198/month";
        assert_eq!(screen.contains(command), is_found, "{screen}");
    }
}

#[test]
fn the_period_of_a_key_stands_once() {
    for (unit, label) in [("%/month", "SaaS churn"), ("%", "SaaS churn a month")] {
        let key = "asset.saas.churn";
        assert_eq!(label_beside(key, &AmountUnit::typed(key, unit)), label);
    }
}

#[test]
fn a_list_of_the_file_that_each_value_replaces_is_named() {
    let said = "Each value replaces all 2 entries of owner.spending in the scenario.";
    let of = |n_replaced| text(&SolveReport { n_replaced, ..facts(found()) }, Form::default());
    assert!(of(2).contains(said) && !of(0).contains("replaces"), "{}", of(2));
}

#[test]
fn an_error_is_in_the_unit_of_the_answer() {
    let share = SolveReport {
        key: "market.defi.agent_share".to_owned(),
        value_unit: AmountUnit::typed("market.defi.agent_share", ""),
        from: 0.001,
        to: 0.5,
        ..facts(Outcome::Found {
            value: 0.082_059,
            std_error: Some(0.000_378),
            found: tried(0.082_059, 0.05).found,
            jump: None,
        })
    };
    let screen = text(&share, Form::default());
    assert!(screen.contains("8.21 % ± 0.08 "), "{screen}");
}

#[test]
fn facts_survive_their_json() {
    let facts = facts(found());
    let again = reread(&facts);
    // a file of an earlier version has no `n_replaced`
    let mut earlier: serde_json::Value = serde_json::from_str(&to_json(&facts)).expect("JSON");
    earlier.as_object_mut().expect("an object").remove("n_replaced").expect("a number");
    let earlier: SolveReport = serde_json::from_value(earlier).expect("a report");
    assert_eq!(to_json(&earlier), to_json(&facts));
    assert_eq!(to_json(&again), to_json(&facts));
    assert_eq!(text(&again, Form::default()), text(&facts, Form::default()));
}
