//! Checks of the launches of a file against its horizon, its owner, and the assets that pay for them.
//!
//! In: all assets of a file, the owner. Out: faults. Not here: the keys of one launch (`launch`), saving the money
//! (`asset`).

use super::audience::circle;
use super::calendar::Calendar;
use super::economy::{CashRate, Economy};
use super::event::no_asset;
use super::holding::ReadAsset;
use super::launch::Launch;
use super::names::Spelled;
use super::owner::Owner;
use crate::asset::Launching;
use crate::form::{Diagnostic, Faults, Place, fault, shortened};
use crate::math::ROUNDING;
use crate::math::elementary::{exp, ln_1p};
use crate::units::{grouped, hundredfold};

/// Refuses launches that are not complete before the run ends.
pub fn check_ends(assets: &[ReadAsset], horizon: u32, faults: &mut Faults) {
    for (asset, launching) in launched(assets) {
        let stands = earliest(asset, launching, assets, assets.len());
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
fn earliest(asset: &ReadAsset, launching: Launching, assets: &[ReadAsset], most: usize) -> u32 {
    let Some(payer) = asset.payer() else { return launching.stands() };
    let mut others = launched(assets).filter(|(other, _)| other.name == payer.text && most > 0);
    let since = others.next().map_or(0, |(other, its)| earliest(other, its, assets, most - 1));
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

/// Number of months within which an asset has to pay, without randomness, to count as having an income.
const SOON: u32 = 60;

/// Refuses launches that the asset in `launch.from` cannot pay. `is_complete` is true if all names could be read.
pub(super) fn check_expansions(assets: &[ReadAsset], is_complete: bool, faults: &mut Faults) {
    for asset in assets {
        let Some(Spelled { text: name, place }) = asset.payer() else { continue };
        faults.extend(match assets.iter().find(|other| other.name == *name) {
            None if !is_complete => None,
            None => no_asset(name, *place, "unknown-asset", "no such asset", assets.iter()),
            Some(payer) => refused(asset, *place, payer, assets),
        });
    }
}

/// Returns the fault at `place` that `payer` cannot pay for the launch of `asset`; `None` if it can.
fn refused<'a>(
    asset: &'a ReadAsset,
    place: Option<Place>,
    payer: &'a ReadAsset,
    assets: &'a [ReadAsset],
) -> Option<Diagnostic> {
    let named = |name: &str| assets.iter().find(|other| other.name == name);
    let payer_of = |one: &'a ReadAsset| one.payer().map(|payer| payer.text.as_str()).into_iter().collect();
    if let Some(circle) = circle(asset, payer, &named, payer_of) {
        let circle = circle.join("` → `");
        return Some(fault!("launch", "these assets pay for each other's launch"; place => "`{circle}`";
            rule: "the first asset of a chain exists at the start or has a launch date"));
    }
    let mut months = payer.entry.kind.expected(SOON).into_iter();
    // If keys of the payer could not be read, its income is unknown.
    if payer.unread.is_empty() && !months.any(|month| month.income > 0.0) {
        return Some(
            fault!("launch", "`{}` has no income", shortened(&payer.name); place => "has no income";
            rule: "`from` names an asset with an income"),
        );
    }
    let all: f64 = assets.iter().filter_map(|asset| share(asset, &payer.name)).sum();
    let is_last = assets
        .iter()
        .rfind(|other| share(other, &payer.name).is_some())
        .is_some_and(|last| last.name == asset.name);
    (is_last && all > 1.0 + ROUNDING).then(|| {
        fault!("launch", "`{}` cannot pay for all of these launches", shortened(&payer.name);
            place => "together they take {} % of its income", hundredfold(all); help: "write smaller `share`s";
            rule: "the shares of one asset's income add up to at most 100 %")
    })
}

/// Fraction of the income of `payer` that is saved for the launch of `asset`; `None` if it does not pay.
fn share(asset: &ReadAsset, payer: &str) -> Option<f64> {
    let (name, share) = asset.entry.paid_from()?;
    (name == payer).then_some(share)
}
