//! Highest price that a buyer pays: the present value of future income.
//!
//! In: a yearly rate of return. Out: [`discount`], [`geometric`], [`sum_of_powers`], [`nodes`]. Not here:
//! the future income of a kind (each kind's `ahead`), the value of a business (`business`).
//!
//! ```text
//! K = 1/12·Σ v^(j+1)·g(j)     j = 0 … 359 months, v = (1 + r)^(−1/12), g(j) income of month j / income today
//! g(j) = x^j                  K = v(1 − (vx)^360)/(1 − vx)/12
//! ```
//!
//! Other functions g are evaluated in the first three months and at twelve Gauss–Legendre points, four each
//! up to months 24, 120 and 360. The sum is exact to 0.05 % for income that fades at up to 2 a year, and to
//! 1 % for income that halves every month.

use crate::market::STEPS_PER_YEAR;
use crate::math::elementary::{exp, ln, ln_1p};

/// Lowest yearly return that a buyer accepts.
pub(super) const LEAST_RETURN: f64 = 0.05;
/// Number of future months whose income a buyer counts.
pub(super) const MONTHS: f64 = 360.0;

/// Monthly discount factor `(1 + r)^(−1/12)` at the yearly return `r`.
#[inline(always)]
pub(super) fn discount(per_year: f64) -> f64 {
    exp(-ln_1p(per_year) / STEPS_PER_YEAR)
}

/// Present value of income that is multiplied by `left` every month, in years of today's income. `discount`
/// is the monthly discount factor.
#[inline(always)]
pub(super) fn geometric(left: f64, discount: f64) -> f64 {
    discount * sum_of_powers(discount * left, MONTHS) / STEPS_PER_YEAR
}

/// Returns `Σ base^j` over `months` months from j = 0; a fractional month counts in proportion.
#[inline(always)]
pub(super) fn sum_of_powers(base: f64, months: f64) -> f64 {
    let gone = 1.0 - base;
    if gone.abs() > 1e-9 { (1.0 - power(base, months)) / gone } else { months }
}

/// Returns `base^exponent` for a base ≥ 0; an exponent of 0 gives 1.
#[inline(always)]
pub(super) fn power(base: f64, exponent: f64) -> f64 {
    let found = exp(exponent * ln(base));
    if exponent == 0.0 { 1.0 } else { found }
}

/// A future month, and the present value of a unit of yearly income received at that time, for a sum over months.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Node {
    pub month: f64,
    pub weight: f64,
}

pub(super) const N_NODES: usize = N_FIRST + 12;
/// Number of first months whose income is evaluated singly. Income that fades fast mostly falls into them.
const N_FIRST: usize = 3;

/// Ends of the integration spans, in months. A sum over months is the integral from half a month before the
/// first to half a month after the last.
const SPANS: [f64; 4] = [2.5, 23.5, 119.5, 359.5];
/// Positive points of four-point Gauss–Legendre quadrature on −1 … 1, each with its weight.
const POINTS: [[f64; 2]; 2] =
    [[0.339_981_043_584_856_3, 0.652_145_154_862_546_1], [0.861_136_311_594_052_6, 0.347_854_845_137_453_9]];

/// Future months at which income is evaluated, and present-value weights at the yearly return `per_year`.
pub(super) fn nodes(per_year: f64) -> [Node; N_NODES] {
    let v = discount(per_year);
    std::array::from_fn(|at| {
        if at < N_FIRST {
            let month = at as f64;
            let weight = power(v, month + 1.0) / STEPS_PER_YEAR;
            return Node { month, weight };
        }
        let at = at - N_FIRST;
        let (low, high) = (SPANS[at / 4], SPANS[at / 4 + 1]);
        let [point, weight] = POINTS[at % 2];
        let point = if at % 4 < 2 { point } else { -point };
        let half = 0.5 * (high - low);
        let month = half.mul_add(point, 0.5 * (low + high));
        let weight = half * weight * power(v, month + 1.0) / STEPS_PER_YEAR;
        Node { month, weight }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_and_sums_agree_with_every_month() {
        for per_year in [0.0, 0.05, 0.2] {
            for rate in [0.0, 0.02, 0.1, 0.3, 0.6, 1.0, 2.0] {
                let left = exp(-rate / 12.0);
                let [exact, points] = worth(per_year, left);
                let sum = geometric(left, discount(per_year));
                assert!((sum / exact - 1.0).abs() < 1e-9, "{per_year} {rate}: {sum} {exact}");
                assert!((points / exact - 1.0).abs() < 5e-4, "{per_year} {rate}: {points} {exact}");
            }
        }
    }

    /// What a unit of yearly income is worth of which the part `left` is left after each month: over every month, and
    /// by points.
    fn worth(per_year: f64, left: f64) -> [f64; 2] {
        let v = discount(per_year);
        let exact = (0..360).map(f64::from).map(|j| power(v, j + 1.0) * power(left, j) / 12.0);
        [exact.sum(), nodes(per_year).iter().map(|n| n.weight * power(left, n.month)).sum()]
    }

    #[test]
    fn what_fades_within_months_is_worth_its_first_months() {
        for (left, within) in [(0.0, 1e-12), (0.3, 1e-2), (0.5, 1e-2), (0.7, 1e-2)] {
            let [exact, points] = worth(0.05, left);
            assert!((points / exact - 1.0).abs() < within, "{left}: {points} {exact}");
        }
    }

    #[test]
    fn income_for_ever_is_worth_the_annuity() {
        // 30 years at 5 % a year, paid monthly in arrears
        let monthly = power(1.05, 1.0 / 12.0) - 1.0;
        let annuity = (1.0 - power(1.05, -30.0)) / monthly / 12.0;
        assert!((geometric(1.0, discount(0.05)) / annuity - 1.0).abs() < 1e-9);
        assert_eq!(geometric(0.0, 1.0), 1.0 / 12.0);
    }
}
