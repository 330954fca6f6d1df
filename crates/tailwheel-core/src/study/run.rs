//! One simulated scenario: its data, and single paths of it.
//!
//! In: a scenario, perhaps a base whose draws it shares, settings. Out: [`Run`], [`Data`], [`Replay`]. Not
//! here: memory, stores and progress ([`Lab`]), figures (`stats`).

use super::budget::Share;
use super::lab::{Fault, IsDecided, Job, Lab};
use super::{Task, blocks};
use crate::engine::{self, Control, Outcome, Replay, RunError, TriggerExposure, replay, trigger_exposure};
use crate::plan::{ExposurePlan, Plan};
use crate::record::{DEEPEST_SALE, REAL_WEALTH, RUIN_MONTH, WEALTH};
use crate::scenario::{AssetEntry, Crash, EventEntry, Scenario};
use crate::stats::{Basis, Data, MEASURES, Measure, Reach, quantities_of};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A simulated scenario: its plan and its outcome.
pub struct Run<'a> {
    /// Scenario as simulated, which in a paired run has the seeds and paths of the base.
    pub scenario: Cow<'a, Scenario>,
    pub plan: Plan,
    pub outcome: Outcome,
    /// Sampled monthly losses of the agents' holdings, to compare with stop-losses; `None` unless requested, or if the
    /// agents hold nothing.
    pub exposure: Option<TriggerExposure>,
    /// Number of interim analyses, with fewer paths, before this outcome.
    pub look: u32,
    /// True if memory limited the number of paths.
    pub is_limited: bool,
    /// Memory reserved for this run while it exists; `None` if none was.
    pub(super) _share: Option<Share<'a>>,
}

impl<'a> Run<'a> {
    pub(super) fn new(scenario: Cow<'a, Scenario>, plan: Plan, outcome: Outcome) -> Self {
        Self { scenario, plan, outcome, exposure: None, look: 0, is_limited: false, _share: None }
    }

    /// Adds the sampled losses of the agents' holdings, which a report compares with their stop-losses.
    ///
    /// Errors if it is stopped.
    pub fn exposed(mut self, control: &Control<'_>) -> Result<Self, RunError> {
        let plan = ExposurePlan::compile(&self.scenario);
        let probe = |plan| trigger_exposure(&plan, control);
        self.exposure = plan.map(probe).transpose()?;
        Ok(self)
    }

    /// Returns the data that measures are computed from, which drops sorted columns after use.
    pub fn data(&self) -> Data {
        data_of(&self.scenario, &self.outcome)
    }

    /// Returns the data for comparison with other runs, which keeps sorted columns.
    pub fn data_by_path(&self) -> Data {
        data_by_path(&self.scenario, &self.outcome)
    }
}

/// Simulates every path of `scenario`, and samples the losses of its agents' holdings, in the current thread
/// pool. The bits are the same for any pool.
///
/// Errors if it is stopped, or if a number on a path leaves the computable range.
pub fn simulate<'a>(scenario: &'a Scenario, control: &Control<'_>) -> Result<Run<'a>, RunError> {
    let plan = Plan::compile(scenario);
    let outcome = engine::run(&plan, control)?;
    Run::new(Cow::Borrowed(scenario), plan, outcome).exposed(control)
}

/// Simulates `scenario` paired with `base`: with its seed, paths and draws. Path k of both meets the same
/// shocks, so their difference has a far smaller error than either run.
///
/// Errors as [`simulate`].
pub fn paired(scenario: &Scenario, base: &Scenario, control: &Control<'_>) -> Result<Run<'static>, RunError> {
    paired_for(None, scenario, base, control)
}

/// Simulates `scenario` paired with `base`, with the columns that the figures `ids` need, or all if `None`.
///
/// Errors as [`simulate`].
pub(super) fn paired_for(
    ids: Option<&[&str]>,
    scenario: &Scenario,
    base: &Scenario,
    control: &Control<'_>,
) -> Result<Run<'static>, RunError> {
    let (scenario, plan) = plan_paired(ids, scenario, base);
    let outcome = engine::run(&plan, control)?;
    Ok(Run::new(Cow::Owned(scenario), plan, outcome))
}

/// Returns `scenario` with the seeds and paths of `base`, and its plan on the draws of `base`. The plan keeps
/// the columns that the figures `ids` need, or all if they are `None`.
pub(super) fn plan_paired(ids: Option<&[&str]>, scenario: &Scenario, base: &Scenario) -> (Scenario, Plan) {
    let scenario = with_draws_of(base, scenario);
    let plan = match ids.and_then(quantities_of) {
        Some(quantities) => Plan::compile_keeping(&scenario, base, &quantities),
        None => Plan::compile_paired(&scenario, base),
    };
    (scenario, plan)
}

