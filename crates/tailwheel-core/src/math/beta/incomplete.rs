//! Distribution function of the beta law and its inverse.
//!
//! In: two shapes. Out: probabilities, densities, quantiles. Not here: the table for draws (`table`).

/// Range of the shape parameters α and β for which the methods of [`Beta`] converge to a few rounding errors.
const SHAPES: std::ops::RangeInclusive<f64> = 0.2..=1000.0;

/// The beta law on (0, 1) with density ∝ x^(α−1)·(1−x)^(β−1).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Beta {
    alpha: f64,
    beta: f64,
    mean: f64,
    /// Complete beta function B(α, β) divided by m^α·(1−m)^β, where m = α/(α + β) is the mean.
    total: f64,
}

impl Beta {
    /// Creates the law; `None` unless both shapes lie in [0.2, 1000], where its methods are accurate.
    pub fn new(alpha: f64, beta: f64) -> Option<Self> {
        if !SHAPES.contains(&alpha) || !SHAPES.contains(&beta) {
            return None;
        }
        let mean = alpha / (alpha + beta);
        let mut law = Self { alpha, beta, mean, total: 1.0 };
        // both tails at the mean add up to the complete function, so no gamma function is needed
        law.total = fraction(alpha, beta, mean) / alpha + fraction(beta, alpha, 1.0 - mean) / beta;
        Some(law)
    }

    /// Returns the law of 1 − X, where X follows this law.
    pub fn mirrored(&self) -> Self {
        let (alpha, beta, mean) = (self.beta, self.alpha, 1.0 - self.mean);
        Self { alpha, beta, mean, total: self.total }
    }

    /// Returns the probability of at most `x`, and the density at `x`, for 0 < x < 1.
    ///
    /// ```text
    /// I_x(α, β) = x^α (1−x)^β / (α B(α, β)) · 1/(1 + d₁/(1 + d₂/(1 + …)))
    /// ```
    ///
    /// Relative error of the lower tail about 1e-14. Source: NIST Digital Library of Mathematical
    /// Functions, §8.17(v).
    pub fn probability_and_density(&self, x: f64) -> (f64, f64) {
        let (alpha, beta, rest) = (self.alpha, self.beta, 1.0 - x);
        // relative to the mean, so that large shapes neither underflow nor overflow
        let weight = power(x / self.mean, alpha) * power(rest / (1.0 - self.mean), beta);
        let share = weight / self.total;
        let probability = if x <= (alpha + 1.0) / (alpha + beta + 2.0) {
            share * fraction(alpha, beta, x) / alpha
        } else {
            1.0 - share * fraction(beta, alpha, rest) / beta
        };
        (probability, share / (x * rest))
    }

    /// Returns the quantile of `p`, 0 < p < 1, searched from `guess`, and the density there to eight digits.
    /// The relative error is about 1e-14 for p ≤ ½ (mirror the law for the upper tail).
    pub fn quantile(&self, p: f64, guess: f64) -> (f64, f64) {
        let (mut low, mut high, mut x, mut density) = (0.0, 1.0, guess, 0.0);
        for _ in 0..200 {
            let probability;
            (probability, density) = self.probability_and_density(x);
            if probability < p {
                low = x;
            } else {
                high = x;
            }
            let newton = (probability - p) / density;
            let bend = (self.alpha - 1.0) / x - (self.beta - 1.0) / (1.0 - x);
            let step = newton / (1.0 - 0.5 * newton * bend).max(0.5);
            let next = x - step;
            let is_inside = low < next && next < high;
            // Halley's method triples the digits, so after so small a step there are none left to find
            if step.abs() <= 1e-8 * x {
                return (if is_inside { next } else { x }, density);
            }
            x = if is_inside { next } else { 0.5 * (low + high) };
        }
        (x, density)
    }

    /// Returns the median of the beta distribution.
    pub fn median(&self) -> f64 {
        self.quantile(0.5, self.mean).0
    }
}

