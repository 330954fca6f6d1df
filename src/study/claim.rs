//! What is claimed, and what is interest on cash.
//!
//! In: a scenario. Out: rates per year. Not here: what becomes of a claim (`bridge`).

use crate::scenario::Scenario;

/// What is claimed for a year of all that is held and of the cash, weighted by opening values.
pub fn claim(scenario: &Scenario) -> f64 {
    weighted(held(scenario).chain(interest(scenario)))
}

/// Cash on day one, if there is any, and its interest per year.
pub(super) fn interest(scenario: &Scenario) -> Option<(f64, f64)> {
    let cash = scenario.owner.as_ref()?.cash.get();
    (cash > 0.0).then(|| (cash, scenario.economy.cash_rate.mean().get()))
}

/// Values on day one, or once they stand, with their claims.
fn held(scenario: &Scenario) -> impl Iterator<Item = (f64, f64)> {
    let assets = scenario.assets.iter();
    assets.map(|asset| (asset.value.get(), asset.kind.claimed()))
}

fn weighted(all: impl Iterator<Item = (f64, f64)>) -> f64 {
    let (sum, total) = all.fold((0.0, 0.0), |(sum, total), (value, rate)| {
        (sum + value * rate, total + value)
    });
    sum / total
}
