use super::super::super::{Asked, EditPart};
use super::*;
use crate::random::Seeds;
use crate::stats::{Estimate, look_up};
use serde_json::json;
use std::collections::BTreeMap;

const SHARE: &str = "loss.probability";
const MEAN: &str = "wealth.terminal.mean";

fn figures(list: &[(&str, f64, f64)]) -> BTreeMap<String, Kept> {
    let of = |(id, value, error): &(&str, f64, f64)| {
        ((*id).to_owned(), Kept::from((*value, Some(*error))))
    };
    list.iter().map(of).collect()
}

fn now(digest: &str, figures: BTreeMap<String, Kept>) -> Now {
    Now {
        line: Entry {
            model_digest: digest.to_owned(),
            ..entry(&figures)
        },
        terms: terms("2027-01", 24),
        terms_before: Some(terms("2027-01", 24)),
        edits: Vec::new(),
        pays_otherwise: false,
    }
}

/// The baseline's keys give these figures, and differ so from those of now, which puts in the same.
fn rerun_with(figures: BTreeMap<String, Kept>, differences: Vec<Difference>) -> Rerun {
    Rerun {
        is_beside: false,
        is_of_one_stake: true,
        own: figures.clone(),
        figures,
        differences,
    }
}

fn terms(start: &str, months: u32) -> Terms {
    Terms {
        currency: "USD".to_owned(),
        start: start.to_owned(),
        months,
    }
}

fn entry(figures: &BTreeMap<String, Kept>) -> Entry {
    Entry {
        gates: BTreeMap::new(),
        file: "a.toml".to_owned(),
        model_digest: "same".to_owned(),
        value_version: VALUE_VERSION,
        paths: 10_000,
        seeds: Seeds::one(7),
        currency: "USD".to_owned(),
        figures: figures.clone(),
        keys: json!({}),
    }
}

fn n_changes(part: &AgainstPart) -> usize {
    part.changes.len()
}

#[test]
fn the_same_run_gives_the_same_bits_or_the_program_changed() {
    let found = figures(&[(SHARE, 0.1, 0.003), (MEAN, 5.0, 0.1)]);
    let entry = entry(&found);
    let same = against(Some(&entry), &now("same", found.clone()), 4.0, None);
    assert_eq!(same, AgainstPart::of(How::Same));
    assert_eq!(
        against(None, &now("same", found.clone()), 4.0, None),
        AgainstPart::of(How::New)
    );
    let mut other = found;
    other.get_mut(MEAN).expect("a figure").value += 1e-15 * 5.0;
    let drifted = against(Some(&entry), &now("same", other), 4.0, None);
    assert_eq!(n_changes(&drifted), 1);
    assert!(drifted.how == How::Same && drifted.is_changed() && drifted.why == [Why::Drifted]);
}

#[test]
fn another_value_version_is_compared_as_it_stands_and_marked() {
    let found = figures(&[(SHARE, 0.1, 0.003)]);
    let mut entry = entry(&found);
    entry.value_version += 1;
    let part = against(Some(&entry), &now("other", found), 4.0, None);
    assert_eq!(part.how, How::OtherVersion, "{part:?}");
}

/// The baseline's keys give `base` again; now there is `new`, with these paired differences.
fn paired(new: &[(&str, f64, f64)], differences: Vec<Difference>) -> AgainstPart {
    let mut base = figures(&[(SHARE, 0.1, 0.003), (MEAN, 5.0, 0.1)]);
    base.retain(|id, _| new.iter().any(|(known, _, _)| id == known));
    let rerun = rerun_with(base.clone(), differences);
    against(
        Some(&entry(&base)),
        &now("other", figures(new)),
        4.0,
        Some(Ok(rerun)),
    )
}

fn difference(id: &str, base: f64, difference: f64, std_error: Option<f64>) -> Difference {
    let z = std_error.map(|error| difference / error);
    let bare = |value: f64| Estimate::bare(value, 10_000, None);
    Difference {
        id: id.to_owned(),
        measure: look_up(id).expect("a measure"),
        base: bare(base),
        new: bare(base + difference),
        difference: Estimate {
            std_error,
            ..bare(difference)
        },
        is_same: difference == 0.0,
        p_value: z.map(|z| 2.0 * crate::math::normal::cdf(-z.abs())),
        sharpness: None,
    }
}

#[test]
fn a_paired_difference_changes_beyond_four_errors_and_the_tolerance() {
    let mean = |by, error| {
        paired(
            &[(MEAN, 5.0 + by, 0.1)],
            vec![difference(MEAN, 5.0, by, error)],
        )
    };
    assert_eq!(n_changes(&mean(0.06, Some(0.0149))), 1);
    assert_eq!(n_changes(&mean(0.06, Some(0.0151))), 0);
    // 1 % of 5
    assert_eq!(n_changes(&mean(0.051, Some(0.001))), 1);
    assert_eq!(n_changes(&mean(-0.049, Some(0.001))), 0);
    assert!(!mean(-0.049, Some(0.001)).is_changed());
    assert_eq!(n_changes(&mean(0.0, Some(0.0))), 0);
    // on the same random numbers an unknown error does not hide what the edit did
    assert_eq!(n_changes(&mean(0.06, None)), 1);
    assert_eq!(n_changes(&mean(0.04, None)), 0);
    // and is said to be unknown
    assert_eq!(changes(mean(0.06, None))[0].std_error, None);
    assert_eq!(changes(mean(0.06, Some(0.01)))[0].std_error, Some(0.01));
}

