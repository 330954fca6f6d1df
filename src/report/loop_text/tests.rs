//! Sentences about the loop, from parts made by hand.

use super::super::document::ReachPart;
use super::*;
use crate::engine::Odds;
use crate::stats::Unit;

fn chance(probability: f64) -> Odds {
    Odds {
        probability,
        std_error: 0.001,
    }
}

/// Gain 1.5 between losses of 0.1 and 0.2, 0.5 from there to 0.4; crises multiply it by 3.
fn crash(loss: Option<f64>, loss_in_crisis: Option<f64>, probability: f64) -> CrashPart {
    CrashPart {
        gain: Some(1.5),
        gain_in_crisis: Some(4.5),
        profile_edges: vec![0.1, 0.2, 0.4],
        profile_gains: vec![1.5, 0.5],
        first_trigger: None,
        self_feeding: Some(ReachPart {
            loss,
            loss_in_crisis,
            month: chance(probability),
            calm_month: chance(probability),
            crisis_month: None,
        }),
        exceedance: None,
        prescribed: Vec::new(),
        is_still: false,
    }
}

#[test]
fn a_place_is_warned_of_with_the_gain_that_it_has() {
    let said = |loss, crisis| crash(loss, crisis, 0.04).feeds_itself().unwrap_or_default();
    assert!(
        said(Some(0.1), Some(0.1)).contains("past a fall of 9.5 % (gain 1.50, in a crisis 4.50)")
    );
    // the gain at the place, not the largest of all
    assert!(
        said(None, Some(0.2)).contains("in a crisis past a fall of 18.1 % (gain 1.50); a crisis")
    );
    assert!(
        said(Some(0.1), Some(0.2))
            .contains("past a fall of 9.5 % (gain 1.50), in a crisis past 18.1 % (1.50)")
    );
    assert!(said(Some(0.1), None).ends_with("that far in 4.0 % of months."));
}

#[test]
fn a_loss_that_is_hardly_ever_reached_is_not_warned_of() {
    assert_eq!(crash(Some(0.1), None, 0.009).feeds_itself(), None);
    assert_eq!(crash(None, None, 0.5).feeds_itself(), None);
}

#[test]
fn a_gain_has_no_more_than_three_figures() {
    let words = [0.844, 12.34, 623.8].map(gain_in_figures);
    assert_eq!(words, ["0.84", "12.3", "624"]);
}

#[test]
fn what_no_path_shows_is_bounded_by_their_number() {
    let none = Measure {
        value: 0.0,
        std_error: Some(0.0),
        interval: Some([0.0, 0.0]),
        level: 0.95,
        n: 256,
        unit: Unit::Fraction,
        note: None,
        is_error_unknown: false,
        atom: None,
    };
    let half = bounded(&none).half_width();
    assert!((half - at_most(256)).abs() < 1e-9);
    let some = Measure {
        value: 0.9734,
        interval: Some([0.9725, 0.9745]),
        ..none
    };
    assert_eq!(bounded(&some), some.quantity());
    // these paths are too few to tell it
    let unknown = Measure {
        interval: None,
        ..some
    };
    assert!(bounded(&unknown).half_width().is_infinite());
}

#[test]
fn a_gain_below_one_never_reads_as_one() {
    assert_eq!(gain_in_words(0.997), "under 1 (stable)");
    assert_eq!(gain_in_words(1.0), "1.00 (unstable)");
    assert_eq!(gain_in_words(0.65), "0.65 (stable)");
}
