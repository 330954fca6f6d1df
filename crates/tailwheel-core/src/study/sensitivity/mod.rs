//! Sensitivity analysis: every catalog assumption and every range is moved to both ends of its range, one at
//! a time.
//!
//! In: a case. Out: [`Sensitivity`], sorted by the effect on the median return. Not here: ranges (`catalog`),
//! how it is shown (`report`, `chart`).
//!
//! Every run is paired with the unchanged scenario, so a difference has a far smaller error than either
//! figure. Assumptions move one at a time, so joint effects are not seen.

mod assumption;
mod effect;
mod rank;
mod shards;
mod stages;

pub use assumption::Assumption;
pub use effect::Findings;

use super::{Fault, Job, Lab, Shard, Task};
use crate::math::LANES;
use crate::record::id;
use crate::scenario::{Amount, Case};
use crate::stats::{Value, as_shown};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use stages::Stages;
use std::collections::BTreeMap;

/// Ids of the figures whose change is analyzed; the first one ranks the assumptions.
pub const MOVING: [&str; 4] =
    [id::REAL_RETURN_P50, id::LOSS_PROBABILITY, id::EXPECTED_SHORTFALL_95, id::RUIN];

/// Figures in [`MOVING`], or their changes, by id; one that a run lacks is left out.
pub type Effects = BTreeMap<String, Value>;

/// Sensitivity of a scenario to every assumption.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Sensitivity {
    /// Paths of the base, and of every run of the last analysis.
    pub paths: u64,
    /// Paths of every run of the interim analysis, the first of `paths`; absent if there was no interim
    /// analysis.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interim_paths: Option<u64>,
    /// Figures of the unchanged scenario, by measure id.
    pub base: Effects,
    /// Assumptions judged on all paths first, then the others; within both, the largest effect on the median
    /// return first.
    pub moved: Vec<Moved>,
    pub not_moved: Vec<NotMoved>,
}

/// An assumption that was moved to both ends of its range.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Moved {
    #[serde(flatten)]
    pub assumption: Assumption,
    /// Paths of the runs by which it was judged.
    pub paths: u64,
    pub low: End,
    pub high: End,
}

/// An assumption without effect, or without a range that can be simulated.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct NotMoved {
    #[serde(flatten)]
    pub assumption: Assumption,
    /// Paths of the runs that showed no effect; absent if there were none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paths: Option<u64>,
    pub why: NotMovedWhy,
    /// Error message of the scenarios with the lowest and the highest value of the range; absent if they are
    /// valid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
}

/// Reason why an assumption has no rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NotMovedWhy {
    /// The assumption is a choice without a range.
    NoRange,
    /// The assumption correlates claimed returns, but there is only one asset, so nothing changes.
    OneAsset,
    /// No figure changes at either end of the range on the simulated paths.
    NoEffect,
    /// Neither end gives a valid scenario.
    Refused,
}

/// One end of a range.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct End {
    /// Value as it could be written in the file.
    pub value: String,
    /// Value as a number; absent if it is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Amount>,
    /// Changes of the figures, new minus base, with the paired error, by measure id.
    pub effects: Effects,
    /// Error message of the scenario with the assumption at this end of its range; absent if it is valid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
}

impl Moved {
    /// Returns the low end and the high end.
    pub fn ends(&self) -> [&End; 2] {
        [&self.low, &self.high]
    }

    /// Returns the largest absolute change of figure `id` at either end, after conversion by `seen`.
    pub fn farthest(&self, id: &str, seen: impl Fn(f64) -> f64) -> f64 {
        let changes = self.ends().into_iter().filter_map(|end| Some(end.effects.get(id)?.value));
        changes.fold(0.0, |most, change| seen(change).abs().max(most))
    }
}

impl End {
    /// True if no figure changes when the assumption has the value at this end of its range.
    fn is_nothing(&self) -> bool {
        self.effects.values().all(|effect| effect.value == 0.0)
    }
}

