//! A holding described as a share of a whole, from which its value follows.
//!
//! In: a table of the file. Out: the table with `value`. Not here: the meaning of a value (`holding`).

use crate::form::{Faults, Group, Parameter, Preset, Reader, Table, Value, fault};
use crate::parameters;
use crate::units::{Money, PositiveShare};

parameters! {
    /// Keys of a holding that is a share of a whole.
    pub struct Part {
        /// Value of the whole, of which `share` is held. Replaces `value`, which is the product of the two.
        whole: Option<Money> = Preset::Absent => "2_400_000",
        /// Share of `whole` that is held.
        share: Option<PositiveShare> = Preset::Absent => "\"0.5 %\"",
    }
}

/// Returns `table` with the value from its `whole` and `share`; `None` without them or beside `value`.
pub(super) fn complete(table: &Table) -> Option<Table> {
    let mut said = Part::FIELDS.iter().filter_map(|field| table.get(field.key));
    let place = said.next_back()?.value.place;
    if table.get("value").is_some() {
        return None;
    }
    // Unreadable or missing keys are reported where they are read.
    let mut unheard = Faults::default();
    let whole = table.get("whole");
    let whole = whole.and_then(|whole| Money::read(&whole.value, &Part::FIELDS[0], &mut unheard));
    let share = table.get("share");
    let share = share.and_then(|share| PositiveShare::read(&share.value, &Part::FIELDS[1], &mut unheard));
    let value = whole.map_or(0.0, Money::get) * share.map_or(1.0, PositiveShare::get);
    let mut table = table.clone();
    table.push("value", Value { place, ..Value::float(value) });
    Some(table)
}

/// Takes the keys `whole` and `share` (value = whole·share) and refuses one without the other. If
/// `is_completed`, the `value` was computed from the two keys. Otherwise the file states it too, which is
/// refused.
pub(super) fn check(reader: &mut Reader<'_>, is_completed: bool) {
    Part::take(reader);
    let (said, other) = match (reader.says("whole"), reader.says("share")) {
        (false, false) => return,
        (true, false) => ("whole", "share = \"0.5 %\""),
        (false, true) => ("share", "whole = 2_400_000"),
        (true, true) if is_completed => return,
        (true, true) => {
            fault!(reader, "duplicate", "`whole` and `share` already set the `value`";
                "value" => "one of them must go"; "share" => "also set here"; rule: "value = whole·share");
            return;
        }
    };
    fault!(reader, "missing", "`{said}` needs a second key";
        reader.place_of(said) => "the other key is missing"; such_as: "{other}"; rule: "value = whole·share");
}
