//! Expected shortfall: the mean of the worst losses.
//!
//! In: losses, positive. Out: expected shortfall. Not here: value at risk, which is a quantile.

use super::estimate::{Estimate, Note};
use super::sample::Sample;
use super::skewed::SkewedMean;
use crate::math::ordered::{Mapped, Ordered, Rising};
use crate::math::quantile::{interval_ranks, rank};
use std::borrow::Cow;

/// Fraction of the skewness that enters the lower end of the interval. Most skewness of the losses beyond the
/// quantile q, (x − q)⁺, stems from their number, which is fixed if q is the sample's own quantile. Chosen by
/// simulation of laws of many widths.
const BEND_BELOW: f64 = 0.5;

/// Computes the expected shortfall at `level`: the mean of the worst n(1 − level) losses.
///
/// ```text
/// ES = (Σ_{i>r} x_(i) + (r − np)·x_(r)) / (n − np),   r = ⌈np⌉,   p = level
/// error √((Var(L | L > q) + p(ES − q)²) / (n(1 − p))),   q = x_(r)
/// ```
///
/// The loss at the rank itself counts with the fraction that fills the tail up to n(1 − p). The interval at
/// `confidence` is Hall's for the mean of (x − q)⁺/(1 − p), with n(1 − p) − 1 degrees of freedom. Its lower
/// end uses half the skewness, and is no lower than that of the quantile, which the mean beyond it exceeds. There is no
/// interval with fewer than 50 losses in the tail. Sources: C. Acerbi & D.
/// Tasche, *On the coherence of expected shortfall*, J. Bank. Finance 26 (2002) 1487–1503 (the fraction); S.
/// X. Chen, *Nonparametric estimation of expected shortfall*, J. Financ. Econom. 6 (2008) 87–107 (the error).
pub fn expected_shortfall(losses: &Sample, level: f64, confidence: f64) -> Estimate {
    let n = losses.n();
    let worst = Worst::of(losses, level);
    let value = worst.mean();
    if let Err(note) = worst.check() {
        return Estimate::bare(value, n, Some(note));
    }
    if let Some(note) = Note::few_in_tail(n, level) {
        // comparisons use the error
        return Estimate { std_error: Some(worst.std_error(level)), ..Estimate::bare(value, n, Some(note)) };
    }
    let quantile = worst.quantile;
    let beyond = move |loss: f64| (loss - quantile).max(0.0);
    let excess = match losses.held() {
        Some(values) => SkewedMean::of(&Mapped { values, of: beyond }),
        None => SkewedMean::of(&losses.rising_of(beyond)),
    };
    let std_error = worst.std_error(level);
    let shape = excess.with_error(value, std_error, worst.size - 1.0);
    let (low, _) = shape.with_skewness(BEND_BELOW * shape.skewness).interval(confidence);
    let (_, high) = shape.interval(confidence);
    let of_quantile = interval_ranks(n, level, confidence).map(|(low, _)| worst.losses.at(low - 1));
    let low = of_quantile.map_or(low, |least| low.max(least));
    Estimate { level: confidence, ..Estimate::with_interval(value, std_error, (low, high), n) }
}

/// The worst losses, which an expected shortfall averages.
pub(super) struct Worst<'s> {
    pub quantile: f64,
    /// All losses, sorted; those from rank `first` on, counted from 0, lie beyond the quantile.
    losses: Cow<'s, Ordered>,
    first: usize,
    /// Fraction, from 0 to 1, to which the loss at the quantile counts as one of the worst.
    fraction: f64,
    /// Number of the worst losses, in which the loss at the quantile counts by a fraction from 0 to 1.
    size: f64,
    /// Fraction of the paths whose loss equals the quantile.
    atom: f64,
}

impl<'s> Worst<'s> {
    pub fn of(losses: &'s Sample, level: f64) -> Self {
        let (values, n) = (losses.rising(), losses.n());
        let rank = rank(n, level);
        let quantile = values.at(rank - 1);
        let fraction = (rank as f64 - n as f64 * level).clamp(0.0, 1.0);
        Self {
            quantile,
            losses: values,
            first: rank,
            fraction,
            size: (n - rank) as f64 + fraction,
            atom: losses.n_equal(quantile) as f64 / n as f64,
        }
    }

    /// Fails with a note if the mean of the worst losses has no standard error: equal or fewer than two losses.
    pub fn check(&self) -> Result<(), Note> {
        let n = self.losses.n();
        if self.first < n && self.losses.at(n - 1) == self.quantile {
            let probability = self.atom;
            return Err(Note::Atom { probability });
        }
        match n - self.first {
            0 | 1 => Err(Note::TooFewPaths),
            _ => Ok(()),
        }
    }

    pub fn mean(&self) -> f64 {
        if self.size == 0.0 {
            return self.quantile;
        }
        // summed from the quantile on, so that a tail with one value has exactly that value
        self.quantile + self.weighted(|loss| loss - self.quantile)
    }

    pub fn std_error(&self, level: f64) -> f64 {
        let mean = self.mean();
        let variance = self.weighted(|loss| (loss - mean) * (loss - mean));
        let gap = mean - self.quantile;
        ((variance + level * gap * gap) / self.size).sqrt()
    }

    fn weighted(&self, function: impl Fn(f64) -> f64 + Sync + Send) -> f64 {
        let sum = self.losses.sum(self.first..self.losses.n(), &function);
        (sum + self.fraction * function(self.quantile)) / self.size
    }
}

