//! Exact solution of a cascade: the least fixed point of thresholds and price impact, for one month of one
//! or several paths.
//!
//! In: a [`System`], months as in `before_sales`, thresholds. Out: the number of blocks of each cluster that sold.
//! Not here: the effects of the sales (`month`).
//!
//! Each round treats all paths together in vectors; only thresholds are counted path by path. The result of
//! a path has the same bits as if it were solved alone.

use super::before_sales::{Month, Months};
use super::system::{MAX_CLUSTERS, System};
use crate::math::lesser;
use std::ops::Range;

/// The thresholds of a cluster are padded to a multiple of this number: the size of one draw, and four of the widest
/// vectors. So neither drawing nor counting leaves a remainder.
const AT_ONCE: usize = 64;

/// Largest number of thresholds kept at once, unless one path has more; they fit into a second-level cache.
const MOST_KEPT: usize = 1 << 17;

/// Threshold of each block of agents in a cluster: its position U, 0 to 1, in the band of losses at which they sell.
///
/// ```text
/// U = (2¹⁶·upper + lower + ½)/2³²
/// ```
///
/// The upper 16 bits of all blocks decide nearly everything. The lower 16 bits are needed only if the upper ones
/// equal those of the loss.
pub trait Thresholds {
    /// Fills `row` with the upper 16 bits of the thresholds of cluster `g`, one per active block of agents in order.
    /// `path` is the index among the paths solved together. Entries beyond the active blocks are ignored.
    fn upper_halves(&mut self, path: usize, g: usize, row: &mut [u16]);

    /// Lower 16 bits of the threshold of one block of agents in cluster `g`, on the path at index `path`.
    fn lower_half(&mut self, path: usize, g: usize, block: u32) -> u16;
}

/// Work space for the cascades of one system on `N` paths at once. Solving allocates no memory.
#[derive(Clone, Debug)]
pub struct Cascade<const N: usize> {
    /// Upper 16 bits of the thresholds of all blocks of agents: for each path, one row per cluster.
    upper: Vec<u16>,
    /// Index of each cluster's first threshold within those of a path; the last entry is their number per path.
    starts: [usize; MAX_CLUSTERS + 1],
    n_clusters: usize,
    clusters: [ClusterState<N>; MAX_CLUSTERS],
    /// Number of blocks of agents sold per cluster on the path that was read last.
    fired: [f64; MAX_CLUSTERS],
}

/// State of one cluster of agents on all paths that are solved together.
#[derive(Clone, Copy, Debug)]
struct ClusterState<const N: usize> {
    /// Log-loss that the cluster sees before any sale.
    load: [f64; N],
    obeyed: [f64; N],
    /// Position in the threshold band up to which blocks of agents have been counted; 0 until the thresholds are
    /// drawn.
    counted: [f64; N],
    fired: [f64; N],
}

impl<const N: usize> ClusterState<N> {
    const NOTHING: Self = Self { load: [0.0; N], obeyed: [0.0; N], counted: [0.0; N], fired: [0.0; N] };
}

impl Cascade<1> {
    /// Creates work space for the cascades of `system` on one path.
    pub fn new(system: &System) -> Self {
        Self::with_buffer(system, Vec::new())
    }

    /// True if any block of agents can sell: a loss has reached a cluster's first trigger, or a false signal came.
    #[inline(always)]
    pub fn is_triggered(system: &System, month: &Month<'_>) -> bool {
        (0..system.n_clusters())
            .any(|g| month.obeying[g] > 0 || system.load(g, month.losses) >= system.clusters[g].first_trigger)
    }

    /// Sells every block of agents whose threshold is at or below the loss it sees, including the loss from earlier
    /// sales, until no further block sells. Returns the number of blocks sold per cluster.
    ///
    /// ```text
    /// k = least solution of k_g = obeying_g + #{ live j : τ_g + b_g U_gj ≤ Σ_i a_gi (x_i + y_i(k)) }
    /// ```
    ///
    /// In cluster g, k_g blocks sell, and block j has the threshold τ_g + b_g U_gj. a_gi is the cluster's weight of
    /// market i, x_i the market's own log-loss, y_i its log-fall by sales; live blocks can act and follow no signal.
    ///
    /// Thresholds are drawn at most once per cluster, and only if the loss ends inside the band; addressed draws make
    /// this safe. The map is monotone in k and whole-numbered. So counting up from `obeying` reaches the least
    /// solution in finitely many rounds, in any order of the clusters.
    #[inline(always)]
    pub fn solve(&mut self, system: &System, month: &Month<'_>, thresholds: impl Thresholds) -> &[f64] {
        self.solve_all(system, &Months::of(month), thresholds);
        self.fired_on(0)
    }
}

