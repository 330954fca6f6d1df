//! Interval of the mean of skewed samples.
//!
//! In: samples. Out: their [`SkewedMean`], an interval of their mean. Not here: the test whether the samples show
//! enough of their law (`guard`).

use super::estimate::{Estimate, Note, half_width};
use crate::math::ordered::Rising;
use crate::math::sum::Sum;
use crate::math::values::Values;
use statrs::distribution::{ContinuousCDF, StudentsT};

/// Samples required per squared skewness for an interval of the mean. Cochran's rule is 25 for plain 95 % intervals.
/// Simulated lognormal laws need more, because a small sample shows too little of its own skewness.
const SAMPLES_PER_SQUARED_SKEWNESS: f64 = 49.0;

/// Samples required per squared skewness if a known bound limits how skewed the law can be.
const SAMPLES_PER_SQUARE_TO_AN_END: f64 = 25.0;

/// A mean, its standard error, and the skewness of the samples.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SkewedMean {
    n: usize,
    pub mean: f64,
    /// Standard error s/√n of the mean, where s has the divisor n − 1.
    pub std_error: f64,
    /// Sample skewness γ̂ = Σ(x − x̄)³/n / (Σ(x − x̄)²/n)^1.5.
    pub skewness: f64,
    degrees_of_freedom: f64,
}

impl SkewedMean {
    /// Computes mean, standard error and skewness of at least two sorted values; equal values have skewness 0.
    pub fn of<R: Rising + ?Sized>(values: &R) -> Self {
        let n = values.n();
        if values.is_even() {
            return Self::even(n, values.at(0));
        }
        let mean = values.sum(0..n, |value| value) / n as f64;
        let squares = values.sum(0..n, |value| (value - mean) * (value - mean));
        let mut cubes = 0.0;
        values.rise(0..n, |piece| {
            for value in piece {
                let distance = value - mean;
                cubes += distance * distance * distance;
            }
        });
        Self::by(n, mean, squares, cubes)
    }

    /// Computes mean, standard error and skewness of unsorted values, always with the same bits; slower than
    /// [`of`](Self::of).
    pub fn in_any_order(values: &Values) -> Self {
        // a column computed on demand would be computed for each of the four passes
        let values = values.clone().settled();
        let (n, first) = (values.n(), values.at(0));
        if values.all_meet(|value| value == first) {
            return Self::even(n, first);
        }
        let mean = values.sum(|value| value) / n as f64;
        let squares = values.sum(|value| (value - mean) * (value - mean));
        let cubes = values.sum(|value| {
            let distance = value - mean;
            distance * distance * distance
        });
        Self::by(n, mean, squares, cubes)
    }

    /// Computes standard error and skewness from the mean and the sums of squared and cubed distances from it.
    fn by(n_values: usize, mean: f64, squares: f64, cubes: f64) -> Self {
        let n = n_values as f64;
        let variance = squares / n;
        let skewness = cubes / n / (variance * variance.sqrt());
        Self {
            n: n_values,
            mean,
            std_error: (squares / (n - 1.0) / n).sqrt(),
            skewness: if skewness.is_finite() { skewness } else { 0.0 },
            degrees_of_freedom: n - 1.0,
        }
    }

    /// Computes standard error and skewness of (value, weight) pairs about `mean`, which need not be their own mean.
    pub fn weighted(pairs: impl Iterator<Item = (f64, f64)> + Clone, mean: f64) -> Self {
        let size = pairs.clone().map(|(_, weight)| weight).collect::<Sum>().value();
        let power = |power: i32| {
            let terms = pairs.clone().map(|(value, weight)| {
                let distance = value - mean;
                let square = distance * distance;
                weight * if power == 2 { square } else { square * distance }
            });
            Sum::of_many(terms).value()
        };
        let variance = power(2) / size;
        let skewness = power(3) / size / (variance * variance.sqrt());
        Self {
            n: size.ceil() as usize,
            mean,
            std_error: (variance / (size - 1.0)).sqrt(),
            skewness: if skewness.is_finite() { skewness } else { 0.0 },
            degrees_of_freedom: size - 1.0,
        }
    }

    fn even(n: usize, value: f64) -> Self {
        Self { n, mean: value, std_error: 0.0, skewness: 0.0, degrees_of_freedom: n as f64 - 1.0 }
    }

    /// Returns why the mean has no interval if there are fewer than `samples_per_square` samples per squared
    /// skewness; else `None`.
    pub fn objection(&self, samples_per_square: f64) -> Option<Note> {
        let needed = samples_per_square * self.skewness * self.skewness;
        (needed > self.n as f64)
            .then_some(Note::Skewed { skewness: self.skewness.min(f64::MAX), paths: needed.ceil() as u64 })
    }

    /// True if the samples suffice for an interval of the mean under any law with no value beyond `end`:
    ///
    /// ```text
    /// n ≥ 25 (d − 1/d)²,   d = |x̄ − end|/s
    /// ```
    ///
    /// A law that ends d standard deviations from its mean has at most the skewness of a two-valued law.
    /// Source: W. G. Cochran, *Sampling Techniques*, 3rd ed., §2.15 (25 samples per square of skewness).
    pub fn shows(&self, end: f64) -> bool {
        let n = self.n as f64;
        let distance = (self.mean - end).abs() / (self.std_error * n.sqrt());
        let most = (distance - 1.0 / distance).max(0.0);
        n >= SAMPLES_PER_SQUARE_TO_AN_END * most * most
    }

