//! Environment that simulates scenarios: threads, memory, store, progress.
//!
//! In: settings, a [`Job`]. Out: tasks with progress, the number of paths that fits into memory. Not here: the
//! run of a job (`run`).

use super::budget::{Later, Memory, TooLarge, needed};
use super::store::Store;
use crate::engine::{Control, Outcome, RunError};
use crate::plan::Plan;
use crate::scenario::Scenario;
use crate::stage::Level;
use rayon::{ThreadPool, ThreadPoolBuildError, ThreadPoolBuilder};
use std::num::NonZeroU64;
use std::sync::atomic::{AtomicBool, Ordering};

/// Threads, memory limit, store and progress display that all simulations of an experiment share.
pub struct Lab {
    pub level: Level,
    pub pool: ThreadPool,
    /// Flag that stops all runs.
    pub stop: &'static AtomicBool,
    pub memory: Memory,
    /// Storage of earlier results; `None` if nothing is stored.
    pub store: Option<Box<dyn Store>>,
    pub progress: Progress,
}

/// One step of a command with its amount of work, which is never zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    pub label: String,
    pub total: NonZeroU64,
    /// Unit of the total, in the plural: `paths`.
    pub unit: &'static str,
}

/// Callback that receives each task as it begins, and `None` as it ends.
pub type Begins = dyn Fn(Option<&Task>) + Send + Sync;

/// Callbacks that report progress.
pub struct Progress {
    /// Called as a task begins, and with `None` as it ends. Tasks never overlap.
    pub task: Box<Begins>,
    /// Callback that receives the amount of work just done.
    pub done: Box<dyn Fn(u64) + Send + Sync>,
    /// Callback that receives the number of paths added to those planned; negative if fewer are needed.
    pub planned: Box<dyn Fn(i64) + Send + Sync>,
}

impl Task {
    /// Creates a task; returns `None` if `total` is zero.
    pub fn new(label: impl Into<String>, total: u64, unit: &'static str) -> Option<Self> {
        Some(Self { label: label.into(), total: NonZeroU64::new(total)?, unit })
    }
}

/// One scenario to simulate, with its largest number of paths and the memory needed afterwards.
#[derive(Clone, Copy)]
pub struct Job<'a> {
    pub scenario: &'a Scenario,
    /// Maximum number of paths: the number is doubled up to this limit until the run is decided.
    pub most: u64,
    /// Memory needed after the run to process its outcome.
    pub later: Later,
}

/// Reason why a run has no result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    Run(RunError),
    TooLarge(TooLarge),
    /// A value gives no valid scenario, or the scenario lacks the measure.
    Refused(String),
}

impl From<RunError> for Fault {
    fn from(error: RunError) -> Self {
        Self::Run(error)
    }
}

impl From<TooLarge> for Fault {
    fn from(found: TooLarge) -> Self {
        Self::TooLarge(found)
    }
}

/// Condition that ends a run: true if the outcome of interim analysis number n (from 0) decides the question.
pub type IsDecided<'a> = dyn Fn(&Outcome, u32) -> bool + Sync + 'a;

impl<'a> Job<'a> {
    /// Creates a job that simulates `scenario` with its own number of paths.
    pub fn of(scenario: &'a Scenario) -> Self {
        Self { scenario, most: scenario.paths, later: Later::default() }
    }
}

impl Lab {
    /// Creates a lab without memory limit, store or progress display. It runs until `stop` is set.
    ///
    /// Errors if the threads cannot be created.
    pub fn new(
        level: Level,
        n_threads: usize,
        stop: &'static AtomicBool,
    ) -> Result<Self, ThreadPoolBuildError> {
        Ok(Self {
            level,
            pool: ThreadPoolBuilder::new().num_threads(n_threads).build()?,
            stop,
            memory: Memory::new(None),
            store: None,
            progress: Progress { task: Box::new(|_| {}), done: Box::new(|_| {}), planned: Box::new(|_| {}) },
        })
    }

    /// Returns the settings for a run in this lab.
    pub fn control(&self) -> Control<'_> {
        Control { level: self.level, stop: self.stop, progress: &*self.progress.done }
    }

    /// True if the stop flag is set.
    pub fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Runs `work` on the threads of the lab, as `task` if there is one; `work` reports its own progress.
    pub fn work<T: Send>(&self, task: Option<Task>, work: impl FnOnce(&Control<'_>) -> T + Send) -> T {
        let work = || work(&self.control());
        self.during(task, || self.pool.install(work))
    }

    pub(super) fn during<T>(&self, task: Option<Task>, work: impl FnOnce() -> T) -> T {
        let Some(task) = task else { return work() };
        (self.progress.task)(Some(&task));
        let found = work();
        (self.progress.task)(None);
        found
    }

    /// Refuses a job (a scenario to run) if its number of paths does not fit into the memory limit.
    pub fn check(&self, job: &Job<'_>) -> Result<(), TooLarge> {
        if self.memory.most().is_none() {
            return Ok(());
        }
        self.affordable(&mut Plan::compile(job.scenario), job).map(drop)
    }

    /// Returns a number of paths up to `point.most` that fits into memory, halved as needed, and its bytes.
    pub(super) fn affordable(&self, plan: &mut Plan, job: &Job<'_>) -> Result<(u64, u64), TooLarge> {
        let (own, later) = (job.scenario.paths, job.later);
        let n_threads = self.pool.current_num_threads();
        let allowed = self.memory.most();
        let mut most = job.most.max(own);
        loop {
            let bytes = needed(plan, most, n_threads, later);
            match allowed.filter(|allowed| bytes > *allowed) {
                None => return Ok((most, bytes)),
                Some(allowed) if most == own => {
                    return Err(TooLarge::of(plan, own, n_threads, later, allowed));
                }
                // fewer paths may decide the run, so try half
                Some(_) => most = (most / 2).max(own),
            }
        }
    }
}
