//! Catalog entries as defaults of tables, and the list of those that were used.
//!
//! In: `catalog`. Out: defaults for `form::Reader`, [`FilledIn`]. Not here: which value takes precedence
//! (`form`).

use super::FilledIn;
use crate::catalog::{Entry, general};
use crate::form::{self, Faults, Field, Filled, Parameter, Table, parse_value, written as as_toml};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Catalog entries with their parsed values, as defaults of the keys of a table. Cloning is cheap.
#[derive(Clone)]
pub struct Defaults(Arc<Lists>);

#[derive(Clone, Default)]
struct Lists {
    entries: Vec<&'static Entry>,
    list: Vec<form::Default>,
}

impl Defaults {
    /// Returns the defaults of a `class` and then the general ones of tables called `section`.
    pub fn new(class: &'static [Entry], section: &str) -> Self {
        // By address and number of the catalog entries of a class and by the name of the table.
        static MADE: Mutex<BTreeMap<(usize, usize, String), Defaults>> = Mutex::new(BTreeMap::new());
        let key = (class.as_ptr() as usize, class.len(), section.to_owned());
        let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
        made.entry(key).or_insert_with(|| Self::made(class, section)).clone()
    }

    fn made(class: &'static [Entry], section: &str) -> Self {
        let prefix = format!("{section}.");
        let general = general().iter().filter_map(|entry| Some((entry.key.strip_prefix(&prefix)?, entry)));
        let own = class.iter().map(|entry| match entry.key.strip_prefix(&prefix) {
            Some(key) => (key, entry),
            None => (entry.key.as_str(), entry),
        });
        let mut defaults = Self(Arc::default());
        for (key, entry) in own.chain(general) {
            defaults.add(key, entry);
        }
        defaults
    }

    /// Returns all defaults in the form in which a reader takes them.
    pub fn list(&self) -> &[form::Default] {
        &self.0.list
    }

    /// Returns the default of `key`; `None` if it has none.
    pub fn value(&self, key: &str) -> Option<&form::Value> {
        self.0.list.iter().find(|default| default.key == key).map(|default| &default.value)
    }

    /// Appends `entry` as a default of `key`. If `key` already has a default, that one is used.
    pub fn add(&mut self, key: &str, entry: &'static Entry) {
        let Some(value) = parse_value(&entry.value.as_toml()) else { return };
        // Only the last step of a path: the reader knows the keys of one table only.
        let last = |path: &String| path.rsplit('.').next().unwrap_or(path).to_owned();
        let lists = Arc::make_mut(&mut self.0);
        lists.entries.push(entry);
        lists.list.push(form::Default {
            key: key.to_owned(),
            value,
            with: entry.with.clone(),
            follows: entry.follows.as_ref().map(last),
            range: range_of(entry),
        });
    }

    /// Replaces each key's default by that of `prefix` + key, such as `stable.volatility`, if there is one.
    pub fn prefer(&mut self, prefix: &str) {
        let Lists { entries, list } = Arc::make_mut(&mut self.0);
        for index in 0..list.len() {
            let Some(key) = list[index].key.strip_prefix(prefix) else { continue };
            if let Some(place) = list.iter().position(|default| default.key == key) {
                list[place].value = list[index].value.clone();
                list[place].range = list[index].range.clone();
                entries[place] = entries[index];
            }
        }
    }

    /// Removes the ranges of all defaults, so that every path uses the catalog's single values.
    pub fn fix(&mut self) {
        let lists = Arc::make_mut(&mut self.0);
        for default in &mut lists.list {
            default.range = None;
        }
    }

    /// Pairs every default with its catalog entry.
    pub fn with_entries(&self) -> impl Iterator<Item = (&form::Default, &'static Entry)> {
        self.0.list.iter().zip(self.0.entries.iter().copied())
    }

    /// Converts the defaults that a reader has `used` to [`FilledIn`] values with their catalog entries.
    pub fn filled_in(&self, used: Vec<Filled>) -> impl Iterator<Item = FilledIn> {
        used.into_iter().map(|filled| {
            let entry = self.0.entries[filled.default];
            FilledIn { is_drawn: filled.is_drawn, ..from_entry(filled.path, filled.value, entry) }
        })
    }
}

/// Returns `written`, or if that is absent the general default of `key`, which is added to `filled_in` at
/// `path`.
pub fn or_general<T: Parameter>(
    written: Option<T>,
    key: &str,
    path: String,
    filled_in: &mut Vec<FilledIn>,
) -> T {
    let entry = general().iter().find(|entry| entry.key == key).expect("a test reads every general default");
    or_entry(written, entry, path, filled_in)
}

/// Returns `written`, or if that is absent the value of `entry`, which is added to `filled_in` at `path`.
pub fn or_entry<T: Parameter>(
    written: Option<T>,
    entry: &'static Entry,
    path: String,
    filled_in: &mut Vec<FilledIn>,
) -> T {
    written.unwrap_or_else(|| {
        let value = parse_value(&entry.value.as_toml()).expect("a test reads every general default");
        filled_in.push(from_entry(path, as_toml(&value), entry));
        let field = Field::bare::<T>("");
        T::read(&value, &field, &mut Faults::default()).expect("a test reads every general default")
    })
}

/// True if the document sets `class_ranges = false`: every path uses the catalog's values and draws none.
pub fn is_fixed(document: &Table) -> bool {
    document.is_off("class_ranges")
}

/// Returns both ends of the catalog's range of `entry`, as values of a file; `None` if it has no range.
pub(super) fn range_of(entry: &Entry) -> Option<[form::Value; 2]> {
    let [low, high] = entry.range.as_ref()?.each_ref().map(|end| parse_value(&end.as_toml()));
    Some([low?, high?])
}

/// Returns the `value` of the key at `path` as filled in from `entry` and not drawn.
pub fn from_entry(path: String, value: String, entry: &'static Entry) -> FilledIn {
    FilledIn { path, value, is_drawn: false, entry }
}
