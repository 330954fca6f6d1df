//! Reads `[[event]]`.
//!
//! In: tables, the assets. Out: [`EventEntry`]s. Not here: events that are implied (`by_default`).

use super::super::FilledIn;
use super::super::calendar::Calendar;
use super::super::defaults::Defaults;
use super::super::names::{Spelled, refuse_twins};
use super::super::tables::array_of_tables;
use super::EventEntry;
use super::by_default::events_by_default;
use super::keys::{EventIdentity, EventKeys};
use super::targets::{EventInputs, beyond, struck};
use crate::asset::AssetNames;
use crate::catalog::{CURRENCY, EventKind, event_kind};
use crate::event::{Effect, KINDS, Takes};
use crate::form::{Diagnostic, Faults, Group, Kind, Place, Reader, Table, fault};

const MAX_EVENTS: usize = 100;

/// Reads the `[[event]]` tables and adds the classes' default events, sorted by name. Asset indices follow later.
pub fn read_events(
    document: &Table,
    inputs: &EventInputs<'_>,
    faults: &mut Faults,
    filled_in: &mut Vec<FilledIn>,
) -> Vec<EventEntry> {
    let tables = array_of_tables(document, "event", "events", MAX_EVENTS, faults);
    let mut names = Vec::new();
    let mut events: Vec<EventEntry> = tables
        .into_iter()
        .filter_map(|(table, place)| read_event(table, place, inputs, &mut names, faults, filled_in))
        .collect();
    for table in &events_by_default(document) {
        // Faults of implied events are reported for their assets, except the currency of amounts.
        let (names, unsaid) = (&mut names, &mut Faults::default());
        events.extend(read_event(table, None, inputs, names, unsaid, filled_in));
        faults.count_steps(unsaid.n_steps());
        faults.extend(unknown_by_default(table, inputs));
    }
    refuse_twins("event", names, faults);
    events.sort_by(|a, b| a.name.cmp(&b.name));
    events
}

fn read_event(
    table: &Table,
    place: Option<Place>,
    inputs: &EventInputs<'_>,
    names: &mut Vec<Spelled>,
    faults: &mut Faults,
    filled_in: &mut Vec<FilledIn>,
) -> Option<EventEntry> {
    let named = table.text("kind").and_then(event_kind);
    let mut defaults = Defaults::new(named.map_or(&[][..], |kind| &kind.defaults), "event");
    if inputs.is_fixed {
        defaults.fix();
    }
    let mut reader = Reader::new(table, place, "event", faults).one_of("event", "name").over(defaults.list());
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
    settle(&mut keys, kind, effect.takes(), inputs, &mut reader);
    check_payment(kind, effect.takes(), inputs, &mut reader);
    let ranges = reader.ranges().to_vec();
    // An event with a date describes one chosen case, so fixed values are intended there.
    let fixed = if keys.at.is_some() { Vec::new() } else { reader.fixed().to_vec() };
    filled_in.extend(defaults.filled_in(reader.finish()));
    let is_in_time = keys.at.is_none() || inputs.calendar.is_some();
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

/// Checks the timing and the targets of an event, and replaces keys that select assets by the assets' names.
fn settle(
    keys: &mut EventKeys,
    kind: &EventKind,
    takes: Takes,
    inputs: &EventInputs<'_>,
    reader: &mut Reader<'_>,
) {
    if reader.says("if_verified") && takes == Takes::Tax {
        fault!(reader, "event", "an event of kind `{}` has no `if_verified`", kind.id;
            "if_verified" => "this event does not hit code";
            rule: "a tax change hits the owner, not an asset with code"; help: "leave it out");
    }
    check_timing(keys, inputs.calendar, reader);
    let own = struck(keys, kind, takes, inputs, reader);
    let beyond = beyond(keys, takes, &own, inputs, reader);
    *keys = EventKeys {
        rate: keys.rate.filter(|_| keys.at.is_none()),
        at: keys.at,
        asset: (!own.is_empty()).then_some(AssetNames(own)),
        spreads: keys.spreads.filter(|_| !beyond.is_empty()),
        spreads_to: (!beyond.is_empty()).then_some(AssetNames(beyond)),
        if_verified: keys.if_verified,
        if_guarded: keys.if_guarded,
        if_compliant: keys.if_compliant,
        ..EventKeys::default()
    };
}

/// Refuses an event that the owner pays for if `[owner]` or an amount in the file's currency is missing.
fn check_payment(kind: &EventKind, takes: Takes, inputs: &EventInputs<'_>, reader: &mut Reader<'_>) {
    if matches!(takes, Takes::Cash | Takes::Tax) && !inputs.has_owner {
        fault!(reader, "event", "a payment needs an account, but there is no [owner]";
            "kind" => "the owner pays this"; such_as: "[owner]\ncash = 24_000");
    }
    if lacks_amount(kind, inputs.currency) && !reader.says("amount") {
        let fault = unknown_amount(kind, inputs.currency)
            .at(reader.place_of(""), "needs `amount`")
            .note("such as", "amount = 5_000");
        reader.push(fault);
    }
}

/// True if an event of `kind` has a default amount, but not in `currency`; false if `currency` is empty.
fn lacks_amount(kind: &EventKind, currency: &str) -> bool {
    !["", CURRENCY].contains(&currency) && kind.default("amount").is_some()
}

/// Returns the fault that an event of `kind` has no default amount of loss in `currency`.
fn unknown_amount(kind: &EventKind, currency: &str) -> Diagnostic {
    fault!("event", "the loss of `{}` has a default in {CURRENCY} only", kind.id;
        rule: "every amount of this scenario is in {currency}")
}

/// Fault that the `implied` event has no default loss in the file's currency; `None` if it has one.
fn unknown_by_default(implied: &Table, inputs: &EventInputs<'_>) -> Option<Diagnostic> {
    let kind = event_kind(implied.text("kind")?)?;
    if !lacks_amount(kind, inputs.currency) {
        return None;
    }
    let name = implied.list("asset")?.first()?.as_text()?;
    let place = inputs.assets.iter().find(|asset| asset.name == name)?.place;
    let written =
        format!("[[event]]\nname = \"claim\"\nkind = \"{}\"\nasset = \"{name}\"\namount = 5_000", kind.id);
    Some(
        unknown_amount(kind, inputs.currency)
            .at(place, "this event can hit it")
            .note("such as", written)
            .note("or", "class_events = false   at the top of the file"),
    )
}

/// Returns the effect, the implementation of the loss, that all events of this kind have.
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
        reader.push(fault);
    }
}
