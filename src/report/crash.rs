//! How close the loop stands to its edge, and how often the markets take it there.
//!
//! In: a scenario, what its agents see. Out: [`CrashPart`]. Not here: what the loop did in the run (`stats`).

use crate::crash::{GainProfile, System, gain_between};
use crate::engine::{Odds, TriggerExposure};
use crate::math::ln;
use crate::scenario::{Crash, Scenario};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Losses at which the exceedance is given.
const N_LOSSES: usize = 120;

/// How far beyond the last trigger it goes.
const BEYOND: f64 = 1.15;

/// The loop of agents that sell together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CrashPart {
    /// Largest gain at any loss, in calm months; none if the impact is not linear: then the first
    /// sale moves prices beyond any finite gain.
    pub gain: Option<f64>,
    /// The same where depth is withdrawn, if there are crises.
    pub gain_in_crisis: Option<f64>,
    /// Losses of the month (log) at which a band of triggers begins or ends.
    pub profile_edges: Vec<f64>,
    /// Gain between two edges, in calm months.
    pub profile_gains: Vec<f64>,
    /// The loss at which the first agents sell, and how often a month has it; none if agents hold
    /// nothing.
    pub first_trigger: Option<ReachPart>,
    /// The least loss at which the gain is 1 or more, and how often a month has it; none if there
    /// is no such loss, or the impact is not linear.
    pub self_feeding: Option<ReachPart>,
    /// How often a month's loss is at least so large; none if agents hold nothing.
    pub exceedance: Option<ExceedancePart>,
    /// The clusters of agents, the first to sell first.
    pub clusters: Vec<ClusterPart>,
    /// Depth of the markets in a crisis, of the normal one; absent without crises.
    pub depth_in_crisis: Option<f64>,
    /// Falls that the scenario prescribes, as the agents see them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prescribed: Vec<PrescribedPart>,
    /// True if nothing else moves the markets before agents sell.
    #[serde(default)]
    pub is_still: bool,
}

/// A cluster of agents and the losses of a month (log) between which they sell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ClusterPart {
    pub name: String,
    /// Share of the agents' money.
    pub share: f64,
    pub first_trigger: f64,
    pub last_trigger: f64,
}

/// What all falls of a month that the scenario prescribes are for the agents together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PrescribedPart {
    /// `2028-07`
    pub date: String,
    /// Log-loss of all that they hold.
    pub loss: f64,
}

/// A loss of the agents' holdings (log), before anybody has sold, and how often a month has it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReachPart {
    /// In a calm month; none if no loss is enough.
    pub loss: Option<f64>,
    /// In a month of a crisis; none without crises, or if no loss is enough.
    pub loss_in_crisis: Option<f64>,
    /// All months, each with the loss of its own regime.
    pub month: Odds,
    /// Calm months.
    pub calm_month: Odds,
    /// Months of a crisis; none without crises.
    pub crisis_month: Option<Odds>,
}

/// Probability that the agents' holdings lose at least so much in a month, before anybody sells.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ExceedancePart {
    /// Simulated months behind the probabilities; months with a prescribed fall are not among them.
    pub months: usize,
    /// Losses (log), rising from 0.
    pub losses: Vec<f64>,
    pub month: Vec<f64>,
    pub calm_month: Vec<f64>,
    pub crisis_month: Option<Vec<f64>>,
}

