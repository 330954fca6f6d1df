use super::super::super::samples::{self, asked};
use super::*;

const SHARE: &str = "loss.probability";
const MEAN: &str = "wealth.terminal.mean";

fn entry(digest: &str, figures: &[(&str, f64, f64)]) -> BaselineLine {
    let figures: Vec<_> = figures.iter().map(|(id, value, error)| (*id, *value, Some(*error))).collect();
    BaselineLine { model_digest: digest.to_owned(), ..samples::entry(&figures) }
}

/// Compares with the usual bar and nothing known of edits.
fn compared(base: &BaselineLine, new: &BaselineLine) -> AgainstPart {
    against(base, new, AgainstPart::default(), 4.0)
}

/// Returns the changes from the figures `base` to the figures `new` of an edited model, each given as id, value, error.
fn moved(base: &[(&str, f64, f64)], new: &[(&str, f64, f64)]) -> Vec<ChangePart> {
    let part = compared(&entry("base", base), &entry("new", new));
    assert_eq!(part.how, How::Unpaired, "{part:?}");
    part.changes
}

#[test]
fn the_same_model_with_the_same_bits_is_unchanged_and_other_bits_are_compared_by_their_errors() {
    let found = [(SHARE, 0.1, 0.003), (MEAN, 5.0, 0.1)];
    let entry = entry("same", &found);
    assert_eq!(compared(&entry, &entry), AgainstPart::of(How::Same));
    let with = |value: f64| {
        let mut line = entry.clone();
        line.figures.get_mut(MEAN).expect("a figure").value = value;
        compared(&entry, &line)
    };
    let drifted = with(5.0 + 1e-15 * 5.0);
    assert!(drifted.how == How::Unpaired && !drifted.is_changed());
    assert!(with(5.6).is_changed());
}

#[test]
fn another_value_version_is_compared_as_it_stands_and_marked() {
    let found = [(SHARE, 0.1, 0.003)];
    let mut entry = entry("same", &found);
    entry.value_version += 1;
    assert_eq!(compared(&entry, &self::entry("same", &found)).how, How::OtherVersion);
}

#[test]
fn a_difference_changes_beyond_four_errors_and_the_tolerance() {
    let n = |by: f64, error: f64| {
        let mean = |value: f64| [(MEAN, value, error)];
        moved(&mean(5.0), &mean(5.0 + by)).len()
    };
    // √(0.1² + 0.1²) = 0.141
    assert_eq!([n(0.55, 0.1), n(0.58, 0.1), n(-0.58, 0.1)], [0, 1, 1]);
    // 1 % of 5
    assert_eq!([n(0.049, 0.001), n(-0.051, 0.001)], [0, 1]);
    assert_eq!([n(0.0, 0.0), n(0.06, 0.0)], [0, 1]);
    let found = moved(&[(MEAN, 5.0, 0.03)], &[(MEAN, 6.0, 0.04)]);
    let error = found[0].std_error.expect("both are known");
    assert!((error - 0.05).abs() < 1e-12, "{error}");
}

#[test]
fn another_currency_start_or_horizon_does_not_compare() {
    let unlike = Why::Unlike { key: "currency".to_owned(), was: "USD".to_owned(), is: "EUR".to_owned() };
    let seen = AgainstPart { why: vec![unlike.clone()], ..AgainstPart::default() };
    let [base, new] =
        [("base", 5.0), ("new", 50.0)].map(|(digest, mean)| entry(digest, &[(MEAN, mean, 0.1)]));
    let part = against(&base, &new, seen, 4.0);
    assert!(part.is_changed() && part.changes.is_empty(), "{part:?}");
    assert_eq!((part.how, part.why), (How::Apart, vec![unlike]));
}

#[test]
fn a_headline_figure_that_only_one_of_both_has_is_a_change() {
    let both = [(SHARE, 0.1, 0.003), ("ruin.probability", 0.2, 0.004)];
    let one = [(SHARE, 0.1, 0.003)];
    let found = |base: &[(&str, f64, f64)], new: &[(&str, f64, f64)]| {
        moved(base, new).into_iter().map(|change| (change.base, change.new)).collect::<Vec<_>>()
    };
    assert_eq!(found(&both, &one), [(Some(0.2), None)]);
    assert_eq!(found(&one, &both), [(None, Some(0.2))]);
    assert_eq!(found(&both, &both), []);
    // one that a gate asks for comes and goes with its gate, also if others keep it in any case
    let asking = asking("ruin.probability", 0.01, entry("same", &both));
    assert_eq!(compared(&entry("same", &one), &asking).changes, []);
    // a figure that only a gate asked for goes with its gate
    let gate = [(SHARE, 0.1, 0.003), (MEAN, 5.0, 0.1)];
    assert_eq!(found(&gate, &one), []);
}

