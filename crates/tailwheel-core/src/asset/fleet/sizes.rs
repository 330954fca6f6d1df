//! Sizes of units, which are constant over time: they decide how much of a fleet depends on a few units.
//!
//! In: a number of units, the spread of their sizes. Out: [`Sizes`], the size of a random subgroup. Not
//! here: the number of units in it (`month`).
//!
//! ```text
//! (α + 1)/(Nα + 1) = E Σ p_i²      p_i: sizes of N units, lognormal with their log spread, over their sum
//! part of k of n units ~ Beta(kα, (n − k)α), replaced by the two points with its first three moments:
//! x = (kα + 1 ± √((kα + 1)((n − k)α + 1)/(nα + 1)))/(nα + 2),   mean k/n
//! ```
//!
//! If sizes were gamma with shape α, this split would be exact, and both parts would again follow the same
//! law whatever happened before. Counts and sums are then sufficient (Ferguson 1973). The points are those
//! of Gauss–Jacobi quadrature.

use crate::math::elementary::{exp, expm1, ln, ln_1p};
use crate::math::normal;

/// Step of the trapezoid rule for means over a standard normal. `REACH` is the number of steps to either
/// side, `LOG_STEP` the step of the integral over `ln s`. The result is exact to 1e-8.
const STEP: f64 = 0.1;
const REACH: i32 = 100;
const LOG_STEP: f64 = 0.2;
/// Distance of the ends of the integral over `ln s` from the log sizes; the omitted part is e^(−2·12).
const BEYOND: f64 = 12.0;

/// Law of the sizes of units. On each path the sizes of all units sum to their number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sizes {
    /// Shape α of the gamma law that replaces the law of one size.
    shape: f64,
}

impl Sizes {
    /// Distribution of the sizes of `units` units whose log sizes have the standard deviation `spread`;
    /// `None` if all sizes are equal.
    pub fn of(units: f64, spread: f64) -> Option<Self> {
        if units < 2.0 || spread == 0.0 {
            return None;
        }
        let concentration = concentration(units, spread);
        let unequal = units * concentration - 1.0;
        (unequal > 1e-9).then(|| Self { shape: (1.0 - concentration) / unequal })
    }

    /// Total size of `some` units out of `all` that together have `size`. Consumes part of `uniform`'s
    /// randomness; the remainder is again uniform.
    #[inline(always)]
    pub fn part(self, size: f64, all: f64, some: f64, uniform: &mut f64) -> f64 {
        let (a, c) = (self.shape * some, self.shape * all);
        let b = c - a;
        // A single division serves all three denominators.
        let over = 1.0 / ((c + 1.0) * (c + 2.0) * all);
        let mean = some * over * (c + 1.0) * (c + 2.0);
        let distance = ((a + 1.0) * (b + 1.0) * over * (c + 2.0) * all).sqrt();
        // The probability of the higher point is ½ + (mean − ½)/distance.
        let (chance, drawn) = (0.5f64.mul_add(distance, mean - 0.5), *uniform * distance);
        let is_high = drawn < chance;
        let point = if is_high { distance } else { -distance };
        let part = (a + 1.0 + point) * over * (c + 1.0) * all;
        let (from, width) = if is_high { (0.0, chance) } else { (chance, distance - chance) };
        let left = (drawn - from) / width;
        let is_all = some == all;
        let is_split = some > 0.0 && !is_all;
        *uniform = if is_split { left } else { *uniform };
        let whole = if is_all { size } else { 0.0 };
        if is_split { size * part } else { whole }
    }

    /// Expected sum of squared sizes of `count` units that together have `size`.
    #[inline(always)]
    pub fn squares(self, size: f64, count: f64) -> f64 {
        size * size * (self.shape + 1.0) / self.shape.mul_add(count, 1.0)
    }
}