/// The loop of a scenario; nothing without one.
pub(super) fn crash_part(scenario: &Scenario, seen: Option<&TriggerExposure>) -> Option<CrashPart> {
    let system = scenario.agent_system()?;
    let crash = scenario.crash.as_ref()?;
    let profile = GainProfile::new(&system, 1.0);
    let is_linear = system.is_linear();
    let gain = is_linear.then(|| profile.headline());
    let thinning = scenario.crisis.as_ref().map(|crisis| 1.0 / crisis.depth);
    let triggers = system.clusters.iter().map(|cluster| cluster.first_trigger);
    let first = Some(triggers.fold(f64::INFINITY, f64::min));
    let feeds = profile.first_at_least(1.0);
    let feeds_in_crisis = thinning.and_then(|times| profile.first_at_least(1.0 / times));
    // the first sale of a square-root law has no finite gain
    let may_feed = is_linear && feeds.or(feeds_in_crisis).is_some();
    Some(CrashPart {
        gain,
        gain_in_crisis: gain.zip(thinning).map(|(gain, times)| times * gain),
        first_trigger: seen.map(|seen| reach(seen, first, first)),
        self_feeding: seen.filter(|_| may_feed).map(|seen| reach(seen, feeds, feeds_in_crisis)),
        exceedance: seen.map(|seen| exceedance(&system, seen)),
        clusters: clusters(crash),
        depth_in_crisis: scenario.crisis.as_ref().map(|crisis| crisis.depth),
        prescribed: prescribed(scenario, &system),
        is_still: scenario.has_still_markets(),
        profile_edges: profile.edges,
        profile_gains: profile.gains,
    })
}

/// Clusters in the order in which they sell.
fn clusters(crash: &Crash) -> Vec<ClusterPart> {
    let clusters = crash.clusters.iter().map(|cluster| ClusterPart {
        name: cluster.name.clone(),
        share: cluster.capital_share,
        first_trigger: cluster.first_trigger,
        last_trigger: cluster.first_trigger + cluster.dispersion,
    });
    let mut clusters: Vec<ClusterPart> = clusters.collect();
    clusters.sort_by(|a, b| a.first_trigger.total_cmp(&b.first_trigger));
    clusters
}

/// Falls that the scenario prescribes, month by month, of all that the agents hold.
fn prescribed(scenario: &Scenario, system: &System) -> Vec<PrescribedPart> {
    let mut by_month: BTreeMap<u32, f64> = BTreeMap::new();
    for shock in &scenario.shocks {
        let markets = shock.markets.iter();
        let weight: f64 = markets.map(|market| system.weights(0)[*market]).sum();
        *by_month.entry(shock.month).or_default() += -ln(1.0 - shock.loss) * weight;
    }
    let seen = by_month.into_iter().filter(|(_, loss)| *loss > 0.0);
    seen.map(|(month, loss)| PrescribedPart {
        date: scenario.start.plus(month - 1).to_string(),
        loss,
    })
    .collect()
}

/// How often a loss is reached that depends on the regime of the month.
fn reach(seen: &TriggerExposure, calm: Option<f64>, crisis: Option<f64>) -> ReachPart {
    let never = f64::INFINITY;
    let (in_calm, in_crisis) = (calm.unwrap_or(never), crisis.unwrap_or(never));
    let crises = seen.has_crises();
    ReachPart {
        loss: calm,
        loss_in_crisis: crisis.filter(|_| crises),
        month: seen.at_least(in_calm, in_crisis),
        calm_month: seen.at_least_when_calm(in_calm),
        crisis_month: crises.then(|| seen.at_least_in_crisis(in_crisis)),
    }
}

fn exceedance(system: &System, seen: &TriggerExposure) -> ExceedancePart {
    let last = system.clusters.iter().map(|cluster| cluster.last_trigger());
    let highest = BEYOND * last.fold(0.0, f64::max);
    let losses: Vec<f64> = (0..=N_LOSSES).map(|k| highest * k as f64 / N_LOSSES as f64).collect();
    let curve = |of: &dyn Fn(f64) -> Odds| -> Vec<f64> {
        losses.iter().map(|loss| of(*loss).probability).collect()
    };
    ExceedancePart {
        months: seen.n_months(),
        month: curve(&|loss| seen.at_least(loss, loss)),
        calm_month: curve(&|loss| seen.at_least_when_calm(loss)),
        crisis_month: seen.has_crises().then(|| curve(&|loss| seen.at_least_in_crisis(loss))),
        losses,
    }
}

impl CrashPart {
    /// Feedback gain of a normal month between the edges around `loss`.
    pub(super) fn gain_at(&self, loss: f64) -> f64 {
        gain_between(&self.profile_edges, &self.profile_gains, loss)
    }
}
