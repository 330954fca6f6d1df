//! Agents that sell together: their feedback gain, and how often the markets reach their triggers.
//!
//! In: a scenario, the losses that its agents see. Out: [`CrashPart`]. Not here: the sales during the run
//! (`stats`).

use crate::crash::{GainProfile, System};
use crate::engine::{Odds, TriggerExposure};
use crate::math::ln;
use crate::scenario::{Crash, Scenario};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Number of intervals into which the losses of the exceedance curve divide its axis.
const N_LOSSES: usize = 120;

/// Largest loss of the exceedance curve, as a multiple of the largest stop-loss of any agent.
const BEYOND: f64 = 1.15;

/// Agents that sell together, and the feedback of their sales on prices.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CrashPart {
    /// Largest feedback gain (above 1: selling reinforces itself) at any loss in the normal regime. Null if price
    /// impact is not linear: the first sale then has an infinite gain.
    pub gain: Option<f64>,
    /// Largest feedback gain in the crisis regime; null without crises or if `gain` is null.
    pub gain_in_crisis: Option<f64>,
    #[serde(flatten)]
    pub profile: GainProfile,
    /// Smallest loss at which agents sell, with its probability; null if agents hold nothing.
    pub first_trigger: Option<ReachPart>,
    /// Smallest loss with a feedback gain of 1 or more, with its probability; null if there is none, or if
    /// price impact is not linear.
    pub self_feeding: Option<ReachPart>,
    /// Exceedance curve of monthly losses; null if agents hold nothing.
    pub exceedance: Option<ExceedancePart>,
    /// Clusters of agents, in the order in which they sell.
    pub clusters: Vec<ClusterPart>,
    /// Market depth in the crisis regime, relative to the normal regime; null without crises.
    pub depth_in_crisis: Option<f64>,
    /// Prescribed falls by month, as losses of the agents' holdings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prescribed: Vec<PrescribedPart>,
    /// True if the markets move only by prescribed falls and agents, without volatility.
    #[serde(default)]
    pub is_still: bool,
}

/// A cluster of agents, with the monthly log losses at which its first and its last agent sell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ClusterPart {
    pub name: String,
    /// Share of the cluster in the money of all agents.
    pub share: f64,
    pub first_trigger: f64,
    pub last_trigger: f64,
}

/// All prescribed falls of one month, as one loss of the agents' holdings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PrescribedPart {
    /// Month of the falls: `2028-07`.
    pub date: String,
    /// Log loss of the holdings of all agents together.
    pub loss: f64,
}

/// A monthly log loss of the agents' holdings before any sale, with the probability to reach it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReachPart {
    /// Log loss of the agents' holdings to be reached in the normal regime; null if there is none.
    pub loss: Option<f64>,
    /// Log loss of the agents' holdings to be reached in the crisis regime; null without crises, or if there is none.
    pub loss_in_crisis: Option<f64>,
    /// Probability that a month of either regime reaches the loss of its regime.
    pub month: Odds,
    /// Probability that a month of the normal regime reaches `loss`.
    pub calm_month: Odds,
    /// Probability that a month of the crisis regime reaches `loss_in_crisis`; null without crises.
    pub crisis_month: Option<Odds>,
}

/// Exceedance curve: probability that the agents' holdings lose at least an amount in a month, before any
/// sale.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ExceedancePart {
    /// Number of simulated months behind the probabilities, without months of a prescribed fall.
    pub months: usize,
    /// Log losses, rising from 0, to which the probabilities belong.
    pub losses: Vec<f64>,
    pub month: Vec<f64>,
    pub calm_month: Vec<f64>,
    pub crisis_month: Option<Vec<f64>>,
}

