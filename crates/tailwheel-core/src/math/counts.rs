//! Exact intervals of probabilities from counts, without the normal law.
//!
//! In: number of events and trials. Out: the exact interval of the probability. Not here: other estimates.

use super::binomial::Binomial;
use super::bisect::edge;
use super::elementary::ln;

/// Number of bisections after which an end of an interval is exact to the last bits.
const HALVINGS: usize = 60;

/// Confidence interval of the probability of an event seen in `events` of `trials ≥ 1`. It covers the true value
/// with at least this `confidence`, for every probability and number of trials.
///
/// ```text
/// low:  P(B ≥ events) = ½(1 − confidence) at B ~ Binomial(trials, low), 0 without events
/// high: P(B ≤ events) = ½(1 − confidence) at B ~ Binomial(trials, high), 1 without others
/// ```
///
/// Source: C. J. Clopper & E. S. Pearson, *The use of confidence or fiducial limits illustrated in
/// the case of the binomial*, Biometrika 26 (1934) 404–413.
pub fn exact_interval(events: u64, trials: u64, confidence: f64) -> (f64, f64) {
    let tail = 0.5 * (1.0 - confidence);
    let share = events as f64 / trials as f64;
    let at = |p: f64| Binomial::new(trials, p);
    let low = match events {
        0 => 0.0,
        _ => end(share, 0.0, |p| at(p).above(events - 1) <= tail),
    };
    let high = if events == trials { 1.0 } else { end(share, 1.0, |p| at(p).at_most(events) <= tail) };
    (low, high)
}

/// Returns an end of an interval by bisection from `inside` to `outside`, where `is_beyond` becomes true.
fn end(inside: f64, outside: f64, is_beyond: impl Fn(f64) -> bool) -> f64 {
    edge(inside, outside, HALVINGS, is_beyond).1
}

/// Confidence interval of the mean of a law on [0, 1], given the sample `mean` of `n ≥ 1` values. It covers the
/// true mean with at least this `confidence`, for every law on [0, 1].
///
/// ```text
/// all μ with n·(x̄ ln(x̄/μ) + (1 − x̄) ln((1 − x̄)/(1 − μ))) ≤ −ln(½(1 − confidence))
/// ```
///
/// At a mean of 0 its upper end is 1 − (½(1 − confidence))^(1/n), the exact end for a count. Source: W.
/// Hoeffding, *Probability inequalities for sums of bounded random variables*, J. Am. Stat. Assoc. 58 (1963)
/// 13–30, Theorem 1.
pub fn bounded_mean_interval(mean: f64, n: u64, confidence: f64) -> (f64, f64) {
    let most = -ln(0.5 * (1.0 - confidence)) / n as f64;
    let part = |x: f64, of: f64| if x > 0.0 { x * ln(x / of) } else { 0.0 };
    let is_beyond = |p: f64| {
        let is_impossible = (p <= 0.0 && mean > 0.0) || (p >= 1.0 && mean < 1.0);
        is_impossible || part(mean, p) + part(1.0 - mean, 1.0 - p) > most
    };
    (end(mean, 0.0, is_beyond), end(mean, 1.0, is_beyond))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_intervals_are_the_published_ones() {
        // quantiles of beta laws
        let cases = [
            (0, 1000, 0.95, 0.0, 0.00368208390),
            (3, 10_000, 0.95, 0.0000618714857, 0.000876474523),
            (50, 1000, 0.95, 0.0373353976, 0.0653904879),
            (1000, 1000, 0.99, 0.994715694, 1.0),
        ];
        for (events, trials, confidence, low, high) in cases {
            let found = exact_interval(events, trials, confidence);
            assert!((found.0 - low).abs().max((found.1 - high).abs()) < 1e-9, "{events}: {found:?}");
        }
    }

    #[test]
    fn a_bounded_mean_lies_within_the_inequality_of_hoeffding() {
        // no event: exactly that of a count
        let (low, high) = bounded_mean_interval(0.0, 1000, 0.99);
        let of_count = exact_interval(0, 1000, 0.99);
        assert!(low == 0.0 && (high - of_count.1).abs() < 1e-12, "{high}");
        assert_eq!(bounded_mean_interval(1.0, 1000, 0.99).1, 1.0);
        // a count is one of the laws within, so its own interval is never wider
        for events in [1, 7, 500, 999] {
            let mean = events as f64 / 1000.0;
            let found = bounded_mean_interval(mean, 1000, 0.99);
            let count = exact_interval(events, 1000, 0.99);
            assert!(found.0 <= count.0 && count.1 <= found.1, "{events} {found:?}");
            // and not by much
            assert!(found.1 - found.0 < 1.4 * (count.1 - count.0), "{events}");
        }
    }
}
