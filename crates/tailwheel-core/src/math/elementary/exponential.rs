//! Exponential functions eˣ and eˣ − 1.
//!
//! In: any `f64`. Out: the exponential, infinite or subnormal where the true value is. Not here:
//! powers with other bases.

use super::{LN2_HIGH, LN2_LOW, ONE_BITS, ROUND};

/// Coefficients of (eʳ − 1 − r)/r² for |r| ≤ ½ ln 2: Chebyshev interpolation, weight r²/eʳ, error 1.6e-17.
const EXP_TAIL: [f64; 10] = [
    2.510038549551032e-8, 2.7620088445409746e-7, 2.7557268459997064e-6, 2.4801521295954376e-5,
    1.9841269863053618e-4, 1.3888888917213717e-3, 8.333333333330062e-3, 4.166666666662413e-2,
    1.6666666666666669e-1, 5.000000000000001e-1,
];

/// Splits x = n ln 2 + r with |r| ≤ ½ ln 2; returns (1.5·2⁵² + n, r), with n in the low bits of the first.
#[inline(always)]
fn reduce(x: f64) -> (f64, f64) {
    let shifted = x.mul_add(std::f64::consts::LOG2_E, ROUND);
    let n = shifted - ROUND;
    let r = n.mul_add(-LN2_HIGH, x);
    (shifted, n.mul_add(-LN2_LOW, r))
}

/// Evaluates the polynomial (eʳ − 1 − r)/r² for |r| ≤ ½ ln 2.
#[inline(always)]
fn tail(r: f64) -> f64 {
    let mut p = EXP_TAIL[0];
    for c in &EXP_TAIL[1..] {
        p = p.mul_add(r, *c);
    }
    p
}

/// Extracts n from `shifted` = 1.5·2⁵² + n and returns (2^⌊n/2⌋, 2^⌈n/2⌉). Each is a normal number, although
/// 2ⁿ itself may not be.
#[inline(always)]
fn half_powers(shifted: f64) -> (f64, f64) {
    let bits = shifted.to_bits();
    let half = bits >> 1;
    let lower = (half << 52).wrapping_add(ONE_BITS);
    let upper = (bits.wrapping_sub(half) << 52).wrapping_add(ONE_BITS);
    (f64::from_bits(lower), f64::from_bits(upper))
}

/// Keeps `x` inside [low, high]; NaN stays NaN.
#[inline(always)]
fn clamp(x: f64, low: f64, high: f64) -> f64 {
    let x = if x > high { high } else { x };
    if x < low { low } else { x }
}

/// eˣ for every x: +∞ above 709.78, gradually subnormal below −708.4, 0 below −745.2, NaN for NaN.
///
/// Error ≤ 1 ULP (0.9 seen; half a unit more where the result is subnormal).
#[inline(always)]
pub fn exp(x: f64) -> f64 {
    let (shifted, r) = reduce(clamp(x, -746.0, 710.0));
    let p = tail(r).mul_add(r, 1.0).mul_add(r, 1.0);
    let (lower, upper) = half_powers(shifted);
    p * lower * upper
}

/// eˣ for |x| ≤ 708, a fifth cheaper than [`exp`] and with the same bits. Beyond that range the result is
/// meaningless; NaN gives NaN.
#[inline(always)]
pub fn exp_moderate(x: f64) -> f64 {
    let (shifted, r) = reduce(x);
    let p = tail(r).mul_add(r, 1.0).mul_add(r, 1.0);
    f64::from_bits(p.to_bits().wrapping_add(shifted.to_bits() << 52))
}

/// Coefficients of (eʳ − 1 − r)/r² for |r| ≤ ½ ln 2, one degree more than [`EXP_TAIL`]: error 1e-18 relative
/// to eʳ − 1.
const EXPM1_TAIL: [f64; 11] = [
    2.0914686968086876e-09, 2.5105217004720745e-08, 2.75572736431103e-07, 2.7557255400206422e-06,
    2.4801587325547743e-05, 0.00019841269874820627, 0.0013888888888883748, 0.008333333333326136,
    0.04166666666666667, 0.1666666666666667, 0.5,
];

/// eˣ − 1 without cancellation near 0; +∞ above 709.78, −1 below −40.
///
/// Error ≤ 2 ULP.
#[inline(always)]
pub fn expm1(x: f64) -> f64 {
    let (shifted, r) = reduce(clamp(x, -60.0, 710.0));
    let mut p = EXPM1_TAIL[0];
    for c in &EXPM1_TAIL[1..] {
        p = p.mul_add(r, *c);
    }
    let q = (p * r).mul_add(r, r);
    let (lower, upper) = half_powers(shifted);
    // 2ⁿ·q + (2ⁿ − 1), with 2ⁿ = lower·upper and 1/upper exact
    q.mul_add(lower, lower - 1.0 / upper) * upper
}
