//! Simulation of the blocks of a plan, on all threads of the calling pool.
//!
//! In: a plan, settings, a range of blocks. Out: their result, or the error that stopped it. Not here: the
//! number of threads (the caller's pool), what a thread does (`worker`).

use super::VALUE_VERSION;
use super::co_movement::CoMovement;
use super::control::{Control, RunError};
use super::months::MonthSample;
use super::outcome::{Column, Outcome};
use super::part::{Part, PartColumn, PartSeries};
use super::recorder::tracks_of;
use super::worker::Worker;
use crate::math::LANES;
use crate::math::values::Values;
use crate::plan::{Plan, n_blocks, n_paths_in};
use rayon::prelude::*;
use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// Simulates every path of `plan`.
///
/// The outcome has the same bits for any number of threads: every block has its own random streams, columns
/// are written in place, and histograms are integers.
///
/// Errors if it is stopped, or if a number on a path leaves the computable range.
pub fn run(plan: &Plan, control: &Control<'_>) -> Result<Outcome, RunError> {
    run_blocks(plan, control, 0..n_blocks(plan))?.into_outcome(plan, control)
}

/// Simulates the paths of `blocks` (256 paths each), a part of the run. The bits are the same for any number of
/// threads and, once all parts are appended, for any division into parts.
///
/// Errors if it is stopped, or if a number leaves the computable range; the error names the first such path.
///
/// # Panics
///
/// If the plan has fewer blocks.
pub fn run_blocks(plan: &Plan, control: &Control<'_>, blocks: Range<u64>) -> Result<Part, RunError> {
    assert!(blocks.start <= blocks.end && blocks.end <= n_blocks(plan), "the plan has no such blocks");
    let n_paths = n_paths_in(plan, &blocks);
    let ids = tracks_of(plan);
    let mut columns: Vec<Vec<f64>> = ids.iter().map(|_| vec![0.0; n_paths]).collect();
    let idle: Mutex<Vec<Box<Worker>>> = Mutex::new(Vec::new());
    let sample_paths = Mutex::new(Vec::new());
    let mut months = MonthSample::zero(plan, &blocks);
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
            // blocks after a failure cannot hold the first one; earlier blocks still run, so that the named
            // path does not depend on threads
            if number > first_failure.load(Ordering::Relaxed) {
                return Ok(());
            }
            let free = idle.lock().expect("no worker panics while it holds the lock").pop();
            let mut worker = free.unwrap_or_else(|| Box::new(Worker::new(plan)));
            let samples =
                worker.run(plan, control.level, number, &ids, &mut slices, months).inspect_err(|_| {
                    first_failure.fetch_min(number, Ordering::Relaxed);
                })?;
            if number == 0 {
                *sample_paths.lock().expect("written once") = samples;
            }
            (control.progress)(slices[0].len() as u64);
            idle.lock().expect("no worker panics while it holds the lock").push(worker);
            Ok(())
        })
        .reduce(|| Ok(()), RunError::first)?;
    let mut workers = idle.into_inner().expect("all workers are done");
    let columns = ids.into_iter().zip(columns);
    Ok(Part {
        model: plan.digest,
        value_version: VALUE_VERSION,
        blocks,
        n_months: plan.n_months,
        columns: columns.map(|(id, values)| PartColumn { id, values }).collect(),
        series: PartSeries::of(plan, &mut workers),
        sample_paths: sample_paths.into_inner().expect("written once"),
        months,
    })
}

/// Completes the sample of monthly market returns of `plan`, of which `months` is a part. Missing blocks of paths are
/// simulated again. `None` if the plan takes no such sample.
fn complete(months: MonthSample, plan: &Plan, control: &Control<'_>) -> Result<Option<CoMovement>, RunError> {
    let Some(missing) = months.missing(plan) else {
        return Ok(None);
    };
    let again = Control {
        // these paths have already been counted
        progress: &|_| {},
        ..*control
    };
    let before = run_blocks(plan, &again, missing)?.months;
    Ok(Some(months.completed(before, plan)))
}

impl Part {
    /// Returns the outcome of the whole run; this part must hold all blocks of `plan`.
    ///
    /// Errors as a run does: if it is stopped, or if a number leaves the computable range.
    ///
    /// # Panics
    ///
    /// If these are not all blocks of the plan.
    pub fn into_outcome(self, plan: &Plan, control: &Control<'_>) -> Result<Outcome, RunError> {
        let mut part = self;
        let columns = std::mem::take(&mut part.columns);
        part.outcome_of(compact(columns), plan, control)
    }

    /// Builds the outcome of the whole run from `columns`, the recorded quantities with one value per path.
    pub(super) fn outcome_of(
        self,
        columns: Vec<Column>,
        plan: &Plan,
        control: &Control<'_>,
    ) -> Result<Outcome, RunError> {
        let all = 0..n_blocks(plan);
        let n_paths = columns[0].values.n();
        assert!(
            self.blocks == all && n_paths == n_paths_in(plan, &all),
            "not all blocks of the plan are there"
        );
        Ok(Outcome {
            n_paths,
            n_months: plan.n_months,
            money_in: plan.record.money_in,
            co_movement: complete(self.months, plan, control)?,
            columns,
            series: self.series.into_iter().map(|series| series.closed(n_paths)).collect(),
            sample_paths: self.sample_paths,
        })
    }
}

/// Compresses columns (one number per path) one by one to the fewest bytes, so that little extra memory is taken
/// meanwhile. Identical columns share their memory.
fn compact(columns: Vec<PartColumn>) -> Vec<Column> {
    let mut all: Vec<Column> = Vec::with_capacity(columns.len());
    for PartColumn { id, values } in columns {
        let values = Values::compact(values);
        let same = all.iter().find(|other| other.values.is_same(&values));
        let values = same.map_or(values, |other| other.values.clone());
        all.push(Column { id, values });
    }
    all
}

/// Splits every column (one number per path) by blocks of 256 paths: one list per block, with a slice per column.
fn by_block(columns: &mut [Vec<f64>], n_paths: usize) -> Vec<Vec<&mut [f64]>> {
    let n_columns = columns.len();
    let mut blocks: Vec<Vec<&mut [f64]>> =
        (0..n_paths.div_ceil(LANES)).map(|_| Vec::with_capacity(n_columns)).collect();
    for column in columns {
        for (block, slice) in blocks.iter_mut().zip(column.chunks_mut(LANES)) {
            block.push(slice);
        }
    }
    blocks
}
