//! Natural logarithms.
//!
//! In: any `f64`. Out: the logarithm; −∞ at 0, NaN below. Not here: powers.

use super::{LN2_HIGH, LN2_LOW};

/// Bits of a number just below √½: mantissas are brought to [√½, √2), so that f = m − 1 is small.
const MANTISSA_START: u64 = 0x3fe6_a09e_0000_0000;
/// Number added to exponents to keep them positive, because AVX2 has no 64-bit arithmetic shift.
const EXPONENT_BIAS: u64 = 1024;
/// Bits of 2⁵²: setting a small integer in its low bits and subtracting 2⁵² converts it to a double.
const INTEGER_BITS: u64 = 0x4330_0000_0000_0000;
/// 2⁵² + [`EXPONENT_BIAS`].
const INTEGER_OFFSET: f64 = 4_503_599_627_370_496.0 + EXPONENT_BIAS as f64;

/// Coefficients of P in (ln(1+f) − 2s)/s = z·P(z) with s = f/(2+f), z = s². It is the minimax polynomial of
/// fdlibm's `e_log.c` (Sun Microsystems 1993), error below 2⁻⁵⁸.
#[expect(clippy::excessive_precision, reason = "as published")]
const SERIES: [f64; 7] = [
    1.479819860511658591e-1, 1.531383769920937332e-1, 1.818357216161805012e-1, 2.222219843214978396e-1,
    2.857142874366239149e-1, 3.999999999940941908e-1, 6.666666666666735130e-1,
];

/// Splits a positive normal x = 2ᵉ(1 + f) with 1 + f in [√½, √2); returns (e, f).
#[inline(always)]
fn split(x: f64) -> (f64, f64) {
    let bits = x.to_bits();
    let biased = bits.wrapping_sub(MANTISSA_START).wrapping_add(EXPONENT_BIAS << 52) >> 52;
    let mantissa = bits.wrapping_sub(biased.wrapping_sub(EXPONENT_BIAS) << 52);
    let e = f64::from_bits(biased | INTEGER_BITS) - INTEGER_OFFSET;
    (e, f64::from_bits(mantissa) - 1.0)
}

/// Returns the parts h = f²/2 and r = s(h + z·P(z)) of ln(1+f) = f − (h − r), with s = f/(2+f), z = s² and the
/// polynomial P.
#[inline(always)]
fn series(f: f64) -> (f64, f64) {
    let s = f / (2.0 + f);
    let z = s * s;
    let mut p = SERIES[0];
    for c in &SERIES[1..] {
        p = p.mul_add(z, *c);
    }
    let h = 0.5 * f * f;
    (h, s * p.mul_add(z, h))
}

/// −ln u for a normal double u in (0, 1), as a uniform draw needs it.
///
/// Error ≤ 1 ULP, also next to 1 where the result is as small as 2⁻⁵³.
#[inline(always)]
pub fn neg_ln_open(u: f64) -> f64 {
    let (e, f) = split(u);
    let (h, r) = series(f);
    let low = e.mul_add(LN2_LOW, r);
    e.mul_add(-LN2_HIGH, (h - low) - f)
}

/// Scales a subnormal x into the normal range; returns (2ˢx, s).
#[inline(always)]
fn normalise(x: f64) -> (f64, f64) {
    let subnormal = x < f64::MIN_POSITIVE;
    if subnormal { (x * 18_014_398_509_481_984.0, 54.0) } else { (x, 0.0) }
}

/// Returns `finite`, the logarithm at `x`, or the limit if x is 0, negative, infinite or NaN.
#[inline(always)]
fn with_limits(x: f64, finite: f64) -> f64 {
    let result = if x < f64::INFINITY { finite } else { x };
    let result = if x == 0.0 { f64::NEG_INFINITY } else { result };
    if x < 0.0 { f64::NAN } else { result }
}

/// ln x for every x: −∞ at ±0, NaN below 0, +∞ at +∞.
///
/// Error ≤ 1 ULP.
#[inline(always)]
pub fn ln(x: f64) -> f64 {
    let (scaled, shift) = normalise(x);
    let (e, f) = split(scaled);
    let e = e - shift;
    let (h, r) = series(f);
    let low = e.mul_add(LN2_LOW, r);
    with_limits(x, e.mul_add(LN2_HIGH, f - (h - low)))
}

/// ln(1 + x) without cancellation near 0: −∞ at −1, NaN below.
///
/// Error ≤ 1.5 ULP.
#[inline(always)]
pub fn ln_1p(x: f64) -> f64 {
    let sum = 1.0 + x;
    let (e, mantissa_less_1) = split(sum);
    // while 1 + x is not scaled, x itself is the exact f
    let (f, correction) = if e == 0.0 {
        (x, 0.0)
    } else {
        let lost = if x > 1.0 { 1.0 - (sum - x) } else { x - (sum - 1.0) };
        (mantissa_less_1, lost / sum)
    };
    let (h, r) = series(f);
    let low = e.mul_add(LN2_LOW, r + correction);
    with_limits(sum, e.mul_add(LN2_HIGH, f - (h - low)))
}

/// ln(1 + x) for finite x ≥ 0 below 2¹⁰²³; it costs one select more than [`neg_ln_open`].
///
/// Error ≤ 3 ULP.
#[inline(always)]
pub fn ln_1p_positive(x: f64) -> f64 {
    let (e, mantissa_less_1) = split(1.0 + x);
    // below √2 − 1 nothing is rounded; above it the rounding of 1 + x is small compared with the result
    let f = if e == 0.0 { x } else { mantissa_less_1 };
    let (h, r) = series(f);
    let low = e.mul_add(LN2_LOW, r);
    e.mul_add(LN2_HIGH, f - (h - low))
}
