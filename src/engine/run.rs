//! All blocks of a plan, on all threads of the pool it is called in.
//!
//! In: a plan, how to run it. Out: the outcome, or where it stopped. Not here: the number of
//! threads, which the caller's pool decides.

use super::block::Block;
use super::co_movement::{BlockSample, CoMovement};
use super::date::DateCount;
use super::outcome::{Column, ColumnId, Outcome, Series, SeriesId, is_in_range};
use super::recorder::{Recorder, SAMPLE_PATHS};
use crate::math::histogram::Histogram;
use crate::math::sum::Sum;
use crate::math::{LANES, Lanes};
use crate::plan::{Plan, RecordPlan};
use crate::stage::Level;
use rayon::prelude::*;
use std::fmt;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// How a plan is run; nothing in it changes a result.
pub struct Control<'a> {
    /// SIMD level of the path code.
    pub level: Level,
    /// Set it to stop at the next block.
    pub stop: &'a AtomicBool,
    /// Called after every block with the paths it finished.
    pub progress: &'a (dyn Fn(u64) + Sync),
}

/// Why a run has no outcome.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RunError {
    /// It was asked to stop.
    Interrupted,
    /// A number on `path`, the first such path, left the range that can be computed with in
    /// `month`.
    NotFinite { path: u64, month: u32 },
}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Interrupted => write!(f, "interrupted"),
            Self::NotFinite { path, month } => {
                write!(
                    f,
                    "path {path} leaves the range of numbers in month {month}"
                )
            }
        }
    }
}

impl std::error::Error for RunError {}

/// Simulates every path of `plan`.
///
/// The outcome has the same bits for any number of threads: a block owns its random streams, its
/// columns are written where they belong, and histograms are integers.
///
/// Errors if it is stopped, or if a number on a path ends beyond what can be computed with.
pub fn run(plan: &Plan, control: &Control<'_>) -> Result<Outcome, RunError> {
    let n_paths = usize::try_from(plan.n_paths).expect("memory was estimated before");
    let ids = columns_of(plan);
    let mut columns: Vec<Vec<f64>> = ids.iter().map(|_| vec![0.0; n_paths]).collect();
    let idle: Mutex<Vec<Box<Worker>>> = Mutex::new(Vec::new());
    let sample_paths = Mutex::new(Vec::new());
    let mut co_movement = CoMovement::of(plan);
    let first_failure = AtomicU64::new(u64::MAX);
    by_block(&mut columns, plan)
        .into_par_iter()
        .zip(months_by_block(co_movement.as_mut(), plan))
        .enumerate()
        .map(|(number, (mut slices, months))| {
            let number = number as u64;
            if control.stop.load(Ordering::Relaxed) {
                return Err(RunError::Interrupted);
            }
            // blocks behind a failure cannot hold the first one; those before it still run, so
            // which path is named depends on no thread
            if number > first_failure.load(Ordering::Relaxed) {
                return Ok(());
            }
            let free = idle
                .lock()
                .expect("no worker panics while it holds the lock")
                .pop();
            let mut worker = free.unwrap_or_else(|| Box::new(Worker::new(plan)));
            let samples = worker
                .run(plan, control.level, number, &ids, &mut slices, months)
                .inspect_err(|_| {
                    first_failure.fetch_min(number, Ordering::Relaxed);
                })?;
            if number == 0 {
                *sample_paths.lock().expect("written once") = samples;
            }
            (control.progress)(slices[0].len() as u64);
            idle.lock()
                .expect("no worker panics while it holds the lock")
                .push(worker);
            Ok(())
        })
        .reduce(|| Ok(()), first_error)?;
    let mut workers = idle.into_inner().expect("all workers are done");
    Ok(Outcome {
        n_paths,
        n_months: plan.n_months,
        money_in: plan.record.money_in,
        columns: ids
            .into_iter()
            .zip(columns)
            .map(|(id, values)| Column { id, values })
            .collect(),
        series: merge(plan, &mut workers),
        sample_paths: sample_paths.into_inner().expect("written once"),
        co_movement,
    })
}

