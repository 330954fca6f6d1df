//! One scenario, compiled and simulated: what its figures are taken of, and one path of it.
//!
//! In: a scenario, perhaps a base whose draws it shares, how to run it. Out: [`Run`], [`Data`], [`Replay`]. Not
//! here: more paths, memory and stores ([`Lab`]), figures (`stats`).

use super::budget::Share;
use super::{Fault, Lab, Point};
use crate::engine;
use crate::engine::{
    Control, Outcome, Replay, RunError, TriggerExposure, replay, trigger_exposure,
};
use crate::plan::{ExposurePlan, Plan};
use crate::record::{DEEPEST_SALE, REAL_WEALTH, RUIN_MONTH, WEALTH};
use crate::scenario::{Crash, EventEntry, Scenario};
use crate::stats::{Basis, Data, Flows, quantities_of};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
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
        Self { scenario, plan, outcome, exposure: None, look: 0, is_limited: false, _share: None }
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
    let scenario = with_draws_of(base, scenario);
    let plan = Plan::compile_beside(&scenario, base);
    let outcome = engine::run(&plan, control)?;
    Ok(Run::new(Cow::Owned(scenario), plan, outcome))
}

/// The same, of which nothing is kept but what the figures with these ids are taken of.
///
/// Errors as [`simulate`].
pub(super) fn beside_for(
    ids: &[&str],
    scenario: &Scenario,
    base: &Scenario,
    control: &Control<'_>,
) -> Result<Run<'static>, RunError> {
    let (scenario, plan) = plan_beside(ids, scenario, base);
    let outcome = engine::run(&plan, control)?;
    Ok(Run::new(Cow::Owned(scenario), plan, outcome))
}

/// `scenario` with the seeds and paths of `base`, and its plan on the draws of `base`, of which nothing is kept but what the
/// figures with these ids are taken of.
pub(super) fn plan_beside(ids: &[&str], scenario: &Scenario, base: &Scenario) -> (Scenario, Plan) {
    let scenario = with_draws_of(base, scenario);
    let plan = match quantities_of(ids) {
        Some(quantities) => Plan::compile_keeping(&scenario, base, &quantities),
        None => Plan::compile_beside(&scenario, base),
    };
    (scenario, plan)
}

/// `scenario` as it is run beside `base`: with its seeds and paths.
pub fn with_draws_of(base: &Scenario, scenario: &Scenario) -> Scenario {
    Scenario { seeds: base.seeds, paths: base.paths, ..scenario.clone() }
}

/// How the path was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Chosen {
    /// It was asked for.
    Asked,
    /// Of all paths of the run, the month in which sales took the largest part of wealth.
    DeepestSale,
    /// The first ruin, or the lowest wealth at the end: there is no loop.
    LowestWealth,
    /// The same: sales took nothing on any path.
    LowestWealthWithoutSales,
}

/// The path on which sales took the largest part of wealth, if they took any.
pub fn worst_crash(outcome: &Outcome) -> Option<u64> {
    let (path, taken) = outcome.greatest(DEEPEST_SALE)?;
    (taken > 0.0).then_some(path)
}

impl Lab {
    /// The path that was asked for; else, of all paths of `scenario`, that of the worst crash, or the poorest
    /// one if there is none.
    ///
    /// Errors as [`Lab::alone`] does.
    pub fn follow(
        &self,
        scenario: &Scenario,
        asked: Option<u64>,
    ) -> Result<(Replay, Chosen), Fault> {
        let (path, chosen) = match asked {
            Some(path) => (path, Chosen::Asked),
            None => worst(&self.alone("simulating", &Point::of(scenario))?),
        };
        let found = replay(&Plan::compile(scenario), self.level, path)?;
        Ok((found, chosen))
    }

    /// The first path of `run` whose real wealth at the end is `median`, if events can happen: it costs one block.
    ///
    /// Errors as [`replay`] does.
    pub fn median_path(&self, run: &Run<'_>, median: f64) -> Result<Option<Replay>, Fault> {
        let can_strike = run.scenario.events.iter().any(EventEntry::can_strike);
        let path = run.outcome.first_at(REAL_WEALTH, median);
        let path = path.filter(|_| can_strike);
        let found = path.map(|path| replay(&run.plan, self.level, path));
        Ok(found.transpose()?)
    }

    /// The path of the worst crash of `run`, if it has one: it costs one block.
    ///
    /// Errors as [`replay`] does.
    pub fn worst_crash(&self, run: &Run<'_>) -> Result<Option<Replay>, Fault> {
        let path = worst_crash(&run.outcome);
        let found = path.map(|path| replay(&run.plan, self.level, path));
        Ok(found.transpose()?)
    }
}

fn worst(run: &Run<'_>) -> (u64, Chosen) {
    if let Some(path) = worst_crash(&run.outcome) {
        return (path, Chosen::DeepestSale);
    }
    let ruined = run.outcome.least_positive(RUIN_MONTH);
    let poorest = ruined.or_else(|| run.outcome.least(WEALTH));
    let poorest = poorest.map_or(0, |(path, _)| path);
    match run.plan.legend.crash {
        Some(_) => (poorest, Chosen::LowestWealthWithoutSales),
        None => (poorest, Chosen::LowestWealth),
    }
}

const FITS: &str = "an outcome of the engine is finite and fits its scenario";

/// What measures of a run of `scenario` are taken of.
///
/// # Panics
///
/// If the outcome is not that of the scenario: the engine has refused what is not finite.
pub fn data_of(scenario: &Scenario, outcome: &Outcome) -> Data {
    Data::new(outcome, basis(scenario, outcome)).expect(FITS)
}

/// The same in the order of the paths: to be compared with another.
///
/// # Panics
///
/// As [`data_of`].
pub fn data_by_path(scenario: &Scenario, outcome: &Outcome) -> Data {
    Data::staying(outcome, basis(scenario, outcome)).expect(FITS)
}

fn basis(scenario: &Scenario, outcome: &Outcome) -> Basis {
    let flows = Flows { money_in: outcome.money_in, money_out: 0.0 };
    let asset_names = scenario.assets.iter().map(|asset| asset.name.clone());
    let event_names = scenario.events.iter().map(|event| event.name.clone());
    Basis {
        flows,
        flows_year1: flows,
        asset_names: asset_names.collect(),
        event_names: event_names.collect(),
        state_names: scenario.state_names(),
        place_names: scenario.asking_places(),
        has_events: has_events(scenario),
        has_rare_bills: scenario.is_taxed() || scenario.has_claims(),
    }
}

/// Whether something can happen on a few paths and not on the others. Limits of agents are drawn, so
/// it is left to chance who sells, unless nothing can make anybody sell.
fn has_events(scenario: &Scenario) -> bool {
    let can_sell = |crash: &Crash| {
        let mut clusters = crash.clusters.iter();
        !scenario.has_still_markets()
            || !scenario.shocks.is_empty()
            || clusters.any(|cluster| cluster.hallucination.is_some())
    };
    scenario.crisis.is_some()
        || scenario.crash.as_ref().is_some_and(can_sell)
        || scenario.assets.iter().any(|asset| {
            // a mechanism counts what happens to it: units, customers, months without a tenant
            asset.process.is_rare() || asset.launch.is_some() || !asset.kind.is_claim()
        })
        || scenario.events.iter().any(EventEntry::is_random)
        || scenario.covers().iter().any(|cover| {
            let default = cover.keys.insurer_default.get();
            default > 0.0 && default < 1.0
        })
}
