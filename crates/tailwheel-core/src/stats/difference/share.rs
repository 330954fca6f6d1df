//! Difference of two shares of the same paths.
//!
//! In: numbers of paths on which an event happens in one run alone. Out: the difference with its interval and
//! p-value. Not here: shares of one run (`probability`).

use super::super::change::BothRuns;
use super::super::estimate::{Estimate, HALF_WIDTH, error_of};
use super::{Paired, p_value};
use crate::math::binomial::Binomial;
use crate::math::bisect::edge;

/// Number of discordant paths (above the threshold in one run only) below which the test is exact. Chosen.
const FEW: usize = 50;

/// Compares the shares of paths above `threshold` in the two runs of `pair`.
pub(super) fn compare(pair: &BothRuns<'_>, threshold: f64) -> Paired {
    let n = pair.n();
    let is_above = move |value: f64| f64::from(u8::from(value > threshold));
    // 0 in neither run, 1 in base alone, 2 in new alone, 3 in both
    let found = pair.x.zip(&pair.y, move |x, y| is_above(x) + 2.0 * is_above(y));
    let number = |kind: f64| found.count(|own| own == kind);
    let in_both = number(3.0);
    let counts = DiscordantPaths { lost: number(1.0), gained: number(2.0) };
    let difference = of_counts(counts, n);
    let count = n as f64;
    let variance_of = |events: usize| {
        let share = events as f64 / count;
        share * (1.0 - share) / count
    };
    let alone = variance_of(in_both + counts.lost) + variance_of(in_both + counts.gained);
    let variance = counts.variance(n);
    Paired {
        difference,
        p_value: Some(counts.p_value()),
        sharpness: (variance > 0.0).then_some(alone / variance),
    }
}

/// Numbers of paths on which an event happens in one run and not in the other.
#[derive(Clone, Copy, Debug, Default)]
pub struct DiscordantPaths {
    /// Number of paths with the event in the base run alone.
    pub lost: usize,
    /// Number of paths with the event in the new run alone.
    pub gained: usize,
}

impl DiscordantPaths {
    /// Returns the variance of the difference, new minus base, between the shares of `n` paths with an event.
    fn variance(self, n: usize) -> f64 {
        let count = n as f64;
        let share = (self.lost + self.gained) as f64 / count;
        let difference = (self.gained as f64 - self.lost as f64) / count;
        (share - difference * difference) / count
    }

    /// Returns the two-sided p-value: the sign test below 50 discordant paths, else McNemar's test.
    ///
    /// ```text
    /// p = 2·P(B ≤ min(b, c)), B ~ Binomial(b + c, ½);     p = 2·Φ(−|c − b|/√(b + c))
    /// ```
    ///
    /// Of the paths, b have the event in the base run alone, c in the new run alone. Source: Q. McNemar, *Note on
    /// the sampling error of the difference between correlated proportions or percentages*, Psychometrika 12 (1947)
    /// 153–157.
    pub fn p_value(self) -> f64 {
        let discordant = self.lost + self.gained;
        if discordant == 0 {
            return 1.0;
        }
        if discordant < FEW {
            let signs = Binomial::new(discordant as u64, 0.5);
            let fewer = self.lost.min(self.gained) as u64;
            return (2.0 * signs.at_most(fewer)).min(1.0);
        }
        let gap = self.gained as f64 - self.lost as f64;
        p_value(gap, (discordant as f64).sqrt())
    }
}

/// Returns the difference, new minus base, between the shares of `n` paths with an event, and Tango's 95 % interval.
///
/// ```text
/// all Δ with |c − b − nΔ| ≤ z √(n(2q + Δ(1 − Δ)))
/// q = (√(B² + 8nbΔ(1 − Δ)) − B)/(4n),   B = (2n + b − c)Δ − (b + c)
/// ```
///
/// where b paths lose the event, c gain it, and q is the most likely share of losing paths if the difference
/// were Δ. The interval holds even if no path differs. Source: T. Tango, *Equivalence test and confidence
/// interval for the difference in proportions for the paired-sample design*, Stat. Med. 17 (1998) 891–908.
pub fn of_counts(counts: DiscordantPaths, n: usize) -> Estimate {
    let value = (counts.gained as f64 - counts.lost as f64) / n as f64;
    let interval = tango(counts, n, HALF_WIDTH);
    let variance = counts.variance(n);
    let std_error = if variance > 0.0 { variance.sqrt() } else { error_of(interval) };
    Estimate::with_interval(value, std_error, interval, n)
}

