//! What whole counts say about probabilities, without the normal law.
//!
//! In: events of trials. Out: the exact interval of a probability; how far two counts are from one
//! probability. Not here: estimates (`stats`).

use super::binomial::{Binomial, ln_factorial};
use super::bisect::edge;
use super::elementary::ln;
use super::normal::from_ln_upper_tail;

/// Halvings until an end of an interval is known to the last bits.
const HALVINGS: usize = 60;

/// Terms of a sum that change nothing any more.
const NEGLIGIBLE: f64 = 1e-18;

/// Interval of the probability behind `events` of `trials ≥ 1`, which holds with at least
/// `confidence` for every probability and every number of trials.
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
    let high = match events == trials {
        true => 1.0,
        false => end(share, 1.0, |p| at(p).at_most(events) <= tail),
    };
    (low, high)
}

/// The point between `inside` and `outside` from which on `is_beyond` holds; on its outer side.
fn end(inside: f64, outside: f64, is_beyond: impl Fn(f64) -> bool) -> f64 {
    edge(inside, outside, HALVINGS, is_beyond).1
}

/// Interval of the mean behind `mean`, that of `n ≥ 1` samples between 0 and 1, which holds with at
/// least `confidence` for every law between these ends.
///
/// ```text
/// all μ with n·(x̄ ln(x̄/μ) + (1 − x̄) ln((1 − x̄)/(1 − μ))) ≤ −ln(½(1 − confidence))
/// ```
///
/// At a mean of 0 its upper end is 1 − (½(1 − confidence))^(1/n), the exact one of a count. Source:
/// W. Hoeffding, *Probability inequalities for sums of bounded random variables*, J. Am. Stat.
/// Assoc. 58 (1963) 13–30, Theorem 1.
pub fn bounded_mean_interval(mean: f64, n: u64, confidence: f64) -> (f64, f64) {
    let most = -ln(0.5 * (1.0 - confidence)) / n as f64;
    let part = |x: f64, of: f64| if x > 0.0 { x * ln(x / of) } else { 0.0 };
    let is_beyond = |p: f64| {
        let is_impossible = (p <= 0.0 && mean > 0.0) || (p >= 1.0 && mean < 1.0);
        is_impossible || part(mean, p) + part(1.0 - mean, 1.0 - p) > most
    };
    (end(mean, 0.0, is_beyond), end(mean, 1.0, is_beyond))
}

/// How far two counts are from having one probability, as a standard normal: positive if the second
/// share is greater.
///
/// The score whose normal tail is the probability, given the sum of the events, that chance divides
/// them at least so unevenly (hypergeometric). Conservative at every count: scores beyond ±z are no
/// more frequent than 2(1 − Φ(z)). Source: R. A. Fisher, *The logic of inductive inference*, J. R.
/// Stat. Soc. 98 (1935) 39–82.
pub fn exact_score(first: (u64, u64), second: (u64, u64)) -> f64 {
    let (first_events, first_trials) = first;
    let (second_events, second_trials) = second;
    // products of counts, exact in whole numbers
    let left = u128::from(first_events) * u128::from(second_trials);
    let right = u128::from(second_events) * u128::from(first_trials);
    match left.cmp(&right) {
        std::cmp::Ordering::Equal => 0.0,
        std::cmp::Ordering::Less => score_of(ln_tail(second, first)),
        std::cmp::Ordering::Greater => -score_of(ln_tail(first, second)),
    }
}

fn score_of(ln_tail: f64) -> f64 {
    from_ln_upper_tail(ln_tail.min(-std::f64::consts::LN_2))
}

/// ln P(X ≥ events of `more`), X of the hypergeometric law with the sum of both events.
fn ln_tail(more: (u64, u64), less: (u64, u64)) -> f64 {
    let events = more.0 + less.0;
    let choose = |n: u64, k: u64| ln_factorial(n) - ln_factorial(k) - ln_factorial(n - k);
    let ln_first =
        choose(more.1, more.0) + choose(less.1, less.0) - choose(more.1 + less.1, events);
    let (mut term, mut sum) = (1.0, 1.0);
    for x in more.0..events.min(more.1) {
        let left = (events - x) as f64 * (more.1 - x) as f64;
        // what the other side then has without an event, never negative at a possible division
        let rest = (less.1 + x + 1 - events) as f64;
        term *= left / ((x + 1) as f64 * rest);
        sum += term;
        if term < NEGLIGIBLE * sum {
            break;
        }
    }
    ln_first + ln(sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::exp;
    use rand_chacha::ChaCha8Rng;
    use rand_chacha::rand_core::{Rng, SeedableRng};

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
            assert!((found.0 - low).abs() < 1e-9, "{events}: {found:?}");
            assert!((found.1 - high).abs() < 1e-9, "{events}: {found:?}");
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
            assert!(
                found.0 <= count.0 && count.1 <= found.1,
                "{events} {found:?}"
            );
            // and not by much
            assert!(found.1 - found.0 < 1.4 * (count.1 - count.0), "{events}");
        }
    }

    #[test]
    fn a_score_is_that_of_the_exact_test_of_fisher() {
        // one-sided p of (3 of 10) against (9 of 10) by hand: the sum of two terms
        let choose = |n: u64, k: u64| exp(ln_factorial(n) - ln_factorial(k) - ln_factorial(n - k));
        let tail =
            (choose(10, 9) * choose(10, 3) + choose(10, 10) * choose(10, 2)) / choose(20, 12);
        let score = exact_score((3, 10), (9, 10));
        assert!((score - from_ln_upper_tail(ln(tail))).abs() < 1e-12);
        assert!((exact_score((9, 10), (3, 10)) + score).abs() < 1e-12);
        assert_eq!(exact_score((3, 10), (30, 100)), 0.0);
    }

    #[test]
    fn at_large_counts_a_score_is_that_of_pooled_shares() {
        let score = exact_score((50_000, 1_000_000), (51_000, 1_000_000));
        let pooled = 0.0505f64;
        let z = 0.001 / (pooled * (1.0 - pooled) * 2e-6).sqrt();
        assert!((score / z - 1.0).abs() < 2e-3, "{score} {z}");
        assert!(exact_score((0, 1_000_000), (900_000, 1_000_000)) > 100.0);
    }

    #[test]
    fn scores_of_rare_events_are_no_more_extreme_than_a_normal_says() {
        // shares of .02 from 256 trials: five events on average
        let mut generator = ChaCha8Rng::seed_from_u64(5);
        let mut count = |p: f64| {
            let hit = |_: &u32| f64::from(generator.next_u32()) < p * 4_294_967_296.0;
            (0..256).filter(hit).count() as u64
        };
        let (mut beyond, mut beyond_shifted) = (0, 0);
        for _ in 0..4000 {
            let (base, new) = (count(0.02), count(0.02));
            beyond += u32::from(exact_score((base, 256), (new, 256)).abs() > 2.0);
            // power: five times the probability is seen nearly always
            beyond_shifted += u32::from(exact_score((base, 256), (count(0.1), 256)) > 2.0);
        }
        assert!(f64::from(beyond) / 4000.0 <= 0.0455, "{beyond}");
        assert!(f64::from(beyond_shifted) / 4000.0 > 0.9, "{beyond_shifted}");
    }
}
