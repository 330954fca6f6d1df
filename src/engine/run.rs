//! The blocks of a plan, on all threads of the pool it is called in.
//!
//! In: a plan, how to run it, which blocks. Out: what they leave, or where it stopped. Not here: the
//! number of threads, which the caller's pool decides; what a thread does (`worker`).

use super::VALUE_VERSION;
use super::months::Months;
use super::outcome::{Column, Outcome};
use super::part::{Counted, Part};
use super::recorder::tracks_of;
use super::worker::Worker;
use crate::math::LANES;
use crate::plan::Plan;
use crate::stage::Level;
use rayon::prelude::*;
use std::fmt;
use std::ops::Range;
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

impl Default for Control<'_> {
    /// At the best level of this CPU, not to be stopped, without telling how far it is.
    fn default() -> Self {
        static NEVER: AtomicBool = AtomicBool::new(false);
        Self {
            level: Level::detect(),
            stop: &NEVER,
            progress: &|_| {},
        }
    }
}

/// Why a run has no outcome.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RunError {
    /// It was asked to stop.
    Interrupted,
    /// A number on `path`, the first such path, left the range that can be computed with in
    /// `month`. `is_by_sales`: in the twin world, where nobody sells, it was still there.
    NotFinite {
        path: u64,
        month: u32,
        is_by_sales: bool,
    },
}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Interrupted => write!(f, "interrupted"),
            Self::NotFinite { path, month, .. } => {
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
    run_blocks(plan, control, 0..n_blocks(plan))?.into_outcome(plan, control)
}

/// Simulates the paths of `blocks`, a part of the run: the same bits for any number of threads, and,
/// once all parts are appended, for any way to cut the run into parts.
///
/// Errors if it is stopped, or for the first of its paths that ends beyond what can be computed with.
///
/// # Panics
///
/// If the plan has not so many blocks.
pub fn run_blocks(
    plan: &Plan,
    control: &Control<'_>,
    blocks: Range<u64>,
) -> Result<Part, RunError> {
    assert!(
        blocks.start <= blocks.end && blocks.end <= n_blocks(plan),
        "the plan has no such blocks"
    );
    let n_paths = n_paths_in(plan, &blocks);
    let ids = tracks_of(plan);
    let mut columns: Vec<Vec<f64>> = ids.iter().map(|_| vec![0.0; n_paths]).collect();
    let idle: Mutex<Vec<Box<Worker>>> = Mutex::new(Vec::new());
    let sample_paths = Mutex::new(Vec::new());
    let mut months = Months::zero(plan, &blocks);
    let first_failure = AtomicU64::new(u64::MAX);
    by_block(&mut columns, n_paths)
        .into_par_iter()
        .zip(months.by_block(plan, &blocks))
        .enumerate()
        .map(|(index, (mut slices, months))| {
            let number = blocks.start + index as u64;
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
    let columns = ids.into_iter().zip(columns);
    Ok(Part {
        model: plan.digest,
        value_version: VALUE_VERSION,
        blocks,
        n_months: plan.n_months,
        columns: columns.map(|(id, values)| Column { id, values }).collect(),
        series: Counted::of(plan, &mut workers),
        sample_paths: sample_paths.into_inner().expect("written once"),
        months,
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
pub fn n_blocks(plan: &Plan) -> u64 {
    plan.n_paths.div_ceil(LANES as u64)
}

/// Recorded paths of `blocks`.
pub(super) fn n_paths_in(plan: &Plan, blocks: &Range<u64>) -> usize {
    let first_of = |block: u64| plan.n_paths.min(block * LANES as u64);
    usize::try_from(first_of(blocks.end) - first_of(blocks.start))
        .expect("memory was estimated before")
}

/// For every block, its slice of every column.
fn by_block(columns: &mut [Vec<f64>], n_paths: usize) -> Vec<Vec<&mut [f64]>> {
    let n_columns = columns.len();
    let mut blocks: Vec<Vec<&mut [f64]>> = (0..n_paths.div_ceil(LANES))
        .map(|_| Vec::with_capacity(n_columns))
        .collect();
    for column in columns {
        for (block, slice) in blocks.iter_mut().zip(column.chunks_mut(LANES)) {
            block.push(slice);
        }
    }
    blocks
}
