//! A run in parts: some of its blocks, and the run that all parts form.
//!
//! In: a scenario, a range of its blocks, or joined parts. Out: a [`Part`], a [`Run`]. Not here: the files of
//! parts (`engine` for their bytes, `cli` for where they are).

use super::budget::OF_ANY_RUN;
use super::{Fault, Lab, Run, Task};
use crate::engine::{self, Joined, Part, RunError, n_blocks, run_blocks};
use crate::plan::{Plan, n_paths_in};
use crate::scenario::Scenario;
use std::borrow::Cow;
use std::ops::Range;

/// A scenario whose blocks of paths are simulated in separate parts.
pub struct Pieces<'a> {
    lab: &'a Lab,
    scenario: &'a Scenario,
    plan: Plan,
}

impl Lab {
    /// Prepares `scenario` for simulation in parts.
    pub fn pieces<'a>(&'a self, scenario: &'a Scenario) -> Pieces<'a> {
        let plan = self.pool.install(|| Plan::compile(scenario));
        Pieces { lab: self, scenario, plan }
    }
}

impl<'a> Pieces<'a> {
    /// Number of blocks (256 paths each) of the whole run.
    pub fn n_blocks(&self) -> u64 {
        n_blocks(&self.plan)
    }

    /// Number of paths in this range of blocks.
    pub fn n_paths(&self, blocks: &Range<u64>) -> u64 {
        n_paths_in(&self.plan, blocks) as u64
    }

    /// Bytes that simulating `n_paths` paths at once needs.
    pub fn bytes(&self, n_paths: u64) -> u64 {
        engine::estimate_part(&self.plan, n_paths, self.lab.pool.current_num_threads()) + OF_ANY_RUN
    }

    /// True if `part` belongs to the run of this scenario.
    pub fn fits(&self, part: &Joined) -> bool {
        part.fits(&self.plan)
    }

    /// Runs `work`, which simulates `n_paths` paths, as a task with progress.
    pub fn during<T>(&self, n_paths: u64, work: impl FnOnce() -> T) -> T {
        self.lab.during(Task::new("simulating", n_paths, "paths"), work)
    }

    /// Simulates the blocks of paths in this range.
    ///
    /// Errors if it is stopped, or if a number on a path leaves the computable range.
    pub fn simulate(&self, blocks: Range<u64>) -> Result<Part, Fault> {
        let part = self.lab.pool.install(|| run_blocks(&self.plan, &self.lab.control(), blocks))?;
        if self.lab.is_stopped() { Err(Fault::Run(RunError::Interrupted)) } else { Ok(part) }
    }

    /// Returns the run whose blocks of paths are all in `part`.
    ///
    /// Errors if it is stopped, or if a number on a path leaves the computable range.
    ///
    /// # Panics
    ///
    /// If the part belongs to another run, or lacks blocks.
    pub fn run(self, part: Joined) -> Result<Run<'a>, Fault> {
        assert!(self.fits(&part), "the part is of this run");
        let Self { lab, scenario, plan } = self;
        let outcome = lab.pool.install(|| part.into_outcome(&plan, &lab.control()))?;
        Ok(Run::new(Cow::Borrowed(scenario), plan, outcome))
    }
}
