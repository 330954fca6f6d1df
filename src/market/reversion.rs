//! A rate that comes back to its mean: the exact transition of a Gaussian process over a month.

use super::STEPS_PER_YEAR;
use crate::math::elementary::{exp, expm1};

/// Uhlenbeck and Ornstein (1930).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reversion {
    /// Standard deviation of what a short time adds to it, per square root of a year.
    pub volatility: f64,
    /// Months after which half of a deviation from the mean is gone; infinite if nothing ever goes.
    pub half_life_months: f64,
}

impl Reversion {
    /// What a month leaves of a deviation from the mean.
    pub fn kept(self) -> f64 {
        exp(-std::f64::consts::LN_2 / self.half_life_months)
    }

    /// Standard deviation of what `months` add.
    pub fn spread(self, months: f64) -> f64 {
        let per_month = std::f64::consts::LN_2 / self.half_life_months;
        // the limit of a half-life without end
        let months = if per_month > 0.0 {
            -expm1(-2.0 * per_month * months) / (2.0 * per_month)
        } else {
            months
        };
        self.volatility * (months / STEPS_PER_YEAR).sqrt()
    }
}
