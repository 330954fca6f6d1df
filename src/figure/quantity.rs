//! A figure and the standard error of its estimate, as pictures need them.
//!
//! In: numbers. Out: [`Quantity`], whether one figure is above another. Not here: digits (`rule`).

use crate::stats::{self, Error, HALF_WIDTH, Unit, Value};

/// A figure and the standard error of its estimate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantity {
    pub value: f64,
    /// 0 if there is none, infinite if it is not known.
    pub std_error: f64,
}

impl Quantity {
    /// A figure known without error.
    pub fn exact(value: f64) -> Self {
        let std_error = 0.0;
        Self { value, std_error }
    }

    /// A figure known to within `half`, with 95 %.
    pub fn within(value: f64, half: f64) -> Self {
        let std_error = half / HALF_WIDTH;
        Self { value, std_error }
    }

    /// A figure with a 95 % interval: within its farther end, so that value ± half covers all of it.
    pub fn between(value: f64, [low, high]: [f64; 2]) -> Self {
        Self::within(value, (high - value).max(value - low))
    }

    /// The same in another unit.
    pub fn times(self, factor: f64) -> Self {
        Self { value: factor * self.value, std_error: factor.abs() * self.std_error }
    }

    /// Without its sign.
    pub fn size(self) -> Self {
        let value = self.value.abs();
        Self { value, ..self }
    }

    /// From the figure to the farther end of its 95 % interval.
    pub fn half_width(&self) -> f64 {
        HALF_WIDTH * self.std_error
    }

    /// Whether the 95 % interval leaves out zero: what a title may call a difference.
    pub fn differs_from_zero(&self) -> bool {
        self.value.abs() > self.half_width()
    }

    /// The same, where it is known and not nothing.
    pub fn known_half(&self) -> Option<f64> {
        let half = self.half_width();
        (half > 0.0 && half.is_finite()).then_some(half)
    }

    /// The figure as a value of a unit, whose interval is symmetric.
    pub fn in_unit(self, unit: Unit) -> Value {
        let half = self.half_width();
        let certain = Value::certain(unit, self.value);
        if half > 0.0 {
            Value {
                std_error: Some(self.std_error),
                interval: Some([self.value - half, self.value + half]),
                error: Error::Sampled,
                ..certain
            }
        } else {
            certain
        }
    }
}

/// Whether `a` exceeds `b` when the two were picked from `n` estimates by their size.
pub fn clearly_above(a: Quantity, b: Quantity, n: usize) -> bool {
    stats::clearly_above([a.value, b.value], a.std_error + b.std_error, n)
}
