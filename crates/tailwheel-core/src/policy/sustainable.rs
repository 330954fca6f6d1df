//! Sustainable spending: the yearly fraction of wealth that lasts for life with a given probability.
//!
//! In: growth and volatility of the wealth, remaining life of its owner. Out: [`Sustaining::rate`]. Not
//! here: the amount of wealth (`liquidation`), its asset mix (`plan`).
//!
//! ```text
//! P(ruin) = F(s)        F: gamma distribution of shape (2μ + 4λ)/(σ² + λ) − 1 and scale (σ² + λ)/2
//!                       s: yearly spending/wealth,   λ = ln 2/median remaining life
//! ```
//!
//! The present value of spending one unit a year until death is approximately reciprocal gamma, with the
//! same first two moments. Ruin means that it exceeds 1/s. Source: M. A. Milevsky and C. Robinson, *A
//! Sustainable Spending Rate without Simulation*, Financial Analysts Journal 61(6), 2005.

use crate::math::bisect::edge;
use crate::math::gamma;

/// Accepted probability of ruin in the sustainable spending, a choice of this program.
pub const ACCEPTED_RUIN: f64 = 0.05;

/// Number of bisection steps, enough to reach neighboring floating-point numbers.
const HALVINGS: usize = 200;

/// Growth and risk of a wealth, and the mortality of its owner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sustaining {
    /// Logarithm μ of the mean real growth factor of a year: mean log-growth plus half its variance.
    pub growth: f64,
    /// Standard deviation σ of a year's log-return.
    pub volatility: f64,
    /// Death rate λ per year; 0 for an infinite life.
    pub mortality: f64,
}

impl Sustaining {
    /// Computes the death rate from the median remaining life in months, which may be infinite.
    pub fn new(growth: f64, volatility: f64, median_months: f64) -> Self {
        Self { growth, volatility, mortality: std::f64::consts::LN_2 * 12.0 / median_months }
    }

    fn spread(&self) -> f64 {
        self.volatility * self.volatility + self.mortality
    }

    /// Shape parameter of the gamma distribution in the ruin probability; infinite without risk. If the shape
    /// is zero or below, no spending is sustainable.
    pub fn shape(&self) -> f64 {
        (2.0 * self.growth + 4.0 * self.mortality) / self.spread() - 1.0
    }

    /// Probability of ruin if the fraction `spent` of the initial wealth is spent every year.
    pub fn ruin(&self, spent: f64) -> f64 {
        if self.spread() > 0.0 {
            gamma::cdf(self.shape(), spent / (0.5 * self.spread()))
        } else {
            f64::from(u8::from(spent > self.growth))
        }
    }

    /// Fraction of the initial wealth that can be spent every year with probability of ruin
    /// [`ACCEPTED_RUIN`]. It is 0 if the shape is not positive. Without risk it is the growth rate, at
    /// least 0.
    pub fn rate(&self) -> f64 {
        if self.spread() <= 0.0 {
            return self.growth.max(0.0);
        }
        if self.shape() <= 0.0 {
            return 0.0;
        }
        let is_too_much = |spent: f64| self.ruin(spent) > ACCEPTED_RUIN;
        let mut most = self.spread();
        while !is_too_much(most) {
            most *= 2.0;
        }
        edge(0.0, most, HALVINGS, is_too_much).0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_probabilities_are_met() {
        let alive = Sustaining::new(0.07, 0.2, 28.1 * 12.0);
        assert!((alive.ruin(0.05) - 0.2679).abs() < 5e-5, "{}", alive.ruin(0.05));
        let endless = Sustaining::new(0.07, 0.2, f64::INFINITY);
        for (spent, exact) in [(0.03, 0.3), (0.04, 0.4506), (0.05, 0.5841), (0.06, 0.6938)] {
            assert!((endless.ruin(spent) - exact).abs() < 5e-5, "{spent}");
        }
    }

    #[test]
    fn what_is_sustained_has_the_accepted_ruin() {
        for growth in [0.0, 0.02, 0.0397, 0.07] {
            for volatility in [0.01, 0.0886, 0.2, 0.5] {
                for years in [5.0, 28.1, 60.0, f64::INFINITY] {
                    let of = Sustaining::new(growth, volatility, 12.0 * years);
                    let rate = of.rate();
                    if of.shape() > 0.0 {
                        assert!((of.ruin(rate) - ACCEPTED_RUIN).abs() < 1e-9, "{of:?}")
                    } else {
                        assert_eq!(rate, 0.0, "{of:?}")
                    }
                }
            }
        }
        let published = Sustaining::new(0.0397, 0.0886, 28.1 * 12.0).rate();
        assert!((published - 0.0268).abs() < 5e-5, "{published}");
    }

    #[test]
    fn without_chance_growth_is_spent_and_that_is_the_limit() {
        let rate = |growth, volatility| Sustaining::new(growth, volatility, f64::INFINITY).rate();
        assert_eq!((rate(0.03, 0.0), rate(-0.03, 0.0)), (0.03, 0.0));
        assert!((rate(0.03, 1e-4) - 0.03).abs() < 1e-4, "{}", rate(0.03, 1e-4));
    }
}
