//! `spreads`: assets that an event affects beyond those with its key.
//!
//! In: the keys of an event, the assets. Out: names, or faults. Not here: the probability of spreading
//! (`event`).

use super::keys::{EventKeys, Struck};
use super::read::{Around, by_name};
use crate::event::Takes;
use crate::form::{Reader, fault};
use crate::scenario::holding::Read;

/// Returns the names of the assets that are affected only if the event spreads; empty after a fault.
pub fn beyond(
    keys: &EventKeys,
    takes: Takes,
    own: &[String],
    around: &Around<'_>,
    reader: &mut Reader<'_>,
) -> Vec<String> {
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
    let names: Vec<String> = names.into_iter().filter(|name| !own.contains(name)).collect();
    if names.is_empty() && around.is_complete {
        let key = if keys.spreads_to.is_some() { "spreads_to" } else { "spreads" };
        let fault = fault("this event has no other asset to spread to", key, "no other asset is hit", reader);
        let mut others = around.assets.iter().map(|asset| &asset.name);
        let other = others.find(|name| !own.contains(name));
        let such_as = other.map(|name| ("such as", format!("spreads_to = [{name:?}]")));
        let fault = such_as.into_iter().fold(fault, |fault, (label, text)| fault.note(label, text));
        reader.push(fault.note("help", "leave it out"));
    }
    names
}

/// Names of the assets that have another value of the key by which the event selects its assets.
fn others(keys: &EventKeys, around: &Around<'_>) -> Vec<String> {
    let Some((key, own)) = keys.shared().into_iter().next() else {
        return Vec::new();
    };
    let is_other = |asset: &&Read| {
        let name = asset.entry.shared.get(key);
        name.is_some_and(|name| name != own)
    };
    let others = around.assets.iter().filter(is_other);
    others.map(|asset| asset.name.clone()).collect()
}
