//! Distributions of single values over the paths, and their histograms: final wealth, maximum drawdown.
//!
//! In: values, an outcome. Out: [`Distribution`], [`HistogramPart`], [`DistributionsPart`]. Not here: bin edges on an
//! axis (`chart`).

use crate::chart::{Scale, WIDE, bins};
use crate::engine::Outcome;
use crate::figure::{Quantity, share_of};
use crate::math::ROUNDING;
use crate::math::ordered::{Ordered, Rising};
use crate::math::values::Values;
use crate::record::{MAX_DRAWDOWN, REAL_WEALTH};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Approximate number of bins in the histogram of final wealth.
const WEALTH_BINS: usize = 64;
/// Approximate number of bins in the histogram of the maximum drawdown.
const DRAWDOWN_BINS: usize = 60;

/// Largest shares of the paths that may lie below and above the axis of final wealth.
const TAILS: (f64, f64) = (0.004, 0.004);

/// Smallest length of the axis of final wealth, as a fraction of its highest value.
const LEAST_SPAN: f64 = 0.1;

/// Distribution of one value per path, in increasing order; [`Self::without`] leaves some paths out.
#[derive(Clone, Debug)]
pub struct Distribution {
    order: Ordered,
    without: Range<usize>,
}

impl Distribution {
    /// Builds the distribution from a column with one value per path.
    pub fn of(values: &Values) -> Self {
        Self { order: Ordered::of(values), without: 0..0 }
    }

    /// Number of paths of the distribution, without those that [`Self::without`] left out.
    pub fn n(&self) -> u64 {
        self.counted(self.order.n())
    }

    /// Counts those of the `n` smallest values that [`Self::without`] did not leave out.
    fn counted(&self, n: usize) -> u64 {
        let left_out = n.clamp(self.without.start, self.without.end) - self.without.start;
        (n - left_out) as u64
    }

    /// Number of paths strictly below `value`.
    pub fn count_below(&self, value: f64) -> u64 {
        self.counted(self.order.n_below(value))
    }

    /// Returns the value of rank `rank` in increasing order, from 0, among those that [`Self::without`] kept.
    fn at(&self, rank: usize) -> f64 {
        let is_before = rank < self.without.start;
        let skipped = if is_before { 0 } else { self.without.len() };
        self.order.at(rank + skipped)
    }

    /// Returns the `p`-quantile, the ⌈np⌉-th smallest value; `None` if there are no values.
    pub fn quantile(&self, p: f64) -> Option<f64> {
        let rank = (p * self.n() as f64).ceil().max(1.0) as usize;
        (rank as u64 <= self.n()).then(|| self.at(rank - 1))
    }

    /// Returns the least and greatest value; `None` if there are no values.
    pub fn ends(&self) -> Option<(f64, f64)> {
        let last = (self.n() as usize).checked_sub(1)?;
        Some((self.at(0), self.at(last)))
    }

    /// Returns the distribution without the paths at exactly `value`. Only one value can be left out: do not call it on
    /// the result.
    pub fn without(&self, value: f64) -> Self {
        Self { order: self.order.clone(), without: self.order.n_below(value)..self.order.n_up_to(value) }
    }
}

/// A histogram of one value per path; the paths at one value, the atom, are counted apart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HistogramPart {
    /// Number of all paths, including those at the atom.
    pub paths: u64,
    /// Axis from the first to the last bin edge.
    pub axis: Scale,
    /// Bin edges, one more than there are bins.
    pub edges: Vec<f64>,
    /// Number of paths in each bin; a path at an edge is in the upper bin. Paths at the atom are in none.
    pub counts: Vec<u64>,
    pub atom: AtomPart,
    /// Least and greatest value of the paths outside the atom; absent if all paths are at the atom.
    pub ends: Option<[f64; 2]>,
    /// Number of paths outside the atom with a value below the first bin edge.
    pub below: u64,
    /// Number of paths outside the atom with a value at or beyond the last bin edge.
    pub above: u64,
}

/// A value that many paths have exactly, with their number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AtomPart {
    pub value: f64,
    pub paths: u64,
}

