//! Keys that variants and axes set.
//!
//! In: texts such as `asset.defi.value`. Out: their steps, and [`VariedKey`]s to find two that set the same key.
//! Not here: setting them (`form`).

use crate::form::{
    Data, Faults, Place, SourceMap, Spelled, Value, fault, is_in_braces, key, path_of, shortened,
};
use crate::scenario::declaration::of_study;
use crate::scenario::is_list;

/// A key that a variant or an axis sets.
#[derive(Clone)]
pub struct VariedKey {
    /// Path of the key as a list of names, independent of its spelling.
    path: Vec<String>,
    pub place: Option<Place>,
}

impl VariedKey {
    /// Returns the keys that are set if `value` is assigned at `steps`. A table sets each of its keys. An
    /// inline table below a section or a named table replaces the whole table (`form::assign`).
    pub fn of(steps: &[Spelled], place: Option<Place>, value: &Value) -> Vec<Self> {
        let mut targets = Vec::new();
        let path = steps.iter().map(|step| step.text.clone()).collect();
        collect(path, place, value, &mut targets);
        targets
    }

    /// True if both set one key, or one sets a table with the key of the other: the later one prevails.
    pub fn meets(&self, other: &Self) -> bool {
        self.path.starts_with(&other.path) || other.path.starts_with(&self.path)
    }

    pub fn key(&self) -> String {
        let steps: Vec<String> = self.path.iter().map(|step| key(step)).collect();
        shortened(&steps.join("."))
    }
}

fn collect(path: Vec<String>, place: Option<Place>, value: &Value, targets: &mut Vec<VariedKey>) {
    match &value.data {
        Data::Table(table) if !table.entries.is_empty() && !sets_all(&path, value) => {
            for entry in &table.entries {
                let mut path = path.clone();
                path.push(entry.key.clone());
                collect(path, entry.place.or(place), &entry.value, targets);
            }
        }
        _ => targets.push(VariedKey { path, place }),
    }
}

/// True if `value` at `path` is an inline table that replaces a whole table of the file.
fn sets_all(path: &[String], value: &Value) -> bool {
    let above = if path.first().is_some_and(|key| is_list(key)) { 2 } else { 1 };
    path.len() > above && is_in_braces(value)
}

/// Parses the path of a key that a variant or an axis can set; pushes a fault and returns `None` otherwise.
pub fn steps_of(
    text: &str,
    place: Option<Place>,
    sources: &SourceMap,
    faults: &mut Faults,
) -> Option<Vec<Spelled>> {
    let Some(steps) = path_of(text, place, sources) else {
        fault!(faults, "set", "\"{}\" is not a key", shortened(text); place => "not a key";
            such_as: "\"asset.defi.value\"";
            rule: "a key is written as for --set, and an item of an array by its name");
        return None;
    };
    // A case does not have these sections and keys, so that setting them would have no effect.
    if let Some(section) = of_study().chain(["extends", "drop"]).find(|known| *known == steps[0].text) {
        fault!(faults, "set", "a case cannot change `{section}`";
            steps[0].place => "not part of the simulation";
            rule: "variants and axes change the scenario, but not its cases or gates");
        return None;
    }
    Some(steps)
}