/// Continued fraction of the incomplete beta function, by the modified Lentz algorithm.
///
/// Source: I. J. Thompson & A. R. Barnett, J. Comput. Phys. 64 (1986) 490–509.
fn fraction(alpha: f64, beta: f64, x: f64) -> f64 {
    // prevents a zero denominator from stopping the recursion
    let nonzero = |value: f64| if value.abs() < 1e-300 { 1e-300 } else { value };
    let (mut c, mut d) = (1.0, 1.0 / nonzero(1.0 - (alpha + beta) * x / (alpha + 1.0)));
    let mut value = d;
    for term in 1..2000 {
        let m = f64::from(term);
        let at = alpha + 2.0 * m;
        let even = m * (beta - m) * x / ((at - 1.0) * at);
        let odd = -(alpha + m) * (alpha + beta + m) * x / (at * (at + 1.0));
        let mut change = 1.0;
        for numerator in [even, odd] {
            d = 1.0 / nonzero(1.0 + numerator * d);
            c = nonzero(1.0 + numerator / c);
            change = c * d;
            value *= change;
        }
        if (change - 1.0).abs() <= 2.0 * f64::EPSILON {
            break;
        }
    }
    value
}

/// Computes `base^exponent` for `base ≥ 0`, `0 ≤ exponent ≤ 2^32`. The relative error is about 3e-15 plus
/// 1e-15 times the whole part of the exponent.
///
/// The whole part uses repeated squaring, the binary digits of the fraction repeated roots: x^0.101₂ = √x ·
/// √√√x.
fn power(base: f64, exponent: f64) -> f64 {
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
    use statrs::function::beta::beta_reg;

    const SHAPE_PAIRS: [(f64, f64); 7] =
        [(1.0, 1.0), (1.0, 5.0), (2.2, 3.8), (5.0, 1.0), (0.3, 0.7), (40.0, 3.0), (500.0, 900.0)];

    #[test]
    fn probabilities_agree_with_an_independent_implementation() {
        for (alpha, beta) in SHAPE_PAIRS {
            let law = Beta::new(alpha, beta).expect("shapes in range");
            for x in [1e-6, 0.01, 0.2, 0.35, 0.5, 0.9, 0.999] {
                let (found, _) = law.probability_and_density(x);
                let expected = beta_reg(alpha, beta, x);
                assert!((found - expected).abs() <= 1e-11, "{alpha} {beta} {x}");
            }
        }
    }

    #[test]
    fn small_integer_shapes_agree_with_their_polynomial() {
        let law = Beta::new(2.0, 3.0).expect("shapes in range");
        for x in [1e-8, 0.1, 0.4, 0.77, 0.99] {
            let (probability, density) = law.probability_and_density(x);
            let expected = x * x * (6.0 - 8.0 * x + 3.0 * x * x);
            assert!((probability - expected).abs() <= 4e-15 * expected);
            assert!((density - 12.0 * x * (1.0 - x) * (1.0 - x)).abs() <= 1e-14 * density);
        }
    }

    #[test]
    fn a_quantile_undoes_the_distribution_function() {
        for (alpha, beta) in SHAPE_PAIRS {
            let law = Beta::new(alpha, beta).expect("shapes in range");
            for p in [1e-10, 1e-4, 0.1, 0.5] {
                let (probability, _) = law.probability_and_density(law.quantile(p, law.median()).0);
                assert!((probability - p).abs() <= 2e-13 * p, "{alpha} {beta} {p}");
            }
        }
    }

    #[test]
    fn a_mirrored_law_swaps_the_tails() {
        let law = Beta::new(2.2, 3.8).expect("shapes in range");
        let (lower, density) = law.probability_and_density(0.3);
        let (upper, mirrored_density) = law.mirrored().probability_and_density(0.7);
        assert!((lower + upper - 1.0).abs() < 1e-15);
        assert!((density - mirrored_density).abs() < 1e-14);
        // shapes outside the range are refused
        assert!(Beta::new(0.1, 1.0).is_none() && Beta::new(1.0, f64::NAN).is_none());
    }

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
