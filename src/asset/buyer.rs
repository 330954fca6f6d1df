//! What a buyer pays at most: the present value of what there is to come.
//!
//! In: a rate of return a year. Out: [`discount`], [`geometric`], [`sum_of_powers`], [`nodes`]. Not here: what a kind has to come (each kind's
//! `ahead`), and what it is worth (`business`).
//!
//! ```text
//! K = 1/12·Σ v^(j+1)·g(j)      j = 0 … 359 months, v = (1 + r)^(−1/12), g(j) what is earned then in what is earned today
//! g(j) = x^j                   v(1 − (vx)^360)/(1 − vx)/12
//! ```
//!
//! Other g are taken in the first three months and at twelve points of Gauss and Legendre, four each until months 24, 120 and 360: exact
//! to 0.05 % for what fades at a rate of up to 2 a year, to 1 % for what loses half in every month.

use crate::market::STEPS_PER_YEAR;
use crate::math::elementary::{exp, ln, ln_1p};

/// The least return a year that a buyer asks for.
pub(super) const LEAST_RETURN: f64 = 0.05;
/// Months that he looks ahead.
pub(super) const MONTHS: f64 = 360.0;

/// What a month takes of money to come, `(1 + r)^(−1/12)`.
#[inline(always)]
pub(super) fn discount(per_year: f64) -> f64 {
    exp(-ln_1p(per_year) / STEPS_PER_YEAR)
}

/// Present value of income of which every month leaves the part `left`, in years of today's pace, at the discount of a month.
#[inline(always)]
pub(super) fn geometric(left: f64, discount: f64) -> f64 {
    discount * sum_of_powers(discount * left, MONTHS) / STEPS_PER_YEAR
}

/// `Σ base^j` over so many months from j = 0 on, a part of a month counted in proportion.
#[inline(always)]
pub(super) fn sum_of_powers(base: f64, months: f64) -> f64 {
    let gone = 1.0 - base;
    if gone.abs() > 1e-9 { (1.0 - power(base, months)) / gone } else { months }
}

/// `base^exponent` of a base that is not below zero; to the power of 0 it is 1.
#[inline(always)]
pub(super) fn power(base: f64, exponent: f64) -> f64 {
    let found = exp(exponent * ln(base));
    if exponent == 0.0 { 1.0 } else { found }
}

/// A month ahead, and what income of its pace is worth today.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Node {
    pub month: f64,
    pub weight: f64,
}

pub(super) const N_NODES: usize = N_FIRST + 12;
/// Months that are taken one by one: what fades fast has most of its income in them.
const N_FIRST: usize = 3;

/// Ends of the spans: a sum over months is an integral from half a month before the first to half a month after the last.
const SPANS: [f64; 4] = [2.5, 23.5, 119.5, 359.5];
/// Points of Gauss and Legendre on −1 … 1, those above 0, and their weights.
const POINTS: [[f64; 2]; 2] = [
    [0.339_981_043_584_856_3, 0.652_145_154_862_546_1],
    [0.861_136_311_594_052_6, 0.347_854_845_137_453_9],
];

/// Points in time at which what is to come is looked at, by a buyer who asks for so much a year.
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
            let v = discount(per_year);
            for rate in [0.0, 0.02, 0.1, 0.3, 0.6, 1.0, 2.0] {
                let left = exp(-rate / 12.0);
                let months = (0..360).map(f64::from);
                let exact: f64 = months.map(|j| power(v, j + 1.0) * power(left, j) / 12.0).sum();
                let sum = geometric(left, v);
                assert!((sum / exact - 1.0).abs() < 1e-9, "{per_year} {rate}: {sum} {exact}");
                let nodes = nodes(per_year);
                let points: f64 = nodes.iter().map(|n| n.weight * power(left, n.month)).sum();
                assert!((points / exact - 1.0).abs() < 5e-4, "{per_year} {rate}: {points} {exact}");
            }
        }
    }

    #[test]
    fn what_fades_within_months_is_worth_its_first_months() {
        let v = discount(0.05);
        for (left, within) in [(0.0, 1e-12), (0.3, 1e-2), (0.5, 1e-2), (0.7, 1e-2)] {
            let months = (0..360).map(f64::from);
            let exact: f64 = months.map(|j| power(v, j + 1.0) * power(left, j) / 12.0).sum();
            let nodes = nodes(0.05);
            let points: f64 = nodes.iter().map(|n| n.weight * power(left, n.month)).sum();
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
