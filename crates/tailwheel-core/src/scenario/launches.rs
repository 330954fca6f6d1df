//! Checks of the launches of a file against its horizon and its owner.
//!
//! In: all assets of a file, the owner. Out: faults. Not here: the keys of one launch (`launch`), launches that an
//! asset pays for (`expansion`).

use super::calendar::Calendar;
use super::economy::{CashRate, Economy};
use super::holding::ReadAsset;
use super::launch::Launch;
use super::owner::Owner;
use crate::asset::Launching;
use crate::form::{Faults, fault, shortened};
use crate::math::elementary::{exp, ln_1p};
use crate::units::grouped;

/// Refuses launches that are not complete before the run ends.
pub fn check_ends(assets: &[ReadAsset], horizon: u32, faults: &mut Faults) {
    for (asset, launching) in launched(assets) {
        let stands = earliest((asset, launching), assets, assets.len());
        if stands <= horizon {
            continue;
        }
        let (when, help) = match asset.payer() {
            None => ("", "write an earlier launch"),
            Some(_) => (" at the earliest", "write a shorter `time`, or an earlier launch of the payer"),
        };
        fault!(faults, "launch", "`{}` is not launched before the end of the run", shortened(&asset.name);
            asset.launch_place() => "launched after {stands} months{when}";
            help: "{help}, or a horizon of {stands} months or more";
            rule: "a launch ends within the horizon, and the income begins in the next month");
    }
}

/// Returns the first month at whose end the launch can be complete. If another asset pays, that takes the payer's own
/// launch, one month of saving, and the building time. Stops after `most` payers: a circle of payers is refused
/// elsewhere.
fn earliest((asset, launching): (&ReadAsset, Launching), assets: &[ReadAsset], most: usize) -> u32 {
    let Some(payer) = asset.payer() else { return launching.stands() };
    let mut others = launched(assets).filter(|(other, _)| other.name == payer.text && most > 0);
    let since = others.next().map_or(0, |one| earliest(one, assets, most - 1));
    since + 1 + launching.time
}

/// Refuses launches without an owner to pay, and the first ones if the owner can never save their cost.
pub fn check_payers(
    assets: &[ReadAsset],
    owner: Option<&Owner>,
    economy: &Economy,
    calendar: Option<Calendar>,
    faults: &mut Faults,
) {
    let all: Vec<(&ReadAsset, Launching)> = launched(assets)
        .filter(|(asset, _)| asset.entry.keys.launch.as_deref().is_some_and(Launch::has_cost))
        .collect();
    let Some(first) = all.iter().map(|(_, launching)| launching.begun).min() else { return };
    let Some(owner) = owner else {
        let cost: f64 = all.iter().map(|(_, launching)| launching.cost.get()).sum();
        for (asset, _) in all {
            fault!(faults, "launch", "a payment needs an account, but there is no [owner]";
                asset.launch_place() => "the owner pays its cost"; such_as: "[owner]\ncash = {}", typed(cost.ceil()));
        }
        return;
    };
    // Income and sale value of holdings have no upper bound, so only owners without holdings are checked.
    let is_there = |asset: &ReadAsset| match &asset.entry.keys.launch {
        // A business completed by the end of a month can be sold in that month.
        Some(launch) => launch.of(asset.entry.keys.value).stands() <= first,
        None => true,
    };
    if assets.iter().any(is_there) {
        return;
    }
    let Some(saved) = most_saved(owner, economy, first, calendar) else { return };
    let begun: Vec<_> = all.iter().filter(|(_, launching)| launching.begun == first).collect();
    let cost: f64 = begun.iter().map(|(_, launching)| launching.cost.get()).sum();
    if cost > saved * SURELY {
        let (asset, _) = begun[0];
        let enough = (cost - saved + owner.cash.get()).ceil();
        let fault = fault!("launch", "the owner can never pay for this launch";
            asset.launch_place() => "{} in month {first}", grouped(cost, 0));
        let until =
            format!("until then the owner has at most {} and nothing to sell", grouped(saved.floor(), 0));
        faults.push(fault.note("", until).note("such as", format!("cash = {} below [owner]", typed(enough))));
    }
}

/// Most cash that an owner without holdings can have in month `month`, counted from 1; `None` if interest on
/// cash is random.
fn most_saved(owner: &Owner, economy: &Economy, month: u32, calendar: Option<Calendar>) -> Option<f64> {
    let CashRate::Constant(rate) = economy.cash_rate else { return None };
    let inflation = economy.inflation.most(month);
    let flows = calendar.into_iter().flat_map(|calendar| {
        (1..=month).flat_map(move |month| {
            owner.flows.iter().map(move |flow| flow.in_month(month, inflation, calendar).max(0.0))
        })
    });
    let growth = exp(ln_1p(rate.get().max(0.0)) * f64::from(month) / 12.0);
    Some((owner.cash.get() + flows.sum::<f64>()) * growth)
}

/// Formats an amount as TOML: `50_000`.
fn typed(amount: f64) -> String {
    grouped(amount, 0).replace(',', "_")
}

/// Factor above 1 that allows for rounding before a launch counts as unaffordable.
const SURELY: f64 = 1.0 + 1e-9;

/// Returns the assets that are launched, each with its launch as the simulation takes it.
fn launched(assets: &[ReadAsset]) -> impl Iterator<Item = (&ReadAsset, Launching)> {
    assets.iter().filter_map(|asset| {
        let launch = asset.entry.keys.launch.as_ref()?;
        Some((asset, launch.of(asset.entry.keys.value)))
    })
}
