//! Warnings about a scenario and its gates, which need no run.
//!
//! In: a scenario, the gates of one case. Out: [`Warning`]s. Not here: warnings about a run (`warnings`), limits of a
//! gate outside the range of its figure, which are faults (`batch`).

use super::warning;
use crate::catalog::Jurisdiction;
use crate::report::document::Warning;
use crate::scenario::{AssetEntry, Expectation, Residence, Scenario, Surplus};
use crate::stats::{Unit, look_up};
use crate::units::{grouped_for_toml, plain};
use serde_json::json;
use std::collections::BTreeSet;

/// Returns warnings about effects that this scenario, or this program version, does not simulate.
pub(super) fn of_version(scenario: &Scenario) -> Vec<Warning> {
    let all = not_simulated(scenario).into_iter();
    all.chain(currency_risk(scenario)).chain(tax_incomplete(scenario)).collect()
}

fn not_simulated(scenario: &Scenario) -> Option<Warning> {
    let is_net = |class: &str| crate::catalog::class(class).is_some_and(|class| class.net_of_costs);
    let is_default = |asset: &AssetEntry| {
        let key = format!("asset.{}.roi", crate::form::key(&asset.name));
        scenario.filled_in.iter().any(|value| value.path == key)
    };
    let is_claim = |asset: &&AssetEntry| {
        asset.kind.at_its_word().is_none() && !(is_net(&asset.class) && is_default(asset))
    };
    let n_claimed = scenario.assets.iter().filter(is_claim).count();
    let costs = match n_claimed {
        0 => None,
        all if all == scenario.assets.len() => Some("running costs"),
        _ => Some("running costs of assets with a claimed return"),
    };
    let missing: Vec<&str> = costs
        .into_iter()
        .chain(scenario.events.is_empty().then_some("loss events"))
        .chain((!scenario.is_taxed()).then_some("taxes"))
        .chain(scenario.crash.is_none().then_some("agent selling"))
        .collect();
    (!missing.is_empty()).then(|| warning("not-simulated", json!({ "missing": missing })))
}

/// Warns of a residence whose currency differs from the scenario's currency.
fn currency_risk(scenario: &Scenario) -> Option<Warning> {
    let place = places(scenario).find(|place| place.currency != scenario.currency)?;
    let facts = json!({
        "place": place.title, "place_currency": place.currency, "currency": scenario.currency,
    });
    Some(warning("currency-risk", facts))
}

/// Returns the catalog places in which the owner lives.
fn places(scenario: &Scenario) -> impl Iterator<Item = &'static Jurisdiction> {
    scenario.owner.iter().flat_map(|owner| &owner.residence).filter_map(Residence::place)
}

/// Warns of tax brackets from the catalog that leave out a tax of the place.
fn tax_incomplete(scenario: &Scenario) -> Option<Warning> {
    places(scenario).find_map(|place| {
        let schedule = place.schedule.as_ref()?;
        let missing = schedule.lacks.as_ref()?;
        let mut filled = scenario.filled_in.iter();
        let is_filled = filled.any(|filled| *filled.entry == schedule.income);
        let facts = json!({ "place": place.title, "missing": missing });
        is_filled.then(|| warning("tax-incomplete", facts))
    })
}

