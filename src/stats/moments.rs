//! Mean and standard deviation.
//!
//! In: samples. Out: estimates whose values no order of summation changes. Not here: whether the
//! tail allows an interval (`guard`).

use super::estimate::{Estimate, Note};
use super::guard::objection;
use super::sample::Sorted;
use crate::math::sum::Sum;

/// Mean.
///
/// ```text
/// x̄ = Σx/n,   error s/√n
/// ```
///
/// Without an error for one path or where the guard of the tail objects.
pub fn mean(sample: &Sorted, level: f64) -> Estimate {
    let n = sample.n();
    let centre = centre(sample);
    if n < 2 {
        return Estimate::bare(centre, n, Some(Note::TooFewPaths));
    }
    if let Some(note) = objection(sample, 2.0) {
        return Estimate::bare(centre, n, Some(note));
    }
    mean_of_bounded(sample, level)
}

/// Mean of what is bounded, or nearly so: no tail can object to its error.
pub fn mean_of_bounded(sample: &Sorted, level: f64) -> Estimate {
    let n = sample.n();
    let centre = centre(sample);
    if n < 2 {
        return Estimate::bare(centre, n, Some(Note::TooFewPaths));
    }
    let variance = power_sum(sample, centre, 2) / (n - 1) as f64;
    Estimate::normal_at(level, centre, (variance / n as f64).sqrt(), n)
}

/// Standard deviation of the samples.
///
/// ```text
/// s = √(Σ(x − x̄)²/(n − 1)),   error √((m₄ − s⁴(n−3)/(n−1))/n) / 2s,   m₄ = Σ(x − x̄)⁴/n
/// ```
///
/// Source: variance of a sample variance, M. G. Kendall & A. Stuart, *The Advanced Theory of
/// Statistics* 1, §12; its root by the delta method. Not a number for one path, without an error
/// below four.
pub fn standard_deviation(sample: &Sorted, level: f64) -> Estimate {
    let n = sample.n();
    let count = n as f64;
    let centre = centre(sample);
    // 0/0, not a number, for a single path
    let variance = power_sum(sample, centre, 2) / (count - 1.0);
    let deviation = variance.sqrt();
    if n < 4 {
        return Estimate::bare(deviation, n, Some(Note::TooFewPaths));
    }
    if deviation == 0.0 {
        return Estimate::normal_at(level, 0.0, 0.0, n);
    }
    if let Some(note) = objection(sample, 4.0) {
        return Estimate::bare(deviation, n, Some(note));
    }
    let fourth = power_sum(sample, centre, 4) / count;
    let of_variance = (fourth - variance * variance * (count - 3.0) / (count - 1.0)) / count;
    Estimate::normal_at(
        level,
        deviation,
        of_variance.max(0.0).sqrt() / (2.0 * deviation),
        n,
    )
}

/// x̄.
pub(super) fn centre(sample: &Sorted) -> f64 {
    let sum: Sum = sample.values().iter().copied().collect();
    sum.value() / sample.n() as f64
}

/// Σ (x − centre)^power for the powers 2 and 4.
fn power_sum(sample: &Sorted, centre: f64, power: u32) -> f64 {
    let term = |value: &f64| {
        let square = (value - centre) * (value - centre);
        if power == 2 { square } else { square * square }
    };
    sample.values().iter().map(term).collect::<Sum>().value()
}

#[cfg(test)]
mod tests {
    use super::super::estimate::LEVEL;
    use super::super::tests::{draws, normal_scores};
    use super::*;
    use rand_distr::Exp1;

    #[test]
    fn a_normal_sample_without_noise_has_the_textbook_errors() {
        let sample = normal_scores(100_000, 3.0, 2.0);
        let (mean, deviation) = (mean(&sample, LEVEL), standard_deviation(&sample, LEVEL));
        assert!((mean.value - 3.0).abs() < 1e-12);
        assert!((deviation.value / 2.0 - 1.0).abs() < 1e-4);
        let expected = 2.0 / 100_000f64.sqrt();
        assert!((mean.std_error.expect("known") / expected - 1.0).abs() < 1e-3);
        // σ/√2n for a normal law
        let expected = expected / 2f64.sqrt();
        assert!((deviation.std_error.expect("known") / expected - 1.0).abs() < 2e-3);
    }

    #[test]
    fn the_interval_of_a_mean_covers_it_as_often_as_it_says() {
        let (mut covers, mut covers_shifted) = (0, 0);
        for seed in 0..400 {
            let (low, high) = mean(&draws(Exp1, 2000, seed), LEVEL)
                .interval
                .expect("finite variance");
            covers += u32::from((low..high).contains(&1.0));
            covers_shifted += u32::from((low..high).contains(&1.05));
        }
        let tolerance = 4.0 * (0.95 * 0.05 / 400f64).sqrt();
        assert!((f64::from(covers) / 400.0 - 0.95).abs() < tolerance);
        // power: a mean off by 5 % is covered visibly less often
        assert!((f64::from(covers_shifted) / 400.0 - 0.95).abs() > tolerance);
    }

    #[test]
    fn the_interval_of_a_standard_deviation_covers_it_as_often_as_it_says() {
        let (mut covers, mut covers_shifted) = (0, 0);
        for seed in 0..400 {
            let sample = draws(rand_distr::StandardNormal, 2000, seed);
            let (low, high) = standard_deviation(&sample, LEVEL)
                .interval
                .expect("finite kurtosis");
            covers += u32::from((low..high).contains(&1.0));
            covers_shifted += u32::from((low..high).contains(&1.05));
        }
        let tolerance = 4.0 * (0.95 * 0.05 / 400f64).sqrt();
        assert!((f64::from(covers) / 400.0 - 0.95).abs() < tolerance);
        assert!((f64::from(covers_shifted) / 400.0 - 0.95).abs() > tolerance);
    }

    #[test]
    fn equal_paths_have_no_spread_and_no_error() {
        let sample = Sorted::new(vec![0.1; 5000]).expect("finite");
        assert_eq!(
            (mean(&sample, LEVEL).value, mean(&sample, LEVEL).std_error),
            (0.1, Some(0.0))
        );
        assert_eq!(standard_deviation(&sample, LEVEL).value, 0.0);
    }

    #[test]
    fn one_path_has_a_mean_and_no_error() {
        let sample = Sorted::new(vec![7.0]).expect("finite");
        let estimate = mean(&sample, LEVEL);
        assert_eq!(
            (estimate.value, estimate.note),
            (7.0, Some(Note::TooFewPaths))
        );
        assert!(standard_deviation(&sample, LEVEL).value.is_nan());
    }
}
