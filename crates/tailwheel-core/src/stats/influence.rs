//! Influence of a single path on a figure.
//!
//! In: samples. Out: an [`Influence`] whose mean is nearly the figure. Not here: its
//! use between paired runs (`source`) or any two runs (`difference`).
//!
//! A figure θ that is not a mean behaves, to first order, like the mean of θ + IF(x) over the paths. Its
//! error is that of this mean:
//!
//! ```text
//! mean:               IF(x) = x − x̄
//! standard deviation: IF(x) = ((x − x̄)² − s²)/(2s)
//! quantile q:         IF(x) = (F(q) − 1{x ≤ q})/f(q),   1/f(q) = n (x_(k) − x_(j))/(k − j)
//! mean beyond q:      IF(x) = ((x − q)⁺ − mean of (x − q)⁺)/(1 − p)
//! ```
//!
//! where j, k are the ranks of the quantile's own 95 % interval. Source: P. J. Huber & E. M. Ronchetti,
//! *Robust Statistics*, 2nd ed., §3.2 (influence functions); S. X. Chen, J. Financ. Econom. 6 (2008) 87–107
//! (the mean beyond a quantile).

use super::estimate::{LEVEL, Note};
use super::sample::Sample;
use super::{moments, tail};
use crate::math::ordered::Rising;
use crate::math::quantile::{interval_ranks, rank};
use crate::record::Statistic;

/// Function θ + IF(x) of a figure θ, IF its influence function: what a path with sample x contributes to θ.
pub(super) type Influence = Box<dyn Fn(f64) -> f64 + Send + Sync>;

impl Statistic {
    /// Returns the value that a path contributes to the figure, as a function of its sample, or the reason
    /// why the figure has no error. For a mean and for a fraction of the paths it is the sample itself.
    pub(super) fn influence(self, sample: &Sample) -> Result<Influence, Note> {
        Ok(match self {
            Self::StandardDeviation => {
                let (centre, deviation) = (moments::centre(sample), moments::deviation(sample));
                let influence = move |x: f64| {
                    let from_centre = x - centre;
                    (from_centre * from_centre - deviation * deviation) / (2.0 * deviation)
                };
                Box::new(move |x| deviation + if deviation > 0.0 { influence(x) } else { 0.0 })
            }
            Self::Quantile(p) => {
                let quantile = Quantile::of(sample, p)?;
                Box::new(move |x| quantile.value + quantile.influence(x))
            }
            Self::Shortfall(level) => {
                let tail = Tail::of(sample, level)?;
                Box::new(move |x| tail.value + tail.influence(x))
            }
            _ => Box::new(|x| x),
        })
    }
}

/// A quantile, with what is needed to compute the influence of a path on it.
pub(super) struct Quantile {
    pub value: f64,
    /// Fraction of the paths at or below the quantile.
    at_or_below: f64,
    /// One over the density at the quantile: how far the quantile moves per fraction of the paths.
    pub spacing: f64,
    /// Ranks of the quantile's 95 % interval, from 1.
    pub ranks: (usize, usize),
}

impl Quantile {
    pub fn of(sample: &Sample, p: f64) -> Result<Self, Note> {
        let n = sample.n();
        let values = sample.rising();
        let value = values.at(rank(n, p) - 1);
        let (low, high) = interval_ranks(n, p, LEVEL).ok_or(Note::TooFewPaths)?;
        let width = values.at(high - 1) - values.at(low - 1);
        let ties = sample.n_equal(value);
        if ties > 1 {
            // an atom has no density to divide by
            let probability = ties as f64 / n as f64;
            return Err(Note::Atom { probability });
        }
        Ok(Self {
            value,
            at_or_below: rank(n, p) as f64 / n as f64,
            spacing: width * n as f64 / (high - low) as f64,
            ranks: (low, high),
        })
    }

    #[inline(always)]
    pub fn influence(&self, x: f64) -> f64 {
        let at_or_below = if x <= self.value { 1.0 } else { 0.0 };
        (self.at_or_below - at_or_below) * self.spacing
    }
}

/// A mean of the worst samples, with what is needed to compute the influence of a path on it.
pub(super) struct Tail {
    pub value: f64,
    quantile: f64,
    /// Mean over all paths of the amount by which their sample exceeds the quantile, 0 if it does not.
    beyond: f64,
    share: f64,
}

impl Tail {
    pub fn of(sample: &Sample, level: f64) -> Result<Self, Note> {
        let n = sample.n();
        let worst = tail::Worst::of(sample, level);
        worst.check()?;
        let quantile = worst.quantile;
        let beyond = sample.sum(|value| (value - quantile).max(0.0));
        Ok(Self { value: worst.mean(), quantile, beyond: beyond / n as f64, share: 1.0 - level })
    }

    #[inline(always)]
    pub fn influence(&self, x: f64) -> f64 {
        ((x - self.quantile).max(0.0) - self.beyond) / self.share
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::draws;
    use super::*;
    use rand_distr::Normal;

    const FIGURES: [Statistic; 4] =
        [Statistic::Mean, Statistic::StandardDeviation, Statistic::Quantile(0.2), Statistic::Shortfall(0.95)];

    #[test]
    fn the_mean_of_the_influences_is_the_figure_and_their_spread_its_error() {
        let sample = draws(Normal::new(5.0, 1.0).expect("positive"), 20_000, 5);
        for statistic in FIGURES {
            let found = statistic.estimate(&sample, LEVEL);
            let influence = statistic.influence(&sample).expect("a density");
            let values = sample.values();
            let values = values.iter().map(|x| influence(*x));
            let influences = Sample::new(values.collect()).expect("finite");
            let mean = moments::mean_of_bounded(&influences, LEVEL);
            let off = (mean.value - found.value).abs();
            assert!(off < 1e-4 * found.value, "{statistic:?} {off}");
            let errors = mean.std_error.expect("many") / found.std_error.expect("many");
            // whole ranks of an interval cost a quantile a little
            assert!((errors - 1.0).abs() < 0.02, "{statistic:?} {errors}");
        }
    }
}
