//! Powers with any non-negative exponent, from multiplications and square roots alone.
//!
//! In: base and exponent. Out: the power. Not here: powers on paths (`exp` of a product is faster).

/// Computes `base^exponent` for `base ≥ 0`, `0 ≤ exponent ≤ 2^32`. The relative error is about 3e-15 plus
/// 1e-15 times the whole part of the exponent.
///
/// The whole part uses repeated squaring, the binary digits of the fraction repeated roots: x^0.101₂ = √x ·
/// √√√x.
pub(super) fn power(base: f64, exponent: f64) -> f64 {
    let whole = exponent.floor();
    let mut result = 1.0;
    let (mut square, mut digits) = (base, whole as u32);
    while digits > 0 {
        if digits & 1 == 1 {
            result *= square;
        }
        square *= square;
        digits >>= 1;
    }
    let (mut root, mut fraction) = (base, exponent - whole);
    // digits beyond the 60th change the result by less than a rounding error
    for _ in 0..60 {
        if fraction == 0.0 {
            break;
        }
        root = root.sqrt();
        fraction *= 2.0;
        if fraction >= 1.0 {
            result *= root;
            fraction -= 1.0;
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_agree_with_the_c_library() {
        for base in [0.0, 1e-12, 0.003, 0.5, 0.999, 1.0, 1.7, 40.0] {
            for exponent in [0.0, 0.1, 0.5, 1.0, 1.2, 2.0, 3.999, 4.8, 17.25] {
                let (found, expected) = (power(base, exponent), libm::pow(base, exponent));
                assert!((found - expected).abs() <= 1e-14 * expected, "{base}^{exponent}");
            }
        }
    }
}
