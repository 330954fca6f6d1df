//! Whole powers.
//!
//! In: a base and an exponent. Out: the power in a fixed order of multiplication. Not here: roots
//! and fractional powers (`exp` of a product).

/// xⁿ by repeated squaring, least significant bit first; x⁰ = 1.
///
/// Error ≤ n ULP (each of at most 2 log₂ n products adds half a unit, squaring doubles it).
#[inline(always)]
pub fn powi(x: f64, n: u32) -> f64 {
    let (mut power, mut square, mut left) = (1.0, x, n);
    while left > 0 {
        if left & 1 == 1 {
            power *= square;
        }
        square *= square;
        left >>= 1;
    }
    power
}
