//! Sustainable spending after the horizon: the assumed mix of investments, and the sale of everything held.
//!
//! In: a scenario, the catalog, the holdings. Out: [`Sustained`]. Not here: the formula, the sale
//! (`policy`).
//!
//! The mix is half stocks and half bonds at catalog values, rebalanced every month, whatever the scenario
//! holds. The portfolio's own claims would make the result too optimistic.
//!
//! ```text
//! μ = ln((1 + m)/(1 + π))    m = ½(m_1 + m_2),   π: mean inflation
//! σ² = ¼(σ_1² + σ_2² + 2ρσ_1σ_2)
//! ```

use super::owner::{Held, OwnerPlan};
use crate::catalog::{CatalogValue, Entry, class, correlation, general, magnitudes};
use crate::math::ln;
use crate::policy::{self, Sustaining};
use crate::random::ObjectKind;
use crate::record::Sustained;
use crate::scenario::Scenario;
use crate::stage::Build;

/// Catalog classes of the two halves of the investments assumed after the horizon.
const HALVES: [&str; 2] = ["index-fund", "bonds"];

/// Growth and volatility of the investments assumed after the horizon, and the owner's mortality; `None`
/// without an owner.
pub fn sustaining(scenario: &Scenario) -> Option<Sustaining> {
    let owner = scenario.owner.as_ref()?;
    let value = |entry: Option<&'static Entry>| {
        let (low, high) =
            entry.and_then(|entry| magnitudes(&entry.value)).expect("a test reads it from the catalog");
        f64::midpoint(low, high)
    };
    let of = |key: &str| HALVES.map(|half| value(class(half).and_then(|class| class.default(key))));
    let (means, volatilities) = (of("roi"), of("volatility"));
    let together = value(correlation(HALVES[0], HALVES[1]));
    let inflation = general().iter().find(|entry| entry.key == "economy.inflation");
    let inflation = match inflation.map(|entry| &entry.value) {
        Some(CatalogValue::Estimate([_, median, _])) => magnitudes(&CatalogValue::Text(median.clone())),
        other => other.and_then(magnitudes),
    };
    let inflation = inflation.expect("a test reads it from the catalog").0;
    let [one, other] = volatilities;
    let mean = 0.5 * (means[0] + means[1]);
    let variance = 0.25 * (one * one + other * other + 2.0 * together * one * other);
    Some(Sustaining::new(
        ln((1.0 + mean) / (1.0 + inflation)),
        variance.sqrt(),
        owner.remaining_life.months(),
    ))
}

/// Adds the hypothetical sale at the horizon of everything that is `held`. Returns its row of costs and the
/// rate of sustainable spending; `None` without an owner.
pub(super) fn build(
    scenario: &Scenario,
    plan: &OwnerPlan,
    held: &[Held<'_>],
    build: &mut Build,
) -> Option<Sustained> {
    build.object(ObjectKind::Policy, "liquidation");
    let sold = held.iter().map(Held::saleable).collect();
    let selling = policy::liquidate(scenario.months, sold, plan.gains_tax(), build);
    Some(Sustained { selling, rate: sustaining(scenario)?.rate() })
}