impl HistogramPart {
    /// Counts the paths of `law` in about `n_bins` bins over the axis `range`, with one bin edge exactly at
    /// `divide`. Paths at the value `atom` are in no bin.
    pub fn of(law: &Distribution, atom: f64, range: Scale, divide: f64, n_bins: usize) -> Self {
        let bulk = law.without(atom);
        let (edges, axis) = bins(&range, divide, n_bins);
        let below: Vec<u64> = edges.iter().map(|edge| bulk.count_below(*edge)).collect();
        Self {
            paths: law.n(),
            axis,
            counts: below.windows(2).map(|pair| pair[1] - pair[0]).collect(),
            atom: AtomPart { value: atom, paths: law.n() - bulk.n() },
            ends: bulk.ends().map(|(least, greatest)| [least, greatest]),
            above: bulk.n() - below.last().copied().unwrap_or_default(),
            below: below.first().copied().unwrap_or_default(),
            edges,
        }
    }

    /// Share of the paths that have exactly the value of the atom, with its sampling error.
    pub fn at_atom(&self) -> Quantity {
        share_of(self.atom.paths, self.paths)
    }
}

/// Histograms of final wealth and maximum drawdown, with numbers of paths below and above the initial investment.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DistributionsPart {
    /// Histogram of final wealth, real; the atom is at 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wealth: Option<HistogramPart>,
    /// Number of paths with final wealth below the initial investment; absent if money is withdrawn or
    /// contributed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub losing_paths: Option<u64>,
    /// Number of paths with final wealth at or above the initial investment, whatever was withdrawn; absent
    /// if nothing was invested.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keeping_paths: Option<u64>,
    /// Mean final wealth, real, of the worst 5 % of paths, at least of one path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wealth_of_worst: Option<f64>,
    /// Histogram of the maximum drawdown; the atom is at 1, where everything is lost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drawdown: Option<HistogramPart>,
}

impl DistributionsPart {
    /// Builds the distributions of `outcome`. `invested` is the amount that final wealth is compared with, 0
    /// if money is withdrawn or contributed.
    pub fn of(outcome: &Outcome, invested: f64) -> Self {
        let drawdown = outcome.values(MAX_DRAWDOWN).map(|depths| {
            // a fall within rounding error counts as none
            let fall = |depth: f64| if depth < ROUNDING { 0.0 } else { depth };
            of_drawdown(&Distribution::of(&depths.clone().map(fall)))
        });
        let Some(wealth) = outcome.values_or_like(REAL_WEALTH).map(Distribution::of) else {
            return Self { drawdown, ..Self::default() };
        };
        let below = |amount: f64| wealth.count_below(amount * (1.0 - ROUNDING));
        let money_in = outcome.money_in;
        let n_worst = (wealth.order.n() / 20).max(1);
        Self {
            losing_paths: (invested > 0.0).then(|| below(invested)),
            keeping_paths: (money_in > 0.0).then(|| wealth.n() - below(money_in)),
            wealth_of_worst: Some(wealth.order.sum(0..n_worst, |kept| kept) / n_worst as f64),
            wealth: Some(of_wealth(&wealth, invested)),
            drawdown,
        }
    }
}

/// Builds the histogram of final wealth, with a bin edge exactly at `invested`.
pub(in crate::report) fn of_wealth(wealth: &Distribution, invested: f64) -> HistogramPart {
    let range = range_of_wealth(&wealth.without(0.0), invested);
    HistogramPart::of(wealth, 0.0, range, invested, WEALTH_BINS)
}

/// Builds the histogram of maximum drawdowns, on an axis from zero to a round depth
/// beyond the deepest drawdown that is not a total loss.
fn of_drawdown(depths: &Distribution) -> HistogramPart {
    let deepest = depths.without(1.0).ends().map_or(1.0, |ends| ends.1);
    let tenths = (deepest * 10.0 + 1e-9).floor() + 1.0;
    let range = Scale::linear(0.0, (tenths / 10.0).clamp(0.1, 1.0));
    HistogramPart::of(depths, 1.0, range, 0.0, DRAWDOWN_BINS)
}

