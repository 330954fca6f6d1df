//! Probability of an event, from counts.
//!
//! In: how many paths of how many. Out: an estimate that is honest at zero and at all. Not here:
//! what the event is.

use super::estimate::{Estimate, HALF_WIDTH};
use super::sample::Sorted;

/// Share of the samples that are greater than `threshold`.
pub fn above(sample: &Sorted, threshold: f64) -> Estimate {
    of_count(sample.n_above(threshold), sample.n())
}

/// `events` of `n ≥ 1` paths, with Wilson's interval.
///
/// ```text
/// (p + z²/2n ± z√(p(1−p)/n + z²/4n²)) / (1 + z²/n),   p = events/n
/// ```
///
/// The standard error is √(p(1−p)/n), and a quarter of the interval's width (over 0.98) where that
/// would be zero: no event in a thousand paths does not prove that there is none. Source: E. B.
/// Wilson, *Probable inference, the law of succession, and statistical inference*, J. Am. Stat.
/// Assoc. 22 (1927) 209–212.
pub fn of_count(events: usize, n: usize) -> Estimate {
    let (low, high) = wilson(events, n, HALF_WIDTH);
    let share = events as f64 / n as f64;
    let std_error = if events == 0 || events == n {
        (high - low) / (2.0 * HALF_WIDTH)
    } else {
        (share * (1.0 - share) / n as f64).sqrt()
    };
    Estimate::with_interval(share, std_error, (low, high), n)
}

/// Wilson's interval for `events` of `n`; `z`: half its width in standard errors.
pub(super) fn wilson(events: usize, n: usize, z: f64) -> (f64, f64) {
    let count = n as f64;
    let share = events as f64 / count;
    let z_squared = z * z / count;
    let spread = share * (1.0 - share) / count;
    let half = z * (spread + z_squared / (4.0 * count)).sqrt();
    let centre = share + 0.5 * z_squared;
    let low = if events == 0 {
        0.0
    } else {
        (centre - half) / (1.0 + z_squared)
    };
    let high = if events == n {
        1.0
    } else {
        (centre + half) / (1.0 + z_squared)
    };
    (low, high)
}

#[cfg(test)]
mod tests {
    use super::super::tests::draws;
    use super::*;
    use rand_distr::Exp1;

    #[test]
    fn wilson_intervals_are_the_published_ones() {
        let cases = [
            (0, 1000, 0.0, 0.00382676),
            (3, 10_000, 0.00010203, 0.00088174),
            (50, 1000, 0.03813026, 0.06531382),
            (1000, 1000, 0.99617324, 1.0),
        ];
        for (events, n, low, high) in cases {
            let found = of_count(events, n).interval.expect("always known");
            assert!((found.0 - low).abs() < 5e-9, "{found:?}");
            assert!((found.1 - high).abs() < 5e-9, "{found:?}");
        }
    }

    #[test]
    fn no_event_in_a_thousand_paths_still_has_an_error() {
        let estimate = of_count(0, 1000);
        assert_eq!(estimate.value, 0.0);
        assert!(estimate.std_error.is_some_and(|error| error > 5e-4));
    }

    #[test]
    fn a_sample_at_the_threshold_is_not_above_it() {
        let sample = Sorted::new(vec![0.0, 0.0, 1.0, -1.0]).expect("finite");
        assert_eq!(above(&sample, 0.0).value, 0.25);
    }

    #[test]
    fn the_share_above_a_threshold_is_its_probability_within_its_error() {
        let expected = 0.1;
        let threshold = std::f64::consts::LN_10;
        let estimate = above(&draws(Exp1, 40_000, 3), threshold);
        let tolerance = 4.0 * estimate.std_error.expect("events on both sides");
        assert!((estimate.value - expected).abs() < tolerance);
        // power: a threshold off by 5 % is told apart
        let shifted = above(&draws(Exp1, 40_000, 3), 1.05 * threshold);
        assert!((shifted.value - expected).abs() > tolerance);
    }
}
