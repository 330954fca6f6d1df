//! The limit of infinitely many agents: who sells is a fraction, and the response has closed forms.
//!
//! In: a [`System`], losses. Out: total losses and fractions fired. Not here: the cascade of a
//! finite number of blocks (`cascade`), which the engine runs.

use super::system::System;

/// Rounds after which a response that still moves stands at a critical point.
const MAX_ROUNDS: u32 = 1_000_000;

/// Least fixed point of the fluid loop: total log-loss `z_i` of every market and fraction `f_g`
/// fired of every cluster.
///
/// ```text
/// f_g = min(1, max(0, (Σ_i a_gi z_i − τ_g)/b_g)),   z_i = x_i + κ_i (Σ_g s_gi φ_g f_g)^δ
/// ```
///
/// With one cluster and δ = 1: z = x below τ, (x − nτ)/(1 − n) inside the band for n < 1, x + c
/// when all have sold; for n ≥ 1 crossing τ is answered by the jump to x + c. Iterated upwards
/// from f = 0, which reaches the least solution; converges like nᵏ.
pub fn fluid_response(system: &System, losses: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let n_clusters = system.n_clusters();
    let mut fractions = vec![0.0; n_clusters];
    let mut total = losses.to_vec();
    for _ in 0..MAX_ROUNDS {
        let before = fractions.clone();
        for (g, fraction) in fractions.iter_mut().enumerate() {
            let cluster = &system.clusters[g];
            let seen: f64 = system
                .weights(g)
                .iter()
                .zip(&total)
                .map(|(weight, loss)| weight * loss)
                .sum();
            let reach = (seen - cluster.first_trigger) / cluster.dispersion;
            *fraction = reach.clamp(*fraction, 1.0);
        }
        let fired: Vec<f64> = fractions
            .iter()
            .zip(&system.clusters)
            .map(|(fraction, cluster)| fraction * f64::from(cluster.blocks))
            .collect();
        for (i, loss) in total.iter_mut().enumerate() {
            *loss = losses[i] + system.impact(i, &fired, 1.0);
        }
        if fractions == before {
            break;
        }
    }
    (total, fractions)
}
