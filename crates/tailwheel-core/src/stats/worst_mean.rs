//! Interval of the mean of a column over the paths that lose most.
//!
//! In: values of the worst paths with their weights, and of all paths. Out: [`WorstMean`]. Not here: which
//! paths these are, the mean itself (`worst`).
//!
//! Two things are unknown: the mean over the worst paths, and where the worst paths end. Let θ be the mean
//! over the m = n(1 − level) worst paths, and θ_r that over the worst r. Let j … k be the ranks of the 95 %
//! interval of the quantile at which they end:
//!
//! ```text
//! low  = θ − √((θ − a)² + (θ − min θ_r)²)
//! high = θ + √((b − θ)² + (max θ_r − θ)²)      j ≤ r ≤ k
//! ```
//!
//! where a … b is the interval of the mean of m samples. Nothing is assumed about θ_r. Where losses lie on
//! steps, such as those of monthly spending, the contribution of a path jumps from one step to the next. At a
//! jump θ_r is least, or greatest, at the true edge. Then θ is always on one side of the truth, and both
//! parts add up:
//!
//! ```text
//! low = θ − (0.9(θ − a) + (θ − min θ_r))
//! ```
//!
//! to the extent that min θ_r lies below θ_r at both ends of a wide interval of the edge; fully from a
//! quarter of the error of the mean on.
//!
//! If ten or more of the worst paths share one value, the cause is rare and may be larger on another path. A
//! value that none of m paths has occurs on up to −ln(1 − level)/m of all paths (3/m at 95 %). So each end
//! moves by that fraction of the distance to the farthest value on any path.
//!
//! With fewer than 100 worst paths, including those at the edge, both ends are moved a fifth farther from θ.
//! The shift for rare values is added after that.

use super::estimate::{Estimate, HALF_WIDTH, LEVEL, Note, error_of, half_width};
use super::guard::Tails;
use super::skewed::SkewedMean;
use super::unseen::Unseen;
use crate::math::elementary::ln;
use crate::math::order::in_order;
use crate::math::values::Values;

/// Mean over the worst paths with everything that its interval needs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WorstMean {
    /// Mean, standard error and skewness over the worst paths.
    shape: SkewedMean,
    unseen: Unseen,
    /// Distances by which the lower and upper end of the confidence interval move outwards, as paths that were
    /// not simulated may have worse values than any in the sample. Both are multiplied by −ln(1 − confidence level).
    elsewhere: (f64, f64),
    /// Factor on the distance of the interval's ends from the mean: above 1 with few worst paths, else 1.
    wider: f64,
    down: EndShift,
    up: EndShift,
    objection: Option<Note>,
}

/// Range of the mean over the worst paths, as their number varies with the uncertain loss at which they end.
pub struct Edge {
    /// Least and greatest mean over the worst paths if their number lies within its 95 % interval.
    pub least: f64,
    pub greatest: f64,
    /// Mean over the worst paths if their number is the least, or the greatest, of its wide interval.
    pub far: [f64; 2],
}

/// Effect of the uncertain number of worst paths on one end, lower or upper, of the interval of their mean.
#[derive(Clone, Copy, Debug, PartialEq)]
struct EndShift {
    /// Largest distance by which the mean moves toward this end over all numbers of worst paths within the 95 %
    /// interval of that number.
    reach: f64,
    /// 0 if the mean rises or falls steadily with the number of worst paths, up to 1 if it turns.
    kink: f64,
}

/// `SURE`: the mean has a full kink at the edge of the worst paths if it turns there by this fraction of its
/// error. `BESIDE_KINK`: factor of the error that is added at a kink. Chosen by simulation of sawtooth-shaped
/// contributions.
const SURE: f64 = 0.25;
const BESIDE_KINK: f64 = 0.9;

/// Least number of the worst paths that must differ from their most common value for an interval. With ten, only four
/// of five intervals held the truth among samples that just reached it. Chosen.
const FEW: usize = 20;

/// With fewer worst paths than `MANY` the ends of the interval lie `WIDER` times as far from the mean. Only runs
/// whose tail looks light have one then. Without the factor, 304 of 346 intervals held the true forced-sale cost.
/// Chosen.
const MANY: usize = 100;
const WIDER: f64 = 1.2;

/// Number of worst paths with one common value from which on its cause counts as rare. Chosen.
const AT_ONE: usize = 10;

impl EndShift {
    fn of(reach: f64, turn: f64, std_error: f64) -> Self {
        let kink = (turn / (SURE * std_error)).clamp(0.0, 1.0);
        Self { reach: reach.max(0.0), kink: if kink.is_finite() { kink } else { 0.0 } }
    }

    /// Returns half the width of the interval: `half`, for a known number of worst paths, combined with `scale` times
    /// the shift by the unknown number.
    fn with(self, half: f64, scale: f64) -> f64 {
        let reach = scale * self.reach;
        let both = (half * half + reach * reach).sqrt();
        let sum = BESIDE_KINK * half + reach;
        both + self.kink * (sum - both).max(0.0)
    }
}

