//! Collection of the monthly returns of the first blocks.
//!
//! In: a block after each month. Out: [`MonthSample`] of consecutive blocks. Not here: reading them
//! (`co_movement`).
//!
//! Only a sample is kept, because every month of every path would fill the memory. Its size depends on the
//! scenario alone, so any machine with any number of threads keeps the same months.

use super::co_movement::CoMovement;
use crate::math::LANES;
use crate::plan::{Block, Plan, RecordPlan};
use crate::stage::Level;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Maximum number of monthly returns that are kept of each run (with and without agents).
const MOST_VALUES: u64 = 1 << 21;

/// Monthly market returns of the sampled blocks in a range of blocks.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct MonthSample {
    blocks: Range<u64>,
    /// Log-returns in the layout of [`CoMovement`], from block `blocks.start` on.
    worlds: Vec<Vec<f32>>,
    crashes: Vec<bool>,
}

impl MonthSample {
    /// Allocates zeros for the returns of those of `blocks` that belong to the sample of `plan`.
    pub fn zero(plan: &Plan, blocks: &Range<u64>) -> Self {
        let (blocks, n_rows) = shape(plan, plan.n_paths, blocks);
        let n_worlds = plan.n_worlds();
        Self {
            blocks,
            worlds: vec![vec![0.0; n_rows * plan.record.markets.len()]; n_worlds],
            crashes: vec![false; if n_worlds > 1 { n_rows } else { 0 }],
        }
    }

    /// Returns the slices that each of `blocks` has to fill, or `None` for a block outside the sample.
    /// `blocks` must be the range given to `zero`.
    pub fn by_block(&mut self, plan: &Plan, blocks: &Range<u64>) -> Vec<Option<BlockSample<'_>>> {
        let (n_markets, width) = (plan.record.markets.len(), n_sampled(plan).clamp(1, LANES));
        let per_block = plan.n_months as usize * width;
        let mut worlds: Vec<_> = self
            .worlds
            .iter_mut()
            .map(|world| world.chunks_exact_mut((per_block * n_markets).max(1)))
            .collect();
        let mut crashes = self.crashes.chunks_exact_mut(per_block);
        let mut samples: Vec<_> = (self.blocks.start..self.blocks.end)
            .map(|_| {
                Some(BlockSample {
                    width,
                    worlds: worlds.iter_mut().filter_map(Iterator::next).collect(),
                    crashes: crashes.next().unwrap_or_default(),
                })
            })
            .collect();
        samples.resize_with((blocks.end - blocks.start) as usize, || None);
        samples
    }

    /// Appends the returns of later blocks. If a gap lies between the two ranges, only `next` is kept.
    pub fn append(&mut self, next: Self) {
        if next.blocks.is_empty() {
            return;
        }
        if self.blocks.end != next.blocks.start || self.blocks.is_empty() {
            *self = next;
            return;
        }
        self.blocks.end = next.blocks.end;
        for (world, more) in self.worlds.iter_mut().zip(next.worlds) {
            world.extend(more);
        }
        self.crashes.extend(next.crashes);
    }

    /// True if these months have the shape that a run of `plan` with `n_paths` paths keeps for `blocks`.
    pub fn are_of(&self, plan: &Plan, n_paths: u64, blocks: &Range<u64>) -> bool {
        let (blocks, n_rows) = shape(plan, n_paths, blocks);
        let n_values = n_rows * plan.record.markets.len();
        self.blocks == blocks
            && self.worlds.len() == plan.n_worlds()
            && self.worlds.iter().all(|world| world.len() == n_values)
            && self.crashes.len() == if plan.n_worlds() > 1 { n_rows } else { 0 }
    }

    /// True if all returns are finite numbers.
    pub fn are_finite(&self) -> bool {
        self.worlds.iter().flatten().all(|value| value.is_finite())
    }

    /// Sampled blocks of `plan` that come before this range and are missing; all sampled blocks if the range
    /// does not reach the end of the sample. `None` if the plan has no sample.
    pub fn missing(&self, plan: &Plan) -> Option<Range<u64>> {
        let n_sampled = n_sampled(plan).div_ceil(LANES) as u64;
        let is_end = !self.blocks.is_empty() && self.blocks.end == n_sampled;
        let end = if is_end { self.blocks.start } else { n_sampled };
        (n_sampled > 0).then_some(0..end)
    }

    /// Returns the whole sample of `plan`, joined from the months `before` and the months of `self`.
    pub fn completed(self, before: Self, plan: &Plan) -> CoMovement {
        let mut all = before;
        if all.blocks.end == self.blocks.start {
            all.append(self);
        }
        let markets = plan.record.markets.iter().map(|market| market.name.clone()).collect();
        CoMovement::of(markets, n_sampled(plan), plan.n_months as usize, all.worlds, all.crashes)
    }
}