#[cfg(test)]
mod tests {
    use super::super::estimate::LEVEL;
    use super::super::tests::{counts, draws, each, holds, normal_scores};
    use super::*;
    use rand_distr::StandardNormal;

    #[test]
    fn expected_shortfall_of_a_normal_return_is_its_closed_form() {
        let found = |deviation: f64| {
            expected_shortfall(&normal_scores(1_000_000, -0.01, deviation), 0.95, LEVEL).value
        };
        assert!((found(0.05) - 0.09313564).abs() < 2e-7, "{}", found(0.05));
        assert!((found(0.0525) - 0.09313564).abs() > 2e-7);
        let standard = expected_shortfall(&normal_scores(20_000, 0.0, 1.0), 0.95, LEVEL).value;
        assert!((standard - 2.0627128).abs() < 1e-4, "{standard}");
    }

    #[test]
    fn its_error_is_the_asymptotic_one() {
        // a sample without noise lacks the far end of its tail, which costs up to 2 % of the error
        let cases = [
            (20_000, 0.95, 0.017434233, 0.01),
            (10_000, 0.99, 0.045884, 0.03),
            (100_000, 0.99, 0.014510, 0.01),
            (1_000_000, 0.99, 0.0045884, 0.01),
        ];
        for (n, level, expected, tolerance) in cases {
            let error = |scale: f64| {
                let estimate = expected_shortfall(&normal_scores(n, 0.0, scale), level, LEVEL);
                estimate.std_error.expect("a tail") / expected - 1.0
            };
            assert!(error(1.0).abs() < tolerance, "{n} {level} {}", error(1.0));
            assert!(error(1.05).abs() > tolerance, "{n} {level} {}", error(1.05));
        }
    }

    #[test]
    fn the_interval_covers_the_shortfall_on_either_side_as_often_as_it_says() {
        // what is lost of one, e^(sZ): 1 − e^(s²/2)·Φ(z_(1−p) − s)/(1 − p)
        let truth = |spread: f64, score: f64, level: f64| {
            let tail = crate::math::normal::cdf(score - spread) / (1.0 - level);
            1.0 - crate::math::exp(0.5 * spread * spread) * tail
        };
        const RUNS: u64 = 400;
        let cases = [
            (0.5, 1_000, 0.95, -1.6448536269514722),
            (1.5, 1_000, 0.95, -1.6448536269514722),
            (0.5, 5_000, 0.99, -2.3263478740408408),
        ];
        for (spread, n, level, score) in cases {
            let truth = truth(spread, score, level);
            let shares = counts(RUNS, |seed| {
                let losses = draws(StandardNormal, n, seed)
                    .falling_by(each(move |z| 1.0 - crate::math::exp(spread * z)));
                let [found, wide] = [0.95, 0.99].map(|at| expected_shortfall(&losses, level, at));
                let half = 1.96 * found.std_error.expect("fifty losses");
                let is_plain = (found.value - truth).abs() <= half;
                let (low, high) = wide.interval.expect("fifty losses");
                [holds(found.interval, truth), is_plain, low > truth, high < truth]
            });
            let [covers, plain, above, below] = shares.map(|count| count / RUNS as f64);
            // .92 to .98 give or take three of its errors; a gate at the truth passes in 1 of 100
            assert!((0.92 - 0.033..=0.98 + 0.02).contains(&covers), "{covers}");
            assert!(above.max(below) <= 0.01 + 0.015, "{above} {below}");
            // power: what is not bent holds less often
            assert!(plain <= covers, "{plain} {covers}");
        }
    }

    #[test]
    fn below_fifty_losses_there_is_no_interval_and_the_note_says_how_many_paths_would_do() {
        for (n, level, paths) in [(999, 0.95, 1_000), (2_000, 0.99, 5_000), (2_000, 0.995, 10_000)] {
            let found = expected_shortfall(&draws(StandardNormal, n, 1), level, LEVEL);
            assert_eq!(found.interval, None);
            assert_eq!(found.note, Some(Note::FewInTail { paths }));
            let enough = expected_shortfall(&draws(StandardNormal, paths as usize, 1), level, LEVEL);
            assert!(enough.interval.is_some(), "{level}");
        }
    }

    #[test]
    fn the_loss_at_the_edge_counts_in_part() {
        // worst 2.5 of 10: 10 + 9 + half of 8
        let losses = Sample::new((1..=10).map(f64::from).collect()).expect("finite");
        let estimate = expected_shortfall(&losses, 0.75, LEVEL);
        assert!((estimate.value - (10.0 + 9.0 + 4.0) / 2.5).abs() < 1e-14);
    }

    #[test]
    fn shortfall_is_never_below_the_quantile_nor_falls_with_the_level() {
        let losses = draws(StandardNormal, 997, 8);
        let mut last = f64::NEG_INFINITY;
        for permille in 1..999 {
            let level = f64::from(permille) / 1000.0;
            let found = expected_shortfall(&losses, level, LEVEL).value;
            let quantile = losses.values()[rank(losses.n(), level) - 1];
            assert!(found >= quantile && found >= last - 1e-12);
            last = found;
        }
    }

    #[test]
    fn a_tail_in_which_everything_is_lost_is_an_atom() {
        let mut values = vec![100.0; 130];
        values.extend((0..870).map(|loss| f64::from(loss) * 0.1));
        let estimate = expected_shortfall(&Sample::new(values).expect("finite"), 0.95, LEVEL);
        assert_eq!((estimate.value, estimate.std_error), (100.0, None));
        assert_eq!(estimate.note, Some(Note::Atom { probability: 0.13 }));
    }
}
