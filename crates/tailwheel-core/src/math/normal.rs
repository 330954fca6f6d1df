//! Standard normal law: distribution function, density, quantile.
//!
//! In: a number or a probability. Out: both tails with small relative error. Not here: draws (`random`).

mod quantile;

pub use quantile::{quantile, quantiles};

use super::elementary::{exp, ln};

/// 95 % quantile of the standard normal law: distance in standard deviations from the median to the 5th and
/// 95th percentiles.
pub const Z95: f64 = 1.644_853_626_951_472_2;

const INVERSE_ROOT_TWO_PI: f64 = 0.3989422804014327;
const LN_ROOT_TWO_PI: f64 = 0.9189385332046728;

/// Constant c that folds the argument x ≥ 0 of Mills' ratio into u = (x − c)/(x + c) in [−1, 1].
const FOLD: f64 = 4.0;

/// Coefficients of (x + c)·M(x) in powers of u, where M(x) = (1 − Φ(x))/φ(x) is Mills' ratio. They come from
/// Chebyshev interpolation, relative error 7e-17.
const MILLS: [f64; 26] = [
    2.946488876280441e-10, 8.53083886026053e-10, -2.142295344399263e-09, -9.35134044482434e-09,
    3.5919778637323777e-09, 5.3711037651589576e-08, 3.66737949934239e-08, -2.1774195022039326e-07,
    -3.922932522029295e-07, 6.829633831673466e-07, 2.563178850836918e-06, -1.5787665654677373e-06,
    -1.484070957232045e-05, 1.7963971214040778e-06, 8.809493632053581e-05, -4.783264259417208e-06,
    -0.0005792691439164002, 0.0003342446162328441, 0.004087855661108637, -0.008722295274260125,
    -0.018900450860304858, 0.15139176231244347, -0.4675409629983781, 0.9704095548675884, -1.523770910819983,
    1.8932190633084853,
];

/// Mills' ratio (1 − Φ(x))/φ(x) for x ≥ 0, also far out where both are below the smallest double.
///
/// Relative error ≤ 1e-15.
#[inline(always)]
pub fn mills_ratio(x: f64) -> f64 {
    let reciprocal = 1.0 / (x + FOLD);
    let u = reciprocal.mul_add(-2.0 * FOLD, 1.0);
    let mut p = MILLS[0];
    for c in &MILLS[1..] {
        p = p.mul_add(u, *c);
    }
    p * reciprocal
}

/// Density φ(x) = exp(−x²/2)/√(2π) of the standard normal law.
///
/// Relative error ≤ 5e-16 wherever the density is a normal double: the rounding of x² is corrected.
#[inline(always)]
pub fn pdf(x: f64) -> f64 {
    let square = x * x;
    let lost = x.mul_add(x, -square);
    let density = INVERSE_ROOT_TWO_PI * exp(-0.5 * square);
    // for infinite x `lost` is NaN; the density is 0
    if square < 2_000.0 { density.mul_add(-0.5 * lost, density) } else { density }
}

/// Distribution function Φ(x), the probability of at most x; the upper tail is Φ(−x).
///
/// Relative error ≤ 2e-15 in the lower tail down to x = −37.5 (where Φ becomes subnormal), and
/// ≤ 2e-16 above 0. Monotone within that error.
#[inline(always)]
pub fn cdf(x: f64) -> f64 {
    let magnitude = x.abs();
    // beyond 40 the probability is 0 in doubles, but ∞·0 would be NaN
    let magnitude = if magnitude > 40.0 { 40.0 } else { magnitude };
    let tail = pdf(magnitude) * mills_ratio(magnitude);
    if x > 0.0 { 1.0 - tail } else { tail }
}

/// ln(1 − Φ(x)) for x ≥ 0, valid far beyond the smallest double.
#[inline(always)]
pub fn ln_upper_tail(x: f64) -> f64 {
    (-0.5 * x).mul_add(x, ln(mills_ratio(x)) - LN_ROOT_TWO_PI)
}

/// Returns the x ≥ 0 with ln(1 − Φ(x)) = `ln_tail` (≤ −ln 2): the inverse of [`ln_upper_tail`].
///
/// Uses Newton's method on a concave function from the right of the solution; at most a dozen steps.
pub fn from_ln_upper_tail(ln_tail: f64) -> f64 {
    let mut x = (-2.0 * ln_tail).sqrt();
    for _ in 0..STEPS {
        let step = (ln_upper_tail(x) - ln_tail) * mills_ratio(x);
        x = (x + step).max(0.0);
        if step.abs() <= f64::EPSILON * x {
            break;
        }
    }
    x
}

/// Limit for the number of Newton steps; each doubles the number of correct digits of the normal score.
const STEPS: usize = 20;

#[cfg(test)]
mod tests;
