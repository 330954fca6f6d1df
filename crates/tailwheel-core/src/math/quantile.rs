//! Order statistics: quantiles as values that were really drawn, and ranks of their intervals.
//!
//! In: sorted samples. Out: x_(⌈np⌉); binomial ranks. Not here: standard
//! errors (`stats`), quantiles of histograms (`histogram`).

use super::binomial::Binomial;
use super::bisect::first;
use super::normal;

/// Rank of the `p`-quantile among `n ≥ 1` samples, from 1: ⌈np⌉, at least 1.
///
/// A product that misses a whole number by rounding only (0.07 × 100 = 7.000000000000001) counts
/// as that number. Source: inverse of the empirical distribution function, type 1 of R. J. Hyndman
/// & Y. Fan, *Sample quantiles in statistical packages*, Am. Stat. 50 (1996) 361–365.
pub fn rank(n: usize, p: f64) -> usize {
    let product = n as f64 * p;
    let whole = product.round();
    let is_whole = (product - whole).abs() <= 1e-12 * whole;
    let rank = if is_whole { whole } else { product.ceil() };
    (rank as usize).clamp(1, n.max(1))
}

/// Ranks (from 1) of the order statistics that bracket the `p`-quantile with at least this `confidence`, for
/// every distribution. `None` if there are too few samples.
///
/// ```text
/// low = max{j : P(B < j) ≤ ½(1 − confidence)},   high = min{k : P(B ≥ k) ≤ ½(1 − confidence)},
/// B ~ Binomial(n, p)
/// ```
///
/// Source: H. A. David & H. N. Nagaraja, *Order Statistics*, 3rd ed., §7.1.
pub fn interval_ranks(n: usize, p: f64, confidence: f64) -> Option<(usize, usize)> {
    if n == 0 {
        return None;
    }
    let below = Binomial::new(n as u64, p);
    let tail = 0.5 * (1.0 - confidence);
    // the normal law gives both ends to within a few ranks, to start from
    let (mean, sd) = (n as f64 * p, (n as f64 * p * (1.0 - p)).sqrt());
    let reach = sd * normal::quantile(1.0 - tail);
    // smallest count whose distribution function exceeds the tail: P(B < low) ≤ tail < P(B ≤ low)
    let low = first(n, (mean - reach) as usize, |count| below.at_most(count as u64) > tail);
    let high = first(n, (mean + reach) as usize, |count| below.above(count as u64) <= tail);
    (low >= 1 && high < n).then_some((low, high + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rank_is_rounded_up_but_not_by_a_rounding_error() {
        for (n, p, expected) in [
            (100, 0.07, 7),
            (1000, 0.05, 50),
            (1001, 0.05, 51),
            (1_000_000, 0.995, 995_000),
            (7, 0.0, 1),
            (7, 1.0, 7),
        ] {
            assert_eq!(rank(n, p), expected);
        }
        for percent in 1..100 {
            for n in (100..10_000).step_by(100) {
                assert_eq!(rank(n, percent as f64 / 100.0), n / 100 * percent);
            }
        }
    }

    #[test]
    fn ranks_of_the_interval_are_the_published_ones() {
        let cases = [
            (1000, 0.05, (37, 65), 0.95810),
            (10_000, 0.05, (458, 544), 0.95153),
            (10_000, 0.01, (81, 121), 0.95575),
            (100_000, 0.01, (939, 1063), 0.95123),
        ];
        for (n, p, ranks, coverage) in cases {
            assert_eq!(interval_ranks(n, p, 0.95), Some(ranks));
            let below = Binomial::new(n as u64, p);
            let covered = below.at_most(ranks.1 as u64 - 1) - below.at_most(ranks.0 as u64 - 1);
            assert!((covered - coverage).abs() < 5e-6);
        }
    }

    #[test]
    fn a_sample_too_small_for_an_interval_has_none() {
        let has = |n, p| interval_ranks(n, p, 0.95).is_some();
        assert!(has(50, 0.5) && !has(50, 0.01) && !has(50, 0.99) && !has(0, 0.5));
    }
}