impl<const N: usize> Cascade<N> {
    /// Creates work space for `system` that reuses the memory of `upper`.
    pub fn with_buffer(system: &System, mut upper: Vec<u16>) -> Self {
        let n_clusters = system.n_clusters();
        let mut starts = [0; MAX_CLUSTERS + 1];
        for (g, cluster) in system.clusters.iter().enumerate() {
            let row = (cluster.n_blocks as usize).next_multiple_of(AT_ONCE);
            starts[g + 1] = starts[g] + row;
        }
        let of_path = starts[n_clusters];
        let n_paths = (MOST_KEPT / of_path.max(1)).clamp(1, N);
        upper.resize(of_path * n_paths, 0);
        Self {
            upper,
            starts,
            n_clusters,
            clusters: [ClusterState::NOTHING; MAX_CLUSTERS],
            fired: [0.0; MAX_CLUSTERS],
        }
    }

    /// Returns the memory of the thresholds, to be passed to [`Cascade::with_buffer`].
    pub fn into_buffer(self) -> Vec<u16> {
        self.upper
    }

    /// Number of paths that fit into the work space, at most `N`.
    pub(super) fn n_paths(&self) -> usize {
        self.upper.len() / self.starts[self.n_clusters].max(1)
    }

    /// Runs [`Cascade::solve`] on all paths of `months`. There may be at most `n_paths` of them.
    #[inline(always)]
    pub(super) fn solve_all(&mut self, system: &System, months: &Months<N>, mut thresholds: impl Thresholds) {
        self.open(system, months);
        let mut is_settled = false;
        while !is_settled {
            is_settled = true;
            for g in 0..self.n_clusters {
                let (reach, mut further) = self.reach(system, g, months);
                while further != 0 {
                    let path = further.trailing_zeros() as usize % N;
                    further &= further - 1;
                    let count = self.count(path, g, months, reach[path], &mut thresholds);
                    let seen = &mut self.clusters[g];
                    seen.counted[path] = reach[path];
                    is_settled &= count <= seen.fired[path];
                    seen.fired[path] = count;
                }
            }
        }
    }

    /// True if some cluster's loss before any sale has reached its first trigger on a path that is true in `paths`.
    #[inline(always)]
    pub(super) fn is_triggered_on(&self, system: &System, paths: &[bool; N]) -> bool {
        let mut is_any = false;
        for (g, cluster) in system.clusters.iter().enumerate() {
            for (path, is_on) in paths.iter().enumerate() {
                is_any |= is_on & (self.clusters[g].load[path] >= cluster.first_trigger);
            }
        }
        is_any
    }

    /// Sets the number of sold blocks of agents to zero on every path.
    #[inline(always)]
    pub(super) fn clear(&mut self) {
        for seen in &mut self.clusters[..self.n_clusters] {
            seen.fired = [0.0; N];
        }
    }

    /// Starts new months: only the blocks of agents that follow a false signal have sold.
    #[inline(always)]
    fn open(&mut self, system: &System, months: &Months<N>) {
        for (g, seen) in self.clusters[..self.n_clusters].iter_mut().enumerate() {
            *seen = ClusterState::NOTHING;
            for (market, weight) in system.weights(g).iter().enumerate() {
                for path in 0..N {
                    seen.load[path] = weight.mul_add(months.losses[market][path], seen.load[path]);
                }
            }
            for path in 0..N {
                seen.obeyed[path] = lesser(months.active[g][path], months.obeying[g][path]);
            }
            seen.fired = seen.obeyed;
        }
    }

    /// Number of blocks of agents of cluster `g` that have sold on a path if the loss reaches position
    /// `reach` of the band of thresholds.
    #[inline(always)]
    fn count(
        &mut self,
        path: usize,
        g: usize,
        months: &Months<N>,
        reach: f64,
        thresholds: &mut impl Thresholds,
    ) -> f64 {
        let active = months.active[g][path];
        if reach >= 1.0 {
            return active;
        }
        let (obeyed, is_drawn) = {
            let seen = &self.clusters[g];
            (seen.obeyed[path], seen.counted[path] > 0.0)
        };
        let row = self.row(path, g);
        let live = obeyed as u32..active as u32;
        if !is_drawn {
            draw_live(path, g, row, live.clone(), thresholds);
        }
        obeyed + count_below(path, g, row, live, reach, thresholds)
    }