fn changes(part: AgainstPart) -> Vec<ChangePart> {
    assert_eq!(part.how, How::Paired, "{part:?}");
    part.changes
}

#[test]
fn another_currency_start_or_horizon_does_not_compare() {
    let found = figures(&[(MEAN, 5.0, 0.1)]);
    let why = |change: &dyn Fn(&mut Now)| {
        let mut now = now("other", found.clone());
        change(&mut now);
        let part = against(Some(&entry(&found)), &now, 4.0, None);
        assert_eq!(part.how, How::Apart, "{part:?}");
        part.why
    };
    let unlike = |[key, was, is]: [&str; 3]| Why::Unlike {
        key: key.to_owned(),
        was: was.to_owned(),
        is: is.to_owned(),
    };
    assert_eq!(
        why(&|now| now.terms.currency = "EUR".to_owned()),
        [unlike(["currency", "USD", "EUR"])]
    );
    assert_eq!(
        why(&|now| now.terms = terms("2028-01", 36)),
        [
            unlike(["horizon", "24 months", "36 months"]),
            unlike(["start", "2027-01", "2028-01"])
        ]
    );
    // what cannot be read any more still says what was written
    assert_eq!(
        why(&|now| {
            now.terms_before = None;
            now.edits = vec![EditPart {
                key: "horizon".to_owned(),
                from: Some("\"2 years\"".to_owned()),
                to: Some("\"3 years\"".to_owned()),
                place: None,
            }];
        }),
        [unlike(["horizon", "\"2 years\"", "\"3 years\""])]
    );
}

#[test]
fn a_headline_figure_that_only_one_of_both_has_is_a_change() {
    let both = figures(&[(SHARE, 0.1, 0.003), ("ruin.probability", 0.2, 0.004)]);
    let one = figures(&[(SHARE, 0.1, 0.003)]);
    let found = |base: &BTreeMap<String, Kept>, new: &BTreeMap<String, Kept>| {
        let part = against(
            Some(&entry(base)),
            &now("other", new.clone()),
            4.0,
            Some(Ok(rerun_with(base.clone(), Vec::new()))),
        );
        let changes = changes(part).into_iter();
        changes
            .map(|change| (change.base, change.new))
            .collect::<Vec<_>>()
    };
    assert_eq!(found(&both, &one), [(Some(0.2), None)]);
    assert_eq!(found(&one, &both), [(None, Some(0.2))]);
    assert_eq!(found(&both, &both), []);
    // one that a gate asks for comes and goes with its gate, also if others keep it in any case
    let part = against(
        Some(&entry(&one)),
        &asking("ruin.probability", 0.01, now("same", both.clone())),
        4.0,
        None,
    );
    assert_eq!(part.changes, []);
    // a figure that only a gate asked for goes with its gate
    let gate = figures(&[(SHARE, 0.1, 0.003), ("wealth.terminal.mean", 5.0, 0.1)]);
    assert_eq!(found(&gate, &one), []);
}

#[test]
fn what_was_simulated_again_on_other_paths_is_told_from_what_the_file_has() {
    let base = figures(&[(MEAN, 5.0, 0.1)]);
    let is_again = |seed: u64, is_beside: bool| {
        let mut now = now("other", figures(&[(MEAN, 6.0, 0.1)]));
        now.line.seeds = Seeds::one(seed);
        let rerun = Rerun {
            is_beside,
            ..rerun_with(base.clone(), vec![difference(MEAN, 5.0, 1.0, Some(0.01))])
        };
        let part = against(Some(&entry(&base)), &now, 4.0, Some(Ok(rerun)));
        part.how == How::Paired && part.why.contains(&Why::Again)
    };
    assert_eq!(
        [is_again(7, false), is_again(8, false), is_again(7, true)],
        [false, true, true]
    );
}

/// With a gate that asks about `measure`.
fn asking(measure: &str, tolerance: f64, mut now: Now) -> Now {
    let gate = Asked {
        measure: measure.to_owned(),
        above: None,
        below: Some(9.0),
        confidence: 0.99,
        tolerance,
    };
    now.line.gates.insert("g".to_owned(), gate);
    now
}

