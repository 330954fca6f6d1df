//! State that agents see before any sale of the month, on one path or several.
//!
//! In: losses of the markets, blocks out of the market, blocks with a false signal. Out: [`Month`],
//! [`Months`]. Not here: the sales (`cascade`).

use super::system::{MAX_CLUSTERS, MAX_MARKETS};

/// State of one path in a month before any agent sells.
#[derive(Clone, Copy, Debug)]
pub struct Month<'a> {
    /// Exogenous log-loss `x_i` of every market.
    pub losses: &'a [f64],
    /// Number of blocks of every cluster of agents that can act; blocks still out of the market cannot.
    pub active: &'a [u32],
    /// Number of blocks of agents in every cluster that follow a false signal; they sell first.
    pub obeying: &'a [u32],
    /// Factor `1/ζ` on price impacts in a crisis, which leaves the fraction ζ of market depth; 1 otherwise.
    pub thinning: f64,
}

/// States of the `N` paths solved together, as in [`Month`]. Paths without active blocks of agents are
/// unused.
#[derive(Clone, Debug)]
pub(super) struct Months<const N: usize> {
    pub losses: [[f64; N]; MAX_MARKETS],
    pub active: [[f64; N]; MAX_CLUSTERS],
    pub obeying: [[f64; N]; MAX_CLUSTERS],
    pub thinning: [f64; N],
}

impl<const N: usize> Months<N> {
    /// State in which no block of agents can act on any path.
    pub const NONE: Self = Self {
        losses: [[0.0; N]; MAX_MARKETS],
        active: [[0.0; N]; MAX_CLUSTERS],
        obeying: [[0.0; N]; MAX_CLUSTERS],
        thinning: [1.0; N],
    };

    /// Removes all false signals, and all blocks of agents on paths that had none in the first `n_clusters`
    /// clusters. Returns true for each path with a signal. If there are none, returns `None` and changes
    /// nothing.
    #[inline(always)]
    pub fn take_signals(&mut self, n_clusters: usize) -> Option<[bool; N]> {
        let mut obeys = [false; N];
        for blocks in &self.obeying[..n_clusters] {
            for path in 0..N {
                obeys[path] |= blocks[path] > 0.0;
            }
        }
        if !obeys.contains(&true) {
            return None;
        }
        for blocks in &mut self.active[..n_clusters] {
            for path in 0..N {
                blocks[path] = if obeys[path] { blocks[path] } else { 0.0 };
            }
        }
        self.obeying.as_flattened_mut().fill(0.0);
        Some(obeys)
    }
}

impl Months<1> {
    /// Converts the state of one path to the form of paths solved together.
    pub fn of(month: &Month<'_>) -> Self {
        let mut months = Self::NONE;
        for (all, loss) in months.losses.iter_mut().zip(month.losses) {
            all[0] = *loss;
        }
        for (all, blocks) in months.active.iter_mut().zip(month.active) {
            all[0] = f64::from(*blocks);
        }
        for (all, blocks) in months.obeying.iter_mut().zip(month.obeying) {
            all[0] = f64::from(*blocks);
        }
        months.thinning[0] = month.thinning;
        months
    }
}
