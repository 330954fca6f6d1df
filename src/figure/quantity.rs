//! A figure with the standard error of its estimate, in the form that charts use.
//!
//! In: numbers. Out: [`Quantity`], a test that one figure is above another. Not here: digits (`rule`).

use crate::stats::{self, Error, HALF_WIDTH, Unit, Value};

/// A figure and the standard error of its estimate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantity {
    pub value: f64,
    /// Standard error: 0 for an exact figure, infinite if it is unknown.
    pub std_error: f64,
}

impl Quantity {
    /// An exact figure: its standard error is 0.
    pub fn exact(value: f64) -> Self {
        Self { value, std_error: 0.0 }
    }

    /// A figure whose 95 % interval is `value` ± `half`.
    pub fn within(value: f64, half: f64) -> Self {
        Self { value, std_error: half / HALF_WIDTH }
    }

    /// Creates a figure from its 95 % interval. The error comes from the farther end, so that value ± half
    /// width covers the whole interval.
    pub fn between(value: f64, [low, high]: [f64; 2]) -> Self {
        Self::within(value, (high - value).max(value - low))
    }

    /// Scales value and error by `factor`, for example to another unit.
    pub fn times(self, factor: f64) -> Self {
        Self { value: factor * self.value, std_error: factor.abs() * self.std_error }
    }

    /// The absolute value of the figure, with unchanged error.
    pub fn size(self) -> Self {
        Self { value: self.value.abs(), ..self }
    }

    /// Half of the width of the 95 % interval: 1.96 standard errors.
    pub fn half_width(&self) -> f64 {
        HALF_WIDTH * self.std_error
    }

    /// True if the 95 % interval excludes zero. Only then may a title claim a difference.
    pub fn differs_from_zero(&self) -> bool {
        self.value.abs() > self.half_width()
    }

    /// Half of the width of the 95 % interval, or `None` if it is zero or unknown.
    pub fn known_half(&self) -> Option<f64> {
        let half = self.half_width();
        (half > 0.0 && half.is_finite()).then_some(half)
    }

    /// Converts the figure to a [`Value`] of `unit` with a symmetric 95 % interval.
    pub fn in_unit(self, unit: Unit) -> Value {
        let half = self.half_width();
        let certain = Value::certain(unit, self.value);
        if half <= 0.0 {
            return certain;
        }
        let interval = Some([self.value - half, self.value + half]);
        Value { std_error: Some(self.std_error), interval, error: Error::Sampled, ..certain }
    }
}

/// Number of the first figures of `sorted`, which fall, of which one is the largest: 1 if the first is clearly above the
/// second, 2 if it is clearly above the third only. `None` if more than two may be the largest.
pub fn n_largest(sorted: &[Quantity]) -> Option<usize> {
    let is_apart = |next: &Quantity| clearly_above(sorted[0], *next, sorted.len());
    (1..=2).find(|n| sorted.get(*n).is_none_or(is_apart))
}

/// True if `a` exceeds `b` beyond sampling error, corrected for choosing the two by size among `n` estimates.
pub fn clearly_above(a: Quantity, b: Quantity, n: usize) -> bool {
    stats::clearly_above(a.value, b.value, a.std_error + b.std_error, n)
}