/// Part of `blocks` that lies in the sample of `n_paths` paths of `plan`, and its number of path-months.
fn shape(plan: &Plan, n_paths: u64, blocks: &Range<u64>) -> (Range<u64>, usize) {
    let n_sampled = n_sampled_of(plan, n_paths);
    let n_blocks = n_sampled.div_ceil(LANES) as u64;
    let blocks = blocks.start.min(n_blocks)..blocks.end.min(n_blocks);
    let width = n_sampled.clamp(1, LANES);
    let n_rows = (blocks.end - blocks.start) as usize * plan.n_months as usize * width;
    (blocks, n_rows)
}

/// Number of paths in the sample of `plan`: whole blocks, or the first paths that fit if a block does not. It
/// is 0 with fewer than two markets, or if their correlation never changes (no crisis regime, no agents).
pub(super) fn n_sampled(plan: &Plan) -> usize {
    n_sampled_of(plan, plan.n_paths)
}

fn n_sampled_of(plan: &Plan, n_paths: u64) -> usize {
    let n_markets = plan.record.markets.len() as u64;
    let changes = plan.n_worlds() > 1 || plan.joint.regime().is_some();
    if n_markets < 2 || !changes {
        return 0;
    }
    let fits = (MOST_VALUES / (u64::from(plan.n_months) * n_markets)).max(1);
    let lanes = LANES as u64;
    let fits = if fits > lanes { fits - fits % lanes } else { fits };
    usize::try_from(fits.min(n_paths)).expect("at most the number of values")
}

/// Slices into which one block writes its monthly returns.
pub(super) struct BlockSample<'s> {
    width: usize,
    worlds: Vec<&'s mut [f32]>,
    crashes: &'s mut [bool],
}

impl BlockSample<'_> {
    /// Stores the market returns of `month` (1 is the first) on the paths of `block`.
    pub fn keep(&mut self, plan: &Plan, block: &Block, month: u32, level: Level) {
        level.run(
            #[inline(always)]
            || self.keep_returns(&plan.record, block, month as usize - 1),
        );
    }

    #[inline(always)]
    fn keep_returns(&mut self, record: &RecordPlan, block: &Block, month: usize) {
        let (width, n_markets) = (self.width, record.markets.len());
        for (index, (into, world)) in self.worlds.iter_mut().zip(&block.worlds).enumerate() {
            let months = &mut into[month * n_markets * width..][..n_markets * width];
            for (row, market) in months.chunks_exact_mut(width).zip(&record.markets) {
                let mut total = *block.draws().row(market.shock);
                let feedback = market.feedback.filter(|_| index == 0);
                for added in [market.jump, feedback.map(|rows| rows.at_close)].into_iter().flatten() {
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
        if let Some((row, least)) = record.sales.map(|sales| sales.fall) {
            let falls = block.worlds[0].rows.get(row);
            let crashes = &mut self.crashes[month * width..][..width];
            for (crash, fall) in crashes.iter_mut().zip(falls.iter()) {
                *crash = *fall >= least;
            }
        }
    }
}