/// Returns warnings about valid input that the author probably did not intend.
pub(super) fn doubtful(scenario: &Scenario) -> Vec<Warning> {
    let mut warnings = lone_markets(scenario);
    warnings.extend(high_inflation(scenario));
    let decimals = scenario.decimals.iter();
    warnings.extend(decimals.map(|amount| decimal(&amount.path, amount.read, &amount.unit)));
    warnings.extend(scenario.implausible.iter().map(|value| {
        let facts = json!({ "key": value.key, "message": value.text });
        warning("implausible-value", facts)
    }));
    if !scenario.uncounted.is_empty() {
        warnings.push(warning("uncounted-hours", json!({ "assets": scenario.uncounted })));
    }
    if let Some(last) = scenario.fixed.first() {
        let last_key = last.rsplit('.').next();
        let facts = json!({ "keys": scenario.fixed, "last_key": last_key });
        warnings.push(warning("fixed-range", facts));
    }
    warnings.extend(better_than_catalog(scenario));
    warnings.extend(scenario.idle.iter().map(|key| warning("without-effect", json!({ "key": key }))));
    warnings.extend(nothing_movable(scenario));
    // their means converge slowly or never
    let without_variance = scenario.assets.iter().filter(|asset| !asset.kind.facts().has_variance);
    warnings.extend(without_variance.map(|asset| warning("no-variance", json!({ "asset": asset.name }))));
    warnings.extend(deposits_online(scenario));
    warnings
}

/// Warns of markets that have a name of their own but only one asset.
fn lone_markets(scenario: &Scenario) -> Vec<Warning> {
    let markets = scenario.markets.iter().filter_map(|market| {
        let &[only] = market.assets.as_slice() else {
            return None;
        };
        let asset = &scenario.assets[only].name;
        let facts = json!({ "asset": asset, "market": market.name.as_str() });
        (asset != market.name.as_str()).then(|| warning("lone-market", facts))
    });
    markets.collect()
}

/// Warns of a rule to invest excess cash or to rebalance if there are too few tradable holdings for it.
fn nothing_movable(scenario: &Scenario) -> Option<Warning> {
    let owner = scenario.owner.as_ref()?;
    let n = scenario.assets.iter().filter(|asset| *asset.keys.movable).count();
    let mut filled = scenario.filled_in.iter();
    let is_default = filled.any(|filled| filled.path == "owner.surplus");
    let key = match (owner.rules.has("rebalance"), owner.surplus != Surplus::Keep) {
        (_, true) if n == 0 && !is_default => "surplus",
        (true, _) if n < 2 => "rebalance",
        _ => return None,
    };
    Some(warning("nothing-movable", json!({ "key": key })))
}

fn high_inflation(scenario: &Scenario) -> Option<Warning> {
    /// Yearly inflation above which a scenario gets a warning.
    const HIGH: f64 = 0.5;
    let inflation = scenario.settings.economy.inflation.high();
    let varies = scenario.settings.economy.inflation.mean().get() < inflation;
    let facts = json!({ "inflation": inflation, "varies": varies });
    (inflation > HIGH).then(|| warning("high-inflation", facts))
}

/// Warns, in one text, of values that are more favorable to the owner than the catalog values of the asset class.
fn better_than_catalog(scenario: &Scenario) -> Option<Warning> {
    let keys: Vec<_> = scenario
        .better
        .iter()
        .map(|better| json!({ "key": better.key, "written": better.written, "catalog": better.catalog }))
        .collect();
    (!keys.is_empty()).then(|| warning("better-than-catalog", json!({ "keys": keys })))
}

/// Returns warnings about gates that are valid but probably do not express what was meant: with an unclear decimal
/// point, sure to pass, repeated or contradicted.
pub(in crate::report) fn doubtful_gates(gates: &[Expectation]) -> Vec<Warning> {
    let pointless = gates.iter().filter_map(sure_to_pass).chain(repeated(gates)).chain(contradicted(gates));
    gates.iter().flat_map(decimal_limits).chain(pointless).collect()
}

/// Warns of a gate's money limits whose decimal point may have been meant to separate thousands.
fn decimal_limits(expected: &Expectation) -> Vec<Warning> {
    let is_amount = look_up(&expected.measure).is_some_and(|measure| measure.unit.is_money());
    [("above", expected.above), ("below", expected.below)]
        .into_iter()
        .zip(expected.is_decimal)
        .filter(|(_, is_decimal)| is_amount && *is_decimal)
        .filter_map(|((key, limit), _)| Some(decimal(&format!("expect.{}.{key}", expected.id), limit?, "")))
        .collect()
}

