//! The limit of infinitely many agents: who sells is a fraction, and the response has closed forms.
//!
//! In: a [`System`], losses. Out: total losses and fractions fired; the linear response. Not here: the cascade of a
//! finite number of blocks, which the engine runs.

use tailwheel::crash::{System, gain};

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
            let seen: f64 = system.weights(g).iter().zip(&total).map(|(weight, loss)| weight * loss).sum();
            let reach = (seen - cluster.first_trigger) / cluster.dispersion;
            *fraction = reach.clamp(*fraction, 1.0);
        }
        let fired: Vec<f64> = fractions
            .iter()
            .zip(&system.clusters)
            .map(|(fraction, cluster)| fraction * f64::from(cluster.n_blocks))
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

/// Gain matrix of the linear regime, markets × markets, row-major.
///
/// ```text
/// M_ij = κ_i Σ_{g active} s_gi φ_g a_gj / b_g
/// ```
///
/// `is_active(g)` says which clusters are inside their band; `thinning` = 1/ζ.
pub fn gain_matrix(system: &System, thinning: f64, is_active: impl Fn(usize) -> bool) -> Vec<f64> {
    let n = system.n_markets();
    let mut matrix = vec![0.0; n * n];
    for (g, cluster) in system.clusters.iter().enumerate().filter(|(g, _)| is_active(*g)) {
        let per_loss = f64::from(cluster.n_blocks) / cluster.dispersion;
        for i in 0..n {
            let pushed = system.full_impact(i) * thinning * system.sold_per_block(g, i) * per_loss;
            for (j, weight) in system.weights(g).iter().enumerate() {
                matrix[i * n + j] += pushed * weight;
            }
        }
    }
    matrix
}

/// Response `z = (I − M)⁻¹ x` of the markets to losses `x` when every active cluster stays inside
/// its band and its trigger is 0. Nothing if the gain is 1 or more.
pub fn response(system: &System, losses: &[f64]) -> Option<Vec<f64>> {
    if gain(system, 1.0, |_| true) >= 1.0 {
        return None;
    }
    let n = system.n_markets();
    let matrix = gain_matrix(system, 1.0, |_| true);
    // the Neumann series Σ Mᵏ x converges because the gain is below 1
    let (mut sum, mut term) = (losses.to_vec(), losses.to_vec());
    for _ in 0..100_000 {
        let next: Vec<f64> = (0..n).map(|i| (0..n).map(|j| matrix[i * n + j] * term[j]).sum()).collect();
        let largest = next.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
        for (total, value) in sum.iter_mut().zip(&next) {
            *total += value;
        }
        if largest < 1e-17 {
            break;
        }
        term = next;
    }
    Some(sum)
}
