//! Quantiles with intervals that hold for every distribution.
//!
//! In: samples. Out: an order statistic and its binomial interval. Not here: selection and ranks
//! (`math::quantile`).

use super::estimate::{Estimate, LEVEL, Note, error_of};
use super::sample::Sample;
use crate::math::ordered::Rising;
use crate::math::quantile::{interval_ranks, rank};

/// Estimates the `p`-quantile with its interval at `level`.
///
/// ```text
/// x_(⌈np⌉),   interval [x_(j), x_(k)] by binomial ranks,   error (x_(k) − x_(j))/3.92
/// ```
///
/// Samples with a density never tie, so a value that occurs twice is an atom. It gets its probability instead
/// of an error. It has no interval if both ends are the atom itself.
pub fn quantile(sample: &Sample, p: f64, level: f64) -> Estimate {
    let n = sample.n();
    let value = sample.rising().at(rank(n, p) - 1);
    let of_error = interval(sample, value, p, LEVEL);
    let interval = if level == LEVEL { of_error } else { interval(sample, value, p, level) };
    let ties = sample.n_equal(value);
    let note = if ties > 1 {
        Some(Note::Atom { probability: ties as f64 / n as f64 })
    } else {
        (of_error.is_none() || interval.is_none()).then_some(Note::TooFewPaths)
    };
    let std_error = of_error.filter(|_| ties == 1).map(error_of);
    Estimate { std_error, interval, level, ..Estimate::bare(value, n, note) }
}

/// Returns the interval at `level` of the `p`-quantile `value`. `None` if there are too few samples, or if
/// both ends equal `value` and many paths have that value (an atom).
fn interval(sample: &Sample, value: f64, p: f64, level: f64) -> Option<(f64, f64)> {
    let values = sample.rising();
    let (low, high) = interval_ranks(sample.n(), p, level)?;
    let ends = (values.at(low - 1), values.at(high - 1));
    (ends.0 < ends.1 || sample.n_equal(value) == 1).then_some(ends)
}

#[cfg(test)]
mod tests {
    use super::super::tests::normal_scores;
    use super::*;

    #[test]
    fn value_at_risk_of_a_normal_return_is_its_closed_form() {
        // losses of a return with mean 1 % and deviation 5 %; one rank is worth σ/(n·φ(z))
        let var = |deviation: f64| quantile(&normal_scores(1_000_000, -0.01, deviation), 0.95, LEVEL).value;
        let rank = 0.05 / (1e6 * 0.10313564);
        assert!((var(0.05) - 0.072242681).abs() < rank);
        assert!((var(0.0525) - 0.072242681).abs() > rank);
    }

    #[test]
    fn the_error_of_a_quantile_is_the_asymptotic_one() {
        // √(p(1−p)/n)/f; ranks are whole numbers, which costs 40/39 at 100 tail samples
        let cases = [
            (10_000, 0.05, 0.021131875, 0.015),
            (10_000, 0.99, 0.037332, 0.04),
            (100_000, 0.99, 0.011806, 0.015),
            (1_000_000, 0.99, 0.0037332, 0.01),
        ];
        for (n, p, expected, tolerance) in cases {
            let error = |scale: f64| {
                let estimate = quantile(&normal_scores(n, 0.0, scale), p, LEVEL);
                estimate.std_error.expect("no ties") / expected - 1.0
            };
            assert!(error(1.0).abs() < tolerance, "{n} {p} {}", error(1.0));
            assert!(error(1.05).abs() > tolerance, "{n} {p} {}", error(1.05));
        }
    }

    #[test]
    fn ruin_at_zero_is_an_atom_without_an_error_and_at_its_edge_the_interval_reaches_out_of_it() {
        for (n_ruined, probability, interval) in [(130, 0.13, None), (55, 0.055, Some((0.0, 10.0)))] {
            let values = (0..1000).map(|path| f64::from(0.max(path + 1 - n_ruined)));
            let found = quantile(&Sample::new(values.collect()).expect("finite"), 0.05, LEVEL);
            assert_eq!((found.value, found.std_error, found.interval), (0.0, None, interval));
            assert_eq!(found.note, Some(Note::Atom { probability }));
        }
    }

    #[test]
    fn too_few_paths_give_a_value_without_an_interval() {
        let estimate = quantile(&normal_scores(50, 0.0, 1.0), 0.99, LEVEL);
        assert_eq!(estimate.note, Some(Note::TooFewPaths));
        assert!(estimate.value > 2.0);
    }
}
