//! Targets of an event: the assets it affects, and those to which it spreads.
//!
//! In: the keys of an event, the assets. Out: names, or faults. Not here: the probability of spreading
//! (`event`).

use super::super::calendar::Calendar;
use super::super::holding::ReadAsset;
use super::super::names::Spelled;
use super::keys::EventKeys;
use crate::asset::AssetNames;
use crate::catalog::EventKind;
use crate::event::Takes;
use crate::form::{Diagnostic, Place, Reader, fault, shortened};
use std::collections::BTreeSet;

/// Parts of a scenario file that an event refers to or depends on.
pub struct EventInputs<'a> {
    pub assets: &'a [ReadAsset],
    /// True if every asset could be read, so that an unknown name is a fault.
    pub is_complete: bool,
    pub has_owner: bool,
    /// True if catalog values are used without their ranges: they are not drawn.
    pub is_fixed: bool,
    pub currency: &'a str,
    pub calendar: Option<Calendar>,
}

/// Returns the names of the assets that the event affects; empty if it affects the owner, or after a fault.
pub fn struck(
    keys: &EventKeys,
    kind: &EventKind,
    takes: Takes,
    inputs: &EventInputs<'_>,
    reader: &mut Reader<'_>,
) -> Vec<Spelled> {
    if !reader.sound(&["asset", "protocol", "platform", "provider", "agent_model"]) {
        return Vec::new();
    }
    let shared = keys.shared();
    let mut said: Vec<&str> = keys.asset.iter().map(|_| "asset").collect();
    said.extend(shared.iter().map(|(key, _)| key));
    match said[..] {
        [] if matches!(takes, Takes::Cash | Takes::Tax) => Vec::new(),
        [key, ..] if takes == Takes::Tax => {
            fault!(reader, "event", "a tax change hits the owner, not an asset";
                reader.place_of(key) => "not for this event"; help: "leave `{key}` out");
            Vec::new()
        }
        [] => {
            reader.push(strikes_nothing(kind, inputs.assets, reader));
            Vec::new()
        }
        [_] => match &keys.asset {
            Some(AssetNames(names)) => by_name(names, inputs, reader),
            None => {
                let (key, text) = shared[0];
                by_key(key, text, inputs, reader)
            }
        },
        [first, second, ..] => {
            fault!(reader, "event", "`{first}` and `{second}` both set the target of the event";
                reader.place_of(second) => "first target"; reader.place_of(first) => "second target";
                help: "one event hits all of its targets at once, and two events are independent");
            Vec::new()
        }
    }
}

/// Returns the fault that an event has no target. Its example names an asset of the file, and a value that an asset has for
/// the key by which events of this `kind` select their targets.
fn strikes_nothing(kind: &EventKind, assets: &[ReadAsset], reader: &Reader<'_>) -> Diagnostic {
    let key = kind.strikes.as_str();
    let needed = match key {
        "asset" => "`asset`".to_owned(),
        _ => format!("`asset` or `{key}`"),
    };
    let shared = assets.iter().find_map(|asset| asset.entry.shared.get(key));
    let first = assets.first().map_or("defi", |asset| &asset.name);
    let examples = shared.map(|value| format!("{key} = \"{value}\"")).into_iter();
    let examples: Vec<String> = examples.chain([format!("asset = \"{first}\"")]).collect();
    fault!("missing", "this event has no target"; reader.place_of("") => "{needed} is needed here";
        such_as: "{}", examples.join("   or   "))
}

/// Returns `names`. Pushes a fault for each one that no asset has, if every asset could be read.
fn by_name(names: &[Spelled], inputs: &EventInputs<'_>, reader: &mut Reader<'_>) -> Vec<Spelled> {
    for name in names.iter().filter(|_| inputs.is_complete) {
        let assets = inputs.assets.iter();
        if let Some(fault) = no_asset(&name.text, name.place, "unknown-asset", "no asset is hit", assets) {
            reader.push(fault);
        }
    }
    names.to_vec()
}

