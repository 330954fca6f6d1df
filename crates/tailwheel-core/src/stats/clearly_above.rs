//! Test whether one figure exceeds another when both were picked by their size.

use super::Value;
use super::estimate::error_of;
use crate::math::elementary::ln;
use crate::math::normal::from_ln_upper_tail;

impl Value {
    /// Returns the absolute value of the figure, with its interval.
    #[must_use]
    pub fn size(&self) -> Self {
        if self.value < 0.0 { self.negative() } else { *self }
    }

    /// True if this figure exceeds `other` although both were picked from `n` figures by their size. The gap must
    /// exceed the joint 95 % intervals of the differences of all pairs (Bonferroni). The error of a difference is the
    /// sum of both errors, an upper bound for any dependence.
    pub fn is_clearly_above(&self, other: &Self, n: usize) -> bool {
        let error = self.spread() + other.spread();
        clearly_above(self.value, other.value, error, n)
    }

    /// Returns the standard error, else the one that the interval implies, else 0; infinite if the error is unknown.
    fn spread(&self) -> f64 {
        let of_interval = self.interval.map(|[low, high]| error_of((low, high)));
        let unknown = if self.is_unknown() { f64::INFINITY } else { 0.0 };
        self.std_error.or(of_interval).unwrap_or(unknown)
    }
}

/// True if figure `one` exceeds `other` with 95 % confidence, although both were picked from `n` figures by size;
/// `error` is the sum of both standard errors.
pub fn clearly_above(one: f64, other: f64, error: f64, n: usize) -> bool {
    let n_pairs = (n * n.saturating_sub(1) / 2).max(1) as f64;
    let standard_errors = from_ln_upper_tail(ln(0.025 / n_pairs));
    one - other > (standard_errors * error).max(1e-9 * one.abs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{Estimate, Unit};

    #[test]
    fn the_more_figures_there_are_the_farther_apart_two_must_be() {
        let of = |value| Value::new(Unit::Fraction, &Estimate::normal(value, 0.01, 1_000));
        assert!(of(0.05).is_clearly_above(&of(0.0), 2));
        assert!(!of(0.05).is_clearly_above(&of(0.0), 20));
        assert!(!of(0.05).is_clearly_above(&of(0.05), 2));
        assert_eq!(of(-0.05).size().value, 0.05);
    }
}
