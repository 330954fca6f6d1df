//! How markets moved together: the log-returns of all markets in the months of the first paths.
//!
//! In: a block after each month. Out: [`CoMovement`], in both worlds on the same draws. Not here:
//! correlations and their errors (`stats`).
//!
//! A sample, because every month of every path would fill the memory; how large it is depends on
//! the scenario alone, so any machine and any number of threads keep the same months.

use super::block::Block;
use crate::crash::CRASH_FALL;
use crate::math::{LANES, Lanes, greater};
use crate::plan::{MarketRows, Plan};
use crate::stage::{Level, Rows, Work};

/// Most numbers that are kept of one world.
const MOST_VALUES: u64 = 1 << 21;

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

    /// Room for the sample of `plan`; none if there are no two markets to compare.
    pub(super) fn of(plan: &Plan) -> Option<Self> {
        let n_paths = n_sampled(plan);
        let markets = &plan.record.markets;
        (n_paths > 0).then(|| {
            let names = markets.iter().map(|market| market.name.clone()).collect();
            Self::zero(names, n_paths, plan.n_months as usize, plan.n_worlds())
        })
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
    /// [`CRASH_FALL`] or more. Empty without a loop.
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

    /// For every block of the run, the place of its sample, if it is in it.
    pub(super) fn by_block(&mut self, n_blocks: u64) -> Vec<Option<BlockSample<'_>>> {
        let per_block = self.n_months * self.width();
        let (n_markets, width) = (self.markets.len(), self.width());
        let sampled = self.n_blocks();
        let mut worlds: Vec<_> = self
            .worlds
            .iter_mut()
            .map(|world| world.chunks_exact_mut(per_block * n_markets))
            .collect();
        let mut crashes = self.crashes.chunks_exact_mut(per_block);
        let mut blocks: Vec<_> = (0..sampled)
            .map(|_| {
                Some(BlockSample {
                    width,
                    worlds: worlds.iter_mut().filter_map(Iterator::next).collect(),
                    crashes: crashes.next().unwrap_or_default(),
                })
            })
            .collect();
        blocks.resize_with(usize::try_from(n_blocks).unwrap_or(usize::MAX), || None);
        blocks
    }
}

/// Paths that the sample of `plan` holds: whole blocks, or what fits of the first; 0 if there are
/// no two markets, or if nothing changes from month to month what they have in common.
pub(super) fn n_sampled(plan: &Plan) -> usize {
    let n_markets = plan.record.markets.len() as u64;
    let changes = plan.n_worlds() > 1 || plan.joint.regime().is_some();
    if n_markets < 2 || !changes {
        return 0;
    }
    let fits = (MOST_VALUES / (u64::from(plan.n_months) * n_markets)).max(1);
    let lanes = LANES as u64;
    let fits = if fits > lanes {
        fits - fits % lanes
    } else {
        fits
    };
    usize::try_from(fits.min(plan.n_paths)).expect("at most the number of values")
}

/// Where one block leaves its months.
pub(super) struct BlockSample<'s> {
    width: usize,
    worlds: Vec<&'s mut [f32]>,
    crashes: &'s mut [bool],
}

impl BlockSample<'_> {
    /// Keeps month `month` ≥ 1 of `block`.
    pub fn keep(&mut self, plan: &Plan, block: &Block, month: u32, level: Level) {
        level.run(KeepReturns {
            sample: self,
            markets: &plan.record.markets,
            block,
            month: month as usize - 1,
        });
    }
}

struct KeepReturns<'a, 's> {
    sample: &'a mut BlockSample<'s>,
    markets: &'a [MarketRows],
    block: &'a Block,
    month: usize,
}

impl Work for KeepReturns<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let (width, n_markets) = (self.sample.width, self.markets.len());
        let worlds = self.sample.worlds.iter_mut().zip(&self.block.worlds);
        for (index, (into, world)) in worlds.enumerate() {
            let months = &mut into[self.month * n_markets * width..][..n_markets * width];
            for (row, market) in months.chunks_exact_mut(width).zip(self.markets) {
                let mut total = *self.block.draws().row(market.shock);
                let in_loop = market.in_loop.filter(|_| index == 0);
                let more = [market.jump, in_loop.map(|rows| rows.at_close)];
                for added in more.into_iter().flatten() {
                    let added = world.rows.get(added);
                    for lane in 0..LANES {
                        total[lane] += added[lane];
                    }
                }
                for (kept, value) in row.iter_mut().zip(total.iter()) {
                    *kept = *value as f32;
                }
            }
        }
        if !self.sample.crashes.is_empty() {
            let falls = largest_fall(self.markets, &self.block.worlds[0].rows);
            let row = &mut self.sample.crashes[self.month * width..][..width];
            for (crash, fall) in row.iter_mut().zip(falls.iter()) {
                *crash = *fall >= CRASH_FALL;
            }
        }
    }
}

/// The largest log-fall by sales among all markets this month.
#[inline(always)]
pub(super) fn largest_fall(markets: &[MarketRows], rows: &Rows) -> Lanes {
    let mut largest = Lanes::ZERO;
    for market in markets.iter().filter_map(|market| market.in_loop) {
        let fall = rows.get(market.fall);
        for lane in 0..LANES {
            largest[lane] = greater(fall[lane], largest[lane]);
        }
    }
    largest
}
