//! Work of one thread: it simulates a block from day one to the horizon.
//!
//! In: a plan, the number of a block. Out: the block's slice of every column, and its counts. Not here: which
//! blocks there are (`run`).

use super::control::RunError;
use super::date::DateCount;
use super::months::BlockSample;
use super::outcome::is_in_range;
use super::recorder::{Recorder, SAMPLE_PATHS};
use crate::math::Lanes;
use crate::plan::{Block, Plan};
use crate::stage::{Level, TrackId};

/// State of one thread: the block of 256 paths that it simulates, with one recorder each for the runs with and
/// without agents.
pub(super) struct Worker {
    pub block: Block,
    pub recorders: Vec<Recorder>,
}

impl Worker {
    pub fn new(plan: &Plan) -> Self {
        Self {
            block: Block::new(plan),
            recorders: (0..).take(plan.n_worlds()).map(|index| Recorder::new(plan, index)).collect(),
        }
    }

    pub fn open(&mut self, plan: &Plan, level: Level, number: u64, n_paths: usize) {
        self.block.open(plan, level, number);
        for (recorder, world) in self.recorders.iter_mut().zip(&self.block.worlds) {
            recorder.open(plan, world, number, n_paths, level);
        }
    }

    fn advance(&mut self, plan: &Plan, level: Level, month: u32, n_paths: usize) {
        self.block.advance(plan, level);
        self.keep(plan, level, month, n_paths);
    }

    /// Records the month that the block has just advanced through.
    pub fn keep(&mut self, plan: &Plan, level: Level, month: u32, n_paths: usize) {
        for (recorder, world) in self.recorders.iter_mut().zip(&mut self.block.worlds) {
            recorder.keep(plan, world, month, n_paths, level);
        }
    }

    /// Returns the counts of each recorded series, one entry per date, with the series in the order of the plan.
    pub fn series(&mut self, plan: &Plan) -> Vec<&mut Vec<DateCount>> {
        let mut worlds: Vec<_> = self.recorders.iter_mut().map(|one| one.series.iter_mut()).collect();
        let series = plan.record.series.iter();
        let counts = series.map(|one| worlds[one.id.world()].next());
        counts.map(|counts| counts.expect("every series is counted")).collect()
    }

    /// Value of the recorded quantity `id` after `month` on each of the block's 256 paths.
    pub fn value(&self, plan: &Plan, id: TrackId, month: u32, level: Level) -> Lanes {
        let world = &self.block.worlds[id.world()];
        self.recorders[id.world()].value(plan, world, id, month, level)
    }

    /// Simulates block `number` (256 paths) to the horizon and fills `columns`, one for each quantity in `ids`. For
    /// block 0, returns net worth in money of day one by month for its first few paths; else nothing.
    pub fn run(
        &mut self,
        plan: &Plan,
        level: Level,
        number: u64,
        ids: &[TrackId],
        columns: &mut [&mut [f64]],
        mut months: Option<BlockSample<'_>>,
    ) -> Result<Vec<Vec<f64>>, RunError> {
        let n_paths = columns[0].len();
        let n_samples = if number == 0 { n_paths.min(SAMPLE_PATHS) } else { 0 };
        let mut samples = vec![Vec::new(); n_samples];
        self.open(plan, level, number, n_paths);
        for month in 0..=plan.n_months {
            if month > 0 {
                self.advance(plan, level, month, n_paths);
                if let Some(months) = &mut months {
                    months.keep(plan, &self.block, month, level);
                }
            }
            for (lane, sample) in samples.iter_mut().enumerate() {
                sample.push(self.recorders[0].real_wealth(plan, &self.block.worlds[0], lane));
            }
        }
        let mut lost: Option<usize> = None;
        for (&id, column) in ids.iter().zip(columns) {
            column.copy_from_slice(&self.value(plan, id, plan.n_months, level)[..n_paths]);
            let first = column.iter().position(|value| !is_in_range(*value));
            lost = lost.into_iter().chain(first).min();
        }
        match lost {
            None => Ok(samples),
            Some(lane) => Err(self.left_range(plan, level, ids, n_paths, lane)),
        }
    }

    /// Simulates the block again to find the month in which the path at index `lane` left the computable range, and
    /// returns the error that names path and month.
    #[cold]
    pub fn left_range(
        &mut self,
        plan: &Plan,
        level: Level,
        ids: &[TrackId],
        n_paths: usize,
        lane: usize,
    ) -> RunError {
        let number = self.block.number;
        self.open(plan, level, number, n_paths);
        let is_without_agents = |id: &TrackId| id.world() == 1;
        for month in 1..=plan.n_months {
            self.advance(plan, level, month, n_paths);
            let is_out = |id: &&TrackId| !is_in_range(self.value(plan, **id, month, level)[lane]);
            let mut out = ids.iter().filter(is_out).peekable();
            if out.peek().is_some() {
                return RunError::NotFinite {
                    path: self.block.first_path() + lane as u64,
                    month,
                    is_by_sales: ids.iter().any(is_without_agents) && !out.any(is_without_agents),
                };
            }
        }
        unreachable!("the same path was out of range at the horizon")
    }
}
