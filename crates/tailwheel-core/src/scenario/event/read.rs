//! Reads `[[event]]`.
//!
//! In: tables, the assets. Out: [`EventEntry`]s. Not here: events that are implied (`by_default`).

use super::super::FilledIn;
use super::super::calendar::Calendar;
use super::super::defaults::Defaults;
use super::super::holding::Read;
use super::super::names::{Spelled, refuse_twins};
use super::super::tables::array_of_tables;
use super::EventEntry;
use super::by_default::events_by_default;
use super::currency::{lacks_amount, unknown_amount, unknown_by_default};
use super::keys::{EventIdentity, EventKeys, Struck};
use super::spread::beyond;
use crate::catalog::{EventKind, event_kind};
use crate::event::{Effect, KINDS, Takes};
use crate::form::{Diagnostic, Faults, Group, Kind, Place, Reader, Table, fault, shortened};
use crate::random::name_key;
use std::collections::BTreeSet;

const MAX_EVENTS: usize = 100;

/// Parts of a file that events refer to.
pub struct Around<'a> {
    pub assets: &'a [Read],
    /// True if every asset could be read.
    pub is_complete: bool,
    pub has_owner: bool,
    /// True if catalog values are used without their ranges.
    pub is_fixed: bool,
    pub currency: &'a str,
    pub calendar: Option<Calendar>,
}

/// Reads every `[[event]]` that is written or implied, in the order of their names. Indices of assets are not set.
pub fn read_events(
    document: &Table,
    around: &Around<'_>,
    faults: &mut Faults,
    filled_in: &mut Vec<FilledIn>,
) -> Vec<EventEntry> {
    let tables = array_of_tables(document, ("event", "events"), MAX_EVENTS, faults);
    let mut names = Vec::new();
    let mut events: Vec<EventEntry> = tables
        .into_iter()
        .filter_map(|(table, place)| read_event(table, place, around, &mut names, faults, filled_in))
        .collect();
    for table in &events_by_default(document) {
        // Faults of implied events are reported for their assets, except the currency of amounts.
        let (names, unsaid) = (&mut names, &mut Faults::default());
        events.extend(read_event(table, None, around, names, unsaid, filled_in));
        faults.count_steps(unsaid.n_steps());
        if let Some(fault) = unknown_by_default(table, around) {
            faults.push(fault);
        }
    }
    refuse_twins("event", &names, name_key, faults);
    events.sort_by(|a, b| a.name.cmp(&b.name));
    events
}

fn read_event(
    table: &Table,
    place: Option<Place>,
    around: &Around<'_>,
    names: &mut Vec<Spelled>,
    faults: &mut Faults,
    filled_in: &mut Vec<FilledIn>,
) -> Option<EventEntry> {
    let text = |key: &str| table.get(key).and_then(|entry| entry.value.as_text());
    let named = text("kind").and_then(event_kind);
    let mut defaults = Defaults::new(named.map_or(&[][..], |kind| &kind.defaults), "event");
    if around.is_fixed {
        defaults.fix();
    }
    let mut reader = Reader::one_of(table, place, ("event", "event", "name"), faults).over(&defaults.list);
    let identity = EventIdentity::take(&mut reader);
    names.push(reader.spelled("name"));
    let Some(kind) = identity.kind.0 else {
        // Without a kind it is unknown which keys are valid, so those of all kinds are accepted.
        let effects = KINDS.iter().flat_map(|effect| effect.fields);
        for field in EventKeys::FIELDS.iter().chain(effects) {
            reader.raw(field.key);
        }
        reader.finish();
        return None;
    };
    if event_kind(identity.name.as_str()).is_some_and(|other| other.id != kind.id) {
        fault!(reader, "name", "the name of this event is the name of another kind";
            "name" => "a cover could mean the event or the kind"; help: "write another name");
    }
    let mut keys = EventKeys::take(&mut reader);
    if reader.says("if_guarded") && !kind.is_kept_by_owner() {
        fault!(reader, "event", "an event of kind `{}` has no `if_guarded`", kind.id;
            "if_guarded" => "custody does not prevent it";
            rule: "`multisig` and `cold_storage` help only against a `custody-loss`"; help: "leave it out");
    }
    let effect = (effect_of(kind).read)(&mut reader);
    settle(&mut keys, kind, effect.takes(), around, &mut reader);
    check_payment(kind, effect.takes(), around, &mut reader);
    let ranges = reader.ranges().to_vec();
    // An event with a date describes one chosen case, so fixed values are intended there.
    let fixed = if keys.at.is_some() { Vec::new() } else { reader.fixed().to_vec() };
    filled_in.extend(defaults.filled_in(reader.finish()));
    let is_in_time = keys.at.is_none() || around.calendar.is_some();
    is_in_time.then(|| EventEntry {
        name: identity.name.as_str().to_owned(),
        kind,
        keys,
        assets: Vec::new(),
        beyond: Vec::new(),
        effect,
        ranges,
        fixed,
    })
}

/// Checks the timing and the targets of an event, and replaces the targets by the names of assets.
fn settle(
    keys: &mut EventKeys,
    kind: &EventKind,
    takes: Takes,
    around: &Around<'_>,
    reader: &mut Reader<'_>,
) {
    if reader.says("if_verified") && takes == Takes::Tax {
        fault!(reader, "event", "an event of kind `{}` has no `if_verified`", kind.id;
            "if_verified" => "this event does not hit code";
            rule: "a tax change hits the owner, not an asset with code"; help: "leave it out");
    }
    check_timing(keys, around.calendar, reader);
    let own = struck(keys, kind, takes, around, reader);
    let beyond = beyond(keys, takes, &own, around, reader);
    *keys = EventKeys {
        rate: keys.rate.filter(|_| keys.at.is_none()),
        at: keys.at,
        asset: (!own.is_empty()).then_some(Struck(own)),
        spreads: keys.spreads.filter(|_| !beyond.is_empty()),
        spreads_to: (!beyond.is_empty()).then_some(Struck(beyond)),
        if_verified: keys.if_verified,
        if_guarded: keys.if_guarded,
        if_compliant: keys.if_compliant,
        ..EventKeys::default()
    };
}