/// Returns `scenario` with the seeds and paths of `base`, as it is simulated in a paired run.
pub fn with_draws_of(base: &Scenario, scenario: &Scenario) -> Scenario {
    Scenario { seeds: base.seeds, paths: base.paths, ..scenario.clone() }
}

/// Rule by which a path was chosen for replay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Chosen {
    /// The user named the path.
    Asked,
    /// The path with the month in which agent selling took the largest fraction of wealth, of all paths.
    DeepestSale,
    /// The first ruined path, or else the one with the lowest final wealth; the scenario has no agents.
    LowestWealth,
    /// The first ruined path, or else the one with the lowest final wealth; agents sold on no path.
    LowestWealthWithoutSales,
}

/// Returns the path on which agents' sales took the most of the wealth in a month; `None` without sales.
pub fn worst_crash(outcome: &Outcome) -> Option<u64> {
    let (path, taken) = outcome.greatest(DEEPEST_SALE)?;
    (taken > 0.0).then_some(path)
}

impl Lab {
    /// Simulates the paths of `job`, then doubles them until `is_decided` or until memory is short. Stored
    /// blocks are not simulated again.
    ///
    /// The run keeps its memory reserved while it exists. Call this outside the thread pool: a call that
    /// waits for memory must not block a thread that another run needs.
    ///
    /// Errors if there is not enough memory, and as [`simulate`].
    pub fn run<'s>(&'s self, job: &Job<'s>, is_decided: &IsDecided<'_>) -> Result<Run<'s>, Fault> {
        let scenario = job.scenario;
        let mut plan = self.pool.install(|| Plan::compile(scenario));
        let (most, bytes) = self.affordable(&mut plan, job)?;
        let share = self.memory.take(bytes);
        let simulate = || blocks::simulate(self, scenario, &mut plan, most, is_decided);
        let (outcome, look) = self.pool.install(simulate)?;
        if self.is_stopped() {
            return Err(Fault::Run(RunError::Interrupted));
        }
        Ok(Run {
            look,
            is_limited: most < job.most,
            _share: Some(share),
            ..Run::new(Cow::Borrowed(scenario), plan, outcome)
        })
    }

    /// Simulates the paths of `job` once, as a task called `label`.
    ///
    /// Errors as [`Self::run`].
    pub fn alone<'s>(&'s self, label: &str, job: &Job<'s>) -> Result<Run<'s>, Fault> {
        let task = Task::new(label, job.scenario.paths, "paths");
        self.during(task, || self.run(job, &|_, _| true))
    }

    /// Adds to `run` the sampled losses of the agents' holdings, which a report compares with their stop-losses.
    ///
    /// Errors if it is stopped.
    pub fn exposed<'s>(&'s self, run: Run<'s>) -> Result<Run<'s>, Fault> {
        Ok(self.pool.install(|| run.exposed(&self.control()))?)
    }

    /// Replays path `asked`, else the one on which agent selling took the largest fraction of wealth in a month, else
    /// the poorest path. Returns also the rule of the choice.
    ///
    /// Errors as [`Lab::alone`] does.
    pub fn follow(&self, scenario: &Scenario, asked: Option<u64>) -> Result<(Replay, Chosen), Fault> {
        let (path, chosen) = match asked {
            Some(path) => (path, Chosen::Asked),
            None => worst(&self.alone("simulating", &Job::of(scenario))?),
        };
        let found = replay(&Plan::compile(scenario), self.level, path)?;
        Ok((found, chosen))
    }

    /// Replays the first path with real final wealth `median`; if that is nothing, the first one whose money runs out
    /// in month `ruin`, by which half of all have run out. `None` without one, or if no event can strike.
    ///
    /// Errors as [`replay`] does.
    pub fn median_path(
        &self,
        run: &Run<'_>,
        median: f64,
        ruin: Option<u32>,
    ) -> Result<Option<Replay>, Fault> {
        let can_strike = run.scenario.events.iter().any(EventEntry::can_strike);
        let path = match ruin.filter(|_| median == 0.0) {
            Some(month) => run.outcome.first_at(RUIN_MONTH, f64::from(month)),
            None => run.outcome.first_at(REAL_WEALTH, median),
        };
        Ok(path.filter(|_| can_strike).map(|path| replay(&run.plan, self.level, path)).transpose()?)
    }

    /// Replays the path of `run` on which agent selling took the largest fraction of wealth in a month, which costs
    /// one block; `None` if agents sold nothing.
    ///
    /// Errors as [`replay`] does.
    pub fn worst_crash(&self, run: &Run<'_>) -> Result<Option<Replay>, Fault> {
        let path = worst_crash(&run.outcome);
        Ok(path.map(|path| replay(&run.plan, self.level, path)).transpose()?)
    }
}

