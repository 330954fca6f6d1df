//! `[[axis]]`: several values of one key.
//!
//! In: a table of the file. Out: its [`Dimension`] and the keys that it sets. Not here: combinations
//! (`cases`).

use super::super::names::Spelled;
use super::dimension::{Choice, Dimension, VARIANT};
use super::keys::AxisKeys;
use super::labels::labels;
use super::target::{Target, steps_of};
use crate::form::{Faults, Group, Place, Reader, SourceMap, Table, fault, under};

/// An `[[axis]]` of the file, with the keys that it sets.
pub struct Axis {
    pub dimension: Dimension,
    pub targets: Vec<Target>,
    pub name: Spelled,
}

/// Reads one `[[axis]]` table; faults are pushed to `faults`.
pub fn read_axis(table: &Table, place: Option<Place>, sources: &SourceMap, faults: &mut Faults) -> Axis {
    let before = faults.len();
    let mut reader = Reader::one_of(table, place, ("axis", "axis", "name"), faults);
    let noun = reader.noun().to_owned();
    let keys = AxisKeys::take(&mut reader);
    let named = reader.spelled("name");
    if named.text == VARIANT {
        fault!(reader, "name", "no axis can be named `variant`"; named.place => "choose another name";
            rule: "`variant` stands for the variants of the file in `where` and [[exclude]]");
    }
    let has_labels = reader.sound(&["values", "labels"]) && as_many(&keys, &noun, &mut reader);
    let (has_key, key_place) = (reader.sound(&["key"]), reader.place_of("key"));
    reader.finish();
    let steps = match has_key {
        true => steps_of(&keys.key, key_place, sources, faults),
        false => None,
    };
    let steps = steps.unwrap_or_default();
    let values = keys.values.0;
    let labels = match has_labels {
        true => labels(keys.labels.as_ref(), &values, &noun, faults),
        false => Vec::new(),
    };
    let of_value = |value| Target::of(&steps, key_place, value);
    let targets = match steps.is_empty() {
        true => Vec::new(),
        false => values.iter().flat_map(of_value).collect(),
    };
    let choices = values.into_iter().zip(labels).map(|(value, label)| Choice {
        label: label.text,
        sets: vec![under(&steps, value.clone())],
        value: Some(value),
    });
    Axis {
        dimension: Dimension {
            name: named.text.clone(),
            // Without a key, the values of the axis could not be applied.
            options: choices.filter(|_| !steps.is_empty()).collect(),
            is_sound: faults.len() == before,
        },
        targets,
        name: named,
    }
}

/// True if the number of labels equals that of the values, or if there are no labels.
fn as_many(keys: &AxisKeys, noun: &str, reader: &mut Reader<'_>) -> bool {
    let n_values = keys.values.0.len();
    let Some(n_labels) = keys.labels.as_ref().map(|labels| labels.0.len()) else {
        return true;
    };
    if n_labels != n_values {
        fault!(reader, "axis", "{noun} has {n_labels} labels for {n_values} values";
            "labels" => "the number must be equal"; "values" => "the values";
            rule: "every value has one label, in the same order");
    }
    n_labels == n_values
}
