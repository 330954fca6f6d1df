//! One comparison of an expected with a found value.
//!
//! In: the expected value, the value found, and the tolerance. Out: [`Check`]. Not here: what is compared.

use super::tables::Distance;

/// Largest distance in standard errors that passes: one right check in 16,000 exceeds it.
pub const LIMIT: f64 = 4.0;

/// Amount of work of the verification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Samples of tens of thousands; under two seconds.
    Quick,
    /// Samples of a million; under a minute.
    Full,
}

impl Scope {
    /// Returns `quick` or `full`, whichever fits the requested amount of work.
    pub const fn pick(self, quick: usize, full: usize) -> usize {
        match self {
            Self::Quick => quick,
            Self::Full => full,
        }
    }
}

/// A value from a sample, with its standard error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sampled {
    pub value: f64,
    pub std_error: f64,
}

/// One comparison of an expected value with the value found.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// Name of what is verified: a sampler, a function or a scenario.
    pub subject: String,
    /// Name of the figure that is compared.
    pub figure: String,
    pub expected: f64,
    pub found: f64,
    /// Distance between values found and expected, in standard errors or, without sampling, in tolerances.
    pub z: f64,
    /// Largest `z` that passes.
    pub limit: f64,
}

impl Check {
    fn of(subject: &str, figure: &str, expected: f64, found: f64, z: f64, limit: f64) -> Self {
        Self { subject: subject.to_owned(), figure: figure.to_owned(), expected, found, z, limit }
    }

    /// Compares a sampled figure with its exact value: passes within [`LIMIT`] standard errors.
    pub fn sampled(subject: &str, figure: &str, expected: f64, found: Sampled) -> Self {
        let z = (found.value - expected).abs() / found.std_error;
        Self::of(subject, figure, expected, found.value, z, LIMIT)
    }

    /// Compares a figure without sampling: passes within relative `tolerance` (absolute if 0 is expected).
    pub fn exact(subject: &str, figure: &str, expected: f64, found: f64, tolerance: f64) -> Self {
        let scale = if expected == 0.0 { 1.0 } else { expected.abs() };
        Self::of(subject, figure, expected, found, (found - expected).abs() / (tolerance * scale), 1.0)
    }

    /// Checks a distance between two probability laws, 0 for equal laws; it passes if its normal score is small.
    pub(super) fn distance(subject: &str, figure: &str, found: Distance) -> Self {
        Self::of(subject, figure, 0.0, found.distance, found.z, LIMIT)
    }

    /// True if the value found comes from a sample; `z` is then in standard errors, else in tolerances.
    pub fn is_sampled(&self) -> bool {
        self.limit == LIMIT
    }

    /// True if the values found and expected agree; never if either is NaN.
    pub fn passes(&self) -> bool {
        self.z <= self.limit && self.found.is_finite()
    }
}

/// Returns the mean of `values` with its standard error.
pub(super) fn mean(values: impl Iterator<Item = f64>) -> Sampled {
    let (mut n, mut mean, mut squares) = (0.0, 0.0, 0.0);
    for value in values {
        n += 1.0;
        let away = value - mean;
        mean += away / n;
        squares = away.mul_add(value - mean, squares);
    }
    Sampled { value: mean, std_error: (squares / (n - 1.0) / n).sqrt() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_passes_inside_its_limit_and_fails_beyond_it_and_without_a_number() {
        let at = |value: f64| {
            let std_error = 0.1;
            Check::sampled("a", "b", 1.0, Sampled { value, std_error }).passes()
        };
        assert!(at(1.39) && at(0.61));
        assert!(!at(1.41) && !at(0.59) && !at(f64::NAN));
        let exact = |found: f64| Check::exact("a", "b", 200.0, found, 1e-9).passes();
        assert!(exact(200.0 + 1e-7) && !exact(200.0 + 3e-7) && !exact(f64::INFINITY));
        assert!(!Check::exact("a", "b", 0.0, 1e-8, 1e-9).passes());
    }

    #[test]
    fn a_mean_of_no_spread_has_no_error_and_so_no_room() {
        let found = mean([2.0, 2.0, 2.0].into_iter());
        assert_eq!(found.std_error, 0.0);
        assert!(!Check::sampled("a", "b", 2.1, found).passes());
    }
}
