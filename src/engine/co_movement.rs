//! How markets moved together: the log-returns of all markets in the months of the first paths.
//!
//! In: the months of sampled blocks. Out: [`CoMovement`], in both worlds on the same draws. Not here:
//! how they are gathered (`months`), correlations and their errors (`stats`).

use super::months::{Months, n_sampled};
use super::run::{Control, RunError};
use crate::math::LANES;
use crate::plan::Plan;

/// Log-returns of markets, month by month, on the first paths of a run.
///
/// The return is the surprise of the month, without expected growth: shock, jumps and, in the world
/// with the loop, what sales take and what comes back of earlier ones by the close.
#[derive(Clone, Debug, PartialEq)]
pub struct CoMovement {
    markets: Vec<String>,
    n_paths: usize,
    n_months: usize,
    /// Per world, the run first: `((block · n_months + month) · n_markets + market) · width + lane`.
    worlds: Vec<Vec<f32>>,
    /// `(block · n_months + month) · width + lane`, if there is a loop.
    crashes: Vec<bool>,
}

/// How the markets of `plan` move together on its first paths, which are simulated for this alone: the
/// same bits as in a run. None if there are no two markets, or if nothing changes from month to month
/// what they have in common.
///
/// Errors as a run does.
pub fn co_movement(plan: &Plan, control: &Control<'_>) -> Result<Option<CoMovement>, RunError> {
    Months::default().complete(plan, control)
}

impl CoMovement {
    /// Of the first paths of `plan`, whose months are those given.
    pub(super) fn of(plan: &Plan, worlds: Vec<Vec<f32>>, crashes: Vec<bool>) -> Self {
        let markets = plan.record.markets.iter();
        Self {
            markets: markets.map(|market| market.name.clone()).collect(),
            n_paths: n_sampled(plan),
            n_months: plan.n_months as usize,
            worlds,
            crashes,
        }
    }

    fn zero(markets: Vec<String>, n_paths: usize, n_months: usize, n_worlds: usize) -> Self {
        let mut sample = Self {
            markets,
            n_paths,
            n_months,
            worlds: Vec::new(),
            crashes: Vec::new(),
        };
        let n_rows = sample.n_blocks() * n_months * sample.width();
        sample.worlds = vec![vec![0.0; n_rows * sample.markets.len()]; n_worlds];
        if n_worlds > 1 {
            sample.crashes = vec![false; n_rows];
        }
        sample
    }

    /// A sample of `n_paths` by `n_months` from anywhere: `fill` is given path, month and, per
    /// world, a place for the return of every market; it answers whether the month is a crash.
    pub fn tabulate(
        markets: &[&str],
        (n_paths, n_months): (usize, usize),
        n_worlds: usize,
        mut fill: impl FnMut(usize, usize, &mut [Vec<f64>]) -> bool,
    ) -> Self {
        let names = markets.iter().map(|name| (*name).to_owned()).collect();
        let mut sample = Self::zero(names, n_paths, n_months, n_worlds);
        let (n_markets, width) = (markets.len(), sample.width());
        let mut returns = vec![vec![0.0; n_markets]; n_worlds];
        for path in 0..n_paths {
            for month in 0..n_months {
                let is_crash = fill(path, month, &mut returns);
                let (row, lane) = (path / width * n_months + month, path % width);
                for (world, returns) in sample.worlds.iter_mut().zip(&returns) {
                    for (market, value) in returns.iter().enumerate() {
                        world[(row * n_markets + market) * width + lane] = *value as f32;
                    }
                }
                if let Some(crash) = sample.crashes.get_mut(row * width + lane) {
                    *crash = is_crash;
                }
            }
        }
        sample
    }

    /// Names of the markets.
    pub fn markets(&self) -> &[String] {
        &self.markets
    }

    /// Paths in the sample: the first of the run.
    pub fn n_paths(&self) -> usize {
        self.n_paths
    }

    /// Months of each path.
    pub fn n_months(&self) -> usize {
        self.n_months
    }

    /// The run, and its twin without the loop if it has one.
    pub fn n_worlds(&self) -> usize {
        self.worlds.len()
    }

    /// Groups of paths that are kept side by side.
    pub fn n_blocks(&self) -> usize {
        self.n_paths.div_ceil(self.width())
    }

    /// Paths of a block; the last may have fewer.
    pub fn width(&self) -> usize {
        self.n_paths.clamp(1, LANES)
    }

    /// Returns of `market` on the paths of `block` in `month`, counted from 0, in `world`.
    pub fn returns(&self, world: usize, block: usize, month: usize, market: usize) -> &[f32] {
        let row = (block * self.n_months + month) * self.markets.len() + market;
        &self.worlds[world][row * self.width()..][..self.n_used(block)]
    }

    /// In which paths of `block` `month` is a crash: agents' sales push some market down by
    /// [`CRASH_FALL`](crate::crash::CRASH_FALL) or more. Empty without a loop.
    pub fn crashes(&self, block: usize, month: usize) -> &[bool] {
        if self.crashes.is_empty() {
            return &[];
        }
        let row = block * self.n_months + month;
        &self.crashes[row * self.width()..][..self.n_used(block)]
    }

    /// Paths of `block` that are in the sample.
    pub fn n_used(&self, block: usize) -> usize {
        self.width().min(self.n_paths - block * self.width())
    }
}