#[test]
fn the_tolerance_is_the_smaller_one_of_the_gates_of_both() {
    let base = figures(&[(MEAN, 5.0, 0.1)]);
    let rerun = rerun_with(base.clone(), vec![difference(MEAN, 5.0, 0.2, Some(0.01))]);
    let mut now = now("other", figures(&[(MEAN, 5.2, 0.1)]));
    let mut kept = entry(&base);
    let n = |kept: &Entry, now: &Now| {
        n_changes(&against(Some(kept), now, 4.0, Some(Ok(rerun.clone()))))
    };
    now = asking(MEAN, 0.05, now);
    assert_eq!(n(&kept, &now), 1, "the baseline does not say so");
    kept.gates.clone_from(&now.line.gates);
    assert_eq!(n(&kept, &now), 0);
}

#[test]
fn at_a_base_of_zero_any_difference_beyond_its_error_counts() {
    let none = figures(&[(SHARE, 0.0, 0.0004)]);
    let rerun = rerun_with(
        none.clone(),
        vec![difference(SHARE, 0.0, 0.001, Some(0.0001))],
    );
    let part = against(
        Some(&entry(&none)),
        &now("other", figures(&[(SHARE, 0.001, 0.0003)])),
        4.0,
        Some(Ok(rerun)),
    );
    assert_eq!(n_changes(&part), 1);
}

#[test]
fn what_has_no_paired_difference_is_compared_by_both_errors() {
    // √(0.1² + 0.1²) = 0.141
    assert_eq!(n_changes(&paired(&[(MEAN, 5.55, 0.1)], Vec::new())), 0);
    assert_eq!(n_changes(&paired(&[(MEAN, 5.58, 0.1)], Vec::new())), 1);
}

#[test]
fn keys_that_no_longer_give_the_figures_of_their_line_are_said_beside_what_an_edit_changed() {
    let base = figures(&[(MEAN, 5.0, 0.1), (SHARE, 0.1, 0.003)]);
    let again = f64::from_bits(5.0_f64.to_bits() + 1);
    // whatever the seed of now
    for seed in [7, 8] {
        let mut now = now("other", base.clone());
        now.line.seeds = Seeds::one(seed);
        let held = |own| {
            let differences = vec![difference(SHARE, 0.1, 0.05, Some(0.001))];
            let rerun = Rerun {
                own: figures(&[(MEAN, own, 0.1), (SHARE, 0.1, 0.003)]),
                ..rerun_with(base.clone(), differences)
            };
            against(Some(&entry(&base)), &now, 4.0, Some(Ok(rerun)))
        };
        let outdated = Why::Outdated {
            measures: vec![MEAN.to_owned()],
        };
        let part = held(again);
        assert!(part.why.contains(&outdated), "{part:?}");
        let moved: Vec<&str> = part.changes.iter().map(|one| &*one.measure).collect();
        assert_eq!(moved, [MEAN, SHARE]);
        assert_eq!(n_changes(&held(5.0)), 1);
    }
    let part = against(
        Some(&entry(&base)),
        &now("other", base.clone()),
        4.0,
        Some(Err(Why::Unreadable)),
    );
    assert_eq!((part.how, part.why), (How::Unpaired, vec![Why::Unreadable]));
}

#[test]
fn an_unknown_error_between_independent_runs_is_not_judged() {
    let mut found = figures(&[(MEAN, 5.0, 0.1)]);
    found.get_mut(MEAN).expect("a figure").std_error = None;
    let other = now("other", figures(&[(MEAN, 50.0, 0.1)]));
    let part = against(
        Some(&entry(&found)),
        &other,
        4.0,
        Some(Err(Why::Unreadable)),
    );
    assert!(part.changes.is_empty(), "{part:?}");
}

#[test]
fn a_change_is_better_or_worse_and_a_loss_is_not_judged_where_spending_was_edited() {
    let base = figures(&[(MEAN, 5.0, 0.1), (SHARE, 0.1, 0.003)]);
    let differences = vec![
        difference(MEAN, 5.0, 1.0, Some(0.01)),
        difference(SHARE, 0.1, 0.05, Some(0.001)),
    ];
    let rerun = rerun_with(base.clone(), differences);
    let turns = |pays_otherwise| {
        let now = Now {
            pays_otherwise,
            ..now("other", base.clone())
        };
        let part = against(Some(&entry(&base)), &now, 4.0, Some(Ok(rerun.clone())));
        part.changes.iter().map(|one| one.turn).collect::<Vec<_>>()
    };
    // the one that moved by most errors first
    assert_eq!(turns(false), [Turn::Better, Turn::Worse]);
    assert_eq!(turns(true), [Turn::Better, Turn::NotJudged]);
}

#[test]
fn the_bar_rises_with_the_number_of_figures() {
    assert_eq!([0, 1, 157].map(critical_score), [4.0; 3]);
    assert!(critical_score(159) > 4.0);
    // 2(1 − Φ(4.5417)) = 5.6e-6 = 0.01/1792
    assert!(
        (critical_score(1792) - 4.5417).abs() < 1e-3,
        "{}",
        critical_score(1792)
    );
}
