//! Mean reversion of a rate: exact monthly transition of a Gaussian process.

use super::STEPS_PER_YEAR;
use crate::math::elementary::{exp, expm1};

/// Parameters of an Ornstein–Uhlenbeck process (Uhlenbeck and Ornstein 1930).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reversion {
    /// Volatility of the rate over a short time, per square root of a year.
    pub volatility: f64,
    /// Months after which half of a deviation from the mean is gone; infinite without reversion.
    pub half_life_months: f64,
}

impl Reversion {
    /// Fraction of a deviation from the mean that remains after one month.
    pub fn kept(self) -> f64 {
        exp(-std::f64::consts::LN_2 / self.half_life_months)
    }

    /// Standard deviation of the random change of the rate over `months`.
    pub fn spread(self, months: f64) -> f64 {
        let per_month = std::f64::consts::LN_2 / self.half_life_months;
        // limit for an infinite half-life
        let months =
            if per_month > 0.0 { -expm1(-2.0 * per_month * months) / (2.0 * per_month) } else { months };
        self.volatility * (months / STEPS_PER_YEAR).sqrt()
    }
}
