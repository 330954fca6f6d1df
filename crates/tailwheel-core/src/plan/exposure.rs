//! The markets of a plan alone, as the agents of its feedback loop see them.
//!
//! In: a scenario with `[crash]`. Out: [`ExposurePlan`]: the run's own draws of every market, without
//! holdings, owner or sales. Not here: the months themselves (`engine`).

use super::markets::Markets;
use super::{Legend, Plan, RecordPlan};
use crate::book::{Account, Cause};
use crate::crash::Surprise;
use crate::market::{Inflation, Joint};
use crate::scenario::Scenario;
use crate::stage::{Build, Draw, Row};

/// A plan of the markets alone, from which the monthly log-loss ℓ of agents before any sale is computed. It is equal
/// for all clusters: all hold the markets in equal proportions (α: agents' share of the float, V: market size).
///
/// ```text
/// ℓ = −Σ_i a_i (shock_i + jumps_i),   a_i = α_i V_i / Σ_j α_j V_j
/// ```
pub struct ExposurePlan {
    /// A plan with markets only. Its draws are addressed by name and so equal those of the run.
    pub plan: Plan,
    /// Each market that agents hold: its weight `a_i` in their holdings, and its price moves.
    pub parts: Vec<(f64, Surprise)>,
    /// 1 in a crisis month, 0 in a normal one; `None` without regimes.
    pub crisis: Option<Draw>,
    /// Months, counted from 1, with a prescribed fall of a price, which is not random and therefore not counted.
    pub prescribed: Vec<u32>,
}

impl ExposurePlan {
    /// Compiles the markets of `scenario`; `None` without `[crash]`, or if agents hold nothing.
    pub fn compile(scenario: &Scenario) -> Option<Self> {
        let system = scenario.agent_system()?;
        let mut build = Build::new(scenario.seeds).pinned(scenario.pin.clone());
        let opening = build.world(Cause::Opening);
        let income = build.row();
        let Markets { joint, surprises, .. } = Markets::build(scenario, None, &[], &mut build);
        assert_eq!(surprises.len(), system.n_markets(), "one surprise per market");
        let parts: Vec<(f64, Surprise)> = system
            .weights(0)
            .iter()
            .zip(&surprises)
            .filter(|(weight, _)| **weight > 0.0)
            .map(|(weight, surprise)| (*weight, *surprise))
            .collect();
        if parts.is_empty() {
            return None;
        }
        let crisis = joint.regime().map(|rows| rows.state);
        Some(Self {
            plan: without_holdings(scenario, joint, opening, income, build),
            parts,
            crisis,
            prescribed: scenario.shocks.iter().map(|shock| shock.month).collect(),
        })
    }
}

/// Completes `build` to a plan that has markets but no holdings and records nothing.
fn without_holdings(
    scenario: &Scenario,
    joint: Joint,
    opening: Account,
    income: Row,
    mut build: Build,
) -> Plan {
    // Nothing is held, so the price level does not matter.
    let prices = Inflation::default().build(scenario.months, false, &mut build);
    let built = build.finish();
    let n_months = scenario.months;
    Plan {
        digest: scenario.model_digest().into(),
        n_paths: scenario.paths,
        n_months,
        accounts: built.accounts,
        opening,
        n_rows: built.n_rows,
        draws: built.draws,
        legend: Legend::default(),
        joint,
        open_stages: built.open_stages,
        month_stages: built.month_stages,
        record: RecordPlan {
            net_worth: Vec::new(),
            prices,
            income,
            border: None,
            sales: None,
            markets: Vec::new(),
            money_in: 0.0,
            tracks: Vec::new(),
            series: Vec::new(),
        },
        objects: Vec::new(),
    }
}
