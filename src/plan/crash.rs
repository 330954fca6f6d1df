//! The flash-crash loop of a plan.
//!
//! In: a scenario with `[crash]`, its markets. Out: [`CrashRows`]. Not here: what it computes
//! (`crash`).

use crate::book::Account;
use crate::crash::{
    self, Agent, Loop, LoopLegend, LoopSlot, Probe, Recovery, Sales, Sums, Surprise, System,
};
use crate::market::Joint;
use crate::scenario::{Crash, Membership, Scenario};
use crate::stage::{AverageCost, Build, Debt, Row};

/// What the loop publishes, and what collects its trough.
pub(super) struct CrashRows {
    slots: Vec<LoopSlot>,
    falls: Vec<Row>,
    transient: Vec<Vec<Row>>,
    /// Part of its position that an agent of each cluster sells.
    sell_fractions: Vec<f64>,
    sums: Sums,
    /// Per cluster, the share that fired and its share of the agents' money.
    fired: Vec<(Row, f64)>,
    probe: Probe,
}

/// What becomes of a holding when somebody sells.
pub(super) struct Minded {
    /// Where the money goes if the owner's agent sells.
    pub proceeds: Account,
    /// Where gains are taxed.
    pub average_cost: Option<AverageCost>,
    /// Last month in which it cannot be sold, if an event may stop that.
    pub closed: Option<Row>,
    /// Of which no agent minds anything.
    pub debt: Option<Debt>,
    /// True if half of it is in another coin: sales move it by the root of what they move its market by.
    pub is_pair: bool,
}

impl CrashRows {
    /// Leaves the loop of the scenario's own agents, if any of them can move a price or sell for the
    /// owner.
    pub fn build(
        scenario: &Scenario,
        joint: &Joint,
        surprises: &[Surprise],
        build: &mut Build,
    ) -> Option<Self> {
        let (entry, system) = (scenario.crash.as_ref()?, scenario.agent_system()?);
        let is_needed = can_move(&system) || can_sell(scenario, &system);
        is_needed.then(|| Self::leave(scenario, entry, system, joint, surprises, build))
    }

    fn leave(
        scenario: &Scenario,
        entry: &Crash,
        system: System,
        joint: &Joint,
        surprises: &[Surprise],
        build: &mut Build,
    ) -> Self {
        let thinning = joint.regime().map(|rows| rows.thinning);
        let (slots, rows) = loop_of(scenario, entry, system).build(surprises, thinning, build);
        let clusters = entry.clusters.iter();
        let money = clusters.clone().map(|cluster| cluster.capital_share);
        Self {
            slots,
            falls: rows.falls,
            transient: rows.transient,
            sell_fractions: clusters.map(|cluster| cluster.sell_fraction).collect(),
            sums: Sums { before: build.row(), trough: build.row(), falsely: build.row() },
            fired: rows.fired.into_iter().zip(money).collect(),
            probe: rows.probe,
        }
    }

    /// What a replay needs to know.
    pub fn legend(&self, scenario: &Scenario) -> LoopLegend {
        let markets = scenario.markets.iter().map(|market| market.name.clone());
        LoopLegend { probe: self.probe.clone(), markets: markets.collect() }
    }

    /// What the loop does to `market`.
    pub fn slot(&self, market: usize) -> LoopSlot {
        self.slots[market]
    }

    /// Leaves the loop's part of the revaluation of an asset, of its `value`.
    pub fn hold(&self, asset: &Membership, value: Account, minded: Minded, build: &mut Build) {
        let slot = self.slots[asset.index];
        let beta = asset.beta * if minded.is_pair { 0.5 } else { 1.0 };
        if let Some(debt) = minded.debt {
            crash::hold_levered(value, debt, slot, beta, self.sums, build);
            return;
        }
        let Minded { proceeds, average_cost, closed, .. } = minded;
        let Some(cluster) = asset.managed_by else {
            crash::hold(value, slot, beta, self.sums, build);
            return;
        };
        let agent = Agent {
            fired: self.fired[cluster].0,
            sell_fraction: self.sell_fractions[cluster],
            average_cost,
            closed,
        };
        crash::hold_managed(value, proceeds, slot, beta, agent, self.sums, build);
    }

    /// Leaves what falls do to the income of the asset being built; nothing if they do nothing.
    pub fn strain(&self, asset: &Membership, build: &mut Build) -> Option<Row> {
        let feels = asset.income_beta > 0.0;
        feels.then(|| crash::strain(&self.transient[asset.index], asset.income_beta, build))
    }

    /// Leaves what agents did in the month, after all that they sell was held.
    pub fn sum_up(&self, values: &[Account], build: &mut Build) -> Sales {
        crash::sum_up(values, self.sums, &self.falls, &self.fired, build)
    }
}

/// Whether sales of some agent move some price.
fn can_move(system: &System) -> bool {
    (0..system.n_markets()).any(|market| {
        (0..system.n_clusters()).any(|g| system.sold_per_block(g, market) > 0.0)
            && system.full_impact(market) > 0.0
    })
}

/// Whether an agent of the owner's may sell, though no price moves: its cluster sees losses and
/// sells parts of what it holds.
fn can_sell(scenario: &Scenario, system: &System) -> bool {
    let sells =
        |g: usize| (0..system.n_markets()).any(|market| system.sold_per_block(g, market) > 0.0);
    let mut agents = scenario.assets.iter().filter_map(|asset| asset.market.managed_by);
    agents.any(sells)
}

fn loop_of(scenario: &Scenario, entry: &Crash, system: System) -> Loop {
    let recoveries = recoveries_of(scenario);
    Loop {
        system,
        names: entry.clusters.iter().map(|cluster| cluster.name.clone()).collect(),
        permanent: scenario.markets.iter().map(|market| market.permanent).collect(),
        recoveries,
        hallucinations: entry
            .clusters
            .iter()
            .map(|cluster| {
                let signal = cluster.hallucination.as_ref()?;
                Some(crash::Hallucination { rate: signal.rate, reach: signal.reach })
            })
            .collect(),
    }
}

/// Populations common to all markets: one uniform picks a population, and with it one recovery of
/// every market. Where markets divide the unit interval differently, the divisions are overlaid.
fn recoveries_of(scenario: &Scenario) -> Vec<Recovery> {
    let markets: Vec<Vec<(f64, f64)>> = scenario
        .markets
        .iter()
        .map(|market| {
            let mut below = 0.0;
            let recoveries = market.recovery.iter();
            recoveries
                .map(|recovery| {
                    below += recovery.weight;
                    (below, recovery.half_life_months)
                })
                .collect()
        })
        .collect();
    let mut ends: Vec<f64> = markets.iter().flatten().map(|(end, _)| *end).collect();
    ends.sort_by(f64::total_cmp);
    // sums of the same weights may differ in their last bit
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