/// Adds to `line` a gate on `measure` with this tolerance of changes.
fn asking(measure: &str, tolerance: f64, mut line: BaselineLine) -> BaselineLine {
    let gate = asked(measure, None, Some(9.0));
    line.gates.insert("g".to_owned(), Asked { tolerance, ..gate });
    line
}

#[test]
fn the_tolerance_is_that_of_the_gate_in_the_baseline() {
    let line = |digest: &str, value: f64| entry(digest, &[(MEAN, value, 0.01)]);
    let new = asking(MEAN, 0.05, line("new", 5.2));
    let n = |base: &BaselineLine| compared(base, &new).changes.len();
    // whoever edits a scenario does not say at once how far it may move
    assert_eq!(n(&line("base", 5.0)), 1);
    assert_eq!(n(&asking(MEAN, 0.05, line("base", 5.0))), 0);
}

#[test]
fn at_a_base_of_zero_any_difference_beyond_its_error_counts() {
    assert_eq!(moved(&[(SHARE, 0.0, 0.0001)], &[(SHARE, 0.001, 0.0001)]).len(), 1);
}

#[test]
fn an_unknown_error_is_not_judged() {
    let mut base = entry("base", &[(MEAN, 5.0, 0.1)]);
    base.figures.get_mut(MEAN).expect("a figure").std_error = None;
    assert_eq!(compared(&base, &entry("new", &[(MEAN, 50.0, 0.1)])).changes, []);
}

#[test]
fn a_change_is_better_or_worse_and_a_loss_is_not_judged_where_spending_was_edited() {
    let base = entry("base", &[(MEAN, 5.0, 0.01), (SHARE, 0.1, 0.003)]);
    let turns = |pays_otherwise| {
        let seen = AgainstPart { pays_otherwise, ..AgainstPart::default() };
        let part = against(&base, &entry("new", &[(MEAN, 6.0, 0.01), (SHARE, 0.15, 0.003)]), seen, 4.0);
        part.changes.iter().map(|one| one.turn).collect::<Vec<_>>()
    };
    // the one that moved by most errors first
    assert_eq!(turns(false), [Turn::Better, Turn::Worse]);
    // money that is not spent is left
    assert_eq!(turns(true), [Turn::Neither, Turn::NotJudged]);
}

#[test]
fn the_bar_rises_with_the_number_of_figures() {
    assert_eq!([0, 1, 157].map(critical_score), [4.0; 3]);
    assert!(critical_score(159) > 4.0);
    // 2(1 − Φ(4.5417)) = 5.6e-6 = 0.01/1792
    assert!((critical_score(1792) - 4.5417).abs() < 1e-3, "{}", critical_score(1792));
}

fn limited(above: Option<f64>, below: Option<f64>) -> Asked {
    asked(SHARE, above, below)
}

/// Returns the loosened gates if a gate `before` is replaced by the gates `now`, given by id: the new requirement
/// of each, or `None` if it was removed.
fn edits(before: &Asked, now: &[(&str, &Asked)]) -> Vec<Option<Asked>> {
    let map = |gates: &[(&str, &Asked)]| -> BTreeMap<String, Asked> {
        gates.iter().map(|(id, asked)| ((*id).to_owned(), (*asked).clone())).collect()
    };
    gate_edits(&map(&[("g", before)]), &map(now), &[]).into_iter().map(|edit| edit.to).collect()
}

#[test]
fn a_gate_that_lets_more_through_is_loosened_and_one_that_lets_less_through_is_not() {
    let first = limited(Some(0.1), Some(0.5));
    let is_loosened = |to: &Asked| !edits(&first, &[("g", to)]).is_empty();
    assert!(!is_loosened(&first));
    for loose in [
        limited(Some(0.1), Some(0.6)),
        limited(Some(0.0), Some(0.5)),
        limited(Some(0.1), None),
        limited(None, Some(0.4)),
        Asked { confidence: 0.9, ..first.clone() },
        Asked { tolerance: 0.5, ..first.clone() },
        Asked { measure: "ruin.probability".to_owned(), ..first.clone() },
    ] {
        assert!(is_loosened(&loose), "{loose:?}");
    }
    for tight in [limited(Some(0.2), Some(0.4)), Asked { confidence: 0.999, tolerance: 0.0, ..first.clone() }]
    {
        assert!(!is_loosened(&tight), "{tight:?}");
    }
    // both limits where there was one is less
    let open = limited(None, Some(0.5));
    assert!(edits(&open, &[("g", &first)]).is_empty());
}

#[test]
fn a_gate_that_is_gone_is_loosened_whatever_others_ask() {
    let first = limited(None, Some(0.5));
    assert_eq!(edits(&first, &[]), [None]);
    assert_eq!(edits(&first, &[("h", &first)]), [None]);
    let sure = Asked { confidence: 0.9, ..limited(None, Some(0.6)) };
    assert_eq!(edits(&first, &[("g", &sure)]), [Some(sure.clone())]);
}
