//! How markets moved together: the log-returns of all markets in the months of the first paths.
//!
//! In: the months of sampled blocks. Out: [`CoMovement`], in both worlds on the same draws. Not here:
//! how they are gathered (`months`), correlations and their errors (`stats`).

use crate::math::LANES;

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

impl CoMovement {
    /// Of `n_paths` by `n_months`.
    pub(super) fn of(
        markets: Vec<String>,
        (n_paths, n_months): (usize, usize),
        worlds: Vec<Vec<f32>>,
        crashes: Vec<bool>,
    ) -> Self {
        Self { markets, n_paths, n_months, worlds, crashes }
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
        let mut sample = Self::of(names, (n_paths, n_months), Vec::new(), Vec::new());
        let (n_markets, width) = (markets.len(), sample.width());
        let n_rows = sample.n_blocks() * n_months * width;
        sample.worlds = vec![vec![0.0; n_rows * n_markets]; n_worlds];
        sample.crashes = vec![false; if n_worlds > 1 { n_rows } else { 0 }];
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