/// Returns Tango's interval for the difference, new minus base, of two shares of `n` paths; `z` is half its width in
/// standard errors.
pub fn tango(counts: DiscordantPaths, n: usize, z: f64) -> (f64, f64) {
    let value = (counts.gained as f64 - counts.lost as f64) / n as f64;
    let low = solve(|shift| score(counts, n, shift) > z, value, -1.0);
    let high = solve(|shift| score(counts, n, shift) < -z, value, 1.0);
    (low, high)
}

/// Returns by how many standard errors the observed counts exceed the counts expected if the shares differ by
/// `shift`.
fn score(counts: DiscordantPaths, n: usize, shift: f64) -> f64 {
    let (count, lost, gained) = (n as f64, counts.lost as f64, counts.gained as f64);
    let linear = (2.0 * count + lost - gained) * shift - lost - gained;
    let constant = -lost * shift * (1.0 - shift);
    let root = (linear * linear - 8.0 * count * constant).max(0.0).sqrt();
    let share = ((root - linear) / (4.0 * count)).max(0.0);
    let variance = count * (2.0 * share + shift * (1.0 - shift));
    (gained - lost - count * shift) / variance.max(0.0).sqrt()
}

/// Finds an end of the interval: the last point from `inside` to `outside` where `is_beyond` is false.
fn solve(is_beyond: impl Fn(f64) -> bool, inside: f64, outside: f64) -> f64 {
    const HALVINGS: usize = 80;
    if is_beyond(outside) { edge(inside, outside, HALVINGS, is_beyond).0 } else { outside }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p_values_are_those_of_the_sign_test_and_of_mcnemar() {
        // scipy 1.17: stats.binomtest(min(b, c), b + c).pvalue; 2·stats.norm.sf(|c − b|/√(b + c))
        let cases = [
            (3, 9, 0.14599609375),
            (0, 5, 0.0625),
            (10, 10, 1.0),
            (24, 25, 1.0),
            (60, 40, 0.04550026389635842),
        ];
        for (lost, gained, expected) in cases {
            let found = DiscordantPaths { lost, gained }.p_value();
            assert!((found - expected).abs() < 1e-12, "{lost} {gained} {found}");
        }
        assert_eq!(DiscordantPaths::default().p_value(), 1.0);
    }

    #[test]
    fn intervals_are_those_of_the_constrained_likelihood() {
        // scipy 1.17: the score test with the share q that maximises the multinomial likelihood
        // numerically (minimize_scalar), inverted by brentq; of twelve in twelve, (z² − 12)/(z² + 12)
        let cases = [
            (0, 0, 1000, -0.003826759, 0.003826759),
            (3, 9, 1000, -0.000932063, 0.014376330),
            (9, 3, 1000, -0.014376330, 0.000932063),
            (0, 5, 200, 0.005683540, 0.057178340),
            (20, 45, 10_000, 0.000948567, 0.004189215),
            (12, 0, 12, -1.0, -0.515011987),
            (30, 200, 500, 0.287910728, 0.390904593),
        ];
        for (lost, gained, n, low, high) in cases {
            let found = of_counts(DiscordantPaths { lost, gained }, n);
            let (at_low, at_high) = found.interval.expect("always known");
            assert!((at_low - low).abs().max((at_high - high).abs()) < 2e-9, "{found:?}");
            assert!(at_low <= found.value && found.value <= at_high);
            assert!(found.std_error.expect("always known") > 0.0);
        }
    }
}
