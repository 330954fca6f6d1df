//! A figure of a report with its error, and as it can be shown.
//!
//! In: [`Measure`]s. Out: quantities and texts. Not here: rounding (`figure`), sentences.

use super::json::rounded_error;
use crate::figure::Quantity;
use crate::stats::Note;
pub use crate::stats::Value as Measure;

impl Measure {
    /// As gates and batches keep it: errors rounded as in `report.json`. `None` where the value is not a number, which
    /// no file could hold.
    pub fn kept(&self) -> Option<Self> {
        self.value.is_finite().then_some(Self {
            std_error: self.std_error.map(rounded_error),
            interval: self.interval.map(|ends| ends.map(rounded_error)),
            ..*self
        })
    }

    /// The figure with what is to be shown of its error: its interval if it has one, nothing of an atom, which has a probability instead.
    pub(super) fn quantity(&self) -> Quantity {
        let value = self.value;
        match (self.note(), self.interval, self.std_error) {
            (None, Some(interval), _) => Quantity::between(value, interval),
            (None | Some(Note::Atom { .. } | Note::NoneDiffers), ..) => Quantity::exact(value),
            (Some(Note::FewDecide), _, Some(std_error)) => Quantity { value, std_error },
            (Some(_), ..) => Quantity::within(value, f64::INFINITY),
        }
    }
}
