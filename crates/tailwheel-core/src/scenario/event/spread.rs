//! `spreads`: assets that an event affects beyond those with its key.
//!
//! In: the keys of an event, the assets. Out: names, or faults. Not here: the probability of spreading
//! (`event`).

use super::keys::{EventKeys, Struck};
use super::read::{Around, by_name, named};
use crate::event::Takes;
use crate::form::{Reader, Spelled, fault};
use crate::scenario::holding::Read;

/// Returns the names of the assets that are affected only if the event spreads; empty after a fault.
pub fn beyond(
    keys: &EventKeys,
    takes: Takes,
    own: &[Spelled],
    around: &Around<'_>,
    reader: &mut Reader<'_>,
) -> Vec<Spelled> {
    let fault = |message: &str, key: &str, label: &str, reader: &Reader<'_>| fault!("event", "{message}"; reader.place_of(key) => "{label}");
    let Some(spreads) = keys.spreads else {
        if keys.spreads_to.is_some() && reader.sound(&["spreads"]) {
            let fault =
                fault("`spreads_to` needs the probability `spreads`", "spreads_to", "the targets", reader);
            reader.push(fault.note("such as", "spreads = 0.1"));
        }
        return Vec::new();
    };
    if spreads.get() == 0.0 || !reader.sound(&["spreads_to"]) {
        return Vec::new();
    }
    if matches!(takes, Takes::Cash | Takes::Tax) {
        let fault = fault("an event of the owner cannot spread", "spreads", "no target is possible", reader);
        reader.push(fault.note("help", "leave it out"));
        return Vec::new();
    }
    let names = match &keys.spreads_to {
        Some(Struck(names)) => by_name(names, around, reader),
        None => others(keys, around),
    };
    let is_own = |name: &str| own.iter().any(|own| own.text == name);
    let names: Vec<Spelled> = names.into_iter().filter(|name| !is_own(&name.text)).collect();
    if names.is_empty() && around.is_complete {
        let key = if keys.spreads_to.is_some() { "spreads_to" } else { "spreads" };
        let mut fault =
            fault("this event has no other asset to spread to", key, "no other asset is hit", reader);
        if let Some(other) = around.assets.iter().find(|asset| !is_own(&asset.name)) {
            fault = fault.note("such as", format!("spreads_to = [{:?}]", other.name));
        }
        reader.push(fault.note("help", "leave it out"));
    }
    names
}

/// Names of the assets that have another value of the key by which the event selects its assets.
fn others(keys: &EventKeys, around: &Around<'_>) -> Vec<Spelled> {
    let Some((key, own)) = keys.shared().into_iter().next() else { return Vec::new() };
    let is_other = |asset: &&Read| asset.entry.shared.get(key).is_some_and(|name| name != own);
    around.assets.iter().filter(is_other).map(named).collect()
}
