//! Distribution function of the gamma law.
//!
//! In: a shape and a number. Out: ln Γ and the probability of at most this number. Not here: the variable
//! that has the law.
//!
//! ```text
//! P(a, x) = γ(a, x)/Γ(a) = x^a e^(−x)/Γ(a + 1)·(1 + x/(a + 1) + x²/((a + 1)(a + 2)) + …)      x < a + 1
//!         = 1 − x^a e^(−x)/Γ(a)·1/(x + 1 − a − 1(1 − a)/(x + 3 − a − …))                          else
//! ```
//!
//! Sources: Abramowitz and Stegun, 6.1.40, 6.5.29 and 6.5.31; the fraction by Lentz's algorithm.

use super::elementary::{exp, ln};

/// Argument from which on Stirling's series of ln Γ is exact to the last digits.
const FAR: f64 = 12.0;
/// Limit for the number of terms in the series of the gamma law; a shape of 10⁸ needs about 10⁵.
const MOST_TERMS: u32 = 1_000_000;
/// Relative size below which a term no longer changes a sum.
const LAST: f64 = 1e-17;

/// ln Γ(x) for x > 0, with an error of about 1e-14.
pub fn ln_gamma(x: f64) -> f64 {
    let (mut far, mut product) = (x, 1.0);
    while far < FAR {
        product *= far;
        far += 1.0;
    }
    let square = far * far;
    // B_2k/(2k(2k − 1)) for k = 1 … 6
    let series = [1.0 / 12.0, -1.0 / 360.0, 1.0 / 1260.0, -1.0 / 1680.0, 1.0 / 1188.0, -691.0 / 360_360.0];
    let rest = series.iter().rev().fold(0.0, |sum, term| sum / square + term) / far;
    let half_ln_two_pi = 0.5 * ln(std::f64::consts::TAU);
    (far - 0.5) * ln(far) - far + half_ln_two_pi + rest - ln(product)
}

/// Probability that a gamma variable with this `shape` > 0 and scale 1 is at most `x`.
pub fn cdf(shape: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    let weight = exp(shape * ln(x) - x - ln_gamma(shape));
    if x < shape + 1.0 { weight * series(shape, x) } else { 1.0 - weight * fraction(shape, x) }
}

/// Returns 1/a·(1 + x/(a + 1) + x²/((a + 1)(a + 2)) + …), the series in the lower tail of the gamma law, a = `shape`.
fn series(shape: f64, x: f64) -> f64 {
    let mut term = 1.0 / shape;
    let mut sum = term;
    for n in 1..MOST_TERMS {
        term *= x / (shape + f64::from(n));
        sum += term;
        if term < LAST * sum {
            break;
        }
    }
    sum
}

fn fraction(shape: f64, x: f64) -> f64 {
    let mut below = x + 1.0 - shape;
    let (mut c, mut d) = (f64::MAX, 1.0 / below);
    let mut found = d;
    for n in 1..MOST_TERMS {
        let n = f64::from(n);
        let above = n * (shape - n);
        below += 2.0;
        d = 1.0 / above.mul_add(d, below);
        c = below + above / c;
        found *= c * d;
        if (c * d - 1.0).abs() < 4.0 * LAST {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ln_gamma_is_that_of_factorials_and_of_halves() {
        let mut factorial = 1.0;
        for n in 1..60_u32 {
            let found = ln_gamma(f64::from(n));
            for exact in [libm::lgamma(f64::from(n)), ln(factorial)] {
                assert!((found - exact).abs() <= 1e-13 * exact.abs().max(1.0), "{n}");
            }
            factorial *= f64::from(n);
        }
        let root = 0.5 * ln(std::f64::consts::PI);
        assert!((ln_gamma(0.5) - root).abs() < 1e-14);
        assert!((ln_gamma(1e-6) - libm::lgamma(1e-6)).abs() < 1e-12);
    }

    /// For a whole shape n, the gamma law has the probability Σ_(k<n) e^(−x)x^k/k! above x.
    #[test]
    fn whole_shapes_have_the_tail_of_poisson() {
        for shape in [1_u32, 2, 5, 20] {
            for x in [0.01_f64, 0.5, 1.0, 3.0, 6.0, 19.0, 25.0, 60.0] {
                let (mut term, mut above) = (exp(-x), 0.0);
                for k in 0..shape {
                    above += term;
                    term *= x / f64::from(k + 1);
                }
                let found = cdf(f64::from(shape), x);
                assert!((found - (1.0 - above)).abs() < 1e-14, "{shape} {x}: {found}");
            }
        }
        assert_eq!(cdf(2.0, 0.0), 0.0);
        // of a large shape half lies below the median, a third below the mean
        assert!((cdf(1e6, 1e6 - 1.0 / 3.0) - 0.5).abs() < 1e-9);
    }
}
