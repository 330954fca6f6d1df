//! The flash-crash loop of a plan.
//!
//! In: a scenario with `[crash]`, its markets. Out: [`CrashRows`]. Not here: what it computes
//! (`crash`).

use crate::book::Account;
use crate::crash::{self, Cluster, Depth, Loop, LoopSlot, Recovery, Surprise, System};
use crate::market::{Joint, MarketSlot};
use crate::scenario::{Crash, Scenario};
use crate::stage::{Build, Row};

/// What the loop publishes, and what collects its trough.
pub(super) struct CrashRows {
    slots: Vec<LoopSlot>,
    falls: Vec<Row>,
    collected: Row,
    /// Per cluster, the share that fired and its part of all blocks.
    pub fired: Vec<(Row, f64)>,
}

impl CrashRows {
    /// Leaves the loop, if the scenario has one in which anybody holds anything.
    pub fn build(
        scenario: &Scenario,
        joint: &Joint,
        markets: &[MarketSlot],
        build: &mut Build,
    ) -> Option<Self> {
        let entry = scenario.crash.as_ref()?;
        let system = system_of(scenario, entry);
        let can_move = (0..system.n_markets()).any(|market| {
            (0..system.n_clusters()).any(|g| system.sold_per_block(g, market) > 0.0)
                && system.full_impact(market) > 0.0
        });
        if !can_move {
            return None;
        }
        let n_blocks: u32 = entry.clusters.iter().map(|cluster| cluster.blocks).sum();
        let parts: Vec<f64> = entry
            .clusters
            .iter()
            .map(|cluster| f64::from(cluster.blocks) / f64::from(n_blocks))
            .collect();
        let surprises: Vec<Surprise> = markets
            .iter()
            .map(|market| Surprise {
                shock: market.shock,
                jump: market.jump.map(|rows| rows.log),
            })
            .collect();
        let thinning = joint.regime().map(|rows| rows.thinning);
        let (slots, rows) = loop_of(scenario, entry, system).build(&surprises, thinning, build);
        Some(Self {
            slots,
            falls: rows.falls,
            collected: build.row(),
            fired: rows.fired.into_iter().zip(parts).collect(),
        })
    }

    /// Leaves the loop's part of the revaluation of asset `index`.
    pub fn hold(&self, index: usize, value: Account, beta: f64, build: &mut Build) {
        crash::hold(value, self.slots[index], beta, self.collected, build);
    }

    /// Leaves the trough of the month and returns its row.
    pub fn trough(&self, values: &[Account], build: &mut Build) -> Row {
        crash::trough(values, self.collected, &self.falls, build)
    }
}

/// Markets and clusters of `entry`.
pub fn system_of(scenario: &Scenario, entry: &Crash) -> System {
    let markets = scenario
        .assets
        .iter()
        .map(|asset| Depth {
            size: asset.market.size,
            agent_share: asset.market.agent_share,
            impact_of_tenth: asset.market.impact_10pct,
        })
        .collect();
    let clusters = entry
        .clusters
        .iter()
        .map(|cluster| Cluster {
            capital_share: cluster.capital_share,
            first_trigger: cluster.first_trigger,
            dispersion: cluster.dispersion,
            sell_fraction: cluster.sell_fraction,
            blocks: cluster.blocks,
        })
        .collect();
    System::new(markets, clusters, entry.impact_exponent)
}

fn loop_of(scenario: &Scenario, entry: &Crash, system: System) -> Loop {
    let recoveries = recoveries_of(scenario);
    Loop {
        system,
        names: entry
            .clusters
            .iter()
            .map(|cluster| cluster.name.clone())
            .collect(),
        permanent: scenario
            .assets
            .iter()
            .map(|asset| asset.market.permanent)
            .collect(),
        recoveries,
        hallucinations: entry
            .clusters
            .iter()
            .map(|cluster| {
                let signal = cluster.hallucination.as_ref()?;
                Some(crash::Hallucination {
                    rate: signal.rate,
                    reach: signal.reach,
                })
            })
            .collect(),
    }
}

/// Populations common to all markets: one uniform picks a population, and with it one recovery of
/// every market. Where markets divide the unit interval differently, the divisions are overlaid.
fn recoveries_of(scenario: &Scenario) -> Vec<Recovery> {
    let markets: Vec<Vec<(f64, f64)>> = scenario
        .assets
        .iter()
        .map(|asset| {
            let mut below = 0.0;
            let recoveries = asset.market.recovery.iter();
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
                    holds
                        .or(market.last())
                        .map_or(1.0, |(_, half_life)| *half_life)
                })
                .collect();
            let weight = end - start;
            start = *end;
            Recovery { weight, half_life }
        })
        .collect()
}
