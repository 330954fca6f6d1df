//! Feedback of agent selling on market prices in a plan.
//!
//! In: a scenario with `[crash]`, its markets. Out: [`CrashRows`]. Not here: the computation (`crash`).

use super::owner::Held;
use crate::book::Account;
use crate::crash::{self, Agent, Feedback, LowRows, Probe, Recovery, Sales, Sums, Surprise, System};
use crate::market::Joint;
use crate::scenario::{AssetEntry, ClusterEntry, Crash, Scenario};
use crate::stage::{Build, Row};

/// The feedback loop between prices and agents, and rows for the intramonth low that it causes.
pub(super) struct CrashRows {
    pub probe: Probe,
    sums: Sums,
}

impl CrashRows {
    /// Adds the feedback loop between prices and the scenario's agents; `None` if no agent can move a price
    /// or sell for the owner.
    pub fn build(
        scenario: &Scenario,
        joint: &Joint,
        surprises: &[Surprise],
        build: &mut Build,
    ) -> Option<Self> {
        let (entry, system) = (scenario.crash.as_ref()?, scenario.agent_system()?);
        let is_needed = can_move(&system) || can_sell(scenario, &system);
        let thinning = joint.regime().map(|rows| rows.thinning);
        is_needed.then(|| Self {
            probe: feedback_of(scenario, entry, system).build(surprises, thinning, build),
            sums: Sums { start: build.row(), without: build.row(), low: build.row(), falsely: build.row() },
        })
    }

    /// Adds the effect of agent selling on the value of the asset `held`. If the owner's agent sells, the proceeds go
    /// to the account of the asset's income. No agent manages a leveraged asset. Returns the row of the asset's loss at
    /// the intramonth low, and the account in which proceeds wait, if there is one.
    pub fn hold(&self, held: &Held<'_>, build: &mut Build) -> (Row, Option<Account>) {
        let (asset, value) = (&held.entry.market, held.value);
        let slot = self.probe.slot(asset.index);
        // half of a pair is a second coin: its price factor is the square root of that of the market
        let beta = held.entry.keys.market_beta.get()
            * if held.entry.kind.facts().pair.is_some() { 0.5 } else { 1.0 };
        let low = LowRows { sums: self.sums, lost: build.row() };
        if let Some(debt) = held.debt {
            crash::hold_levered(value, debt, slot, beta, low, build);
            return (low.lost, None);
        }
        let Some(cluster) = asset.managed_by else {
            crash::hold(value, slot, beta, low, build);
            return (low.lost, None);
        };
        let agent = Agent {
            fired: self.probe.fired(cluster),
            sell_fraction: self.probe.spec().system.clusters[cluster].sell_fraction,
            average_cost: held.average_cost,
            closed: held.closed,
        };
        (low.lost, crash::hold_managed(value, held.to, slot, beta, agent, low, build))
    }

    /// Adds the effect of market falls that have not recovered on the income of `asset`, and returns the row
    /// of the income's log-fall; `None` if its income does not react to its market.
    pub fn strain(&self, asset: &AssetEntry, build: &mut Build) -> Option<Row> {
        let beta = asset.keys.income_beta.get();
        (beta > 0.0).then(|| crash::strain(&self.probe, asset.market.index, beta, build))
    }

    /// Adds the stage of the month's totals of agent selling over all assets, whose values are in the accounts
    /// `values`, those in which proceeds wait included. Call it after all assets are built.
    pub fn sum_up(&self, values: &[Account], build: &mut Build) -> Sales {
        crash::sum_up(values, self.sums, &self.probe, build)
    }
}

/// True if sales of at least one cluster of agents move a price.
fn can_move(system: &System) -> bool {
    (0..system.n_markets()).any(|market| {
        (0..system.n_clusters()).any(|g| system.sold_per_block(g, market) > 0.0)
            && system.full_impact(market) > 0.0
    })
}

/// True if an agent that manages an asset of the owner may sell even though no price moves: its cluster sees
/// losses and sells parts of its holdings.
fn can_sell(scenario: &Scenario, system: &System) -> bool {
    let sells = |g: usize| (0..system.n_markets()).any(|market| system.sold_per_block(g, market) > 0.0);
    scenario.assets.iter().filter_map(|asset| asset.market.managed_by).any(sells)
}

fn feedback_of(scenario: &Scenario, entry: &Crash, system: System) -> Feedback {
    Feedback {
        system,
        names: entry.clusters.iter().map(|cluster| cluster.name.as_str().to_owned()).collect(),
        markets: scenario.markets.iter().map(|market| market.name.as_str().to_owned()).collect(),
        permanent: scenario.markets.iter().map(|market| market.permanent.get()).collect(),
        recoveries: recoveries_of(scenario),
        hallucinations: entry.clusters.iter().map(ClusterEntry::signals).collect(),
    }
}

/// Groups of crash months by recovery speed, common to all markets: one uniform draw picks a group and with it the
/// half-life of every market. If markets divide the unit interval differently, the divisions are overlaid.
fn recoveries_of(scenario: &Scenario) -> Vec<Recovery> {
    let markets: Vec<Vec<(f64, f64)>> = scenario
        .markets
        .iter()
        .map(|market| {
            let mut below = 0.0;
            market
                .recovery_half_life
                .0
                .iter()
                .map(|recovery| {
                    below += recovery.weight.get();
                    (below, recovery.half_life.months())
                })
                .collect()
        })
        .collect();
    let mut ends: Vec<f64> = markets.iter().flatten().map(|(end, _)| *end).collect();
    ends.sort_by(f64::total_cmp);
    // Sums of the same weights may differ by rounding.
    ends.dedup_by(|b, a| (*b - *a).abs() < 1e-9);
    let mut start = 0.0;
    ends.iter()
        .map(|end| {
            let middle = 0.5 * (start + end);
            let half_life = markets
                .iter()
                .map(|market| {
                    let holds = market.iter().find(|(end, _)| middle < *end);
                    holds.or(market.last()).map_or(1.0, |(_, half_life)| *half_life)
                })
                .collect();
            let weight = end - start;
            start = *end;
            Recovery { weight, half_life }
        })
        .collect()
}
