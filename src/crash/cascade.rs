//! Who sells: the least fixed point of thresholds and price impact, exact, in one month of a path.
//!
//! In: a [`System`], losses of the markets, thresholds. Out: how many blocks of each cluster fired.
//! Not here: what the sales leave behind (`recovery`).

use super::system::{MAX_CLUSTERS, System};
use std::ops::Range;

/// Rows are filled up to whole multiples of this many thresholds: what is drawn at once, and four
/// of the widest vectors, so that neither drawing nor counting leaves a remainder.
const AT_ONCE: usize = 64;

/// Where in its band each block of a cluster has its threshold, in 2⁻³² of the width.
///
/// ```text
/// U = (2¹⁶·upper + lower + ½)/2³²
/// ```
///
/// The upper halves of all blocks decide nearly everything; a lower half is asked for only where
/// its upper half is just that of the loss.
pub trait Thresholds {
    /// Fills a row of cluster `g` with upper halves, one per active block in order. The row may be
    /// longer; what is beyond is ignored.
    fn upper_halves(&mut self, g: usize, row: &mut [u16]);

    /// Lower half of block `block` of cluster `g`.
    fn lower_half(&mut self, g: usize, block: u32) -> u16;
}

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
    /// Upper halves of the thresholds, one row per cluster.
    upper: Vec<u16>,
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
    pub fn with_buffer(system: &System, mut upper: Vec<u16>) -> Self {
        let mut starts = [0; MAX_CLUSTERS + 1];
        for (g, cluster) in system.clusters.iter().enumerate() {
            let row = (cluster.blocks as usize).next_multiple_of(AT_ONCE);
            starts[g + 1] = starts[g] + row;
        }
        upper.resize(starts[system.n_clusters()], 0);
        Self {
            upper,
            starts,
            fired: [0.0; MAX_CLUSTERS],
        }
    }

    /// The buffer, to be used again.
    pub fn into_buffer(self) -> Vec<u16> {
        self.upper
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
    /// Thresholds are drawn at most once per cluster, and only where the loss ends inside the band:
    /// addressed draws lose nothing by it.
    /// The map is monotone in k and whole-numbered, so counting upwards from `obeying` reaches the
    /// least solution in finitely many rounds, whatever the order of the clusters. Returns the
    /// number fired per cluster.
    #[inline(always)]
    pub fn solve(
        &mut self,
        system: &System,
        month: &Month<'_>,
        mut thresholds: impl Thresholds,
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
                let seen = loads[g] + self.pressure(system, g, month.thinning);
                let reach = system.reach(g, seen);
                if reach > counted[g] {
                    let count = if reach >= 1.0 {
                        all
                    } else {
                        let row = &mut self.upper[self.starts[g]..self.starts[g + 1]];
                        if counted[g] == 0.0 {
                            draw_live(g, row, month, &mut thresholds);
                        }
                        let live = month.obeying[g]..month.active[g];
                        obeyed[g] + count_below(g, row, live, reach, &mut thresholds)
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
fn draw_live(g: usize, row: &mut [u16], month: &Month<'_>, thresholds: &mut impl Thresholds) {
    let active = month.active[g] as usize;
    let width = active.next_multiple_of(AT_ONCE).min(row.len());
    thresholds.upper_halves(g, &mut row[..width]);
    // those that obey have fired already
    row[..(month.obeying[g] as usize).min(active)].fill(u16::MAX);
    row[active..].fill(u16::MAX);
}

/// Blocks among `live` of cluster `g` with a threshold at or below `reach`, in (0, 1); those of the
/// row's other blocks are the greatest there are.
#[inline(always)]
fn count_below(
    g: usize,
    row: &[u16],
    live: Range<u32>,
    reach: f64,
    thresholds: &mut impl Thresholds,
) -> f64 {
    /// 2³²: positions in the band.
    const POSITIONS: f64 = 4_294_967_296.0;
    let last = reach.mul_add(POSITIONS, -0.5);
    if last < 0.0 {
        return 0.0;
    }
    let last = last as u32;
    let (upper, lower) = ((last >> 16) as u16, last as u16);
    // whole numbers may be added in any order: the compiler is free to use vectors of any width,
    // and 16 bits hold the largest cluster
    let (mut below, mut nearest) = (0_u16, u16::MAX);
    for half in row {
        below += u16::from(*half < upper);
        nearest = nearest.min(*half ^ upper);
    }
    let mut count = f64::from(below);
    if nearest == 0 {
        count += undecided(g, row, live, upper, lower, thresholds);
    }
    count
}

/// Those of the blocks whose upper half is `upper` that have their lower half at or below `lower`:
/// one block in 65,536.
#[cold]
fn undecided(
    g: usize,
    row: &[u16],
    live: Range<u32>,
    upper: u16,
    lower: u16,
    thresholds: &mut impl Thresholds,
) -> f64 {
    let mut count = 0.0;
    for block in live {
        if row[block as usize] == upper && thresholds.lower_half(g, block) <= lower {
            count += 1.0;
        }
    }
    count
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
