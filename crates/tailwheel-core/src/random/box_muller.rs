//! Conversion of random words to uniforms and normals, with a fixed number of words per result.
//!
//! In: uniform 64-bit words. Out: uniforms in the open unit interval, standard normals. Not here:
//! where the words come from.

use crate::math::elementary::{neg_ln_open, sin_cos_quarter};

const ONE_BITS: u64 = 0x3ff0_0000_0000_0000;
const SIGN_BIT: u64 = 1 << 63;
const HALF_STEP: f64 = f64::EPSILON / 2.0;

/// Converts the upper 52 bits k of `word` to (2k + 1)/2⁵³: never 0 or 1, symmetric about ½, exact.
#[inline(always)]
pub(super) fn open_uniform(word: u64) -> f64 {
    f64::from_bits((word >> 12) | ONE_BITS) - (1.0 - HALF_STEP)
}

/// Converts a 32-bit `word` k to (2k + 1)/2³³: never 0 or 1, symmetric about ½, exact.
#[inline(always)]
pub(super) fn short_uniform(word: u32) -> f64 {
    const HALF_STEP: f64 = 1.0 / (1_u64 << 33) as f64;
    f64::from_bits((u64::from(word) << 20) | ONE_BITS) - (1.0 - HALF_STEP)
}

/// Two independent standard normals from two words (Box and Muller 1958).
///
/// z = √(−ln u)·(cos φ ∓ sin φ), φ uniform in (−π/4, π/4): a rotation of the usual form by an
/// eighth of a turn, which absorbs the factor √2 and leaves one quadrant; the two top bits of the
/// second word are the signs. |z| ≤ 8.58.
#[inline(always)]
pub(super) fn normal_pair(radius_word: u64, angle_word: u64) -> (f64, f64) {
    let radius = neg_ln_open(open_uniform(radius_word)).sqrt();
    let quarter = open_uniform(angle_word << 2) - 0.5;
    let (sine, cosine) = sin_cos_quarter(quarter);
    let first = (radius * (cosine - sine)).to_bits() ^ (angle_word & SIGN_BIT);
    let second = (radius * (cosine + sine)).to_bits() ^ ((angle_word << 1) & SIGN_BIT);
    (f64::from_bits(first), f64::from_bits(second))
}
