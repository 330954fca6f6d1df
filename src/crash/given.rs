//! What the agents of a path, or of several, see before anybody sells.
//!
//! In: losses of the markets, who is out, who obeys. Out: [`Month`], [`Months`]. Not here: who sells
//! (`cascade`).

use super::spec::MAX_MARKETS;
use super::system::MAX_CLUSTERS;

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

/// The same of paths that are solved at once; one without active blocks is none.
#[derive(Clone, Debug)]
pub(super) struct Months<const N: usize> {
    pub losses: [[f64; N]; MAX_MARKETS],
    pub active: [[f64; N]; MAX_CLUSTERS],
    pub obeying: [[f64; N]; MAX_CLUSTERS],
    pub thinning: [f64; N],
}

impl<const N: usize> Months<N> {
    /// Of no path.
    pub const NONE: Self = Self {
        losses: [[0.0; N]; MAX_MARKETS],
        active: [[0.0; N]; MAX_CLUSTERS],
        obeying: [[0.0; N]; MAX_CLUSTERS],
        thinning: [1.0; N],
    };

    /// Leaves the paths alone on which one of the first `n_clusters` obeys a false signal, and lets none obey: true for those
    /// paths. Nothing if there is none, and nothing is changed.
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
    /// Of one.
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
