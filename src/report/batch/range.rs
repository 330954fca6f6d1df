//! Whether a limit of an expectation leaves anything to decide.
//!
//! In: a measure and its limits. Out: a fault where every run would give the same verdict. Not here:
//! whether the measure exists (`measures`).

use crate::form::Diagnostic;
use crate::scenario::Expectation;
use crate::stats::{Unit, look_up};
use crate::units::plain;

/// A fault if no value that the measure can have is on one side of a limit.
pub fn check_limits(expected: &Expectation) -> Option<Diagnostic> {
    let (lowest, highest) = range_of(&expected.measure)?;
    let above = expected.above.and_then(|limit| match limit {
        limit if limit < lowest => Some(("above", limit, "always passes")),
        limit if limit >= highest => Some(("above", limit, "can never pass")),
        _ => None,
    });
    let below = expected.below.and_then(|limit| match limit {
        limit if limit > highest => Some(("below", limit, "always passes")),
        limit if limit <= lowest => Some(("below", limit, "can never pass")),
        _ => None,
    });
    let (key, limit, what) = above.or(below)?;
    let fault = Diagnostic::new("limit", format!("this gate {what}"))
        .at(
            expected.place,
            format!("{} lies between {lowest} and {highest}", expected.measure),
        )
        .rule("a limit lies where the figure can be on either side of it");
    let is_per_cent = highest == 1.0 && (1.0..=100.0).contains(&limit);
    Some(match is_per_cent && limit > 1.0 {
        true => fault.write(format!("{key} = \"{} %\"", plain(limit))),
        false => fault,
    })
}

/// Least and greatest value that a measure can have, where they are known.
fn range_of(id: &str) -> Option<(f64, f64)> {
    let (_, measure, _) = look_up(id)?;
    let is_difference = id.starts_with("amplification.");
    let is_fall = id.contains("drawdown.max.");
    let highest = match measure.unit {
        Unit::Probability => 1.0,
        Unit::Fraction if is_fall => 1.0,
        Unit::Correlation if is_difference => 2.0,
        Unit::Correlation => 1.0,
        _ => return None,
    };
    let is_signed = is_difference || measure.unit == Unit::Correlation;
    Some((if is_signed { -highest } else { 0.0 }, highest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(measure: &str, above: Option<f64>, below: Option<f64>) -> Option<String> {
        let expected = Expectation {
            id: "g".to_owned(),
            measure: measure.to_owned(),
            above,
            below,
            confidence: 0.99,
            tolerance: 0.01,
            place: None,
            measure_place: None,
        };
        check_limits(&expected).map(|fault| fault.message)
    }

    #[test]
    fn a_gate_that_nothing_can_decide_is_a_fault() {
        let always = Some("this gate always passes".to_owned());
        let never = Some("this gate can never pass".to_owned());
        assert_eq!(fault("loss.probability", None, Some(1.5)), always);
        assert_eq!(fault("loss.probability", Some(1.0), None), never);
        assert_eq!(fault("ruin.probability", None, Some(0.0)), never);
        assert_eq!(fault("drawdown.max.p50", None, Some(40.0)), always);
        assert_eq!(
            fault("amplification.loss.probability", Some(-1.5), None),
            always
        );
    }

    #[test]
    fn a_gate_that_can_fall_either_way_is_none() {
        assert_eq!(fault("loss.probability", Some(0.0), Some(1.0)), None);
        assert_eq!(fault("drawdown.max.p50", None, Some(0.4)), None);
        assert_eq!(
            fault("amplification.loss.probability", Some(-0.1), None),
            None
        );
        assert_eq!(fault("wealth.terminal.p50", Some(-1e9), None), None);
        assert_eq!(fault("no.such.measure", None, Some(-1.0)), None);
    }

    #[test]
    fn per_cent_that_were_meant_are_proposed() {
        let expected = Expectation {
            id: "g".to_owned(),
            measure: "drawdown.max.p50".to_owned(),
            above: None,
            below: Some(40.0),
            confidence: 0.99,
            tolerance: 0.01,
            place: None,
            measure_place: None,
        };
        let fault = check_limits(&expected).expect("a fault");
        assert!(
            fault
                .notes
                .iter()
                .any(|note| note.text == "below = \"40 %\"")
        );
    }
}
