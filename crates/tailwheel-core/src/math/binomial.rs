//! Binomial law, with the same bits on every CPU.
//!
//! In: number of trials and a probability. Out: probabilities of counts; logarithms of factorials. Not here:
//! intervals that use it (`counts`, `quantile`).

use super::elementary::{exp, ln};

const HALF_LN_TWO_PI: f64 = 0.918_938_533_204_672_8;

/// Largest n for which ln n! is computed as a sum of logarithms instead of a series.
const FEW: u64 = 15;

/// Relative size below which a term no longer changes a sum.
const NEGLIGIBLE: f64 = 1e-17;

/// Binomial law of the number of events in independent trials.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Binomial {
    trials: u64,
    p: f64,
}

impl Binomial {
    /// Creates the law of `trials` trials with event probability `p`. Panics unless 0 ≤ `p` ≤ 1.
    pub fn new(trials: u64, p: f64) -> Self {
        assert!((0.0..=1.0).contains(&p), "{p} is no probability");
        Self { trials, p }
    }

    /// Returns the probability of at most `events` events; relative error about 1e-13 in the smaller tail.
    ///
    /// ```text
    /// P(B = k)·(1 + r_k + r_k r_(k−1) + …),   r_k = k(1 − p)/((n − k + 1)p)
    /// ```
    pub fn at_most(self, events: u64) -> f64 {
        if events >= self.trials {
            return 1.0;
        }
        // sum the tail whose terms fall from the first one on
        if (events as f64) < self.trials as f64 * self.p {
            self.sum_down(events)
        } else {
            1.0 - self.mirrored().sum_down(self.trials - events - 1)
        }
    }

    /// Returns the probability of more than `events` events; relative error about 1e-13 in the smaller tail.
    pub fn above(self, events: u64) -> f64 {
        if events < self.trials { self.mirrored().at_most(self.trials - events - 1) } else { 0.0 }
    }

    /// Returns the probability of exactly `events` events, without cancellation between log-factorials:
    ///
    /// ```text
    /// √(n/(2πk(n − k)))·exp(δ(n) − δ(k) − δ(n − k) − D(k, np) − D(n − k, n(1 − p)))
    /// δ(n) = ln n! − ln(√(2πn)(n/e)ⁿ),   D(x, m) = x ln(x/m) + m − x
    /// ```
    /// Source: C. Loader, *Fast and accurate computation of binomial probabilities* (2000).
    fn exactly(self, events: u64) -> f64 {
        let (n, k) = (self.trials as f64, events as f64);
        let rest = n - k;
        let certain = |is_certain: bool| f64::from(u8::from(is_certain));
        match (self.p, events) {
            (p, _) if p <= 0.0 => return certain(events == 0),
            (p, _) if p >= 1.0 => return certain(events == self.trials),
            (p, 0) => return exp(-deviance(n, n * (1.0 - p)) - n * p),
            (p, _) if events == self.trials => return exp(-deviance(n, n * p) - n * (1.0 - p)),
            _ => {}
        }
        let of_factorials =
            remainder(self.trials) - remainder(events) - remainder(self.trials - events) - HALF_LN_TWO_PI;
        let of_shares = deviance(k, n * self.p) + deviance(rest, n * (1.0 - self.p));
        (n / (k * rest)).sqrt() * exp(of_factorials - of_shares)
    }

    fn sum_down(self, events: u64) -> f64 {
        let first = self.exactly(events);
        let odds = (1.0 - self.p) / self.p;
        let (mut term, mut sum) = (1.0, 1.0);
        for k in (1..=events).rev() {
            term *= k as f64 * odds / (self.trials - k + 1) as f64;
            sum += term;
            if term < NEGLIGIBLE * sum {
                break;
            }
        }
        (first * sum).min(1.0)
    }

    /// Returns the binomial law of the number of trials in which the event does not happen.
    fn mirrored(self) -> Self {
        Self { trials: self.trials, p: 1.0 - self.p }
    }
}

/// ln n!, with an error of a few units in the last place.
pub fn ln_factorial(n: u64) -> f64 {
    if n <= FEW {
        return (2..=n).map(|factor| ln(factor as f64)).sum();
    }
    let count = n as f64;
    (count + 0.5) * ln(count) - count + HALF_LN_TWO_PI + remainder(n)
}

