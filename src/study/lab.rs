//! Where points are simulated: threads, memory, what was kept before.
//!
//! In: a [`Point`], when it is decided. Out: its [`Run`], with as many paths as that took. Not here: one
//! run as it is ([`simulate`](super::simulate())).

use super::Run;
use super::blocks::{Store, simulate};
use super::budget::{Later, Memory, TooLarge, needed};
use crate::engine::{Control, Outcome, RunError};
use crate::plan::Plan;
use crate::scenario::Scenario;
use crate::stage::Level;
use crate::stats::Incomparable;
use rayon::{ThreadPool, ThreadPoolBuildError, ThreadPoolBuilder};
use std::borrow::Cow;
use std::num::NonZeroU64;
use std::sync::atomic::{AtomicBool, Ordering};

/// What all points of an experiment share.
pub struct Lab {
    pub level: Level,
    pub pool: ThreadPool,
    /// Set to stop.
    pub stop: &'static AtomicBool,
    pub memory: Memory,
    /// None: nothing is kept.
    pub store: Option<Box<dyn Store>>,
    pub progress: Progress,
}

/// One step of a command and how much there is to do in it: never nothing, so that no bar is of 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    pub label: String,
    pub total: NonZeroU64,
    /// What is counted, in the plural: `paths`.
    pub unit: &'static str,
}

/// Gets each task as it begins, and nothing as it ends.
pub type Begins = dyn Fn(Option<&Task>) + Send + Sync;

/// Who is told how far it is.
pub struct Progress {
    /// A task begins while nothing else is done; none: it has ended.
    pub task: Box<Begins>,
    /// So much more of it is done.
    pub done: Box<dyn Fn(u64) + Send + Sync>,
    /// So many paths more, or less, have to be simulated than a point has.
    pub planned: Box<dyn Fn(i64) + Send + Sync>,
}

impl Task {
    /// Returns `None` if there is nothing to do.
    pub fn new(label: impl Into<String>, total: u64, unit: &'static str) -> Option<Self> {
        Some(Self { label: label.into(), total: NonZeroU64::new(total)?, unit })
    }
}

/// One scenario to simulate.
#[derive(Clone, Copy)]
pub struct Point<'a> {
    pub scenario: &'a Scenario,
    /// With more paths than it has, up to so many, until it is decided.
    pub most: u64,
    pub later: Later,
}

/// Why there is no run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    Run(RunError),
    TooLarge(TooLarge),
    Incomparable(Incomparable),
}

impl From<Incomparable> for Fault {
    fn from(found: Incomparable) -> Self {
        Self::Incomparable(found)
    }
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

/// Whether an outcome decides what is asked, at the n-th look at growing paths, from 0.
pub type IsDecided<'a> = dyn Fn(&Outcome, u32) -> bool + Sync + 'a;

impl<'a> Point<'a> {
    /// `scenario` as it is.
    pub fn of(scenario: &'a Scenario) -> Self {
        Self { scenario, most: scenario.paths, later: Later::default() }
    }
}

impl Lab {
    /// On `n_threads` threads until `stop` is set, with all the memory there is, and nothing kept.
    ///
    /// Errors if there are no such threads.
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
            progress: Progress {
                task: Box::new(|_| {}),
                done: Box::new(|_| {}),
                planned: Box::new(|_| {}),
            },
        })
    }

    /// How its runs are run.
    pub fn control(&self) -> Control<'_> {
        Control { level: self.level, stop: self.stop, progress: &*self.progress.done }
    }

    /// Where results are kept.
    pub fn store(&self) -> Option<&dyn Store> {
        self.store.as_deref()
    }

    /// Whether it is to stop.
    pub fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Simulates the paths of `point`, then twice as many again and again until `is_decided` or there
    /// is no room for more. What the store has of them is not simulated. The memory is taken as long as
    /// the run is there: to be called outside the pool, for whoever waits for memory must not keep a thread
    /// from what he waits for.
    ///
    /// Errors if there is not enough memory, and as [`simulate`](super::simulate()).
    pub fn run<'s>(
        &'s self,
        point: &Point<'s>,
        is_decided: &IsDecided<'_>,
    ) -> Result<Run<'s>, Fault> {
        let scenario = point.scenario;
        let mut plan = self.pool.install(|| Plan::compile(scenario));
        let (most, bytes) = self.affordable(&mut plan, point)?;
        let share = self.memory.take(bytes);
        let simulate = || simulate(self, scenario, &mut plan, most, is_decided);
        let (outcome, look) = self.pool.install(simulate)?;
        if self.is_stopped() {
            return Err(Fault::Run(RunError::Interrupted));
        }
        Ok(Run {
            look,
            is_limited: most < point.most,
            _share: Some(share),
            ..Run::new(Cow::Borrowed(scenario), plan, outcome)
        })
    }

    /// The paths of `point`, a task called `label`.
    ///
    /// Errors as [`Self::run`].
    pub fn alone<'s>(&'s self, label: &str, point: &Point<'s>) -> Result<Run<'s>, Fault> {
        let task = Task::new(label, point.scenario.paths, "paths");
        self.during(task, || self.run(point, &|_, _| true))
    }

    /// `run` with the exposure of its agents, which a report needs.
    ///
    /// Errors if it is stopped.
    pub fn exposed<'s>(&'s self, run: Run<'s>) -> Result<Run<'s>, Fault> {
        let exposed = || run.exposed(&self.control());
        Ok(self.pool.install(exposed)?)
    }

    /// Does `work` on its threads, as `task` if there is anything to count; `work` reports what is done of it.
    pub fn work<T: Send>(
        &self,
        task: Option<Task>,
        work: impl FnOnce(&Control<'_>) -> T + Send,
    ) -> T {
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

    /// Refuses a point that has more paths than there is memory for.
    pub fn check(&self, point: &Point<'_>) -> Result<(), TooLarge> {
        let Some(_) = self.memory.most() else {
            return Ok(());
        };
        let mut plan = Plan::compile(point.scenario);
        self.affordable(&mut plan, point).map(drop)
    }

    /// As many paths as may be needed to decide `point` and fit into memory, and the bytes they need.
    fn affordable(&self, plan: &mut Plan, point: &Point<'_>) -> Result<(u64, u64), TooLarge> {
        let (own, later) = (point.scenario.paths, point.later);
        let n_threads = self.pool.current_num_threads();
        let allowed = self.memory.most();
        let mut most = point.most.max(own);
        loop {
            let bytes = needed(plan, most, n_threads, later);
            match allowed.filter(|allowed| bytes > *allowed) {
                None => return Ok((most, bytes)),
                Some(allowed) if most == own => {
                    return Err(TooLarge::of(plan, own, n_threads, later, allowed));
                }
                // what is decided earlier needs no more
                Some(_) => most = (most / 2).max(own),
            }
        }
    }
}
