//! Checks which assets may name which sites as their `audience`, and finds circles of assets that name each other.
//!
//! In: all assets of a file. Out: faults, circles. Not here: how visits move an income (`asset`).

use super::event::no_asset;
use super::holding::ReadAsset;
use super::names::Spelled;
use crate::asset::VISITS;
use crate::form::{Diagnostic, Faults, Place, fault, shortened};

/// Refuses an `audience` that is unknown, named twice or no site. `is_complete` is true if all names could be read.
pub(super) fn check_audiences(assets: &[ReadAsset], is_complete: bool, faults: &mut Faults) {
    let named = |name: &str| assets.iter().find(|asset| asset.name == name);
    for asset in assets {
        for (index, Spelled { text: name, place }) in asset.entry.audience.iter().enumerate() {
            let fault = match named(name) {
                None if !is_complete => None,
                None => {
                    let is_named =
                        |site: &ReadAsset| asset.entry.audience.iter().any(|other| other.text == site.name);
                    let sites = assets.iter().filter(|site| shows_visits(site) && !is_named(site));
                    no_asset(name, *place, "unknown-asset", "no such site", sites)
                }
                Some(_) if asset.entry.audience[..index].iter().any(|other| other.text == *name) => {
                    Some(fault!("duplicate", "this site is named twice"; *place => "the second time"))
                }
                Some(site) => refused(asset, site, *place, &named),
            };
            faults.extend(fault);
        }
    }
}

/// Returns the fault at `place` that `site` cannot be the audience of `asset`; `None` if it can.
fn refused<'a>(
    asset: &'a ReadAsset,
    site: &'a ReadAsset,
    place: Option<Place>,
    named: &impl Fn(&str) -> Option<&'a ReadAsset>,
) -> Option<Diagnostic> {
    let audience = |read: &'a ReadAsset| read.entry.audience.iter().map(|site| site.text.as_str()).collect();
    if let Some(circle) = circle(asset, site, named, audience) {
        let circle = circle.join("` → `");
        return Some(fault!("audience", "these assets name each other as `audience`"; place => "`{circle}`";
            rule: "an audience is a site without an `audience` of its own"));
    }
    if !site.sound(&["model", "class"]) {
        return None;
    }
    if !shows_visits(site) {
        return Some(fault!("audience", "`{}` has no visits", shortened(&site.name);
            place => "this asset is not a site"; rule: "an audience is an asset with model = \"content\""));
    }
    if site.entry.visits.is_none()
        && site.sound(&["visits"])
        && (asset.entry.audience.len() > 1 || asset.needs_visits)
    {
        let name = shortened(&site.name);
        return Some(fault!("audience", "`{name}` does not state its number of visits";
            place => "the number of visitors is needed"; help: "write `visits` for `{name}`"));
    }
    let is_expansion = |one: &ReadAsset| one.payer().is_some();
    let sites = asset.entry.audience.iter().filter_map(|name| named(&name.text));
    if is_expansion(site) && sites.into_iter().all(is_expansion) {
        return Some(fault!("audience", "`{}` has no audience at its start", shortened(&asset.name);
            place => "this site is built later from an income";
            rule: "at least one site of an audience exists at the start or has a launch date"));
    }
    // An expansion has no launch date; its visitors are added to those of the other sites when it starts.
    if is_expansion(site) || is_expansion(asset) || !(asset.sound(&["launch"]) && site.sound(&["launch"])) {
        return None;
    }
    let stands = |one: &ReadAsset| {
        let keys = &one.entry.keys;
        keys.launch.as_ref().map_or(0, |launch| launch.of(keys.value).stands())
    };
    (stands(asset) < stands(site)).then(|| {
        fault!("audience", "`{}` starts before its audience", shortened(&asset.name);
            place => "this site is launched later";
            help: "write a later `launch` for the products, or an earlier one for the site")
    })
}

/// True if the earnings model of the asset has visits, so that products can be shown to its visitors.
fn shows_visits(site: &ReadAsset) -> bool {
    site.entry.kind.facts().states.iter().any(|state| state.id == VISITS)
}

/// Names along a cycle from `asset` via `other` back to `asset`, where each asset refers to those that `of` names;
/// `None` without a cycle. `named` finds an asset by its name.
pub(super) fn circle<'a>(
    asset: &'a ReadAsset,
    other: &'a ReadAsset,
    named: &impl Fn(&str) -> Option<&'a ReadAsset>,
    of: impl Fn(&'a ReadAsset) -> Vec<&'a str>,
) -> Option<Vec<&'a str>> {
    let mut ways = vec![vec![asset.name.as_str(), other.name.as_str()]];
    while let Some(way) = ways.pop() {
        let last = way[way.len() - 1];
        if last == asset.name {
            return Some(way);
        }
        for next in named(last).map_or_else(Vec::new, &of) {
            let is_new = next == asset.name || !way.contains(&next);
            if let Some(found) = named(next).filter(|_| is_new) {
                ways.push(way.iter().copied().chain([found.name.as_str()]).collect());
            }
        }
    }
    None
}
