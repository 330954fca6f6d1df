//! An empirical distribution with one value per path, and its histogram.
//!
//! In: values, an axis. Out: counts below and at a value, quantiles, [`HistogramPart`]. Not here: the choice of the
//! axis (`distributions`).

use crate::chart::{Scale, bins};
use crate::figure::{Quantity, share_of};
use crate::math::ordered::{Ordered, Rising};
use crate::math::values::Values;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Distribution of one value per path, in increasing order; [`Self::without`] leaves some paths out.
#[derive(Clone, Debug)]
pub struct Distribution {
    order: Ordered,
    without: Range<usize>,
}

impl Distribution {
    /// Builds the distribution from finite values in any order.
    #[cfg(test)]
    pub fn of_values(values: Vec<f64>) -> Self {
        Self::of(&values.into())
    }

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

    /// Number of paths at exactly `value`.
    pub fn count_at(&self, value: f64) -> u64 {
        self.counted(self.order.n_up_to(value)) - self.count_below(value)
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

    /// Returns the mean of the `n` smallest values. Do not call it on a distribution from which a value was left out.
    pub fn mean_of_least(&self, n: usize) -> f64 {
        self.order.sum(0..n, |outcome| outcome) / n as f64
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
    pub fn of(law: &Distribution, atom: f64, (range, divide): (Scale, f64), n_bins: usize) -> Self {
        let bulk = law.without(atom);
        let (edges, axis) = bins(&range, divide, n_bins);
        let below: Vec<u64> = edges.iter().map(|edge| bulk.count_below(*edge)).collect();
        Self {
            paths: law.n(),
            axis,
            counts: below.windows(2).map(|pair| pair[1] - pair[0]).collect(),
            atom: AtomPart { value: atom, paths: law.count_at(atom) },
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_of_values_are_exact() {
        let law = Distribution::of_values(vec![3.0, 0.0, 1.0, 0.0, 2.0]);
        assert_eq!(law.n(), 5);
        assert_eq!(law.count_at(0.0), 2);
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
        let law = Distribution::of_values(Vec::new());
        assert_eq!((law.n(), law.quantile(0.5), law.ends()), (0, None, None));
    }
}