impl WorstMean {
    /// Collects the inputs of the interval from the (value, weight) pairs of the `worst` paths and from all
    /// values.
    pub fn of(worst: &[(f64, f64)], mean: f64, edge: Edge, all: &Values, level: f64) -> Self {
        let n = all.n();
        let values: Vec<f64> = worst.iter().map(|(value, _)| *value).collect();
        let values = in_order(&values);
        let shape = SkewedMean::weighted(worst.iter().copied(), mean);
        let [a, b] = edge.far;
        let most = values.chunk_by(|a, b| a == b).map(<[f64]>::len).max().unwrap_or(0);
        let n_differ = values.len() - most;
        let few = (0 < n_differ && n_differ < FEW).then_some(Note::ENDLESS);
        Self {
            shape,
            unseen: Unseen::of(values.as_slice(), Tails::of(values.as_slice()).is_ended()),
            elsewhere: if most >= AT_ONE {
                elsewhere(&values, all, worst.iter().map(|(_, weight)| weight).sum())
            } else {
                (0.0, 0.0)
            },
            wider: if values.len() < MANY { WIDER } else { 1.0 },
            down: EndShift::of(mean - edge.least, a.min(b) - edge.least, shape.std_error),
            up: EndShift::of(edge.greatest - mean, edge.greatest - a.max(b), shape.std_error),
            objection: Note::few_in_tail(n, level).or(few),
        }
    }

    /// Returns the mean `known` without an interval, for the reason `note`.
    pub fn without(note: Note, known: Self) -> Self {
        Self { objection: Some(note), ..known }
    }

    /// Returns the reason why there is no interval at `level`; `None` if there is one.
    pub fn objection(&self, level: f64) -> Option<Note> {
        let is_endless = self.unseen.at(level).is_none();
        self.objection.or_else(|| is_endless.then_some(Note::ENDLESS))
    }

    /// Returns the mean over `n` paths with its interval at `level`. Its standard error is half the 95 %
    /// interval divided by 1.96.
    pub fn estimate(&self, level: f64, n: usize) -> Estimate {
        let error = error_of(self.interval(LEVEL));
        Estimate { level, ..Estimate::with_interval(self.shape.mean, error, self.interval(level), n) }
    }

    fn interval(&self, level: f64) -> (f64, f64) {
        let mean = self.shape.mean;
        let (low, high) = self.shape.interval(level);
        let (below, above) = self.unseen.at(level).unwrap_or_default();
        let scale = half_width(level) / HALF_WIDTH;
        let none_seen = -ln(1.0 - level);
        let down = self.wider * self.down.with(mean - low + below, scale) + none_seen * self.elsewhere.0;
        let up = self.wider * self.up.with(high - mean + above, scale) + none_seen * self.elsewhere.1;
        (mean - down, mean + up)
    }
}

/// Returns the shift, down and up, of the mean of `m` worst paths if one of them had the extreme value of all paths.
fn elsewhere(worst: &[f64], all: &Values, m: f64) -> (f64, f64) {
    let (Some(first), Some(last)) = (worst.first(), worst.last()) else {
        return (0.0, 0.0);
    };
    let share = 1.0 / m;
    let (low, high) = all.ends();
    let (low, high) = (first.min(low), last.max(high));
    (share * (first - low), share * (high - last))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{counts, holds, in_order_drawn};
    use super::super::worst::tests::on_worst;
    use super::*;
    use rand_distr::StandardUniform;

    /// Losses from 0 to 40, and the contribution of each path: the fractional part of its loss, which jumps at the edge
    /// of the worst 5 %.
    fn sawtooth(n: usize, seed: u64) -> (Vec<f64>, Vec<f64>) {
        let losses: Vec<f64> =
            in_order_drawn(StandardUniform, n, seed).into_iter().map(|u: f64| 40.0 * u).collect();
        let parts = losses.iter().map(|loss| loss - loss.floor()).collect();
        (losses, parts)
    }

    #[test]
    fn the_mean_of_what_jumps_at_the_edge_is_covered() {
        const RUNS: u64 = 400;
        for n in [1_000, 5_000] {
            let [held, held_by_slope] = counts(RUNS, |seed| {
                let (losses, parts) = sawtooth(n, seed);
                let on = on_worst(&losses, &parts, 0.95);
                let by_slope = SkewedMean::in_any_order(&on.contributions).interval(LEVEL);
                [on.law.estimate(LEVEL, n).interval, Some(by_slope)].map(|found| holds(found, 0.5))
            });
            assert!(held >= 0.925 * RUNS as f64, "{n}: {held}");
            // power: the slope at the edge, where there is none, says too little
            assert!(held_by_slope < 0.9 * RUNS as f64, "{n}: {held_by_slope}");
        }
    }

    #[test]
    fn a_rare_cause_reaches_to_what_other_paths_have() {
        const N: usize = 1_000;
        let losses: Vec<f64> = (0..N).map(|path| path as f64).collect();
        let paid = |elsewhere: f64, level: f64| {
            let of = |path: usize| match path {
                980.. => 10.0 + path as f64 / 100.0,
                0 => elsewhere,
                _ => 0.0,
            };
            let values: Vec<f64> = (0..N).map(of).collect();
            let found = on_worst(&losses, &values, 0.95).law.estimate(level, N);
            found.interval.expect("twenty of fifty differ")
        };
        for (level, most_seen) in [(0.95, 2.995_732_3), (0.99, 4.605_170_2), (0.9999, 9.210_340_4)] {
            let (near, far) = (paid(0.0, level), paid(40_000.0, level));
            assert_eq!(near.0, far.0);
            // a share p of the paths is met by none of fifty with chance (1 − p)^50 < e^(−50p)
            let expected = most_seen / 50.0 * (40_000.0 - 19.99);
            assert!((far.1 - near.1 - expected).abs() < 1e-6 * expected);
        }
    }

    #[test]
    fn few_losses_or_a_note_leave_no_interval() {
        let (losses, parts) = sawtooth(900, 1);
        let on = on_worst(&losses, &parts, 0.95);
        assert_eq!(on.law.objection(LEVEL), Some(Note::FewInTail { paths: 1_000 }));
        let bills = WorstMean::without(Note::RareBills, on.law);
        assert_eq!(bills.objection(LEVEL), Some(Note::RareBills));
    }
}
