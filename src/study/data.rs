//! What the figures of a run are taken of.
//!
//! In: a scenario, its outcome. Out: [`Data`]. Not here: figures (`stats`).

use crate::engine::Outcome;
use crate::math::{exp, ln};
use crate::scenario::{Crash, Scenario};
use crate::stats::{Basis, Data, Flows};

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
    Data::with_paths(outcome, basis(scenario, outcome)).expect(FITS)
}

/// Price level at the end of every month, 1 on day one.
pub fn price_levels(scenario: &Scenario) -> Vec<f64> {
    let log_inflation = ln(1.0 + scenario.economy.inflation.get()) / 12.0;
    (0..=scenario.months)
        .map(|month| exp(log_inflation * f64::from(month)))
        .collect()
}

fn basis(scenario: &Scenario, outcome: &Outcome) -> Basis {
    let flows = Flows {
        money_in: outcome.money_in,
        money_out: 0.0,
    };
    let names = scenario.assets.iter().map(|asset| asset.name.clone());
    Basis {
        flows,
        flows_year1: flows,
        price_levels: price_levels(scenario),
        asset_names: names.collect(),
        has_events: has_events(scenario),
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
        || scenario.assets.iter().any(|asset| asset.jumps.is_some())
}
