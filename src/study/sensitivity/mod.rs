//! What moves the answer: every assumption of the catalog and every range of the file, moved to both ends of its range, one at a time.
//!
//! In: a case. Out: [`Sensitivity`], the assumption that moves the median most first. Not here: ranges
//! (`catalog`), how it is shown (`report`, `chart`).
//!
//! Every run is beside the scenario as it is, on its draws, so a difference is known far better than
//! what differs. Assumptions move alone: what two of them do together is not seen.

mod assumption;
mod found;
mod rank;
mod shards;
mod stages;

pub use assumption::Assumption;
pub use found::Findings;

use super::{Fault, Lab, Point, Shard, Task};
use crate::engine::{Control, RunError};
use crate::math::LANES;
use crate::record::id;
use crate::scenario::{Amount, Case};
use crate::stats::{Value, as_told};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use stages::Stages;
use std::collections::BTreeMap;

/// What may move, the first ranks.
pub const MOVING: [&str; 4] =
    [id::REAL_RETURN_P50, id::LOSS_PROBABILITY, id::EXPECTED_SHORTFALL_95, id::RUIN];

/// Figures of [`MOVING`] by id; one that one of both runs has not is not there.
pub type Effects = BTreeMap<String, Value>;

/// Every assumption of a scenario.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Sensitivity {
    /// Of the base, and of every run of the last analysis.
    pub paths: u64,
    /// Of every run of the interim analysis, the first of `paths`; absent if all assumptions were judged at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interim_paths: Option<u64>,
    /// The scenario as it is, by id of the measure.
    pub base: Effects,
    /// Those judged on all paths first; of these, and of the others, the one that moves the median return most first.
    pub moved: Vec<Moved>,
    pub not_moved: Vec<NotMoved>,
}

/// An assumption that was moved to the least and the greatest of its range.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Moved {
    #[serde(flatten)]
    pub assumption: Assumption,
    /// Of the runs that it was judged by.
    pub paths: u64,
    pub low: End,
    pub high: End,
}

/// An assumption without a range that can be run, or one that changes nothing.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct NotMoved {
    #[serde(flatten)]
    pub assumption: Assumption,
    /// Of the runs that showed no effect; absent if there were none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paths: Option<u64>,
    pub why: NotMovedWhy,
    /// The fault that refuses both ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
}

/// Why an assumption has no rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NotMovedWhy {
    /// It is a choice and has no range.
    NoRange,
    /// It relates two claims, and there is one asset: its law alone stays the same, and another draw is no effect.
    OneAsset,
    /// No figure differs at either end on these paths.
    NoEffect,
    /// No scenario can have either end.
    Refused,
}

/// An end of a range.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct End {
    /// As it could be written.
    pub value: String,
    /// The same as a number; absent where it is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Amount>,
    /// New less base with the paired error, by id of the measure.
    pub effects: Effects,
    /// The fault of a scenario that cannot be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
}

impl Moved {
    /// The low and the high end.
    pub fn ends(&self) -> [&End; 2] {
        [&self.low, &self.high]
    }

    /// The farthest that it moves a figure, as its change is `seen`.
    pub fn farthest(&self, id: &str, seen: impl Fn(f64) -> f64) -> f64 {
        let ends = self.ends().into_iter();
        let changes = ends.filter_map(|end| Some(end.effects.get(id)?.value));
        changes.fold(0.0, |most, change| seen(change).abs().max(most))
    }
}

impl End {
    /// Whether no figure is another there.
    fn is_nothing(&self) -> bool {
        self.effects.values().all(|effect| effect.value == 0.0)
    }
}

/// The runs that are made of a scenario, besides that of the scenario as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Workload {
    /// Of the run of the scenario as it is.
    pub paths: u64,
    pub interim: Option<Runs>,
    pub last: Runs,
}

/// Runs of so many paths each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Runs {
    pub n: u64,
    pub paths: u64,
}

impl Workload {
    /// How many runs of the scenario as it is take as long.
    pub fn in_runs(&self) -> f64 {
        let blocks = |paths: u64| paths.div_ceil(LANES as u64) as f64;
        let interim = self.interim.map_or((0.0, 0.0), |runs| (runs.n as f64, blocks(runs.paths)));
        // its paths are there when the last analysis begins
        let last = self.last.n as f64 * (blocks(self.last.paths) - interim.1);
        (interim.0 * interim.1 + last) / blocks(self.paths)
    }
}

impl Lab {
    /// What every assumption of `case` moves, while nothing else is run. `begins` gets what is still to be run once the
    /// scenario as it is was run.
    ///
    /// Errors as [`sensitivity`], and if there is not enough memory.
    pub fn sensitivity(
        &self,
        case: &Case,
        begins: impl FnOnce(&Workload),
    ) -> Result<Sensitivity, Fault> {
        Ok(self.analyzed(Stages::of(case), begins)?.judged())
    }

    /// What one shard of the sensitivity of `case` finds: both ends of its assumptions, and the scenario as it is, which every
    /// difference needs. Of the last analysis it has twice its share.
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

    /// The sensitivity of `case` of what all its shards found, the same as of [`Lab::sensitivity`]. Assumptions that no shard could
    /// know to rank first are simulated here; `begins` gets how many runs that takes, if any.
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
            self.check(&Point::of(stages.base()))?;
            let paths = stages.base().paths;
            begins(Runs { n, paths });
        }
        let n_last = stages.workload().last.n;
        let task = Task::new("last analysis", n_last, "runs").filter(|_| n > 0);
        self.work(task, |control| stages.run_last(control))?;
        Ok(stages.judged())
    }

    /// All analyses of `stages`.
    fn analyzed<'a>(
        &self,
        mut stages: Stages<'a>,
        begins: impl FnOnce(&Workload),
    ) -> Result<Stages<'a>, Fault> {
        self.check(&Point::of(stages.base()))?;
        let task = Task::new("the scenario as it is", stages.base().paths, "paths");
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

/// Moves every assumption of `case` that has a range, in the current thread pool.
///
/// Errors if it is stopped, or if a run of the scenario as it is has no outcome.
pub fn sensitivity(case: &Case, control: &Control<'_>) -> Result<Sensitivity, RunError> {
    let mut stages = Stages::of(case);
    stages.run_base(control)?;
    stages.run_interim(control)?;
    stages.run_last(control)?;
    Ok(stages.judged())
}

/// A change of a return per year that is now `now`, over what returns are told over.
pub fn change_as_told(now: f64, change: f64, months: u32) -> f64 {
    match months {
        0..12 => as_told(now + change, months) - as_told(now, months),
        _ => change,
    }
}
