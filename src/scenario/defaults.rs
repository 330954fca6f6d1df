//! The catalog's entries as defaults of tables, and what was used of them.
//!
//! In: `catalog`. Out: lists for `form::Reader`, [`FilledIn`]. Not here: which value wins (`form`).

use super::FilledIn;
use crate::catalog::{Bounds, Entry, general};
use crate::form::{
    self, Data, Faults, Field, Filled, Parameter, Table, parse_value, written as as_toml,
};
use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};

/// Entries of the catalog and the same as the reader wants them, in the same order.
#[derive(Clone)]
pub struct Defaults(Arc<Lists>);

#[derive(Clone, Default)]
pub struct Lists {
    entries: Vec<&'static Entry>,
    pub list: Vec<form::Default>,
}

impl Deref for Defaults {
    type Target = Lists;

    fn deref(&self) -> &Lists {
        &self.0
    }
}

/// Lists by the first entry of a class, their number and a section: what the catalog says is read once.
type Made = BTreeMap<(usize, usize, String), Defaults>;

impl Defaults {
    /// `class` first, then what is general for tables called `section`.
    pub fn new(class: &'static [Entry], section: &str) -> Self {
        static MADE: Mutex<Made> = Mutex::new(Made::new());
        let key = (class.as_ptr() as usize, class.len(), section.to_owned());
        let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
        let made = made.entry(key);
        made.or_insert_with(|| Self::made(class, section)).clone()
    }

    fn made(class: &'static [Entry], section: &str) -> Self {
        let prefix = format!("{section}.");
        let general =
            general().iter().filter_map(|entry| Some((entry.key.strip_prefix(&prefix)?, entry)));
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

    /// One more, after all that are there.
    pub fn add(&mut self, key: &str, entry: &'static Entry) {
        let Some(value) = parse_value(&entry.value.as_toml()) else {
            return;
        };
        // A path within the same section: the reader knows the keys of one table only.
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

    /// Puts what stands behind `prefix` in the place of the same key without it.
    pub fn prefer(&mut self, prefix: &str) {
        let Lists { entries, list } = Arc::make_mut(&mut self.0);
        for index in 0..list.len() {
            let Some(key) = list[index].key.strip_prefix(prefix) else {
                continue;
            };
            if let Some(place) = list.iter().position(|default| default.key == key) {
                list[place].value = list[index].value.clone();
                list[place].range = list[index].range.clone();
                entries[place] = entries[index];
            }
        }
    }

    /// Takes the ranges off: values are what they say.
    pub fn fix(&mut self) {
        let lists = Arc::make_mut(&mut self.0);
        for default in &mut lists.list {
            default.range = None;
        }
    }

    /// Every default with the entry that it is from.
    pub fn with_entries(&self) -> impl Iterator<Item = (&form::Default, &'static Entry)> {
        self.list.iter().zip(self.entries.iter().copied())
    }

    /// What the reader used, with its provenance.
    pub fn filled_in(&self, used: Vec<Filled>) -> impl Iterator<Item = FilledIn> {
        used.into_iter().map(|filled| {
            let entry = self.entries[filled.default];
            FilledIn { is_drawn: filled.is_drawn, ..from_entry(filled.path, filled.value, entry) }
        })
    }
}

/// `written`, else the general default of `key`, noted at `path`.
pub fn or_general<T: Parameter>(
    written: Option<T>,
    key: &str,
    path: String,
    filled_in: &mut Vec<FilledIn>,
) -> T {
    let entry = general().iter().find(|entry| entry.key == key);
    let entry = entry.expect("a test reads every general default");
    or_entry(written, entry, path, filled_in)
}

/// `written`, else what `entry` says, noted at `path`.
pub fn or_entry<T: Parameter>(
    written: Option<T>,
    entry: &'static Entry,
    path: String,
    filled_in: &mut Vec<FilledIn>,
) -> T {
    written.unwrap_or_else(|| {
        let value = parse_value(&entry.value.as_toml());
        let value = value.expect("a test reads every general default");
        filled_in.push(from_entry(path, as_toml(&value), entry));
        let field = Field::bare("", T::UNIT);
        let read = T::read(&value, &field, &mut Faults::default());
        read.expect("a test reads every general default")
    })
}

/// Whether a document has values of the catalog taken without their ranges.
pub fn is_fixed(document: &Table) -> bool {
    let says = document.get("class_ranges");
    says.is_some_and(|entry| matches!(entry.value.data, Data::Boolean(false)))
}

/// The ends of an entry's range, as a file would have them.
pub(super) fn range_of(entry: &Entry) -> Option<[form::Value; 2]> {
    match &entry.bounds {
        Bounds::Range(low, high) => {
            let [low, high] = [low, high].map(|end| parse_value(&end.as_toml()));
            Some([low?, high?])
        }
        Bounds::Exact => None,
    }
}

/// One filled-in value with the provenance of its entry.
pub fn from_entry(path: String, value: String, entry: &'static Entry) -> FilledIn {
    FilledIn {
        path,
        value,
        grade: entry.grade,
        kind: entry.kind,
        source: &entry.source,
        is_drawn: false,
        entry,
    }
}
