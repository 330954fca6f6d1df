//! Gates loosened since the baseline, and the size of changed figures.
//!
//! In: requirements of gates in the baseline and now; a [`CasePart`] compared with a baseline. Out:
//! [`GateEdit`]s, changes. Not here: verdicts of gates (`gate`), comparing (`baseline`).

use super::{Asked, CasePart, ChangePart, GateEdit, GatePart};
use crate::scenario::Expectation;
use std::collections::BTreeMap;

/// Returns the requirements of all gates by gate id.
pub fn asked_of(expectations: &[Expectation]) -> BTreeMap<String, Asked> {
    expectations.iter().map(|expected| (expected.id.clone(), expected.into())).collect()
}

/// Returns the gates that were removed or loosened since `before`, with their places in the current `gates`.
pub fn gate_edits(
    before: &BTreeMap<String, Asked>,
    now: &BTreeMap<String, Asked>,
    gates: &[GatePart],
) -> Vec<GateEdit> {
    let place = |id: &String| {
        let gate = gates.iter().find(|gate| gate.id == *id);
        gate.and_then(|gate| gate.place.clone())
    };
    let less = before.iter().filter_map(|(id, from)| {
        let to = now.get(id);
        to.is_none_or(|to| is_looser(from, to)).then(|| GateEdit {
            id: id.clone(),
            from: from.clone(),
            to: to.cloned(),
            place: place(id),
        })
    });
    less.collect()
}

/// True if the requirement `to` can pass where `from` does not, tolerates a larger change, or limits another measure.
fn is_looser(from: &Asked, to: &Asked) -> bool {
    let is_lower = |from: Option<f64>, to: Option<f64>| match (from, to) {
        (None, _) => false,
        (Some(_), None) => true,
        (Some(from), Some(to)) => to < from,
    };
    let negative = |limit: Option<f64>| limit.map(|limit| -limit);
    from.measure != to.measure
        || is_lower(from.above, to.above)
        || is_lower(negative(from.below), negative(to.below))
        || to.confidence < from.confidence
        || to.tolerance > from.tolerance
}

/// Size of a change in standard errors; infinite if the change has no error.
pub(super) fn size(change: &ChangePart) -> f64 {
    let errors = change.difference.zip(change.std_error);
    errors.map_or(f64::INFINITY, |(difference, error)| difference.abs() / error)
}

impl CasePart {
    /// Returns the figures that changed since the baseline; empty without a comparison.
    pub fn changes(&self) -> &[ChangePart] {
        self.against.as_ref().map_or(&[], |against| &against.changes)
    }

    /// Size in standard errors of the largest change since the baseline; −∞ without a change.
    pub(super) fn largest_change(&self) -> f64 {
        self.changes().first().map_or(f64::NEG_INFINITY, size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(above: Option<f64>, below: Option<f64>) -> Asked {
        super::super::samples::asked("loss.probability", above, below)
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
        let first = asked(Some(0.1), Some(0.5));
        let is_loosened = |to: &Asked| !edits(&first, &[("g", to)]).is_empty();
        assert!(!is_loosened(&first));
        for loose in [
            asked(Some(0.1), Some(0.6)),
            asked(Some(0.0), Some(0.5)),
            asked(Some(0.1), None),
            asked(None, Some(0.4)),
            Asked { confidence: 0.9, ..first.clone() },
            Asked { tolerance: 0.5, ..first.clone() },
            Asked { measure: "ruin.probability".to_owned(), ..first.clone() },
        ] {
            assert!(is_loosened(&loose), "{loose:?}");
        }
        for tight in
            [asked(Some(0.2), Some(0.4)), Asked { confidence: 0.999, tolerance: 0.0, ..first.clone() }]
        {
            assert!(!is_loosened(&tight), "{tight:?}");
        }
        // both limits where there was one is less
        let open = asked(None, Some(0.5));
        assert!(edits(&open, &[("g", &first)]).is_empty());
    }

    #[test]
    fn a_gate_that_is_gone_is_loosened_whatever_others_ask() {
        let first = asked(None, Some(0.5));
        assert_eq!(edits(&first, &[]), [None]);
        assert_eq!(edits(&first, &[("h", &first)]), [None]);
        let sure = Asked { confidence: 0.9, ..asked(None, Some(0.6)) };
        assert_eq!(edits(&first, &[("g", &sure)]), [Some(sure.clone())]);
    }
}