/// Describes the agents and their feedback; `None` if the scenario has no agents. `seen` holds the losses of
/// the agents' holdings in the run, `None` if they hold nothing.
pub(super) fn crash_part(scenario: &Scenario, seen: Option<&TriggerExposure>) -> Option<CrashPart> {
    let system = scenario.agent_system()?;
    let crash = scenario.crash.as_ref()?;
    let profile = GainProfile::new(&system, 1.0);
    let is_linear = system.is_linear();
    let gain = is_linear.then(|| profile.headline());
    let thinning = scenario.crisis.as_ref().map(|crisis| 1.0 / crisis.keys.depth.get());
    let triggers = system.clusters.iter().map(|cluster| cluster.first_trigger);
    let first = Some(triggers.fold(f64::INFINITY, f64::min));
    let feeds = profile.first_at_least(1.0);
    let feeds_in_crisis = thinning.and_then(|times| profile.first_at_least(1.0 / times));
    // with square-root impact, the first sale has an infinite gain
    let may_feed = is_linear && feeds.or(feeds_in_crisis).is_some();
    Some(CrashPart {
        gain,
        gain_in_crisis: gain.zip(thinning).map(|(gain, times)| times * gain),
        first_trigger: seen.map(|seen| reach(seen, first, first)),
        self_feeding: seen.filter(|_| may_feed).map(|seen| reach(seen, feeds, feeds_in_crisis)),
        exceedance: seen.map(|seen| exceedance(&system, seen)),
        clusters: clusters(crash),
        depth_in_crisis: scenario.crisis.as_ref().map(|crisis| crisis.keys.depth.get()),
        prescribed: prescribed(scenario, &system),
        is_still: scenario.has_still_markets(),
        profile,
    })
}

/// Returns the clusters of agents in the order in which they sell.
fn clusters(crash: &Crash) -> Vec<ClusterPart> {
    let parts = crash.clusters.iter().map(|cluster| ClusterPart {
        name: cluster.name.as_str().to_owned(),
        share: cluster.capital_share.get(),
        first_trigger: cluster.first_trigger.get(),
        last_trigger: cluster.agents().last_trigger(),
    });
    let mut clusters: Vec<ClusterPart> = parts.collect();
    clusters.sort_by(|a, b| a.first_trigger.total_cmp(&b.first_trigger));
    clusters
}

/// Returns the prescribed falls by month, each as one log loss of the agents' holdings.
fn prescribed(scenario: &Scenario, system: &System) -> Vec<PrescribedPart> {
    let mut by_month: BTreeMap<u32, f64> = BTreeMap::new();
    for shock in &scenario.shocks {
        let weight: f64 = shock.markets.iter().map(|market| system.weights(0)[*market]).sum();
        *by_month.entry(shock.month).or_default() += -ln(1.0 - shock.loss) * weight;
    }
    let seen = by_month.into_iter().filter(|(_, loss)| *loss > 0.0);
    seen.map(|(month, loss)| PrescribedPart { date: scenario.date_of(month), loss }).collect()
}

/// Returns the probability that a month reaches the log loss `calm` in the normal regime or `crisis` in the crisis
/// regime; `None` stands for a regime in which no loss suffices.
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
    let curve =
        |of: &dyn Fn(f64) -> Odds| -> Vec<f64> { losses.iter().map(|loss| of(*loss).probability).collect() };
    ExceedancePart {
        months: seen.n_months(),
        month: curve(&|loss| seen.at_least(loss, loss)),
        calm_month: curve(&|loss| seen.at_least_when_calm(loss)),
        crisis_month: seen.has_crises().then(|| curve(&|loss| seen.at_least_in_crisis(loss))),
        losses,
    }
}

impl CrashPart {
    /// The log loss that results from `loss` and all the selling that it causes, if a sale moves prices `times` as far
    /// as in the normal regime: the least L for which L − `times`·(integral of the gain up to L) ≥ `loss`.
    pub(super) fn after_selling(&self, loss: f64, times: f64) -> f64 {
        let edges = &self.profile.edges;
        if edges.first().is_none_or(|first| loss <= *first) {
            return loss;
        }
        let mut sold = 0.0;
        for (ends, gain) in edges.windows(2).zip(&self.profile.gains) {
            let added = times * gain * (ends[1] - ends[0]);
            if ends[1] - sold - added >= loss {
                return ends[0] + (loss + sold - ends[0]) / (1.0 - times * gain);
            }
            sold += added;
        }
        loss + sold
    }
}
