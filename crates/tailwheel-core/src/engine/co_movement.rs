//! Sample of how markets move together: monthly log-returns of all markets on the first paths.
//!
//! In: the months of sampled blocks. Out: [`CoMovement`], with and without agents on common random numbers.
//! Not here: gathering the months (`months`), correlations and their errors (`stats`).

use crate::math::LANES;

/// Log-returns of markets, month by month, on the first paths of a run.
///
/// The return is the shock of the month without expected growth: diffusion and jumps. With agents it includes
/// their price impact and the recovery from earlier sales, up to the close.
#[derive(Clone, Debug, PartialEq)]
pub struct CoMovement {
    markets: Vec<String>,
    n_paths: usize,
    n_months: usize,
    /// One array per run: the run with agents first, then the paired run without agents. Index: `((block ·
    /// n_months + month) · n_markets + market) · width + lane`.
    worlds: Vec<Vec<f32>>,
    /// True in crash months, at `(block · n_months + month) · width + lane`; empty without agents.
    crashes: Vec<bool>,
}

impl CoMovement {
    /// Builds the sample from arrays of `n_paths` paths by `n_months` months.
    pub(super) fn of(
        markets: Vec<String>,
        n_paths: usize,
        n_months: usize,
        worlds: Vec<Vec<f32>>,
        crashes: Vec<bool>,
    ) -> Self {
        Self { markets, n_paths, n_months, worlds, crashes }
    }

    /// Builds a sample of `n_paths` by `n_months` from a callback. `fill` receives the path, the month and,
    /// per run (with and without agents), a slice for the return of every market. It returns true if the
    /// month is a crash.
    pub fn tabulate(
        markets: &[&str],
        n_paths: usize,
        n_months: usize,
        n_worlds: usize,
        mut fill: impl FnMut(usize, usize, &mut [Vec<f64>]) -> bool,
    ) -> Self {
        let names = markets.iter().map(|name| (*name).to_owned()).collect();
        let mut sample = Self::of(names, n_paths, n_months, Vec::new(), Vec::new());
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

    /// Names of the markets, in the order of their returns.
    pub fn markets(&self) -> &[String] {
        &self.markets
    }

    /// Number of paths in the sample, which are the first of the run.
    pub fn n_paths(&self) -> usize {
        self.n_paths
    }

    /// Number of months of each path.
    pub fn n_months(&self) -> usize {
        self.n_months
    }

    /// Number of runs: 1 for the run alone, 2 with the paired run without agents.
    pub fn n_worlds(&self) -> usize {
        self.worlds.len()
    }

    /// Number of blocks that the sample is stored in.
    pub fn n_blocks(&self) -> usize {
        self.n_paths.div_ceil(self.width())
    }

    /// Number of paths per block; the last block may have fewer.
    pub fn width(&self) -> usize {
        self.n_paths.clamp(1, LANES)
    }

    /// Log-returns of `market` on the paths of `block` in `month` (from 0). `world` 0 is the run, 1 the
    /// paired run without agents.
    #[inline]
    pub fn returns(&self, world: usize, block: usize, month: usize, market: usize) -> &[f32] {
        let row = (block * self.n_months + month) * self.markets.len() + market;
        &self.worlds[world][row * self.width()..][..self.n_used(block)]
    }

    /// True for each path of `block` on which `month` is a crash: agent selling lowers some market by
    /// [`CRASH_FALL`](crate::crash::CRASH_FALL) or more. Empty without agents.
    pub fn crashes(&self, block: usize, month: usize) -> &[bool] {
        if self.crashes.is_empty() {
            return &[];
        }
        let row = block * self.n_months + month;
        &self.crashes[row * self.width()..][..self.n_used(block)]
    }

    /// Number of paths of `block` that are in the sample.
    pub fn n_used(&self, block: usize) -> usize {
        self.width().min(self.n_paths - block * self.width())
    }
}