/// Expected concentration of the sizes y of N `units` whose logarithms have standard deviation `spread`, p = y/Σ y: `E
/// Σ p_i² = N ∫ s·E[y² e^(−s·y)]·(E e^(−s·y))^(N − 1) ds`, from `1/(Σ y)² = ∫ s e^(−s·Σ y) ds`.
fn concentration(units: f64, spread: f64) -> f64 {
    let nodes: Vec<(f64, f64)> = (-REACH..=REACH)
        .map(|node| {
            let z = STEP * f64::from(node);
            (STEP * normal::pdf(z), exp(spread * z))
        })
        .collect();
    let reach = spread.mul_add(STEP * f64::from(REACH), BEYOND);
    let steps = ((2.0 * reach + ln(units)) / LOG_STEP).ceil() as u32;
    let at = |step: u32| {
        let s = exp(reach - LOG_STEP * f64::from(step));
        let (mut squares, mut gone) = (0.0, 0.0);
        for (weight, size) in &nodes {
            let of_size = s * size;
            squares += weight * of_size * of_size * exp(-of_size);
            gone -= weight * expm1(-of_size);
        }
        // Rounding may turn the probability into exactly 1.
        let others = (units - 1.0) * ln_1p(-gone.min(1.0 - f64::EPSILON));
        squares * exp(others)
    };
    units * LOG_STEP * (0..=steps).map(at).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_units_share_as_a_logit_normal_does() {
        for spread in [0.1, 1.0, 1.55, 2.4, 5.0] {
            let mut exact = 0.0;
            for node in -1000..=1000 {
                let z = 0.01 * f64::from(node);
                let p = 1.0 / (1.0 + exp(spread * std::f64::consts::SQRT_2 * z));
                exact += 0.01 * normal::pdf(z) * (p * p + (1.0 - p) * (1.0 - p));
            }
            let found = concentration(2.0, spread);
            assert!((found - exact).abs() < 1e-7, "{spread}: {found} {exact}");
        }
    }

    #[test]
    fn many_units_of_a_small_spread_share_as_their_variance_says() {
        let found = 1000.0 * concentration(1000.0, 0.2);
        assert!((found - exp(0.04)).abs() < 2e-4, "{found}");
        assert_eq!(Sizes::of(50.0, 0.0), None);
        assert_eq!(Sizes::of(1.0, 2.4), None);
    }

    #[test]
    fn a_part_has_the_mean_of_its_count_the_variance_of_the_law_and_leaves_a_uniform() {
        let sizes = Sizes::of(50.0, 1.55).expect("units of different size");
        let n = 100_000;
        for [all, some] in [[50.0, 1.0], [50.0, 20.0], [7.0, 6.0], [2.0, 1.0]] {
            let (mut sum, mut squares, mut left) = (0.0, 0.0, 0.0);
            for at in 0..n {
                let mut uniform = (f64::from(at) + 0.5) / f64::from(n);
                let part = sizes.part(3.0, all, some, &mut uniform) / 3.0;
                assert!((0.0..=1.0).contains(&part) && (0.0..=1.0).contains(&uniform));
                sum += part;
                squares += part * part;
                left += uniform;
            }
            let count = f64::from(n);
            let (mean, p) = (sum / count, some / all);
            let variance = p * (1.0 - p) / (sizes.shape * all + 1.0);
            assert!((mean - p).abs() < 1e-4, "{all} {some}: {mean}");
            assert!((squares / count - mean * mean - variance).abs() < 1e-4);
            assert!((left / count - 0.5).abs() < 1e-3);
        }
        let mut uniform = 0.3;
        let cases = [(3.0, 5.0, 5.0), (3.0, 5.0, 0.0), (0.0, 0.0, 0.0)];
        assert_eq!(
            cases.map(|(whole, all, some)| sizes.part(whole, all, some, &mut uniform)),
            [3.0, 0.0, 0.0]
        );
        assert_eq!(uniform, 0.3);
    }
}
