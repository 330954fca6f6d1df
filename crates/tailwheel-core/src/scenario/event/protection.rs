//! Checks that insurance, custody and compliance service have an event to act on.

use super::super::holding::ReadAsset;
use super::super::owner::{Cover, Owner};
use super::super::tables::written_tables;
use super::EventEntry;
use super::targets::no_asset;
use crate::catalog::event_kind;
use crate::event::{Takes, VALUE_LOSS};
use crate::form::{Diagnostic, Faults, Place, Table, fault, one_of, removed, shortened};

/// Refuses insurance, custody or a compliance service of `owner` that acts on no event of the file.
pub fn check_protection(
    owner: &Owner,
    assets: &[ReadAsset],
    events: &[EventEntry],
    document: &Table,
    faults: &mut Faults,
) {
    check_covers(&owner.cover, assets, events, document, faults);
    let place = |key: &str| document.table("owner")?.get(key)?.value.place;
    check_custody(owner, assets, events, place("custody"), faults);
    let is_watched = events.iter().any(|event| event.keys.if_compliant.is_some());
    if owner.compliance_service.is_some() && !is_watched {
        fault!(faults, "compliance", "this service cannot prevent any event of the file";
            place("compliance_service") => "no event has `if_compliant`";
            such_as: "{}", event_example(events, "claim", "infringement-claim", assets.first().map_or("media", |asset| &asset.name)));
    }
}

/// Refuses custody without effect: `multisig` if no loss of keys is random, `cold_storage` if only deposits lose.
fn check_custody(
    owner: &Owner,
    assets: &[ReadAsset],
    events: &[EventEntry],
    place: Option<Place>,
    faults: &mut Faults,
) {
    let Some(custody) = &owner.custody else { return };
    // An event with rate 0 counts too: comparing with it measures the value of custody.
    let of_keys: Vec<&EventEntry> = events.iter().filter(|event| event.guarded().is_some()).collect();
    let is_deposit = |name: &str| {
        let mut named = assets.iter().filter(|asset| asset.name == name);
        named.any(|asset| asset.class.is_some_and(|class| class.deposit))
    };
    let mut struck = of_keys.iter().flat_map(|event| event.struck());
    let can_be_cold = of_keys.iter().any(|event| !event.struck().all(is_deposit));
    if let Some(first) = struck.next().filter(|_| custody.cold_storage && !can_be_cold) {
        fault!(faults, "custody", "`{}` cannot be kept offline", shortened(first);
            place => "this asset is a deposit"; rule: "a deposit stays in the contract, regardless of the keys";
            help: "leave `cold_storage` out, or add an asset without yield to the `custody-loss`");
        return;
    }
    let helps = of_keys.iter().any(|event| !event.is_certain());
    if !(custody.multisig && helps || custody.cold_storage && can_be_cold) {
        let asset = assets.first().map_or("defi", |asset| &asset.name);
        let event = event_example(events, "key", "custody-loss", asset);
        let (message, label, remedy) = if of_keys.is_empty() {
            (
                "`custody` has no effect, because no event is a loss of keys",
                "an event of kind `custody-loss` is missing",
                event,
            )
        } else if custody.multisig {
            (
                "`multisig` cannot prevent a loss that is certain",
                "`cold_storage` is missing",
                "custody = { cold_storage = true }".to_owned(),
            )
        } else {
            (
                "this custody has no protection",
                "`multisig` or `cold_storage` is missing",
                "custody = { multisig = true }".to_owned(),
            )
        };
        fault!(faults, "custody", "{message}"; place => "{label}"; such_as: "{remedy}";
            rule: "`multisig` lowers the probability of a `custody-loss`. `cold_storage` also helps against a certain one");
    }
}

/// True if the file states `verified = false` for `asset`; false also if it states nothing.
fn is_unverified(asset: &str, document: &Table) -> bool {
    written_tables(document, "asset").any(|table| table.label() == Some(asset) && table.is_off("verified"))
}

