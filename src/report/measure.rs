//! A measure of a report: a figure with its error.
//!
//! In: [`Measure`]s. Out: quantities for charts, and figures as outputs keep them. Not here: digits
//! (`figure`), sentences.

use super::json::rounded_error;
use crate::figure::Quantity;
use crate::stats::Note;
pub use crate::stats::Value as Measure;

/// Returns the figure with its error rounded as in `report.json`, for gates and batches. `None` if the
/// value is not finite, which JSON cannot hold.
pub fn kept(measure: &Measure) -> Option<Measure> {
    measure.value.is_finite().then_some(Measure {
        std_error: measure.std_error.map(rounded_error),
        interval: measure.interval.map(|ends| ends.map(rounded_error)),
        ..*measure
    })
}

/// Converts a measure to value and error for a chart. An atom has error 0, an unknown error is infinite.
pub(super) fn quantity(measure: &Measure) -> Quantity {
    let value = measure.value;
    match (measure.note(), measure.interval, measure.std_error) {
        (None, Some(interval), _) => Quantity::between(value, interval),
        (None | Some(Note::Atom { .. } | Note::NoneDiffers), ..) => Quantity::exact(value),
        (Some(Note::FewDecide), _, Some(std_error)) => Quantity { value, std_error },
        (Some(_), ..) => Quantity::within(value, f64::INFINITY),
    }
}