/// The error that is told: an interruption, else that of the first path.
fn first_error(a: Result<(), RunError>, b: Result<(), RunError>) -> Result<(), RunError> {
    match (a, b) {
        (Ok(()), other) | (other, Ok(())) => other,
        (Err(a), Err(b)) => Err(a.min(b)),
    }
}

/// Blocks of a plan; the last may be partly used.
pub(super) fn n_blocks(plan: &Plan) -> u64 {
    plan.n_paths.div_ceil(LANES as u64)
}

/// Columns that a plan keeps.
pub(super) fn columns_of(plan: &Plan) -> Vec<ColumnId> {
    let mut ids = vec![ColumnId::Wealth];
    if plan.n_months > 12 {
        ids.push(ColumnId::WealthYear1);
    }
    if plan.record.money_in > 0.0 {
        ids.extend([ColumnId::UnitValue, ColumnId::MaxDrawdown]);
        if plan.n_months > 1 {
            ids.push(ColumnId::Volatility);
        }
    }
    ids.push(ColumnId::IncomeTerminal);
    let n_assets = u16::try_from(plan.record.assets.len()).expect("accounts are u16");
    ids.extend((0..n_assets).map(ColumnId::AssetValue));
    if plan.n_worlds() > 1 {
        ids.push(ColumnId::LoopOffWealth);
        if plan.record.money_in > 0.0 {
            ids.extend([ColumnId::LoopOffUnitValue, ColumnId::LoopOffMaxDrawdown]);
        }
        ids.extend([
            ColumnId::SellingMonths,
            ColumnId::LargestSale,
            ColumnId::CrashMonths,
            ColumnId::DeepestSale,
        ]);
        if plan.n_months >= 12 {
            ids.push(ColumnId::SellingYears);
        }
    }
    ids
}

/// For every block, its slice of every column.
fn by_block<'c>(columns: &'c mut [Vec<f64>], plan: &Plan) -> Vec<Vec<&'c mut [f64]>> {
    let n_columns = columns.len();
    let mut blocks: Vec<Vec<&mut [f64]>> = (0..n_blocks(plan))
        .map(|_| Vec::with_capacity(n_columns))
        .collect();
    for column in columns {
        for (block, slice) in blocks.iter_mut().zip(column.chunks_mut(LANES)) {
            block.push(slice);
        }
    }
    blocks
}

/// For every block, where its months go if they are in the sample.
fn months_by_block<'c>(
    co_movement: Option<&'c mut CoMovement>,
    plan: &Plan,
) -> Vec<Option<BlockSample<'c>>> {
    match co_movement {
        Some(sample) => sample.by_block(n_blocks(plan)),
        None => (0..n_blocks(plan)).map(|_| None).collect(),
    }
}

/// State of one thread.
pub(super) struct Worker {
    pub block: Block,
    /// One per world.
    pub recorders: Vec<Recorder>,
}

impl Worker {
    pub fn new(plan: &Plan) -> Self {
        Self {
            block: Block::new(plan),
            recorders: (0..plan.n_worlds())
                .map(|index| Recorder::new(plan, index))
                .collect(),
        }
    }

    pub fn open(&mut self, plan: &Plan, level: Level, number: u64, n_paths: usize) {
        self.block.open(plan, level, number);
        for (recorder, world) in self.recorders.iter_mut().zip(&self.block.worlds) {
            recorder.open(plan, world, n_paths, level);
        }
    }

    fn advance(&mut self, plan: &Plan, level: Level, month: u32, n_paths: usize) {
        self.block.advance(plan, level);
        self.keep(plan, level, month, n_paths);
    }

    /// Records the month that the block has just had.
    pub fn keep(&mut self, plan: &Plan, level: Level, month: u32, n_paths: usize) {
        for (recorder, world) in self.recorders.iter_mut().zip(&mut self.block.worlds) {
            recorder.keep(plan, world, month, n_paths, level);
        }
    }

    /// Value of column `id` on every path, once the horizon is reached.
    pub fn column(&self, plan: &Plan, id: ColumnId) -> Lanes {
        let (index, id) = id.in_world();
        self.recorders[index].column(plan, &self.block.worlds[index], id)
    }

