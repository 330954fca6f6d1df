//! Paths counted in bins, with the one value that many of them hit exactly.
//!
//! In: a distribution, an axis. Out: [`HistogramPart`]. Not here: which range is worth an axis (`distributions`).

use super::distribution::Distribution;
use crate::chart::{Scale, bins, share_of};
use crate::figure::Quantity;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Paths in bins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HistogramPart {
    /// All paths.
    pub paths: u64,
    /// The axis of the bins, from the first to the last edge.
    pub axis: Scale,
    /// One more than there are bins.
    pub edges: Vec<f64>,
    /// Paths in each bin; a path at an edge is in the upper bin. Those of the atom are in none.
    pub counts: Vec<u64>,
    pub atom: AtomPart,
    /// Least and greatest value of the paths outside the atom; absent if there are none.
    pub ends: Option<[f64; 2]>,
    /// Paths outside the atom below the first edge, and from the last edge on.
    pub below: u64,
    pub above: u64,
}

/// A value that many paths hit exactly.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AtomPart {
    pub value: f64,
    pub paths: u64,
}

impl HistogramPart {
    /// About `n_bins` bins over `range` with one edge exactly at `divide`; paths at `atom` have no bin.
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

    /// Share of the paths at the atom.
    pub fn at_atom(&self) -> Quantity {
        share_of(self.atom.paths, self.paths)
    }
}
