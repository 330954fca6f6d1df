//! A holding that is told as a share of a whole: its value follows.
//!
//! In: a table of the file. Out: the table with `value`. Not here: what a value means (`holding`).

use crate::form::{Diagnostic, Faults, Group, Parameter, Preset, Reader, Table, Value};
use crate::parameters;
use crate::units::{Money, PositiveShare};

parameters! {
    /// A part of something that belongs to many.
    pub struct Part {
        /// What all of it is worth, of which `share` is held: instead of `value`, which is their product.
        whole: Option<Money> = Preset::Absent => "2_400_000",
        /// The part of `whole` that is held.
        share: Option<PositiveShare> = Preset::Absent => "\"0.5 %\"",
    }
}

/// `table` with the value that its `whole` and `share` mean; nothing if it says neither, or a value beside them.
pub(super) fn complete(table: &Table) -> Option<Table> {
    let mut said = Part::FIELDS.iter().filter_map(|field| table.get(field.key));
    let place = said.next_back()?.value.place;
    if table.get("value").is_some() {
        return None;
    }
    // what cannot be read, or is not there, is said where it stands
    let mut unheard = Faults::default();
    let whole = table.get("whole");
    let whole = whole.and_then(|whole| Money::read(&whole.value, &Part::FIELDS[0], &mut unheard));
    let share = table.get("share");
    let share =
        share.and_then(|share| PositiveShare::read(&share.value, &Part::FIELDS[1], &mut unheard));
    let value = whole.map_or(0.0, Money::get) * share.map_or(1.0, PositiveShare::get);
    let mut table = table.clone();
    table.push("value", Value { place, ..Value::float(value) });
    Some(table)
}

/// Takes the keys: one needs the other, and together they say what `value` says.
pub(super) fn check(reader: &mut Reader<'_>, is_completed: bool) {
    Part::take(reader);
    let (said, other) = match (reader.says("whole"), reader.says("share")) {
        (false, false) => return,
        (true, false) => ("whole", "share = \"0.5 %\""),
        (false, true) => ("share", "whole = 2_400_000"),
        (true, true) if is_completed => return,
        (true, true) => {
            let fault = Diagnostic::new("duplicate", "`whole` and `share` already set the `value`")
                .at(reader.place_of("value"), "one of them must go")
                .and(reader.place_of("share"), "also set here")
                .rule("value = whole·share");
            reader.fault(fault);
            return;
        }
    };
    let fault = Diagnostic::new("missing", format!("`{said}` needs a second key"))
        .at(reader.place_of(said), "the other key is missing")
        .note("such as", other)
        .rule("value = whole·share");
    reader.fault(fault);
}
