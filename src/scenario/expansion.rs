//! Launches that are paid out of what other assets earn: who may pay for whom.
//!
//! In: all assets of a file. Out: faults. Not here: how it is put aside (`asset`).

use super::event::no_asset;
use super::holding::Read;
use super::names::Spelled;
use crate::form::{Diagnostic, Faults, Place, shortened};
use crate::units::hundredfold;

/// Months in which an asset that ever pays anything has paid something, if nothing is random.
const SOON: u32 = 60;

/// What shares of one income may exceed all of it by: rounding.
const ROUNDING: f64 = 1e-9;

/// Holds every `from` of a launch against the assets; `is_complete` if all of them have a name.
pub(super) fn check_expansions(assets: &[Read], is_complete: bool, faults: &mut Faults) {
    for asset in assets {
        let Some(Spelled { text: name, place }) = asset.payer() else {
            continue;
        };
        let fault = match assets.iter().find(|other| other.name == *name) {
            None if !is_complete => None,
            None => no_asset((name, *place), ("unknown-asset", "no such asset"), assets.iter()),
            Some(payer) => refused((asset, *place), payer, assets),
        };
        fault.into_iter().for_each(|fault| faults.push(fault));
    }
}

/// Why `payer` cannot pay for `asset`, which says so at a place.
fn refused(
    (asset, place): (&Read, Option<Place>),
    payer: &Read,
    assets: &[Read],
) -> Option<Diagnostic> {
    if let Some(circle) = circle(asset, assets) {
        let circle = circle.join("` → `");
        let fault = Diagnostic::new("launch", "these assets pay for each other's launch");
        return Some(
            fault
                .at(place, format!("`{circle}`"))
                .rule("the first asset of a chain exists at the start or has a launch date"),
        );
    }
    let mut months = payer.entry.kind.expected(SOON).into_iter();
    // of what is refused itself nobody knows what it pays
    if payer.unread.is_empty() && !months.any(|month| month.income > 0.0) {
        let message = format!("`{}` has no income", shortened(&payer.name));
        let fault = Diagnostic::new("launch", message).at(place, "has no income");
        return Some(fault.rule("`from` names an asset with an income"));
    }
    let all: f64 = shares(&payer.name, assets).sum();
    let is_last = assets
        .iter()
        .rfind(|other| share(other, &payer.name).is_some())
        .is_some_and(|last| last.name == asset.name);
    (is_last && all > 1.0 + ROUNDING).then(|| {
        let message = format!("`{}` cannot pay for all of these launches", shortened(&payer.name));
        Diagnostic::new("launch", message)
            .at(place, format!("together they take {} % of its income", hundredfold(all)))
            .note("help", "write smaller `share`s")
            .rule("the shares of one asset's income add up to at most 100 %")
    })
}

/// The part of the income of `payer` that is put aside for `asset`.
fn share(asset: &Read, payer: &str) -> Option<f64> {
    let (name, share) = asset.entry.launch.as_ref()?.paid_from()?;
    (name == payer).then_some(share)
}

fn shares<'a>(payer: &'a str, assets: &'a [Read]) -> impl Iterator<Item = f64> + 'a {
    assets.iter().filter_map(move |asset| share(asset, payer))
}

/// The way from `asset` over who pays for whom back to it, if there is one.
fn circle<'a>(asset: &'a Read, assets: &'a [Read]) -> Option<Vec<&'a str>> {
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
