//! Student's t law with whole degrees of freedom, and its normal score.
//!
//! In: degrees of freedom ν. Out: [`NormalScore`]. Not here: t-distributed random numbers.
//!
//! With a = ν/2, x = ν/(ν + t²) and y = ½(1 − |t|/√(ν + t²)) the tail beyond |t| is the incomplete
//! beta function I_y(a, a) (Abramowitz and Stegun 1964, 26.5.27 after the quadratic transformation
//! 15.3.30). For y ≤ ½ its hypergeometric series has positive terms only, so nothing cancels:
//!
//! I_y(a, a) = (x/4)ᵃ / (a B(a, a)) · Σₖ yᵏ Πⱼ₍ⱼ₌₀…ₖ₋₁₎ (2a + j)/(a + 1 + j).

mod score;

pub use score::NormalScore;

use super::elementary::{exp, expm1, ln};

/// Returns 1/(a B(a, a)) for a = ν/2, where ν is `dof` and B the beta function, by recursion from a = ½ or 1.
fn normaliser(dof: u32) -> f64 {
    let (mut a, mut constant) =
        if dof.is_multiple_of(2) { (1.0, 1.0) } else { (0.5, std::f64::consts::FRAC_2_PI) };
    while a < 0.5 * f64::from(dof) {
        constant *= 2.0 * (2.0 * a + 1.0) / (a + 1.0);
        a += 1.0;
    }
    constant
}

/// Returns the hypergeometric series in the tail probability of Student's t, at y in [0, ½]. Terms shrink at
/// least like 2ᵏ/k² after the first ν = `dof`.
fn series(dof: u32, y: f64) -> f64 {
    let dof = f64::from(dof);
    let (mut sum, mut term, mut k) = (0.0, 1.0, 0.0);
    while term > 1e-18 * sum {
        sum += term;
        term *= (dof + k) / (0.5 * dof + 1.0 + k) * y;
        k += 1.0;
    }
    sum
}

/// ln F_ν(−|t|), F_ν the law of Student's t, at v = ln(1 + t²/ν) > 0, valid far beyond the smallest double.
fn ln_tail(v: f64, dof: u32) -> f64 {
    let x = exp(-v);
    let y = 0.5 * x / (1.0 + (-expm1(-v)).sqrt());
    let powers = -0.5 * f64::from(dof) * (v + 2.0 * std::f64::consts::LN_2);
    powers + ln(normaliser(dof) * series(dof, y))
}

#[cfg(test)]
mod tests;
