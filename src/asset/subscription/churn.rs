//! What products differ by in churn, at the same mean number of subscribers.
//!
//! In: a churn, its spread, who comes. Out: the multiple of the churn around which paths spread. Not here: the draw (`turnover`).
//!
//! ```text
//! Σ_t E_z S_t(min(1, k·churn·e^(s·z))) = Σ_t S_t(churn)     t = 1 … months of the run, z standard normal
//! S_t(c) = (1 − c)·S_{t−1}(c) + a_t
//! ```
//!
//! The number of subscribers is convex in churn, so a spread around the same middle would add subscribers.

use super::arrivals::Arrivals;
use crate::math::bisect;
use crate::math::elementary::exp;
use crate::math::{lesser, normal};

/// Step and number of nodes on either side of 0 by which a mean over a normal is taken: the trapezoid is exact to rounding there.
const STEP: f64 = 0.25;
const NODES: i32 = 32;
/// `ln k` lies between these, whatever the spread.
const WIDEST: f64 = 30.0;
/// Halvings until it is known to rounding.
const HALVINGS: usize = 60;

/// The multiple `k` of a churn with a spread of its logarithm that keeps the mean number of subscribers over `n_months`.
pub(super) fn scale(arrivals: &Arrivals, churn: f64, spread: f64, n_months: u32) -> f64 {
    if spread == 0.0 || churn == 0.0 {
        return 1.0;
    }
    let means = arrivals.means(n_months);
    let total = |churn: f64| arrivals.left(churn, &means[1..]).sum::<f64>();
    let wanted = total(churn);
    let is_beyond = |log_scale: f64| {
        let (mut weights, mut mean) = (0.0, 0.0);
        for node in -NODES..=NODES {
            let z = STEP * f64::from(node);
            let weight = normal::pdf(z);
            weights += weight;
            mean += weight * total(lesser(churn * exp(spread.mul_add(z, log_scale)), 1.0));
        }
        mean / weights < wanted
    };
    let (inside, _) = bisect::edge(-WIDEST, WIDEST, HALVINGS, is_beyond);
    exp(inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn product(first: f64) -> Arrivals {
        Arrivals {
            opening: 100.0,
            first,
            half_life_months: 36.0,
            cost: 0.0,
        }
    }

    #[test]
    fn a_spread_that_is_none_keeps_the_churn_and_a_wide_one_raises_it() {
        let of = |spread| scale(&product(5.0), 0.05, spread, 60);
        assert_eq!(of(0.0), 1.0);
        assert!((of(1e-4) - 1.0).abs() < 1e-6);
        assert!(of(0.5) > 1.02 && of(1.0) > of(0.5));
        // in one month the mean is linear in churn: the mean of a lognormal law is taken off
        let month = scale(&product(5.0), 0.05, 0.5, 1);
        assert!((month - exp(-0.125)).abs() < 1e-6, "{month}");
    }
}