fn worst(run: &Run<'_>) -> (u64, Chosen) {
    if let Some(path) = worst_crash(&run.outcome) {
        return (path, Chosen::DeepestSale);
    }
    let poorest = run.outcome.least_positive(RUIN_MONTH).or_else(|| run.outcome.least(WEALTH));
    let poorest = poorest.map_or(0, |(path, _)| path);
    match run.plan.legend.crash {
        Some(_) => (poorest, Chosen::LowestWealthWithoutSales),
        None => (poorest, Chosen::LowestWealth),
    }
}

const FITS: &str = "an outcome of the engine is finite and fits its scenario";

/// Returns the data that measures of a run of `scenario` are computed from.
///
/// # Panics
///
/// If the outcome does not belong to the scenario. The engine has already refused numbers that are not
/// finite.
pub fn data_of(scenario: &Scenario, outcome: &Outcome) -> Data {
    Data::new(outcome, basis(scenario, outcome.money_in)).expect(FITS)
}

/// Returns the data of a run for comparison with other runs, which keeps sorted columns.
///
/// # Panics
///
/// As [`data_of`].
pub fn data_by_path(scenario: &Scenario, outcome: &Outcome) -> Data {
    Data::staying(outcome, basis(scenario, outcome.money_in)).expect(FITS)
}

/// Returns the ids of all measures that a report of `scenario` may have, in the order of the reference.
pub fn measure_ids(scenario: &Scenario) -> Vec<String> {
    let basis = basis(scenario, 0.0);
    let of_object = |measure: &'static Measure| {
        let objects = basis.objects(measure.scope).into_iter();
        objects.map(|(_, name)| measure.id_of(name)).collect::<Vec<_>>()
    };
    MEASURES.iter().flat_map(of_object).collect()
}

fn basis(scenario: &Scenario, money_in: f64) -> Basis {
    Basis {
        money_in,
        asset_names: scenario.assets.iter().map(|asset| asset.name.clone()).collect(),
        event_names: scenario.events.iter().map(|event| event.name.clone()).collect(),
        reaches: scenario.events.iter().map(|event| reach(scenario, event)).collect(),
        state_names: scenario.state_names(),
        place_names: scenario.asking_places(),
        has_events: has_events(scenario),
        is_shared: scenario.is_shared(),
        has_rare_bills: scenario.is_taxed() || scenario.has_claims(),
    }
}

/// Returns what `event` can change by chance. An owner's payments, and launches, link all assets.
fn reach(scenario: &Scenario, event: &EventEntry) -> Reach {
    if !event.can_strike() || event.is_certain() {
        return Reach::Nothing;
    }
    let can_hold = |index: &&usize| {
        let asset = &scenario.assets[**index];
        asset.opening() > 0.0 || asset.lives_on_others()
    };
    let held: Vec<u16> = event.assets.iter().filter(can_hold).map(|index| *index as u16).collect();
    let are_linked = scenario.owner.is_some() || scenario.assets.iter().any(AssetEntry::lives_on_others);
    match held.is_empty() {
        true if event.assets.is_empty() => Reach::Everything,
        true => Reach::Nothing,
        false if are_linked => Reach::Everything,
        false => Reach::Assets(held),
    }
}

/// True if something can happen on some paths only. The stop-losses of agents are drawn, so chance decides who
/// sells, unless nothing can make anybody sell.
fn has_events(scenario: &Scenario) -> bool {
    let can_sell = |crash: &Crash| {
        !scenario.has_still_markets()
            || !scenario.shocks.is_empty()
            || crash.clusters.iter().any(|cluster| cluster.hallucination.is_some())
    };
    scenario.crisis.is_some()
        || scenario.crash.as_ref().is_some_and(can_sell)
        || scenario.assets.iter().any(|asset| {
            // earnings models count random changes: units, customers, vacant months
            asset.process.is_rare() || asset.keys.launch.is_some() || !asset.kind.facts().is_claim
        })
        || scenario.events.iter().any(EventEntry::is_random)
        || scenario.covers().iter().any(|cover| {
            let default = cover.insurer_default.get();
            default > 0.0 && default < 1.0
        })
}
