//! Part of a mean that lies beyond the largest sample.
//!
//! In: sorted samples. Out: [`Unseen`], by which the ends of an interval move. Not here: refusing an
//! interval (`guard`), its shape (`skewed`).
//!
//! A sample of a heavy-tailed law shows neither its largest values nor the spread that they cause. An
//! interval from its own spread is then too short, and just then the mean is too low. The largest tenth of
//! the samples shows how the tail falls. Beyond the sample at rank k + 1 the excess follows a generalized
//! Pareto law of shape ξ and scale s. Values beyond the largest sample add to the mean
//!
//! ```text
//! s·k^ξ/((1 − ξ)·n)      ξ = ξ̂ + z(1 + ½ξ̂⁺)/√k
//! ```
//!
//! with ξ as large as the k samples allow, z half the width of the interval in standard errors. For a normal
//! law that is next to nothing. Where ξ ≥ 0.95 hardly anything bounds the mean.

use super::estimate::half_width;
use crate::math::bisect::first;
use crate::math::elementary::ln;
use crate::math::exp;
use crate::math::ordered::Rising;

/// Fraction of the samples that forms one tail, of at least `LEAST` and at most `MOST` samples. Chosen.
const PART: f64 = 0.1;
const LEAST: usize = 20;
const MOST: usize = 200;

/// Shape ξ of a generalized Pareto tail from which on the mean counts as unbounded.
const HEAVIEST: f64 = 0.95;

/// Fitted tails below and above a sample; `None` where the law ends or the samples are too few.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unseen {
    lower: Option<ParetoTail>,
    upper: Option<ParetoTail>,
}

/// Generalized Pareto law of the excess over the sample at rank k + 1 from one end.
#[derive(Clone, Copy, Debug, PartialEq)]
struct ParetoTail {
    shape: f64,
    scale: f64,
    k: f64,
    n: f64,
}

impl Unseen {
    /// Fits a tail at each end of sorted values unless the law has a bound there: `is_ended` is `[lower, upper]`.
    pub fn of<R: Rising + ?Sized>(values: &R, is_ended: [bool; 2]) -> Self {
        let n = values.n();
        let is_open = is_ended.map(|is_ended| !is_ended && n > LEAST);
        Self {
            lower: is_open[0].then(|| ParetoTail::of(n, |rank| -values.at(rank - 1))),
            upper: is_open[1].then(|| ParetoTail::of(n, |rank| values.at(n - rank))),
        }
    }

    /// Returns by how much the interval of the mean at `level` must extend down and up; `None` if the mean is
    /// unbounded.
    pub fn at(&self, level: f64) -> Option<(f64, f64)> {
        let z = half_width(level);
        let of = |tail: Option<ParetoTail>| tail.map_or(Some(0.0), |tail| tail.beyond(z));
        Some((of(self.lower)?, of(self.upper)?))
    }
}

impl ParetoTail {
    /// Fits one tail by probability-weighted moments; `at(rank)` returns the sample with this rank, 1 for the
    /// farthest. Source: J. R. M. Hosking & J. R. Wallis, *Parameter and quantile estimation for the
    /// generalized Pareto distribution*, Technometrics 29 (1987) 339–349.
    fn of(n: usize, at: impl Fn(usize) -> f64) -> Self {
        let k = ((PART * n as f64) as usize).clamp(LEAST, MOST).min(n - 1);
        // equal samples belong to the tail together, or only those above them if none lies below
        let tied = at(k);
        let (k, threshold) = match first(n, k, |above| at(above + 1) < tied) {
            k if k < n => (k, at(k + 1)),
            _ => (first(n, 0, |above| at(above + 1) <= tied), tied),
        };
        let (mut mean, mut weighted) = (0.0, 0.0);
        for rank in (1..=k).rev() {
            let excess = at(rank) - threshold;
            mean += excess;
            weighted += excess * ((rank as f64 - 0.65) / k as f64);
        }
        let k = k.max(1) as f64;
        (mean, weighted) = (mean / k, weighted / k);
        let gap = mean - 2.0 * weighted;
        // equal samples have no tail
        let is_there = mean > 0.0 && gap > 0.0;
        Self {
            shape: if is_there { 2.0 - mean / gap } else { -1.0 },
            scale: if is_there { 2.0 * mean * weighted / gap } else { 0.0 },
            k,
            n: n as f64,
        }
    }

    fn beyond(self, z: f64) -> Option<f64> {
        let shape = self.shape + z * (1.0 + 0.5 * self.shape.max(0.0)) / self.k.sqrt();
        match shape {
            HEAVIEST.. => None,
            shape if self.scale > 0.0 => {
                Some(self.scale * exp(shape * ln(self.k)) / ((1.0 - shape) * self.n))
            }
            _ => Some(0.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::draws;
    use super::*;
    use rand_distr::{Pareto, StandardNormal};

    #[test]
    fn what_takes_few_values_has_no_tail_that_its_ties_would_feign() {
        // none, one, two or three of three products left, as 2,000 paths have them
        let left = |path: usize| match path {
            0..1_800 => 0.0,
            1_800..1_990 => 1.0,
            1_990..1_999 => 2.0,
            _ => 3.0,
        };
        let values: Vec<f64> = (0..2_000).map(left).collect();
        let (_, above) = Unseen::of(values.as_slice(), [true, false]).at(0.99).expect("bounded");
        assert!(above < 0.001, "{above}");
        // one in fifty of one size, and nothing below the others
        let rare: Vec<f64> = (0..2_000).map(|path| f64::from(u8::from(path >= 1_960))).collect();
        let (_, above) = Unseen::of(rare.as_slice(), [true, false]).at(0.99).expect("bounded");
        assert!(above < 1e-9, "{above}");
    }

    #[test]
    fn a_heavy_tail_hides_more_than_a_light_one_and_nothing_lies_beyond_an_end() {
        let beyond = |values: &[f64], is_ended| Unseen::of(values, is_ended).at(0.95);
        let light = draws(StandardNormal, 2_000, 1);
        let error = 1.0 / 2_000_f64.sqrt();
        let (below, above) = beyond(&light.values(), [false; 2]).expect("light");
        assert!(below < 0.2 * error && above < 0.2 * error);
        assert_eq!(beyond(&light.values(), [true; 2]), Some((0.0, 0.0)));
        // one value in 2,000 of a law of index 2 is beyond 44.7, and lies 44.7 beyond that on average
        let law = Pareto::new(1.0, 2.0).expect("positive");
        let above = (0..50).filter_map(|seed| {
            let (below, above) = beyond(&draws(law, 2_000, seed).values(), [true, false])?;
            assert_eq!(below, 0.0);
            Some(above)
        });
        let above: Vec<f64> = above.collect();
        let mean = above.iter().sum::<f64>() / above.len() as f64;
        assert!(above.len() > 40 && mean > 44.7 / 2_000.0, "{mean}");
        let law = Pareto::new(1.0, 0.7).expect("positive");
        let is_bounded = |seed: &u64| beyond(&draws(law, 2_000, *seed).values(), [true, false]).is_some();
        assert!((0..50).filter(is_bounded).count() < 5);
    }
}