/// Refuses a payment without an account, or without an amount in the currency of the file.
fn check_payment(kind: &EventKind, takes: Takes, around: &Around<'_>, reader: &mut Reader<'_>) {
    if matches!(takes, Takes::Cash | Takes::Tax) && !around.has_owner {
        fault!(reader, "event", "a payment needs an account, but there is no [owner]";
            "kind" => "the owner pays this"; such_as: "[owner]\ncash = 24_000");
    }
    if lacks_amount(kind, around.currency) && !reader.says("amount") {
        let fault = unknown_amount(kind, around.currency)
            .at(reader.place_of(""), "needs `amount`")
            .note("such as", "amount = 5_000");
        reader.push(fault);
    }
}

/// Returns the effect of events of this kind.
pub fn effect_of(kind: &EventKind) -> &'static Kind<dyn Effect> {
    KINDS.iter().find(|effect| effect.id == kind.effect).expect("a test reads every kind of event")
}

/// Refuses an event with neither a rate nor a month, with both, and in a month that is not simulated.
fn check_timing(keys: &EventKeys, calendar: Option<Calendar>, reader: &mut Reader<'_>) {
    let Some(at) = keys.at else {
        if keys.rate.is_none() && reader.sound(&["at", "rate"]) {
            fault!(reader, "missing", "this event has no frequency"; "" => "`rate` or `at` is needed here";
                such_as: "rate = \"0.02/year\"   or   at = \"2028-07\"");
        }
        return;
    };
    if reader.says("rate") {
        fault!(reader, "event", "`at` and `rate` both set the time of the event"; "rate" => "at random";
            "at" => "in one month, on every path"; help: "leave one out, or write two events");
    }
    reader.forget("rate");
    if let Some(calendar) = calendar.filter(|calendar| calendar.month(at).is_none()) {
        let fault = calendar.outside(at, reader.place_of("at"));
        reader.push(fault.note("help", "write another month, or another `horizon`"));
    }
}

/// Returns the names of the assets that the event affects; empty if it affects the owner, or after a fault.
fn struck(
    keys: &EventKeys,
    kind: &EventKind,
    takes: Takes,
    around: &Around<'_>,
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
            reader.push(strikes_nothing(kind, reader));
            Vec::new()
        }
        [_] => match &keys.asset {
            Some(Struck(names)) => by_name(names, around, reader),
            None => {
                let (key, text) = shared[0];
                by_key(key, text, around, reader)
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

fn strikes_nothing(kind: &EventKind, reader: &Reader<'_>) -> Diagnostic {
    let key = kind.strikes.as_str();
    let example = EventKeys::FIELDS.iter().find(|field| field.key == key);
    let example = example.map_or_else(String::new, crate::form::Field::example);
    let fault = fault!("missing", "this event has no target";
        reader.place_of("") => "`asset` or `{key}` is needed here");
    match key {
        "asset" => fault.note("such as", example),
        _ => fault.note("such as", format!("{example}   or   asset = \"defi\"")),
    }
}

/// Returns `names`; a name that no asset has is a fault.
pub(super) fn by_name(names: &[Spelled], around: &Around<'_>, reader: &mut Reader<'_>) -> Vec<Spelled> {
    for name in names.iter().filter(|_| around.is_complete) {
        if let Some(fault) =
            no_asset((&name.text, name.place), ("unknown-asset", "no asset is hit"), around.assets.iter())
        {
            reader.push(fault);
        }
    }
    names.to_vec()
}

/// Returns the fault, with this code and label, that no asset is called `name`; `None` if there is one.
pub(in crate::scenario) fn no_asset<'a>(
    (name, place): (&str, Option<Place>),
    (code, label): (&'static str, &'static str),
    assets: impl Iterator<Item = &'a Read> + Clone,
) -> Option<Diagnostic> {
    let known = assets.map(|asset| asset.name.as_str());
    if known.clone().any(|known| known == name) {
        return None;
    }
    let fault = Diagnostic::new(code, format!("no asset is named `{}`", shortened(name)));
    Some(match known.clone().next() {
        None => fault.at(place, label).note("help", "leave it out: the file has no other asset"),
        Some(_) => fault.unknown((name, place), "\"", known, label),
    })
}

fn by_key(key: &'static str, text: &str, around: &Around<'_>, reader: &mut Reader<'_>) -> Vec<Spelled> {
    let says = |asset: &&Read| asset.entry.shared.get(key) == Some(text);
    let found: Vec<Spelled> = around.assets.iter().filter(says).map(named).collect();
    if found.is_empty() && around.is_complete {
        let place = reader.place_of(key);
        let known: BTreeSet<&str> =
            around.assets.iter().filter_map(|asset| asset.entry.shared.get(key)).collect();
        let fault = fault!("unknown-key", "no asset has {key} = \"{}\"", shortened(text));
        reader.push(if known.is_empty() {
            let line = format!("{key} = \"{}\" below an [[asset]]", shortened(text));
            fault.at(place, "no asset is hit").note("such as", line)
        } else {
            fault.unknown((text, place), "\"", known, "no asset is hit")
        });
    }
    found
}

/// Name of an asset that the event does not name itself.
pub(super) fn named(asset: &Read) -> Spelled {
    Spelled { text: asset.name.clone(), place: None }
}
