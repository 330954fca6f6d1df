//! Probability of an event, estimated from counts.
//!
//! In: the number of paths with the event and of all paths. Out: an estimate that is valid even for none and
//! for all. Not here: the interval of a count (`math::counts`), the event.

use super::estimate::{Estimate, LEVEL, error_of};
use crate::math::counts::exact_interval;

/// Estimates the probability of an event seen on `events` of `n ≥ 1` paths: Clopper–Pearson interval.
///
/// The standard error is √(p(1−p)/n), p = events/n. Where that is zero it is half the width of the 95 %
/// interval divided by 1.96: no event in a thousand paths does not prove that there is none. Source: C. J.
/// Clopper & E. S. Pearson, *The use of confidence or fiducial limits illustrated in the case of the
/// binomial*, Biometrika 26 (1934) 404–413.
pub fn of_count(events: usize, n: usize, level: f64) -> Estimate {
    let interval = |level| exact_interval(events as u64, n as u64, level);
    let share = events as f64 / n as f64;
    let std_error = if events == 0 || events == n {
        error_of(interval(LEVEL))
    } else {
        (share * (1.0 - share) / n as f64).sqrt()
    };
    Estimate { level, ..Estimate::with_interval(share, std_error, interval(level), n) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Sample;

    #[test]
    fn no_event_in_a_thousand_paths_still_has_an_error_and_a_sample_at_the_threshold_is_not_above_it() {
        let estimate = of_count(0, 1000, LEVEL);
        assert_eq!(estimate.value, 0.0);
        assert!(estimate.std_error.is_some_and(|error| error > 5e-4));
        let sample = Sample::new(vec![0.0, 0.0, 1.0, -1.0]).expect("finite");
        assert_eq!(of_count(sample.n_above(0.0), sample.n(), LEVEL).value, 0.25);
    }
}
