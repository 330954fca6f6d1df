//! Elementary functions built from + − × ÷ √ and fused multiply-add alone.
//!
//! In: one `f64`. Out: one `f64`, with the same bits on every CPU and at every SIMD level. The C library is
//! never called, and every fused operation is explicit. Not here: the normal and Student laws.
//!
//! All functions are branch-free and `#[inline(always)]`, so that a plain loop over a row becomes vector code
//! for the level of the caller. Errors are given in ULP (units in the last place of the result) and are
//! asserted in the tests.

mod circle;
mod exponential;
mod logarithm;

pub use circle::sin_cos_quarter;
pub use exponential::{exp, exp_moderate, expm1};
pub use logarithm::{ln, ln_1p, ln_1p_positive, neg_ln_open};

/// Upper part of ln 2: its last 21 bits are zero, so that a multiple by an exponent is exact.
const LN2_HIGH: f64 = f64::from_bits(0x3fe6_2e42_fee0_0000);
/// Lower part of ln 2: ln 2 − [`LN2_HIGH`], rounded.
const LN2_LOW: f64 = f64::from_bits(0x3dea_39ef_3579_3c76);
/// 1.5·2⁵². Adding it to x, |x| < 2⁵¹, leaves x rounded to an integer in the low bits of the sum.
const ROUND: f64 = 6_755_399_441_055_744.0;
/// Bits of the double 1.0: the exponent field of 2⁰ and an empty mantissa.
const ONE_BITS: u64 = 0x3ff0_0000_0000_0000;

#[cfg(test)]
mod tests;
