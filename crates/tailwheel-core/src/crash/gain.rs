//! Feedback gain, which measures the distance to a self-reinforcing crash, and its profile over losses.
//!
//! In: a [`System`]. Out: spectral radius, gain as a function of the loss. Not here: cascades (`cascade`).

use super::system::System;
use crate::math::correlation::{Matrix, eigen};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Feedback gain: spectral radius of the linear response B of the clusters for which `is_active` is true; 0 without
/// any.
///
/// ```text
/// B_hg = (thinning/b_h) Σ_i a_hi κ_i s_gi φ_g    its spectrum is real, ≥ 0
/// ```
///
/// For cluster h, b is the width of its band of thresholds and a_i the weight of market i; cluster g holds the share
/// s_i of the float and sells the fraction φ of it; κ_i is the log-fall if the whole float were sold.
///
/// Below 1, every sale causes less than one further sale. Above 1, sales reinforce themselves and the price jumps. B
/// is similar to a symmetric matrix, whose largest eigenvalue is returned. Source: Caccioli et al. (2014), Journal of
/// Banking & Finance 46, for stability by the spectral radius.
pub fn gain(system: &System, thinning: f64, is_active: impl Fn(usize) -> bool) -> f64 {
    let active: Vec<usize> = (0..system.n_clusters()).filter(|g| is_active(*g)).collect();
    if active.is_empty() {
        return 0.0;
    }
    // loss seen by h per unit of loss seen by g: N_g/b_g blocks sell per unit of loss, times the coupling
    let caused = |h: usize, g: usize| {
        let cluster = &system.clusters[g];
        system.coupling(h)[g] * f64::from(cluster.n_blocks) / cluster.dispersion
    };
    // a_hi is proportional to the amount that h holds of market i, so B is similar to a symmetric matrix, whose
    // entries are the geometric means of the two directions
    let symmetric = Matrix::from_fn(active.len(), |row, column| {
        let (h, g) = (active[row], active[column]);
        (caused(h, g) * caused(g, h)).sqrt() * thinning
    });
    eigen(&symmetric).values.last().copied().unwrap_or(0.0)
}

/// Edges of a gain profile closer than this log-loss are merged.
const SLIVER: f64 = 1e-9;

/// Feedback gain as a function of the log-loss ℓ that agents see: that of the clusters whose band of triggers
/// contains ℓ. Bands that do not overlap do not add up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GainProfile {
    /// Monthly log losses at which a band of triggers begins or ends.
    #[serde(rename = "profile_edges")]
    pub edges: Vec<f64>,
    /// Feedback gain between two edges, in the normal regime.
    #[serde(rename = "profile_gains")]
    pub gains: Vec<f64>,
}

impl GainProfile {
    /// Computes the feedback gain of `system` at every log-loss, with price impacts multiplied by `thinning`.
    pub fn new(system: &System, thinning: f64) -> Self {
        let mut edges: Vec<f64> = system
            .clusters
            .iter()
            .flat_map(|cluster| [cluster.first_trigger, cluster.last_trigger()])
            .collect();
        edges.sort_by(f64::total_cmp);
        // touching bands may differ in the last bit of their ends; no band is as narrow as this
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

    /// Largest feedback gain at any log-loss, the value shown first in reports; 0 without clusters.
    pub fn headline(&self) -> f64 {
        self.gains.iter().fold(0.0, |most, gain| gain.max(most))
    }

    /// Smallest log-loss at which the feedback gain is at least `gain` > 0; `None` if it never is.
    pub fn first_at_least(&self, gain: f64) -> Option<f64> {
        let found = self.gains.iter().position(|there| *there >= gain)?;
        Some(self.edges[found])
    }

    /// Feedback gain at the log-loss `loss`; 0 outside all bands of triggers.
    pub fn at(&self, loss: f64) -> f64 {
        match self.edges.partition_point(|edge| *edge <= loss) {
            0 => 0.0,
            above => self.gains.get(above - 1).copied().unwrap_or(0.0),
        }
    }
}