/// Warns that the decimal point of the amount at `key`, with its `unit`, may have been meant to separate thousands.
fn decimal(key: &str, read: f64, unit: &str) -> Warning {
    let shown = plain(read);
    let text = |number: String| if unit.is_empty() { number } else { format!("\"{number}{unit}\"") };
    // a value proposed with three decimals would trigger the warning again
    let has_three = plain((read * 100.0).round() / 100.0) != shown;
    let facts = json!({
        "key": key,
        "read": format!("{shown}{unit}"),
        "thousands": text(grouped_for_toml((read * 1000.0).round(), 0)),
        "plain": text(if has_three { format!("{shown}0") } else { shown.clone() }),
    });
    warning("decimal-amount", facts)
}

/// Warns that cold storage has no effect on deposits, whose keys cannot be kept offline.
fn deposits_online(scenario: &Scenario) -> Option<Warning> {
    let custody = scenario.owner.as_ref()?.custody.as_ref()?;
    let of_keys = scenario.events.iter().filter(|event| event.guarded().is_some() && event.can_strike());
    let hit: BTreeSet<usize> = of_keys.flat_map(|event| event.assets.iter().copied()).collect();
    let deposits: Vec<&str> = hit
        .into_iter()
        .map(|index| &scenario.assets[index])
        .filter(|asset| asset.is_deposit())
        .map(|asset| asset.name.as_str())
        .collect();
    let facts = json!({ "key": "cold_storage", "assets": deposits });
    (custody.cold_storage && !deposits.is_empty()).then(|| warning("without-effect", facts))
}

/// Warns of a gate that only demands a probability below 100 %: one path without the event is enough to pass.
fn sure_to_pass(gate: &Expectation) -> Option<Warning> {
    let is_chance = look_up(&gate.measure)?.unit == Unit::Probability;
    let limit = gate.below.filter(|limit| is_chance && *limit >= 1.0)?;
    let facts = json!({ "reason": "sure", "gate": gate.id, "limit": plain(limit) });
    Some(warning("pointless-gate", facts))
}

fn repeated(gates: &[Expectation]) -> Vec<Warning> {
    let asks_the_same = |one: &Expectation, other: &Expectation| {
        one.measure == other.measure
            && (one.above, one.below, one.confidence) == (other.above, other.below, other.confidence)
    };
    let repeated = gates.iter().enumerate().filter_map(|(place, gate)| {
        let earlier = gates[..place].iter().find(|earlier| asks_the_same(earlier, gate))?;
        let facts = json!({ "reason": "repeated", "gate": gate.id, "other": earlier.id });
        Some(warning("pointless-gate", facts))
    });
    repeated.collect()
}

/// Warns of gates on one measure whose limits no value can meet: the highest lower limit is at or above the
/// lowest upper limit.
fn contradicted(gates: &[Expectation]) -> Vec<Warning> {
    let measures: BTreeSet<&str> = gates.iter().map(|gate| gate.measure.as_str()).collect();
    let contradicting = measures.into_iter().filter_map(|measure| {
        let of_it = || gates.iter().filter(|gate| gate.measure == measure);
        let above = of_it().filter_map(|gate| Some((gate.above?, &gate.id)));
        let below = of_it().filter_map(|gate| Some((gate.below?, &gate.id)));
        // of gates with equal limits, the first one is named
        let (low, one) = above.rev().max_by(|a, b| a.0.total_cmp(&b.0))?;
        let (high, other) = below.min_by(|a, b| a.0.total_cmp(&b.0))?;
        let facts = json!({
            "reason": "contradicted", "gate": one, "other": other, "measure": measure,
            "above": plain(low), "below": plain(high),
        });
        (low >= high).then(|| warning("pointless-gate", facts))
    });
    contradicting.collect()
}

#[cfg(test)]
mod tests;
