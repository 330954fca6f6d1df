//! A measure of a report as a quantity that can be shown.
//!
//! In: measures. Out: quantities and texts. Not here: rounding (`figure`), sentences.

use super::Measure;
use crate::figure::{self, Quantity, Shown};
use crate::stats::{Measure as Measured, look_up};

impl Measure {
    /// The figure with what is to be shown of its error: half of its interval if it has one, nothing of
    /// an atom, which has a probability instead.
    pub(super) fn quantity(&self) -> Quantity {
        let value = self.value;
        match (self.interval, self.std_error) {
            _ if self.is_atom => Quantity::exact(value),
            (Some([low, high]), _) => Quantity::within(value, 0.5 * (high - low)),
            (None, _) if self.is_error_unknown => Quantity::within(value, f64::INFINITY),
            (None, Some(std_error)) => Quantity { value, std_error },
            (None, None) => Quantity::exact(value),
        }
    }

    /// As every screen shows it.
    pub(super) fn shown(&self, currency: &str) -> Shown {
        let seen = (self.n as u64, self.is_certain());
        figure::shown(self.unit, currency, self.quantity(), seen)
    }
}

/// Whether a figure of a loss is below zero: a gain, and called one wherever it is shown.
pub(super) fn is_gain(id: &str, value: f64) -> bool {
    value < 0.0 && look_up(id).is_some_and(Measured::is_loss)
}
