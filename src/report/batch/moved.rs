//! What a baseline says of a scenario, in words.
//!
//! In: a [`CasePart`] held against a baseline. Out: [`Moved`], edits. Not here: comparing
//! (`baseline`).

use super::{CasePart, ChangePart, EditPart, State};
use crate::figure::{Quantity, Ruler, difference};
use crate::stats::HALF_WIDTH;

/// Before, after and the difference of a figure that moved.
pub(super) struct Moved {
    pub base: String,
    pub new: String,
    /// `+1.3 ± 0.6 pt`, half the 95 % interval; without it if the difference is certain, with a
    /// question mark if its error is not known.
    pub difference: String,
}

/// Of a difference, in errors; what has none comes first.
pub(super) fn size(change: &ChangePart) -> f64 {
    let errors = change.difference.zip(change.std_error);
    errors.map_or(f64::INFINITY, |(difference, error)| {
        difference.abs() / error
    })
}

/// Before, after and the difference of `change`, in one unit and to one place.
pub(super) fn moved(change: &ChangePart, currency: &str) -> Moved {
    let both = || change.base.into_iter().chain(change.new);
    let largest = both().map(f64::abs).fold(0.0, f64::max);
    let half = change.std_error.map(|error| HALF_WIDTH * error);
    let known = half.filter(|half| *half > 0.0 && half.is_finite());
    let tenth = || change.difference.map(|difference| 0.1 * difference.abs());
    let ruler = Ruler::new(change.unit, currency, largest, known.or_else(tenth));
    let shown = |value: Option<f64>| value.map_or("–".to_owned(), |value| ruler.shown(value));
    let told = |value: f64| {
        let std_error = change.std_error.unwrap_or(f64::INFINITY);
        difference(change.unit, currency, Quantity { value, std_error }).whole()
    };
    Moved {
        base: shown(change.base),
        new: shown(change.new),
        difference: match (change.difference, change.new) {
            (Some(difference), _) => told(difference),
            (None, None) => "no longer there".to_owned(),
            (None, Some(_)) => "not there before".to_owned(),
        },
    }
}

/// `loss.probability: 10 % → 20 %, +10.0 ± 2.0 pt`
pub(super) fn change_line(change: &ChangePart, currency: &str) -> String {
    let moved = moved(change, currency);
    format!(
        "{}: {} → {}, {}",
        change.measure, moved.base, moved.new, moved.difference
    )
}

impl CasePart {
    /// Figures that moved against the baseline.
    pub fn changes(&self) -> &[ChangePart] {
        self.against
            .as_ref()
            .map_or(&[], |against| &against.changes)
    }

    /// Keys that are not what they were in the baseline.
    pub fn edits(&self) -> &[EditPart] {
        self.against.as_ref().map_or(&[], |against| &against.edits)
    }
}

/// The currency of a case; none was told if it was not simulated.
pub(super) fn currency(case: &CasePart) -> &str {
    match &case.state {
        State::Simulated { currency, .. } => currency,
        _ => "",
    }
}