/// Refuses insurance of an unverified or unknown asset, without an insured event, or twice for one event.
fn check_covers(
    covers: &[Cover],
    assets: &[ReadAsset],
    events: &[EventEntry],
    document: &Table,
    faults: &mut Faults,
) {
    for (index, cover) in covers.iter().enumerate() {
        let asset = &*cover.asset;
        let [asset_place, cause_place] = [cover.asset.place, cover.cause.place];
        let name = shortened(asset);
        if let Some(fault) = no_asset(asset, asset_place, "cover", "no such asset", assets.iter()) {
            faults.push(fault);
            continue;
        }
        if is_unverified(asset, document) {
            fault!(faults, "cover", "unverified code cannot be insured: `{name}`";
                asset_place => "it has `verified = false`";
                help: "write `verified = true`, leave `verified` out, or leave the cover out");
            continue;
        }
        let takes_of_it = |event: &&EventEntry| {
            event.effect.takes() == Takes::Value && event.struck().any(|name| name == asset)
        };
        let causing: Vec<&EventEntry> = events.iter().filter(takes_of_it).collect();
        let pays = |cover: &Cover, event: &EventEntry| cover.is_of(&event.name, event.kind);
        if !causing.iter().any(|event| pays(cover, event)) {
            faults.push(never_pays(cover, &causing, events));
        }
        // A cover by kind and one by name may mean the same event.
        let is_same = |other: &Cover| {
            let both = |event: &&EventEntry| pays(other, event) && pays(cover, event);
            *other.asset == *asset && causing.iter().any(both)
        };
        if covers[..index].iter().any(is_same) {
            fault!(faults, "cover", "`{name}` is insured twice against one event"; cause_place => "second time";
                help: "write one cover with the sum of both limits");
        }
    }
}

/// Returns the fault that no event has the cause of `cover`. `causing` are those of the `events` that reduce the value of
/// its asset.
fn never_pays(cover: &Cover, causing: &[&EventEntry], events: &[EventEntry]) -> Diagnostic {
    let why = format!("no event of this cause reduces the value of `{}`", shortened(&cover.asset));
    let gone = removed(&cover.cause);
    let mut causes: Vec<&str> =
        causing.iter().flat_map(|event| [event.kind.id.as_str(), event.name.as_str()]).collect();
    causes.dedup();
    let needs_example = gone.is_none() && causes.is_empty();
    let fault = match gone {
        Some(fault) => fault.at(cover.cause.place, why),
        None => fault!("cover", "{why}"; cover.cause.place => "this insurance would never pay"),
    };
    if needs_example {
        return fault.note("such as", insured_event(cover, events));
    }
    if causes.is_empty() { fault } else { fault.note("these do", one_of(causes)) }
}

/// Returns lines of a file with an event that `cover` insures, as one more of the `events`. If the cause of the cover is no
/// kind of event that takes a part of a value, they begin with another cause.
fn insured_event(cover: &Cover, events: &[EventEntry]) -> String {
    const USUAL: &str = "contract-exploit";
    let is_insured = event_kind(&cover.cause).is_some_and(|kind| kind.effect == VALUE_LOSS.id);
    let kind = if is_insured { &*cover.cause } else { USUAL };
    let event = event_example(events, "loss", kind, &cover.asset);
    if is_insured { event } else { format!("cause = \"{USUAL}\"   and   {event}") }
}

/// Returns the lines of a file that describe one more of the `events`, with `name` and a number if the name is used.
fn event_example(events: &[EventEntry], name: &str, kind: &str, asset: &str) -> String {
    let is_free = |name: &String| events.iter().all(|event| event.name != *name);
    let numbered = (2..).map(|number| format!("{name}-{number}"));
    let name = std::iter::once(name.to_owned()).chain(numbered).find(is_free).expect("as many as needed");
    format!("[[event]]\nname = \"{name}\"\nkind = \"{kind}\"\nasset = \"{asset}\"")
}
