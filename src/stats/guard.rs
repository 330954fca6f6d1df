//! Whether the largest outcomes allow a mean to have an interval.
//!
//! In: samples. Out: the tail index. Not here: what is done about it (`moments`).

use super::estimate::Note;
use super::sample::Sorted;
use crate::math::ln;

/// The tail is the largest hundredth of the samples. Chosen.
const TAIL_SHARE: usize = 100;

/// Fewer tail samples than this say nothing about the tail. Chosen.
const SMALLEST_TAIL: usize = 20;

/// Hill's estimate of the tail index from the largest 1 % of the samples.
///
/// ```text
/// 1/α = Σ_{i≤k} ln(x_(n+1−i)/x_(n−k)) / k,   k = ⌊n/100⌋
/// ```
///
/// `None` below 2,000 samples, where the tail does not lie above zero, and where it is an atom.
/// Source: B. M. Hill, *A simple general approach to inference about the tail of a distribution*,
/// Ann. Stat. 3 (1975) 1163–1174.
pub fn tail_index(sample: &Sorted) -> Option<f64> {
    let values = sample.values();
    let k = values.len() / TAIL_SHARE;
    let (body, tail) = values.split_at(values.len() - k);
    let threshold = *body.last()?;
    if k < SMALLEST_TAIL || threshold <= 0.0 {
        return None;
    }
    let mut sum = 0.0;
    for value in tail {
        sum += ln(value / threshold);
    }
    (sum > 0.0).then(|| k as f64 / sum)
}

/// Why an error that needs moments up to `needed` does not hold: the tail index is below it, so
/// such a moment looks infinite at this sample size. 2 for a mean, 4 for a standard deviation.
pub fn objection(sample: &Sorted, needed: f64) -> Option<Note> {
    let index = tail_index(sample).filter(|index| *index < needed)?;
    Some(Note::HeavyTail { index, needed })
}

#[cfg(test)]
mod tests {
    use super::super::estimate::LEVEL;
    use super::super::moments::mean;
    use super::super::tests::{draws, normal_scores};
    use super::*;
    use rand_distr::Pareto;

    fn pareto(index: f64, seed: u64) -> Sorted {
        draws(Pareto::new(1.0, index).expect("positive"), 100_000, seed)
    }

    #[test]
    fn the_index_of_a_power_law_is_found_within_its_error() {
        // standard error α/√k, k = 1000
        let found = tail_index(&pareto(1.5, 1)).expect("a tail");
        assert!((found - 1.5).abs() < 4.0 * 1.5 / 1000f64.sqrt(), "{found}");
        // power: an index off by 15 % (5 % would be 1.6 errors) is told apart
        let found = tail_index(&pareto(1.8, 1)).expect("a tail");
        assert!((found - 1.5).abs() > 4.0 * 1.5 / 1000f64.sqrt(), "{found}");
    }

    #[test]
    fn a_mean_without_a_variance_has_no_interval_and_says_so() {
        let estimate = mean(&pareto(1.5, 2), LEVEL);
        assert_eq!((estimate.std_error, estimate.interval), (None, None));
        assert!(matches!(estimate.note, Some(Note::HeavyTail { index, .. }) if index < 2.0));
        assert!(mean(&pareto(3.0, 2), LEVEL).interval.is_some());
    }

    #[test]
    fn ordinary_samples_pass() {
        assert_eq!(objection(&normal_scores(10_000, 1.0, 1.0), 4.0), None);
        assert_eq!(objection(&normal_scores(10_000, -10.0, 1.0), 4.0), None);
        let equal = Sorted::new(vec![5.0; 10_000]).expect("finite");
        assert_eq!(tail_index(&equal), None);
    }

    #[test]
    fn a_small_sample_has_no_opinion() {
        assert_eq!(tail_index(&normal_scores(1999, 5.0, 1.0)), None);
        assert!(tail_index(&normal_scores(2000, 5.0, 1.0)).is_some());
    }
}
