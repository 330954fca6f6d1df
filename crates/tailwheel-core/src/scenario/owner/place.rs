//! Place of the catalog where an owner lives, and the defaults that it supplies.
//!
//! In: a text, the table of the owner. Out: [`PlaceId`], defaults. Not here: the catalog's data of a place
//! (`catalog`), moves (`residence`).

use super::super::FilledIn;
use super::super::model::{Sort, known};
use crate::catalog::{CURRENCY, Entry, Jurisdiction, jurisdiction, jurisdictions};
use crate::form::{Faults, Field, Parameter, Shape, Table, Unit, Value, fault};

/// Place of residence in the catalog, read from its id; the inner value is `None` if none is named.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct PlaceId(pub Option<&'static Jurisdiction>);

impl Parameter for PlaceId {
    const UNIT: Unit =
        Unit { name: "place of the catalog", examples: &["\"estonia\""], shape: Shape::OneOf(names) };

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        let sort = Sort { one: "place", many: "places", code: "unknown-place", titled: |_| None };
        let before = faults.len();
        if let Some(name) = known(value, field, sort, names(), faults) {
            return jurisdiction(name).map(|place| Self(Some(place)));
        }
        for fault in faults.since_mut(before) {
            *fault = fault.clone().note("help", "for any other place leave it out, and write its `tax_rate`");
        }
        None
    }

    fn write(&self) -> Option<Value> {
        self.0.map(|place| Value::text(place.id.as_str()))
    }
}

fn names() -> Vec<&'static str> {
    let of_place = |place: &'static Jurisdiction| [Some(place.id.as_str()), place.also.as_deref()];
    jurisdictions().iter().flat_map(of_place).flatten().collect()
}

fn residence(owner: Option<&Table>) -> Option<&Value> {
    owner?.get("residence").map(|entry| &entry.value)
}

/// Returns the catalog's defaults of the place that `owner` names in `residence`; empty for a list or without it.
pub fn defaults_of(owner: Option<&Table>) -> &'static [Entry] {
    let place = residence(owner).and_then(|value| jurisdiction(value.as_text()?));
    place.map_or(&[], |place| &place.defaults)
}

/// Refuses default amounts, which are in dollars, if `currency` is another one; an empty one is not checked.
pub fn refuse_currency(currency: &str, owner: Option<&Table>, filled_in: &[FilledIn], faults: &mut Faults) {
    if ["", CURRENCY].contains(&currency) {
        return;
    }
    let custody = owner.and_then(|owner| Some(&owner.get("custody")?.value));
    let lacks_above = |custody: &&Value| custody.as_table().is_some_and(|keys| keys.get("above").is_none());
    if let Some(custody) = custody.filter(lacks_above) {
        fault!(faults, "custody", "the threshold `above` has a default in {CURRENCY} only";
            custody.place => "`above` is missing"; such_as: "custody = {{ above = 50_000 }}";
            rule: "every amount of this scenario is in {currency}");
    }
    let place = residence(owner).and_then(|value| value.place);
    for (key, what, example) in [
        ("compliance_cost", "the compliance cost", "\"1400/year\""),
        ("income_at_least", "the income that the place requires", "\"3000/month\""),
    ] {
        let mut paths = filled_in.iter().map(|filled| filled.path.rsplit('.').next());
        if !paths.any(|last| last == Some(key)) {
            continue;
        }
        fault!(faults, "residence", "{what} has a default in {CURRENCY} only";
            place => "no default in this currency"; such_as: "{key} = {example}";
            rule: "every amount of this scenario is in {currency}");
    }
}