    /// True if an interval of the mean holds despite the skewness: at least 49 samples per squared skewness.
    pub fn is_shown(&self) -> bool {
        self.objection(SAMPLES_PER_SQUARED_SKEWNESS).is_none()
    }

    /// Replaces the skewness and keeps mean and standard error.
    pub fn with_skewness(self, skewness: f64) -> Self {
        Self { skewness, ..self }
    }

    /// Replaces the mean and its standard error, which has these `degrees_of_freedom`; the skewness stays.
    pub fn with_error(self, mean: f64, std_error: f64, degrees_of_freedom: f64) -> Self {
        Self { mean, std_error, degrees_of_freedom, ..self }
    }

    /// Returns the mean with its interval at the confidence `level`.
    pub fn estimate(&self, level: f64) -> Estimate {
        let interval = self.interval(level);
        Estimate { level, ..Estimate::with_interval(self.mean, self.std_error, interval, self.n) }
    }

    /// Returns the two-sided interval of the mean by Hall's transformation g, for samples of skewness γ̂.
    ///
    /// ```text
    /// g(t) = t + γ̂t²/(3√n) + γ̂²t³/(27n) + γ̂/(6√n),   t = √n(x̄ − μ)/s
    /// [x̄ − g⁻¹(T)·s/√n, x̄ − g⁻¹(−T)·s/√n],   T of Student's law with n − 1 degrees of freedom
    /// g⁻¹(T) = 3√n/γ̂·(∛(1 + γ̂/√n·(T − γ̂/(6√n))) − 1)
    /// ```
    ///
    /// Sources: N. J. Johnson, *Modified t tests and confidence intervals for asymmetrical
    /// populations*, J. Am. Stat. Assoc. 73 (1978) 536–544; P. Hall, *On the removal of skewness by
    /// transformation*, J. R. Stat. Soc. B 54 (1992) 221–228.
    pub fn interval(&self, level: f64) -> (f64, f64) {
        let bend = self.skewness / (self.n as f64).sqrt();
        let inverse = |score: f64| {
            let score = score - bend / 6.0;
            if bend.abs() < 1e-9 {
                return score;
            }
            3.0 / bend * (cube_root(1.0 + bend * score) - 1.0)
        };
        let student = student_quantile(level, self.degrees_of_freedom);
        let at = |score: f64| self.mean - inverse(score) * self.std_error;
        (at(student), at(-student))
    }
}

/// Degrees of freedom from which the series of Student's quantile is right to five digits for z ≤ 4.
const MANY_DEGREES: f64 = 49.0;

/// Half the width of Student's two-sided interval at `level`, in standard errors. From 49 degrees of freedom
/// on it is computed from the normal quantile z by the series
///
/// ```text
/// z + (z³ + z)/(4ν) + (5z⁵ + 16z³ + 3z)/(96ν²)
/// ```
///
/// Source: R. A. Fisher & E. A. Cornish, *The percentile points of distributions having known
/// cumulants*, Technometrics 2 (1960) 209–225.
fn student_quantile(level: f64, degrees_of_freedom: f64) -> f64 {
    if degrees_of_freedom < MANY_DEGREES {
        let law = StudentsT::new(0.0, 1.0, degrees_of_freedom).expect("degrees of freedom are positive");
        return law.inverse_cdf(0.5 + 0.5 * level);
    }
    let z = half_width(level);
    let cube = z * z * z;
    let first = (cube + z) / (4.0 * degrees_of_freedom);
    let second =
        (5.0 * cube * z * z + 16.0 * cube + 3.0 * z) / (96.0 * degrees_of_freedom * degrees_of_freedom);
    z + first + second
}

/// Returns the cube root of `x` by Newton's method.
fn cube_root(x: f64) -> f64 {
    const STEPS: u32 = 60;
    let mut root = x.abs().max(1.0);
    for _ in 0..STEPS {
        root = (2.0 * root + x.abs() / (root * root)) / 3.0;
    }
    root.copysign(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn students_quantile_is_that_of_its_law() {
        for (level, degrees) in [(0.99, 3.0), (0.99, 49.0), (0.999, 100.0), (0.95, 1999.0)] {
            let law = StudentsT::new(0.0, 1.0, degrees).expect("a law");
            let beyond = law.sf(student_quantile(level, degrees));
            assert!((beyond / (0.5 * (1.0 - level)) - 1.0).abs() < 2e-3, "{beyond}");
        }
    }

    #[test]
    fn the_interval_undoes_the_transformation_at_both_ends() {
        let values: Vec<f64> = (0..400).map(|k| f64::from(k * k)).collect();
        let shape = SkewedMean::of(values.as_slice());
        let student = student_quantile(0.99, 399.0);
        let (low, high) = shape.interval(0.99);
        for (end, expected) in [(low, student), (high, -student)] {
            let t = (shape.mean - end) / shape.std_error;
            let bend = shape.skewness / 20.0;
            let found = t + bend * t * t / 3.0 + bend * bend * t * t * t / 27.0 + bend / 6.0;
            assert!((found - expected).abs() < 1e-9, "{found} {expected}");
        }
        assert!((cube_root(-27.0) + 3.0).abs() < 1e-12);
        assert!((cube_root(0.001) - 0.1).abs() < 1e-12);
    }
}