/// Remainder δ(n) of Stirling's formula for ln n!; 0 for n = 0. Source: NIST Digital Library of Mathematical
/// Functions, §5.11(i).
fn remainder(n: u64) -> f64 {
    let count = n as f64;
    if n <= FEW {
        if n == 0 {
            return 0.0;
        }
        return ln_factorial(n) - (count + 0.5) * ln(count) + count - HALF_LN_TWO_PI;
    }
    let square = 1.0 / (count * count);
    let series = [1.0 / 12.0, -1.0 / 360.0, 1.0 / 1260.0, -1.0 / 1680.0, 1.0 / 1188.0, -691.0 / 360_360.0];
    let sum = series.iter().rev().fold(0.0, |sum, coefficient| sum * square + coefficient);
    sum / count
}

/// D(x, m) = x ln(x/m) + m − x for positive `x` and `mean`, accurate even if they nearly agree.
fn deviance(x: f64, mean: f64) -> f64 {
    let gap = x - mean;
    if gap.abs() >= 0.1 * (x + mean) {
        return x * ln(x / mean) - gap;
    }
    // ln(x/m) = 2 artanh v, so D = gap·v + 2x Σ v^(2j+1)/(2j + 1), j ≥ 1
    let v = gap / (x + mean);
    let (mut sum, mut power) = (gap * v, 2.0 * x * v);
    let square = v * v;
    for j in 1..100 {
        power *= square;
        let next = sum + power / f64::from(2 * j + 1);
        if next == sum {
            break;
        }
        sum = next;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::distribution::{Binomial as Other, DiscreteCDF};

    #[test]
    fn probabilities_are_those_of_an_independent_implementation() {
        for trials in [1, 2, 10, 47, 1000, 20_000] {
            for p in [1e-4, 0.05, 0.31, 0.5, 0.95] {
                let (law, other) = (Binomial::new(trials, p), Other::new(p, trials).expect("a law"));
                let mean = trials as f64 * p;
                let spread = (mean * (1.0 - p)).sqrt();
                for scores in [-5.0, -2.0, 0.0, 2.0, 5.0] {
                    let events = (mean + scores * spread).clamp(0.0, trials as f64) as u64;
                    let (below, above) = (law.at_most(events), law.above(events));
                    let case = format!("{trials} {p} {events}");
                    // the other loses digits with the trials
                    assert!((below - other.cdf(events)).abs() < 1e-8, "{case} {below}");
                    assert!((above - other.sf(events)).abs() < 1e-8, "{case}");
                    assert!((below + above - 1.0).abs() < 1e-12, "{case}");
                }
            }
        }
    }

    #[test]
    fn small_tails_keep_their_digits() {
        // scipy 1.17: binom.cdf, binom.sf
        let middle = Binomial::new(1_000_000, 0.31).at_most(310_000);
        assert!((middle - 0.5004859257856218).abs() < 1e-12, "{middle}");
        let tail = |found: f64, expected: f64| (found / expected - 1.0).abs();
        assert!(tail(Binomial::new(1000, 0.05).at_most(20), 7.658846376635442e-07) < 1e-11);
        assert!(tail(Binomial::new(1000, 0.05).above(90), 5.064989988867527e-08) < 1e-11);
        assert!(tail(Binomial::new(1_000_000, 0.01).at_most(9500), 2.0878741694361024e-07) < 1e-9);
        let half_to_the_thousandth = f64::from_bits(23 << 52);
        assert!(tail(Binomial::new(1000, 0.5).at_most(0), half_to_the_thousandth) < 1e-11);
    }

    #[test]
    fn few_trials_are_counted_by_hand() {
        let law = Binomial::new(3, 0.25);
        for (events, expected) in [(0, 27.0), (1, 54.0), (2, 63.0), (3, 64.0)] {
            assert!((law.at_most(events) - expected / 64.0).abs() < 1e-15);
            assert!((law.above(events) - (1.0 - expected / 64.0)).abs() < 1e-15);
        }
        assert_eq!(Binomial::new(5, 0.0).at_most(0), 1.0);
        assert_eq!(Binomial::new(5, 1.0).at_most(4), 0.0);
        assert_eq!(Binomial::new(5, 1.0).above(4), 1.0);
    }

    #[test]
    fn factorials_are_exact_to_the_last_places() {
        let mut sum = 0.0;
        for n in 1..300_u64 {
            sum += ln(n as f64);
            let found = ln_factorial(n);
            assert!((found - sum).abs() <= 4e-15 * sum.max(1.0), "{n}");
        }
    }
}
