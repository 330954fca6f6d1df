//! Number of paths in each bin, and at one exact value that many paths have.
//!
//! In: a distribution, an axis. Out: [`HistogramPart`]. Not here: the choice of the axis (`distributions`).

use super::distribution::Distribution;
use crate::chart::{Scale, bins};
use crate::figure::{Quantity, share_of};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A histogram of one value per path, with one atom.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HistogramPart {
    /// Number of all paths.
    pub paths: u64,
    /// Axis from the first to the last bin edge.
    pub axis: Scale,
    /// Bin edges, one more than there are bins.
    pub edges: Vec<f64>,
    /// Number of paths in each bin; a path at an edge is in the upper bin. Paths at the atom are in none.
    pub counts: Vec<u64>,
    pub atom: AtomPart,
    /// Least and greatest value outside the atom; absent if all paths are at the atom.
    pub ends: Option<[f64; 2]>,
    /// Number of paths outside the atom below the first edge (`below`), and at or beyond the last edge
    /// (`above`).
    pub below: u64,
    pub above: u64,
}

/// A value that many paths have exactly.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AtomPart {
    pub value: f64,
    pub paths: u64,
}

impl HistogramPart {
    /// Counts the paths of `law` in about `n_bins` bins over `range`, with one edge exactly at `divide`.
    /// Paths at `atom` are in no bin.
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

    /// Share of the paths at the atom, with its error.
    pub fn at_atom(&self) -> Quantity {
        share_of(self.atom.paths, self.paths)
    }
}