/// Returns the fault, with `code` and `label`, that no asset is called `name`; `None` if an asset is.
pub(in crate::scenario) fn no_asset<'a>(
    name: &str,
    place: Option<Place>,
    code: &'static str,
    label: &str,
    assets: impl Iterator<Item = &'a ReadAsset> + Clone,
) -> Option<Diagnostic> {
    let known = assets.map(|asset| asset.name.as_str());
    if known.clone().any(|known| known == name) {
        return None;
    }
    let fault = Diagnostic::new(code, format!("no asset is named `{}`", shortened(name)));
    Some(match known.clone().next() {
        None => fault.at(place, label).note("help", "leave it out: the file has no other asset"),
        Some(_) => fault.unknown(name, place, "\"", known, label),
    })
}

fn by_key(key: &'static str, text: &str, inputs: &EventInputs<'_>, reader: &mut Reader<'_>) -> Vec<Spelled> {
    let says = |asset: &&ReadAsset| asset.entry.shared.get(key) == Some(text);
    let found: Vec<Spelled> = inputs.assets.iter().filter(says).map(named).collect();
    if found.is_empty() && inputs.is_complete {
        let place = reader.place_of(key);
        let known: BTreeSet<&str> =
            inputs.assets.iter().filter_map(|asset| asset.entry.shared.get(key)).collect();
        let fault = fault!("unknown-key", "no asset has {key} = \"{}\"", shortened(text));
        reader.push(if known.is_empty() {
            let line = format!("{key} = \"{}\" below an [[asset]]", shortened(text));
            fault.at(place, "no asset is hit").note("such as", line)
        } else {
            fault.unknown(text, place, "\"", known, "no asset is hit")
        });
    }
    found
}

/// Name of an asset that an event selects by a key such as `protocol`; without a position in the file.
fn named(asset: &ReadAsset) -> Spelled {
    Spelled { text: asset.name.clone(), place: None }
}

/// Returns the names of the assets that are affected only if the event spreads; empty after a fault.
pub fn beyond(
    keys: &EventKeys,
    takes: Takes,
    own: &[Spelled],
    inputs: &EventInputs<'_>,
    reader: &mut Reader<'_>,
) -> Vec<Spelled> {
    let Some(spreads) = keys.spreads else {
        if keys.spreads_to.is_some() && reader.sound(&["spreads"]) {
            fault!(reader, "event", "`spreads_to` needs the probability `spreads`";
                "spreads_to" => "the targets"; such_as: "spreads = 0.1");
        }
        return Vec::new();
    };
    if spreads.get() == 0.0 || !reader.sound(&["spreads_to"]) {
        return Vec::new();
    }
    if matches!(takes, Takes::Cash | Takes::Tax) {
        fault!(reader, "event", "an event of the owner cannot spread"; "spreads" => "no target is possible";
            help: "leave it out");
        return Vec::new();
    }
    let names = match &keys.spreads_to {
        Some(AssetNames(names)) => by_name(names, inputs, reader),
        None => others(keys, inputs),
    };
    let is_own = |name: &str| own.iter().any(|own| own.text == name);
    let names: Vec<Spelled> = names.into_iter().filter(|name| !is_own(&name.text)).collect();
    if names.is_empty() && inputs.is_complete {
        let key = if keys.spreads_to.is_some() { "spreads_to" } else { "spreads" };
        let other = inputs.assets.iter().find(|asset| !is_own(&asset.name));
        let example = other.map_or_else(String::new, |other| format!("spreads_to = [{:?}]", other.name));
        fault!(reader, "event", "this event has no other asset to spread to";
            reader.place_of(key) => "no other asset is hit"; such_as: "{example}"; help: "leave it out");
    }
    names
}

/// Names of the assets with another value of the key, such as `protocol`, by which the event selects assets.
fn others(keys: &EventKeys, inputs: &EventInputs<'_>) -> Vec<Spelled> {
    let Some((key, own)) = keys.shared().into_iter().next() else { return Vec::new() };
    let is_other = |asset: &&ReadAsset| asset.entry.shared.get(key).is_some_and(|name| name != own);
    inputs.assets.iter().filter(is_other).map(named).collect()
}
