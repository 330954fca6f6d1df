//! What the screen of a sensitivity shows of its facts.

use super::*;
use crate::figure::signed_fixed;
use crate::report::to_json;
use crate::stats::{Estimate, Unit, Value};
use crate::study::{Assumption, Effects, End, MOVING, Moved, NotMoved};

fn effects(change: f64, ruin: f64) -> Effects {
    let figure = |unit, value: f64| Value::new(unit, &Estimate::normal(value, 0.0005, 20_000));
    let effects = [(0, figure(Unit::FractionPerYear, change)), (3, figure(Unit::Probability, ruin))];
    effects.map(|(id, figure)| (MOVING[id].to_owned(), figure)).into()
}

fn assumption(label: &str) -> Assumption {
    Assumption {
        path: format!("asset.{label}.volatility"),
        label: label.to_owned(),
        value: "0.65".to_owned(),
        number: None,
        grade: Some("G".to_owned()),
        kind: None,
        source: None,
        keys: vec![format!("asset.{label}.volatility")],
        is_drawn: false,
    }
}

pub(in crate::report) fn moved(label: &str, low: f64, high: f64) -> Moved {
    let end = |value: &str, change: f64| End {
        value: value.to_owned(),
        number: None,
        effects: effects(change, -change),
        refused: None,
    };
    Moved { assumption: assumption(label), paths: 20_000, low: end("0.48", low), high: end("1.06", high) }
}

pub(in crate::report) fn facts(moved: Vec<Moved>) -> SensitivityReport {
    let not_moved = vec![NotMoved {
        assumption: assumption("choice"),
        paths: None,
        why: NotMovedWhy::NoRange,
        refused: None,
    }];
    let found = Sensitivity {
        paths: 20_000,
        interim_paths: Some(2_048),
        base: effects(0.006, 0.141),
        moved,
        not_moved,
    };
    SensitivityReport {
        schema: SENSITIVITY_SCHEMA.to_owned(),
        value_version: VALUE_VERSION,
        title: "The table".to_owned(),
        model_digest: "0".repeat(64),
        currency: "USD".to_owned(),
        seeds: Seeds::one(1),
        months: 120,
        file: "mine.toml".to_owned(),
        edits: Vec::new(),
        counts: Counts::of(&found),
        found,
    }
}

fn text(facts: &SensitivityReport, form: Form) -> String {
    String::from_utf8(rendered("sensitivity.txt.j2", &SensitivityView::of(facts), form).into_bytes())
        .expect("text")
}

#[test]
fn rows_are_in_the_order_of_the_effect_and_winners_are_clear() {
    let all = [
        ("small", 0.001, -0.002),
        ("second", 0.009, -0.036),
        ("nothing", 0.0, 0.0002),
        ("first", 0.011, -0.042),
        ("third", 0.012, -0.010),
    ];
    let facts = facts(all.map(|(label, low, high)| moved(label, low, high)).to_vec());
    let mut rarely_ruined = facts.clone();
    rarely_ruined.found.base = effects(0.006, 0.03);
    // by ruin where that decides, else by the return; the effects are opposite
    for (facts, base, [fall, rise]) in [
        (&facts, "Base: probability of ruin 14.1 %", ["−1.1", "+4.2"]),
        (&rarely_ruined, "Base: median return 0.6 % a year · probability of ruin", ["−4.2", "+1.1"]),
    ] {
        let view = SensitivityView::of(facts);
        assert_eq!(view.n_winners, 2);
        let order: Vec<&str> = view.ranked.iter().map(|one| one.moved.assumption.label.as_str()).collect();
        assert_eq!(order, ["first", "second", "third", "small", "nothing"]);
        let screen = text(facts, Form::default());
        assert!(screen.contains(base), "{screen}");
        // what moves nothing beyond its error is no row
        let row = |label: &str| screen.lines().find(|line| line.starts_with(&format!("  {label}")));
        assert!(row("Nothing").is_none(), "{screen}");
        let first = row("First").expect("a row");
        assert!(first.contains(fall) && first.contains(rise), "{screen}");
        // and both effects are known within a tenth of a point
        assert!(screen.contains("3.6") && screen.contains("1.2"), "{screen}");
    }
}

#[test]
fn effects_stand_in_the_order_of_the_range() {
    for (low, high) in [(-0.042, 0.011), (0.011, -0.042)] {
        let screen = text(&facts(vec![moved("churn", low, high)]), Form::default());
        let row = screen.lines().find(|line| line.starts_with("  Churn")).expect("a row");
        // the probability of ruin moves the other way
        let texts = [-low, -high].map(|effect| signed_fixed(100.0 * effect, 1));
        let [low, high] = texts.map(|text| row.find(text.trim_start_matches('+')).expect("an effect"));
        assert!(low < high && high < row.find('│').expect("a bar"), "{screen}");
    }
}

#[test]
fn no_assumption_wins_where_two_are_equal() {
    let all = facts(vec![moved("a", 0.01, -0.02), moved("b", 0.01, -0.0201)]);
    // both together move more than all others, of which there are none
    assert_eq!(SensitivityView::of(&all).n_winners, 2);
    let noisy = facts(vec![moved("a", 0.0001, -0.0002), moved("b", 0.0, 0.0001)]);
    assert_eq!(SensitivityView::of(&noisy).n_winners, 0);
}

#[test]
fn the_screen_fits_whatever_moves() {
    let many = (0..60).map(|n| {
        let size = 0.0007 * f64::from(n);
        moved(&format!("an assumption with a very long name, number {n}"), size, -size)
    });
    for facts in [facts(many.collect()), facts(Vec::new())] {
        for width in [80, 90, 100] {
            let form = Form { unicode: width != 90, ..Form::of_width(width) };
            let screen = text(&facts, form);
            let mut lines = screen.lines().filter(|line| !line.starts_with("Enter what you know"));
            assert!(lines.all(|line| line.chars().count() <= width), "{screen}");
            assert!(screen.lines().count() <= 48, "{screen}");
        }
    }
}

#[test]
fn facts_survive_their_json() {
    let facts = facts(vec![moved("a", 0.01, -0.02)]);
    let again = reread(&facts);
    assert_eq!(to_json(&again), to_json(&facts));
}

#[test]
fn the_proposed_command_sets_every_key_that_was_moved() {
    let mut both = moved("a", 0.02, -0.02);
    both.assumption.keys = ["a", "b"].map(|asset| format!("asset.{asset}.volatility")).to_vec();
    let screen = text(&facts(vec![both]), Form::of_width(80));
    assert!(screen.contains(" --set asset.a.volatility=VALUE --set asset.b.volatility=VALUE"), "{screen}");
}
