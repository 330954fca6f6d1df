//! How close the market is to the edge: loop gain and gain profile.
//!
//! In: a [`System`]. Out: spectral radius, gain as a function of the loss. Not here: cascades
//! (`cascade`).

use super::system::System;
use crate::math::correlation::{Matrix, eigen};

/// Loop gain: spectral radius of the linear response of the clusters that `is_active`.
///
/// ```text
/// B_hg = (1/b_h) Σ_i a_hi κ_i s_gi φ_g           its spectrum is real, ≥ 0
/// ```
///
/// Below 1 every firing causes less than one other; above 1 a trigger is answered by a jump. B is
/// similar to a symmetric matrix, whose largest eigenvalue is returned. Source: Caccioli et al.
/// (2014), Journal of Banking & Finance 46, for stability by the spectral radius.
pub fn gain(system: &System, thinning: f64, is_active: impl Fn(usize) -> bool) -> f64 {
    let active: Vec<usize> = (0..system.n_clusters()).filter(|g| is_active(*g)).collect();
    if active.is_empty() {
        return 0.0;
    }
    // loss seen by h per unit of loss seen by g: a firing rate N_g/b_g times the coupling
    let caused = |h: usize, g: usize| {
        let cluster = &system.clusters[g];
        system.coupling(h)[g] * f64::from(cluster.blocks) / cluster.dispersion
    };
    // Σ_i s_hi V_i κ_i s_gi is symmetric in h and g, so the matrix is similar to a symmetric one,
    // whose entries are the geometric means of the two directions
    let symmetric = Matrix::from_fn(active.len(), |row, column| {
        let (h, g) = (active[row], active[column]);
        (caused(h, g) * caused(g, h)).sqrt() * thinning
    });
    eigen(&symmetric).values.last().copied().unwrap_or(0.0)
}

/// Two edges closer than this are one.
const SLIVER: f64 = 1e-9;

/// Gain as a function of the loss that agents see: `n(ℓ) = ρ(B)` of the clusters whose band
/// contains ℓ. Bands that do not overlap do not add.
#[derive(Clone, Debug, PartialEq)]
pub struct GainProfile {
    /// Where a band begins or ends, rising.
    pub edges: Vec<f64>,
    /// Gain between an edge and the next one.
    pub gains: Vec<f64>,
}

impl GainProfile {
    /// The profile of `system` with impacts multiplied by `thinning`.
    pub fn new(system: &System, thinning: f64) -> Self {
        let mut edges: Vec<f64> = system
            .clusters
            .iter()
            .flat_map(|cluster| [cluster.first_trigger, cluster.last_trigger()])
            .collect();
        edges.sort_by(f64::total_cmp);
        // bands that touch may miss each other by a bit of their floats: no band is that narrow
        edges.dedup_by(|above, below| *above - *below < SLIVER);
        let gains = edges
            .windows(2)
            .map(|ends| {
                let middle = 0.5 * (ends[0] + ends[1]);
                gain(system, thinning, |g| {
                    let cluster = &system.clusters[g];
                    cluster.first_trigger < middle && middle < cluster.last_trigger()
                })
            })
            .collect();
        Self { edges, gains }
    }

    /// The headline: the largest gain at any loss.
    pub fn headline(&self) -> f64 {
        self.gains.iter().fold(0.0, |most, gain| gain.max(most))
    }

    /// The least loss at which the gain is at least `gain` > 0.
    pub fn first_at_least(&self, gain: f64) -> Option<f64> {
        let found = self.gains.iter().position(|there| *there >= gain)?;
        Some(self.edges[found])
    }

    /// Gain at the loss `loss`; 0 outside all bands.
    pub fn at(&self, loss: f64) -> f64 {
        gain_between(&self.edges, &self.gains, loss)
    }
}

/// Gain at the loss `loss` of a profile whose `gains` stand between its rising `edges`; 0 outside.
pub fn gain_between(edges: &[f64], gains: &[f64], loss: f64) -> f64 {
    match edges.partition_point(|edge| *edge <= loss) {
        0 => 0.0,
        above => gains.get(above - 1).copied().unwrap_or(0.0),
    }
}
