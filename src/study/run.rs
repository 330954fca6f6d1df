//! One scenario, compiled and simulated.
//!
//! In: a scenario, perhaps a base whose draws it shares, how to run it. Out: [`Run`]. Not here: more
//! paths, memory and stores ([`Lab`](super::Lab)).

use super::budget::Share;
use super::{data_by_path, data_of};
use crate::engine::{self, Control, Outcome, RunError, TriggerExposure, trigger_exposure};
use crate::plan::{ExposurePlan, Plan};
use crate::scenario::Scenario;
use crate::stats::Data;
use std::borrow::Cow;

/// A scenario with what its paths left.
pub struct Run<'a> {
    /// As it was run.
    pub scenario: Cow<'a, Scenario>,
    pub plan: Plan,
    pub outcome: Outcome,
    /// What takes its agents to their triggers, if it was asked for and they hold anything.
    pub exposure: Option<TriggerExposure>,
    /// How often fewer paths were looked at before.
    pub look: u32,
    /// Whether more paths were asked for than had room.
    pub is_limited: bool,
    /// Memory that nobody else may have as long as this is there.
    pub(super) _share: Option<Share<'a>>,
}

impl<'a> Run<'a> {
    pub(super) fn new(scenario: Cow<'a, Scenario>, plan: Plan, outcome: Outcome) -> Self {
        Self {
            scenario,
            plan,
            outcome,
            exposure: None,
            look: 0,
            is_limited: false,
            _share: None,
        }
    }

    /// The same with the exposure of its agents to their triggers, which a report of it needs.
    ///
    /// Errors if it is stopped.
    pub fn exposed(mut self, control: &Control<'_>) -> Result<Self, RunError> {
        let plan = ExposurePlan::compile(&self.scenario);
        let probe = |plan| trigger_exposure(&plan, control);
        self.exposure = plan.map(probe).transpose()?;
        Ok(self)
    }

    /// What its measures are taken of.
    pub fn data(&self) -> Data {
        data_of(&self.scenario, &self.outcome)
    }

    /// The same in the order of the paths: to be compared with another.
    pub fn data_by_path(&self) -> Data {
        data_by_path(&self.scenario, &self.outcome)
    }
}

/// Simulates every path of `scenario`, and the exposure of its agents, in the current thread pool: the same bits for any.
///
/// Errors if it is stopped, or if a number on a path ends beyond what can be computed with.
pub fn simulate<'a>(scenario: &'a Scenario, control: &Control<'_>) -> Result<Run<'a>, RunError> {
    let plan = Plan::compile(scenario);
    let outcome = engine::run(&plan, control)?;
    Run::new(Cow::Borrowed(scenario), plan, outcome).exposed(control)
}

/// Simulates `scenario` with the seed and the paths of `base`, and on its draws: path k of both meets
/// the same surprises, so that their difference is known far better than either.
///
/// Errors as [`simulate`].
pub fn beside(
    scenario: &Scenario,
    base: &Scenario,
    control: &Control<'_>,
) -> Result<Run<'static>, RunError> {
    let scenario = Scenario {
        seeds: base.seeds,
        paths: base.paths,
        ..scenario.clone()
    };
    let plan = Plan::compile_beside(&scenario, base);
    let outcome = engine::run(&plan, control)?;
    Ok(Run::new(Cow::Owned(scenario), plan, outcome))
}