    /// Runs one block to the horizon and writes its columns; returns the first paths' wealth by
    /// month if it is the first block.
    fn run(
        &mut self,
        plan: &Plan,
        level: Level,
        number: u64,
        ids: &[ColumnId],
        columns: &mut [&mut [f64]],
        mut months: Option<BlockSample<'_>>,
    ) -> Result<Vec<Vec<f64>>, RunError> {
        let n_paths = columns[0].len();
        let n_samples = if number == 0 {
            n_paths.min(SAMPLE_PATHS)
        } else {
            0
        };
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
                sample.push(self.recorders[0].wealth()[lane]);
            }
        }
        let mut lost: Option<usize> = None;
        for (&id, column) in ids.iter().zip(columns) {
            column.copy_from_slice(&self.column(plan, id)[..n_paths]);
            let first = column.iter().position(|value| !is_in_range(*value));
            lost = lost.into_iter().chain(first).min();
        }
        match lost {
            None => Ok(samples),
            Some(lane) => Err(self.left_range(plan, level, ids, n_paths, lane)),
        }
    }

    /// Runs the block again to find the month in which the path of `lane` left the range.
    #[cold]
    fn left_range(
        &mut self,
        plan: &Plan,
        level: Level,
        ids: &[ColumnId],
        n_paths: usize,
        lane: usize,
    ) -> RunError {
        let number = self.block.number;
        self.open(plan, level, number, n_paths);
        for month in 1..=plan.n_months {
            self.advance(plan, level, month, n_paths);
            let is_in_range = |&id: &ColumnId| is_in_range(self.column(plan, id)[lane]);
            if !ids.iter().all(is_in_range) {
                let path = self.block.first_path() + lane as u64;
                return RunError::NotFinite { path, month };
            }
        }
        unreachable!("the same path was out of range at the horizon")
    }
}

/// Adds up the counts of all workers: integers and exact sums, so in any order.
fn merge(plan: &Plan, workers: &mut [Box<Worker>]) -> Vec<Series> {
    let n_assets = u16::try_from(plan.record.assets.len()).expect("accounts are u16");
    let wealth = merge_one(
        SeriesId::Wealth,
        RecordPlan::dates(plan.record.wealth_every, plan.n_months),
        plan.n_paths,
        workers
            .iter_mut()
            .map(|worker| &mut worker.recorders[0].wealth_dates),
    );
    let without_loop = (plan.n_worlds() > 1).then(|| {
        merge_one(
            SeriesId::LoopOffWealth,
            RecordPlan::dates(plan.record.wealth_every, plan.n_months),
            plan.n_paths,
            workers
                .iter_mut()
                .map(|worker| &mut worker.recorders[1].wealth_dates),
        )
    });
    let assets = (0..n_assets).map(|asset| {
        merge_one(
            SeriesId::AssetValue(asset),
            RecordPlan::dates(plan.record.assets_every, plan.n_months),
            plan.n_paths,
            workers
                .iter_mut()
                .map(|worker| &mut worker.recorders[0].asset_dates[usize::from(asset)]),
        )
    });
    std::iter::once(wealth)
        .chain(without_loop)
        .chain(assets)
        .collect()
}

fn merge_one<'w>(
    id: SeriesId,
    months: Vec<u32>,
    n_paths: u64,
    parts: impl Iterator<Item = &'w mut Vec<DateCount>>,
) -> Series {
    let mut histograms = vec![Histogram::default(); months.len()];
    let mut sums = vec![Sum::new(); months.len()];
    let mut ranges = vec![(f64::INFINITY, f64::NEG_INFINITY); months.len()];
    for part in parts {
        for (index, date) in part.iter_mut().enumerate() {
            histograms[index].merge_counter(&mut date.counter);
            sums[index].merge(&date.sum);
            let (low, high) = &mut ranges[index];
            (*low, *high) = (low.min(date.low), high.max(date.high));
        }
    }
    Series {
        id,
        months,
        means: sums
            .iter()
            .map(|sum| sum.value() / n_paths as f64)
            .collect(),
        ranges,
        histograms,
    }
}
