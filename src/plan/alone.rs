//! The markets of a plan with agents that sell, and nothing that anybody holds.
//!
//! In: a scenario, agents to put in the place of its own. Out: [`LoopPlan`]. Not here: the months
//! themselves (`engine`).

use super::compile::market_rows;
use super::crash::CrashRows;
use super::markets::Markets;
use super::seen::without_holdings;
use super::{MarketRows, Plan};
use crate::book::Cause;
use crate::scenario::{Crash, Scenario};
use crate::stage::{Build, Row};

/// The loop by itself, on the run's own draws of every market.
pub struct LoopPlan {
    pub plan: Plan,
    pub markets: Vec<MarketRows>,
    /// Per cluster, the share that fired and its share of the agents' money.
    pub fired: Vec<(Row, f64)>,
    /// Months with a fall that the scenario prescribes.
    pub prescribed: Vec<u32>,
}

impl LoopPlan {
    /// Compiles the markets of `scenario` with the agents of `entry`; nothing if they never sell.
    pub fn compile(scenario: &Scenario, entry: &Crash) -> Option<Self> {
        let mut build = Build::new(scenario.seeds);
        let opening = build.world(Cause::Opening);
        let income = build.row();
        let Markets {
            joint, surprises, ..
        } = Markets::build(scenario, &mut build);
        let crash = CrashRows::build_alone(scenario, entry, &joint, &surprises, &mut build)?;
        let markets = market_rows(scenario, &surprises, Some(&crash));
        Some(Self {
            markets,
            fired: crash.fired,
            plan: without_holdings(scenario, joint, opening, income, build),
            prescribed: scenario.shocks.iter().map(|shock| shock.month).collect(),
        })
    }

    /// Whether the fall of `month` is left to chance.
    pub fn takes(&self, month: u32) -> bool {
        !self.prescribed.contains(&month)
    }
}
