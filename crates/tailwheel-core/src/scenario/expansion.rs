//! Checks which assets may pay for the launch of which others.
//!
//! In: all assets of a file. Out: faults. Not here: saving the money (`asset`).

use super::event::no_asset;
use super::holding::ReadAsset;
use super::names::Spelled;
use crate::form::{Diagnostic, Faults, Place, fault, shortened};
use crate::units::hundredfold;

/// Number of months within which an asset has to pay, without randomness, to count as having an income.
const SOON: u32 = 60;

/// Tolerance for rounding when the shares of one income that pay for launches are added up.
const ROUNDING: f64 = 1e-9;

/// Refuses launches that the asset in `launch.from` cannot pay. `is_complete` is true if all names could be read.
pub(super) fn check_expansions(assets: &[ReadAsset], is_complete: bool, faults: &mut Faults) {
    for asset in assets {
        let Some(Spelled { text: name, place }) = asset.payer() else { continue };
        faults.extend(match assets.iter().find(|other| other.name == *name) {
            None if !is_complete => None,
            None => no_asset((name, *place), ("unknown-asset", "no such asset"), assets.iter()),
            Some(payer) => refused((asset, *place), payer, assets),
        });
    }
}

/// Returns the fault at `place` that `payer` cannot pay for the launch of `asset`; `None` if it can.
fn refused(
    (asset, place): (&ReadAsset, Option<Place>),
    payer: &ReadAsset,
    assets: &[ReadAsset],
) -> Option<Diagnostic> {
    if let Some(circle) = circle(asset, assets) {
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
    let all: f64 = shares(&payer.name, assets).sum();
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

fn shares<'a>(payer: &'a str, assets: &'a [ReadAsset]) -> impl Iterator<Item = f64> + 'a {
    assets.iter().filter_map(move |asset| share(asset, payer))
}

/// Names along a cycle of payers: `asset`, the asset that pays for its launch, and so on back to `asset`;
/// else `None`.
fn circle<'a>(asset: &'a ReadAsset, assets: &'a [ReadAsset]) -> Option<Vec<&'a str>> {
    let mut way = vec![asset.name.as_str()];
    let mut last = asset;
    while way.len() <= assets.len() {
        let name = last.payer()?.text.as_str();
        way.push(name);
        if name == asset.name {
            return Some(way);
        }
        last = assets.iter().find(|other| other.name == name)?;
    }
    None
}
