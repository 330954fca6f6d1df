//! Who sells: the least fixed point of thresholds and price impact, exact, in one month of a path.
//!
//! In: a [`System`], losses of the markets, thresholds. Out: how many blocks of each cluster fired.
//! Not here: what the sales leave behind (`recovery`).

use super::system::{MAX_CLUSTERS, System};

/// Rows are filled up to whole multiples of this many thresholds: four of the widest vectors, so
/// that counting leaves no remainder.
const COUNTED_AT_ONCE: usize = 32;

/// Uniforms drawn at once: two for each lane of the widest integer vectors.
const DRAWN_AT_ONCE: usize = 16;

/// Larger than any uniform: a threshold that never fires.
const NEVER: f64 = 9.0;

/// A month of one path before its cascade.
#[derive(Clone, Copy, Debug)]
pub struct Month<'a> {
    /// Exogenous log-loss `x_i` of every market.
    pub losses: &'a [f64],
    /// Blocks of every cluster that can act: all, less those still out from earlier crashes.
    pub active: &'a [u32],
    /// Blocks of every cluster that obey a false signal and fire first.
    pub obeying: &'a [u32],
    /// `1/ζ`: how much larger the impact is where depth is withdrawn; 1 otherwise.
    pub thinning: f64,
}

/// Room for the cascades of one system; nothing is allocated while it works.
#[derive(Clone, Debug)]
pub struct Cascade {
    /// Position of each block in its cluster's band, as uniforms in (0, 1); one row per cluster.
    uniforms: Vec<f64>,
    /// Where each cluster's row begins.
    starts: [usize; MAX_CLUSTERS + 1],
    fired: [f64; MAX_CLUSTERS],
}

impl Cascade {
    /// Room for `system`.
    pub fn new(system: &System) -> Self {
        Self::with_buffer(system, Vec::new())
    }

    /// Room for `system` in a buffer that was used before.
    pub fn with_buffer(system: &System, mut uniforms: Vec<f64>) -> Self {
        let mut starts = [0; MAX_CLUSTERS + 1];
        for (g, cluster) in system.clusters.iter().enumerate() {
            let row = (cluster.blocks as usize).next_multiple_of(COUNTED_AT_ONCE);
            starts[g + 1] = starts[g] + row;
        }
        uniforms.resize(starts[system.n_clusters()], NEVER);
        Self {
            uniforms,
            starts,
            fired: [0.0; MAX_CLUSTERS],
        }
    }

    /// The buffer, to be used again.
    pub fn into_buffer(self) -> Vec<f64> {
        self.uniforms
    }

    /// Whether anything can happen: some cluster sees a loss at its first trigger, or obeys.
    #[inline(always)]
    pub fn is_triggered(system: &System, month: &Month<'_>) -> bool {
        (0..system.n_clusters()).any(|g| {
            month.obeying[g] > 0
                || load(system, g, month.losses) >= system.clusters[g].first_trigger
        })
    }

    /// Fires every block whose threshold lies at or below the loss it sees, and those that this
    /// pushes over theirs, until nobody is left to fire.
    ///
    /// ```text
    /// k = least solution of k_g = obeying_g + #{ live j : τ_g + b_g U_gj ≤ Σ_i a_gi (x_i + y_i(k)) }
    /// ```
    ///
    /// `draw(g, row)` fills a row of cluster `g` with uniforms in (0, 1), one per active block in
    /// order; the row may be longer, what is beyond is ignored. It is called at most once per
    /// cluster, and only where the loss ends inside the band: addressed draws lose nothing by it.
    /// The map is monotone in k and whole-numbered, so counting upwards from `obeying` reaches the
    /// least solution in finitely many rounds, whatever the order of the clusters. Returns the
    /// number fired per cluster.
    #[inline(always)]
    pub fn solve(
        &mut self,
        system: &System,
        month: &Month<'_>,
        mut draw: impl FnMut(usize, &mut [f64]),
    ) -> &[f64] {
        let n_clusters = system.n_clusters();
        let mut loads = [0.0; MAX_CLUSTERS];
        for (g, load) in loads.iter_mut().enumerate().take(n_clusters) {
            self.fired[g] = f64::from(month.obeying[g].min(month.active[g]));
            *load = self::load(system, g, month.losses);
        }
        let obeyed = self.fired;
        // how far into its band each cluster has been counted; 0 while its row is not drawn
        let mut counted = [0.0; MAX_CLUSTERS];
        loop {
            let mut is_settled = true;
            for g in 0..n_clusters {
                let all = f64::from(month.active[g]);
                if self.fired[g] >= all {
                    continue; // everybody has sold
                }
                let cluster = &system.clusters[g];
                let seen = loads[g] + self.pressure(system, g, month.thinning);
                let reach = (seen - cluster.first_trigger) / cluster.dispersion;
                if reach > counted[g] {
                    let count = if reach >= 1.0 {
                        all
                    } else {
                        let row = &mut self.uniforms[self.starts[g]..self.starts[g + 1]];
                        if counted[g] == 0.0 {
                            draw_live(g, row, month, &mut draw);
                        }
                        obeyed[g] + count_below(row, reach)
                    };
                    counted[g] = reach;
                    is_settled &= count <= self.fired[g];
                    self.fired[g] = count;
                }
            }
            if is_settled {
                return &self.fired[..n_clusters];
            }
        }
    }

    /// What the sales so far add to the loss that cluster `g` sees.
    #[inline(always)]
    fn pressure(&self, system: &System, g: usize, thinning: f64) -> f64 {
        let fired = &self.fired[..system.n_clusters()];
        let mut sum = 0.0;
        if system.is_linear() {
            for (count, per_block) in fired.iter().zip(system.coupling(g)) {
                sum = per_block.mul_add(*count, sum);
            }
            return sum * thinning;
        }
        for (market, weight) in system.weights(g).iter().enumerate() {
            sum = weight.mul_add(system.impact(market, fired, thinning), sum);
        }
        sum
    }
}

/// Draws the row of cluster `g` and takes out who cannot fire any more.
#[inline(always)]
fn draw_live(
    g: usize,
    row: &mut [f64],
    month: &Month<'_>,
    draw: &mut impl FnMut(usize, &mut [f64]),
) {
    let active = month.active[g] as usize;
    // whole vectors of draws cost less than a remainder
    let width = active.next_multiple_of(DRAWN_AT_ONCE).min(row.len());
    draw(g, &mut row[..width]);
    // those that obey have fired already
    row[..(month.obeying[g] as usize).min(active)].fill(NEVER);
    row[active..].fill(NEVER);
}

/// Uniforms of `row` at or below `reach`.
#[inline(always)]
fn count_below(row: &[f64], reach: f64) -> f64 {
    // the sign bit of the difference says who is above, and whole numbers may be added in any
    // order: the compiler is free to use vectors of any width, which it is not with a comparison
    // counted in floats
    let mut above = 0;
    for uniform in row {
        above += (reach - uniform).to_bits() >> 63;
    }
    (row.len() as u64 - above) as f64
}

/// Loss that cluster `g` sees before anybody has sold.
#[inline(always)]
fn load(system: &System, g: usize, losses: &[f64]) -> f64 {
    let mut sum = 0.0;
    for (weight, loss) in system.weights(g).iter().zip(losses) {
        sum = weight.mul_add(*loss, sum);
    }
    sum
}
