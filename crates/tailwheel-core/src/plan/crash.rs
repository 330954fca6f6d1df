//! Feedback of agent selling on market prices in a plan.
//!
//! In: a scenario with `[crash]`, its markets. Out: [`CrashRows`]. Not here: the computation (`crash`).

use crate::book::Account;
use crate::crash::{self, Agent, Loop, LoopLegend, LoopSlot, Probe, Recovery, Sales, Sums, Surprise, System};
use crate::market::Joint;
use crate::scenario::{AssetEntry, ClusterEntry, Crash, Scenario};
use crate::stage::{AverageCost, Build, Debt, Row};

/// Rows of the feedback loop between prices and agents, and rows for the intramonth low that it causes.
pub(super) struct CrashRows {
    slots: Vec<LoopSlot>,
    falls: Vec<Row>,
    transient: Vec<Vec<Row>>,
    /// Fraction of its position that an agent of each cluster sells.
    sell_fractions: Vec<f64>,
    sums: Sums,
    /// Per cluster: row of the fraction of agents that sold, and its share of the agents' money.
    fired: Vec<(Row, f64)>,
    probe: Probe,
}

/// Accounts and conditions of a holding that agent selling affects.
pub(super) struct Minded {
    /// Account that receives the money if the owner's agent sells.
    pub proceeds: Account,
    /// Cost basis for the tax on gains.
    pub average_cost: Option<AverageCost>,
    /// Last month in which the holding cannot be sold; `None` if no event stops sales.
    pub closed: Option<Row>,
    /// Debt of a leveraged holding, which no agent manages.
    pub debt: Option<Debt>,
    /// True if half of it is in a second coin: its price factor is then the square root of that of the
    /// market.
    pub is_pair: bool,
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
        let money = clusters.clone().map(|cluster| cluster.capital_share.get());
        Self {
            slots,
            falls: rows.falls,
            transient: rows.transient,
            sell_fractions: clusters.map(|cluster| cluster.agents().sell_fraction).collect(),
            sums: Sums { before: build.row(), trough: build.row(), falsely: build.row() },
            fired: rows.fired.into_iter().zip(money).collect(),
            probe: rows.probe,
        }
    }

    /// Rows and names that a replay needs.
    pub fn legend(&self, scenario: &Scenario) -> LoopLegend {
        let markets = scenario.markets.iter().map(|market| market.name.as_str().to_owned());
        LoopLegend { probe: self.probe.clone(), markets: markets.collect() }
    }

    /// Rows of the feedback loop (agent selling) for `market`.
    pub fn slot(&self, market: usize) -> LoopSlot {
        self.slots[market]
    }

    /// Adds the effect of agent selling on the `value` of an asset.
    pub fn hold(&self, asset: &AssetEntry, value: Account, minded: Minded, build: &mut Build) {
        let slot = self.slots[asset.market.index];
        let beta = asset.keys.market_beta.get() * if minded.is_pair { 0.5 } else { 1.0 };
        if let Some(debt) = minded.debt {
            crash::hold_levered(value, debt, slot, beta, self.sums, build);
            return;
        }
        let Minded { proceeds, average_cost, closed, .. } = minded;
        let Some(cluster) = asset.market.managed_by else {
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

    /// Adds the effect of unrecovered falls on the income of the asset being built; `None` if its income is
    /// insensitive.
    pub fn strain(&self, asset: &AssetEntry, build: &mut Build) -> Option<Row> {
        let beta = asset.keys.income_beta.get();
        (beta > 0.0).then(|| crash::strain(&self.transient[asset.market.index], beta, build))
    }

    /// Adds the monthly totals of agent selling, after all holdings have been built.
    pub fn sum_up(&self, values: &[Account], build: &mut Build) -> Sales {
        crash::sum_up(values, self.sums, &self.falls, &self.fired, build)
    }
}

/// True if sales of at least one agent move a price.
fn can_move(system: &System) -> bool {
    (0..system.n_markets()).any(|market| {
        (0..system.n_clusters()).any(|g| system.sold_per_block(g, market) > 0.0)
            && system.full_impact(market) > 0.0
    })
}

/// True if an agent of the owner may sell even though no price moves: its cluster sees losses and sells
/// parts of its holdings.
fn can_sell(scenario: &Scenario, system: &System) -> bool {
    let sells = |g: usize| (0..system.n_markets()).any(|market| system.sold_per_block(g, market) > 0.0);
    scenario.assets.iter().filter_map(|asset| asset.market.managed_by).any(sells)
}

fn loop_of(scenario: &Scenario, entry: &Crash, system: System) -> Loop {
    let recoveries = recoveries_of(scenario);
    Loop {
        system,
        names: entry.clusters.iter().map(|cluster| cluster.name.as_str().to_owned()).collect(),
        permanent: scenario.markets.iter().map(|market| market.permanent.get()).collect(),
        recoveries,
        hallucinations: entry.clusters.iter().map(ClusterEntry::signals).collect(),
    }
}

/// Recovery groups common to all markets: a single uniform picks a group and with it the half-life of every
/// market. If markets divide the unit interval differently, the divisions are overlaid.
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
