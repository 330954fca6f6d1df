//! The catalog's entries as defaults of tables, and what was used of them.
//!
//! In: `catalog`. Out: lists for `form::Reader`, [`FilledIn`]. Not here: which value wins (`form`).

use super::FilledIn;
use crate::catalog::{Entry, general};
use crate::form::{Default, Faults, Field, Filled, Parameter, parse_value, written};

/// Entries of the catalog and the same as the reader wants them, in the same order.
pub struct Defaults {
    entries: Vec<&'static Entry>,
    pub list: Vec<Default>,
}

impl Defaults {
    /// `class` first, then what is general for tables called `section`.
    pub fn new(class: &'static [Entry], section: &str) -> Self {
        let prefix = format!("{section}.");
        let general = general()
            .iter()
            .filter_map(|entry| Some((entry.key.strip_prefix(&prefix)?, entry)));
        let own = class
            .iter()
            .map(|entry| match entry.key.strip_prefix(&prefix) {
                Some(key) => (key, entry),
                None => (entry.key.as_str(), entry),
            });
        let mut defaults = Self {
            entries: Vec::new(),
            list: Vec::new(),
        };
        for (key, entry) in own.chain(general) {
            defaults.add(key, entry);
        }
        defaults
    }

    /// One more, after all that are there.
    pub fn add(&mut self, key: &str, entry: &'static Entry) {
        let Some(value) = parse_value(&entry.value.as_toml()) else {
            return;
        };
        // A path within the same section: the reader knows the keys of one table only.
        let last = |path: &String| path.rsplit('.').next().unwrap_or(path).to_owned();
        self.entries.push(entry);
        self.list.push(Default {
            key: key.to_owned(),
            value,
            with: entry.with.clone(),
            follows: entry.follows.as_ref().map(last),
        });
    }

    /// What the reader used, with its provenance.
    pub fn filled_in(&self, used: Vec<Filled>) -> impl Iterator<Item = FilledIn> {
        used.into_iter().map(|filled| {
            let entry = self.entries[filled.default];
            from_entry(filled.path, filled.value, entry)
        })
    }
}

/// The general default of `key` for a field that is not written, noted at `path`.
pub fn fill<T: Parameter>(
    key: &str,
    path: String,
    field: &Field,
    filled_in: &mut Vec<FilledIn>,
) -> T {
    let entry = general().iter().find(|entry| entry.key == key);
    let value = entry.and_then(|entry| parse_value(&entry.value.as_toml()));
    if let (Some(entry), Some(value)) = (entry, &value) {
        filled_in.push(from_entry(path, written(value), entry));
    }
    value
        .and_then(|value| T::read(&value, field, &mut Faults::default()))
        .expect("a test reads every general default")
}

/// One filled-in value with the provenance of its entry.
pub fn from_entry(path: String, value: String, entry: &'static Entry) -> FilledIn {
    FilledIn {
        path,
        value,
        grade: entry.grade,
        kind: entry.kind,
        source: &entry.source,
        bounds: &entry.bounds,
    }
}