    #[inline(always)]
    fn row(&mut self, path: usize, g: usize) -> &mut [u16] {
        let first = path * self.starts[self.n_clusters];
        &mut self.upper[first + self.starts[g]..first + self.starts[g + 1]]
    }

    /// Position in the band of thresholds of cluster `g` that the loss reaches now, per path. In the second result,
    /// bit p is 1 if that of path p lies beyond `counted` while some block of agents can still sell.
    #[inline(always)]
    fn reach(&self, system: &System, g: usize, months: &Months<N>) -> ([f64; N], u32) {
        let pressure = self.pressure(system, g, &months.thinning);
        let (seen, active) = (&self.clusters[g], &months.active[g]);
        let (mut reach, mut further) = ([0.0; N], 0);
        for path in 0..N {
            reach[path] = system.reach(g, seen.load[path] + pressure[path]);
            let is_further = (seen.fired[path] < active[path]) & (reach[path] > seen.counted[path]);
            further |= u32::from(is_further) << path;
        }
        (reach, further)
    }

    /// Log-loss per path that the sales so far add to what cluster `g` sees.
    #[inline(always)]
    fn pressure(&self, system: &System, g: usize, thinning: &[f64; N]) -> [f64; N] {
        let seen = &self.clusters[..self.n_clusters];
        let mut sum = [0.0; N];
        if system.is_linear() {
            for (h, per_block) in system.coupling(g).iter().enumerate() {
                for (path, sum) in sum.iter_mut().enumerate() {
                    *sum = per_block.mul_add(seen[h].fired[path], *sum);
                }
            }
            for (path, sum) in sum.iter_mut().enumerate() {
                *sum *= thinning[path];
            }
            return sum;
        }
        let mut fired = [0.0; MAX_CLUSTERS];
        for path in 0..N {
            for (h, seen) in seen.iter().enumerate() {
                fired[h] = seen.fired[path];
            }
            sum[path] = system.pressure(g, &fired[..self.n_clusters], thinning[path]);
        }
        sum
    }

    /// Number of blocks of agents sold per cluster on one path.
    #[inline(always)]
    pub(super) fn fired_on(&mut self, path: usize) -> &[f64] {
        for g in 0..self.n_clusters {
            self.fired[g] = self.clusters[g].fired[path];
        }
        &self.fired[..self.n_clusters]
    }
}

/// Draws the thresholds of a cluster on a path into `row`. Blocks of agents outside `live`, which cannot sell
/// any more, get the highest threshold.
#[inline(always)]
fn draw_live(path: usize, g: usize, row: &mut [u16], live: Range<u32>, thresholds: &mut impl Thresholds) {
    let active = live.end as usize;
    let width = active.next_multiple_of(AT_ONCE).min(row.len());
    thresholds.upper_halves(path, g, &mut row[..width]);
    // blocks that follow a false signal have sold already
    row[..live.start as usize].fill(u16::MAX);
    row[active..].fill(u16::MAX);
}

/// Number of blocks of agents among `live` with a threshold at or below `reach`, which lies in (0, 1). All
/// other entries of `row` are `u16::MAX`.
#[inline(always)]
fn count_below(
    path: usize,
    g: usize,
    row: &[u16],
    live: Range<u32>,
    reach: f64,
    thresholds: &mut impl Thresholds,
) -> f64 {
    /// Number of different thresholds in a band, 2³².
    const POSITIONS: f64 = 4_294_967_296.0;
    let last = reach.mul_add(POSITIONS, -0.5);
    if last < 0.0 {
        return 0.0;
    }
    let last = last as u32;
    let (upper, lower) = ((last >> 16) as u16, last as u16);
    // integers may be added in any order, so the compiler can use vectors of any width; 16 bits hold the
    // largest cluster
    let (mut below, mut nearest) = (0_u16, u16::MAX);
    for half in row {
        below += u16::from(*half < upper);
        nearest = nearest.min(*half ^ upper);
    }
    let mut count = f64::from(below);
    if nearest == 0 {
        count += undecided(path, g, row, live, upper, lower, thresholds);
    }
    count
}

/// Number of blocks of agents whose threshold has the upper 16 bits `upper` and lower 16 bits at or below `lower`.
/// About one block in 65,536 needs this check.
#[cold]
fn undecided(
    path: usize,
    g: usize,
    row: &[u16],
    live: Range<u32>,
    upper: u16,
    lower: u16,
    thresholds: &mut impl Thresholds,
) -> f64 {
    let mut count = 0.0;
    for block in live {
        if row[block as usize] == upper && thresholds.lower_half(path, g, block) <= lower {
            count += 1.0;
        }
    }
    count
}

#[cfg(test)]
mod tests;
