//! A figure of a report with its error, and as it can be shown.
//!
//! In: [`Measure`]s. Out: quantities and texts. Not here: rounding (`figure`), sentences.

use super::json::rounded_error;
use crate::figure::Quantity;
pub use crate::stats::Value as Measure;
use crate::stats::{Error, Measure as Measured, Note, look_up};

impl Measure {
    /// As gates and batches keep it: errors rounded as in `report.json`. `None` where the value is not a number, which
    /// no file could hold.
    pub fn kept(&self) -> Option<Self> {
        let are_finite = |ends: &[f64; 2]| ends.iter().all(|end| end.is_finite());
        let error = match self.error {
            Error::Sampled {
                std_error,
                interval,
            } if are_finite(&interval) => Error::Sampled {
                std_error: rounded_error(std_error),
                interval: interval.map(rounded_error),
            },
            Error::Sampled { std_error, .. } => Error::Unknown {
                why: Note::FewDecide,
                std_error: Some(rounded_error(std_error)),
            },
            Error::Atom { share, interval } => Error::Atom {
                share,
                interval: interval.map(|ends| ends.map(rounded_error)),
            },
            Error::Unknown { why, std_error } => Error::Unknown {
                why,
                std_error: std_error.map(rounded_error),
            },
            Error::Certain => Error::Certain,
        };
        self.value.is_finite().then_some(Self { error, ..*self })
    }
}

impl Measure {
    /// The figure with what is to be shown of its error: its interval if it has one, nothing of an atom, which has a probability instead.
    pub(super) fn quantity(&self) -> Quantity {
        let value = self.value;
        match self.error {
            Error::Atom { .. } | Error::Certain => Quantity::exact(value),
            Error::Sampled { interval, .. } => Quantity::between(value, interval),
            Error::Unknown {
                why: Note::FewDecide,
                std_error: Some(std_error),
            } => Quantity { value, std_error },
            Error::Unknown {
                why: Note::NoneDiffers,
                ..
            } => Quantity::exact(value),
            Error::Unknown { .. } => Quantity::within(value, f64::INFINITY),
        }
    }
}

/// Whether a figure of a loss is below zero: a gain, and called one wherever it is shown.
pub(super) fn is_gain(id: &str, value: f64) -> bool {
    value < 0.0 && look_up(id).is_some_and(Measured::is_loss)
}