/// Runs of a sensitivity analysis that are still to come after the run of the unchanged scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Workload {
    /// Paths of the run of the unchanged scenario.
    pub paths: u64,
    pub interim: Option<Runs>,
    pub last: Runs,
}

/// A number of runs with the same number of paths each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Runs {
    pub n: u64,
    pub paths: u64,
}

impl Workload {
    /// Total work, as a multiple of one run of the unchanged scenario.
    pub fn in_runs(&self) -> f64 {
        let blocks = |paths: u64| paths.div_ceil(LANES as u64) as f64;
        let interim = self.interim.map_or((0.0, 0.0), |runs| (runs.n as f64, blocks(runs.paths)));
        // the paths of the interim analysis are not simulated again
        let last = self.last.n as f64 * (blocks(self.last.paths) - interim.1);
        (interim.0 * interim.1 + last) / blocks(self.paths)
    }
}

impl Lab {
    /// Analyzes the sensitivity of `case`. `begins` receives the workload after the unchanged scenario.
    ///
    /// Errors if it is stopped, if the unchanged scenario has no outcome, or if there is not enough memory.
    pub fn sensitivity(&self, case: &Case, begins: impl FnOnce(&Workload)) -> Result<Sensitivity, Fault> {
        Ok(self.analyzed(Stages::of(case), begins)?.judged())
    }

    /// Analyzes one shard of the sensitivity of `case`: both ends of its assumptions, and the unchanged
    /// scenario, which every difference needs. Its last analysis takes twice its share of assumptions.
    ///
    /// Errors as [`Lab::sensitivity`].
    pub fn sensitivity_shard(
        &self,
        case: &Case,
        shard: Shard,
        begins: impl FnOnce(&Workload),
    ) -> Result<Findings, Fault> {
        let stages = Stages::of_shard(case, shard);
        if !stages.is_busy() {
            return Ok(stages.findings());
        }
        Ok(self.analyzed(stages, begins)?.findings())
    }

    /// Merges the findings of all shards to the result of [`Lab::sensitivity`]. Assumptions that rank first
    /// overall but not in their shard are simulated here; `begins` receives the number of these runs, if any.
    ///
    /// Errors as [`Lab::sensitivity`].
    pub fn merged_sensitivity(
        &self,
        case: &Case,
        all: impl IntoIterator<Item = Findings>,
        begins: impl FnOnce(Runs),
    ) -> Result<Sensitivity, Fault> {
        let mut stages = Stages::of_shards(case, all);
        self.work(None, |control| stages.run_interim(control))?;
        let n = stages.n_unknown();
        if n > 0 {
            self.check(&Job::of(&stages.base))?;
            let paths = stages.base.paths;
            begins(Runs { n, paths });
        }
        let n_last = stages.workload().last.n;
        let task = Task::new("last analysis", n_last, "runs").filter(|_| n > 0);
        self.work(task, |control| stages.run_last(control))?;
        Ok(stages.judged())
    }

    /// Runs the unchanged scenario, the interim analysis and the last analysis.
    fn analyzed<'a>(
        &self,
        mut stages: Stages<'a>,
        begins: impl FnOnce(&Workload),
    ) -> Result<Stages<'a>, Fault> {
        self.check(&Job::of(&stages.base))?;
        let task = Task::new("the scenario as it is", stages.base.paths, "paths");
        self.work(task, |control| stages.run_base(control))?;
        let workload = stages.workload();
        begins(&workload);
        let n = workload.interim.map_or(0, |runs| runs.n);
        let task = Task::new("interim analysis", n, "runs");
        self.work(task, |control| stages.run_interim(control))?;
        let task = Task::new("last analysis", stages.workload().last.n, "runs");
        self.work(task, |control| stages.run_last(control))?;
        Ok(stages)
    }
}

/// Converts a change of the yearly return `now` for display: below one year, to the change of the total return.
pub fn change_as_shown(now: f64, change: f64, months: u32) -> f64 {
    match months {
        0..12 => as_shown(now + change, months) - as_shown(now, months),
        _ => change,
    }
}