/// Chooses the axis of final wealth: it covers the bulk of the paths that kept something, and `invested` if
/// it is near. A widely spread bulk gets a logarithmic axis.
fn range_of_wealth(bulk: &Distribution, invested: f64) -> Scale {
    let at = |p: f64| bulk.quantile(p).unwrap_or(0.0);
    let (low, high) = (at(TAILS.0), at(1.0 - TAILS.1));
    if bulk.n() == 0 {
        return Scale::linear_from_zero(0.0, invested);
    }
    if low > 0.0 && at(0.95) / at(0.05) > WIDE {
        return if invested > low / 4.0 && invested < high * 4.0 {
            Scale::log(low.min(invested / 1.1), high.max(invested * 1.1))
        } else {
            Scale::log(low, high)
        };
    }
    let spread = (high - low).max(LEAST_SPAN * high.abs());
    // a single bar leaves room for the money invested, however far away
    let is_one_bar = high - low < LEAST_SPAN * high.abs();
    let near = is_one_bar || invested > low - 2.0 * spread && invested < high + 2.0 * spread;
    let (low, high) =
        if near && invested > 0.0 { (low.min(invested), high.max(invested)) } else { (low, high) };
    // a spread within rounding error still gets an axis of some length
    let margin = (0.05 * (high - low)).max(LEAST_SPAN * high.abs() - (high - low));
    if low >= 0.0 && low - margin < 0.35 * high {
        return Scale::linear(0.0, high + margin);
    }
    Scale::linear(low - margin, high + margin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_of_values_are_exact() {
        let law = Distribution::of(&Values::from(vec![3.0, 0.0, 1.0, 0.0, 2.0]));
        assert_eq!(law.n(), 5);
        assert_eq!(law.count_below(0.0), 0);
        assert_eq!(law.count_below(1.0), 2);
        assert_eq!(law.count_below(1.5), 3);
        assert_eq!(law.count_below(9.0), 5);
        assert_eq!(law.quantile(0.5), Some(1.0));
        assert_eq!(law.quantile(1.0), Some(3.0));
        assert_eq!(law.without(0.0).n(), 3);
        assert_eq!(law.ends(), Some((0.0, 3.0)));
    }

    #[test]
    fn nothing_at_all_has_no_quantile() {
        let law = Distribution::of(&Values::from(Vec::new()));
        assert_eq!((law.n(), law.quantile(0.5), law.ends()), (0, None, None));
    }

    /// Creates 100 values of zero and 900 that are spread evenly in the logarithm over `decades`.
    fn spread(decades: f64) -> Distribution {
        let kept = (0..900).map(|k| crate::math::exp(10.0 + decades * f64::from(k) / 390.0));
        Distribution::of(&Values::from(std::iter::repeat_n(0.0, 100).chain(kept).collect::<Vec<f64>>()))
    }

    #[test]
    fn bins_atom_and_both_sides_hold_every_path() {
        for decades in [0.0, 0.1, 0.5, 1.0, 3.0] {
            let part = of_wealth(&spread(decades), 40_000.0);
            let inside: u64 = part.counts.iter().sum();
            assert_eq!(part.atom.paths, 100);
            assert_eq!(part.atom.paths + inside + part.below + part.above, 1000);
            assert!(part.below + part.above <= 10, "{decades}: {part:?}");
        }
    }

    #[test]
    fn an_edge_stands_exactly_at_what_was_invested() {
        assert!(of_wealth(&spread(1.0), 40_000.0).edges.contains(&40_000.0));
    }

    #[test]
    fn a_single_bar_has_what_was_invested_on_its_axis() {
        let (low, high) = of_wealth(&Distribution::of(&Values::from(vec![667.0; 9])), 1e5).axis.ends();
        assert!(low <= 667.0 && high >= 1e5, "{low} {high}");
    }

    #[test]
    fn the_axis_turns_logarithmic_with_the_spread() {
        let is_log = |decades| of_wealth(&spread(decades), 40_000.0).axis.is_logarithmic();
        assert!(!is_log(0.5) && is_log(1.0));
    }

    #[test]
    fn the_falls_of_ruined_paths_have_no_bin() {
        let part = of_drawdown(&Distribution::of(&Values::from(vec![0.0, 0.25, 0.3, 1.0])));
        assert_eq!((part.atom.paths, part.counts.iter().sum::<u64>()), (1, 3));
        assert_eq!(part.axis.ends().0, 0.0);
        assert!(part.axis.ends().1 >= 0.3 && part.axis.ends().1 < 1.0);
    }
}
