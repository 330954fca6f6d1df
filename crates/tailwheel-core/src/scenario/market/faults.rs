//! Faults about markets.
//!
//! In: markets and assets as far as they could be read. Out: faults with place, rule and remedy. Not here:
//! finding them (`market`).

use super::super::holding::ReadAsset;
use super::super::membership::MarketGroup;
use super::super::names::Spelled;
use crate::form::{Diagnostic, Faults, Place, fault, shortened};
use crate::market::least_above;
use crate::units::plain;

/// Returns the fault that assets of one market have different classes and the market has none.
pub fn mixed_classes(name: &str, first: &ReadAsset, other: &ReadAsset) -> Diagnostic {
    let name = shortened(name);
    let (one, another) = (&first.entry.class, &other.entry.class);
    fault!("class", "market `{name}` has no class, and its assets have several classes";
        other.market_place() => "of class \"{another}\""; first.market_place() => "of class \"{one}\"";
        write: "[[market]]\nname = \"{name}\"\nclass = \"{one}\"";
        rule: "the class of a market supplies its size, depth and correlations";
        more: "tailwheel explain market.class")
}

/// Returns the fault that the return process of a market's only asset leaves no volatility to the market.
/// `own` is that volatility.
pub fn too_calm(asset: &ReadAsset, own: f64, place: Option<Place>) -> Diagnostic {
    let (process, name) = (&asset.process, shortened(&asset.name));
    fault!("process", "`{}` of `{name}` has as much volatility as its whole market, or more", process.text;
        place => "total volatility"; process.place => "more than the market";
        write: "volatility = {}", plain(least_above(own)); help: "or give `{}` less volatility", process.text;
        rule: "the return process of a single asset is a part of the volatility of its market";
        more: "tailwheel explain market.volatility")
}

/// Pushes a fault about a `[[market]]` without any asset.
pub fn unknown_market(name: &Spelled, groups: &[MarketGroup<'_>], assets: &[ReadAsset], faults: &mut Faults) {
    let Spelled { text: name, place } = name;
    if name.is_empty() || assets.iter().any(|asset| asset.name.is_empty()) {
        return; // it may be the market of an asset whose name could not be read
    }
    let message = format!("no asset is in a market named `{}`", shortened(name));
    let known = groups.iter().map(|group| group.name);
    let elsewhere = assets.iter().find(|asset| asset.name == *name).map(ReadAsset::market);
    faults.push(not_among(known, name, *place, elsewhere, message));
}

/// Returns the fault about a market that does not exist, with the most similar known name. `elsewhere` is the
/// market of the asset with that name, if there is one.
pub fn not_among<'a>(
    known: impl Iterator<Item = &'a str> + Clone,
    name: &str,
    place: Option<Place>,
    elsewhere: Option<&str>,
    message: String,
) -> Diagnostic {
    let fault = fault!("unknown-market", "{message}");
    let fault = match elsewhere {
        Some(market) => fault
            .at(place, format!("this asset is in market `{}`", shortened(market)))
            .replace(place, format!("\"{market}\"")),
        None => fault.unknown(name, place, "\"", known, "no such market"),
    };
    fault.rule("an asset belongs to the market in its key `market`, or to a market of its own name")
}
