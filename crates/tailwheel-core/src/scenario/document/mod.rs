//! Document of a scenario as written: the keys of the file and of its bases, without defaults.
//!
//! In: a merged tree. Out: [`Document`], to be kept as JSON, read again and compared key by key. Not here:
//! the effective scenario (`canonical`).

mod change;
mod edit;
mod lists;

use super::Scenario;
use super::correlation::pair_at;
use super::declaration::of_study;
use super::implied::{IMPLIED, with_implied};
use super::inherit::take_dropped;
use super::read::{Refusal, judge};
use crate::form::{
    Assignment, Diagnostic, Faults, SourceMap, Table, Value, assign, document, fault, json, overlay, parse,
    parse_value,
};
use std::borrow::Cow;
use std::sync::Arc;

pub use edit::Edit;
use lists::Step;

/// Keys of a scenario as written, after `extends`, assignments and the changes by its variant and axes. The
/// tables that define variants, axes and gates are not part of it.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Keys of the file, shared by all combinations of its variants and axis values.
    written: Arc<Table>,
    /// Changes that the variant and the axis values make to the keys of the file, in the order of applying.
    sets: Vec<Table>,
}

impl Document {
    pub(super) fn new(written: Arc<Table>, sets: Vec<Table>) -> Self {
        Self { written, sets }
    }

    fn of(table: Table) -> Self {
        Self::new(Arc::new(table), Vec::new())
    }

    /// Returns all keys after the changes by variant and axes; pushes a fault for each change that is impossible.
    pub(super) fn table(&self, faults: &mut Faults) -> Cow<'_, Table> {
        if self.sets.is_empty() {
            return Cow::Borrowed(&self.written);
        }
        let mut table = Table::clone(&self.written);
        for set in &self.sets {
            let names_implied = IMPLIED.iter().any(|key| set.get(key).is_some());
            let mut lay = |table: &mut Table| assign(table, set.clone(), faults);
            if names_implied {
                with_implied(&mut table, &mut lay)
            } else {
                lay(&mut table)
            }
            take_dropped(&mut table, faults);
        }
        Cow::Owned(table)
    }

    /// Returns all keys after the changes by variant and axes, which were found valid when the file was read.
    fn whole(&self) -> Cow<'_, Table> {
        self.table(&mut Faults::default())
    }

    /// Converts the keys as written to JSON.
    pub fn to_json(&self) -> serde_json::Value {
        json::of_table(&self.whole())
    }

    /// Reads the output of [`Document::to_json`].
    ///
    /// # Errors
    ///
    /// The fault that `value` is no document of a single case.
    pub fn from_json(value: &serde_json::Value) -> Result<Self, Box<Diagnostic>> {
        let table = json::to_table(value)?;
        match of_study().find(|key| table.get(key).is_some()) {
            Some(key) => Err(Box::new(fault!("unknown-key", "a single case has no key `{key}`"))),
            None => Ok(Self::of(table)),
        }
    }

    /// Returns the value of a key such as `asset.defi.value`; `None` if the file does not state it.
    pub fn value(&self, key: &str) -> Option<Value> {
        let table = self.whole();
        let mut steps = key.split('.');
        let mut below = table.get(steps.next()?)?.value.clone();
        for step in steps {
            below = match below.as_list() {
                Some(items) => {
                    let is_it = |item: &&Value| item.as_table().and_then(Table::label) == Some(step);
                    items.iter().find(is_it)?.clone()
                }
                None => below.as_table()?.get(step)?.value.clone(),
            };
        }
        Some(below)
    }

    /// Converts the document to the text of a TOML file that extends no other file.
    pub fn to_toml(&self) -> String {
        document(&self.whole())
    }

    /// Reads the scenario without any file; faults show excerpts of [`Document::to_toml`]. `name` stands for
    /// the file in messages and is the title of a scenario without one.
    pub fn read(&self, name: &str) -> Result<Scenario, Box<Refusal>> {
        let mut sources = SourceMap::default();
        let text = sources.add(name, self.to_toml());
        let mut faults = Faults::default();
        let table = parse(&sources, text, &mut faults);
        let scenario = if faults.is_empty() { judge(&table, sources.top(), name, &mut faults) } else { None };
        scenario.filter(|_| faults.is_empty()).ok_or_else(|| Box::new(Refusal::new(name, faults, sources)))
    }

    /// Parses a TOML text; `None` if it has syntax errors.
    pub fn from_toml(text: &str) -> Option<Self> {
        let (mut sources, mut faults) = (SourceMap::default(), Faults::default());
        let text = sources.add("document", text);
        let table = parse(&sources, text, &mut faults);
        faults.is_empty().then(|| Self::of(table))
    }

    /// Returns the edits that turn this document into `new`, in the order of `new`, then removals; ignores titles.
    pub fn edits_to(&self, new: &Self) -> Vec<Edit> {
        edit::edits(&self.whole(), &new.whole())
    }

    /// Returns this document with each of `keys` set to the value in the TOML text `written`. A key may be a
    /// correlation pair, or one that only the catalog fills in, such as `asset.defi.volatility`.
    pub fn assigned<K: AsRef<str>>(&self, keys: &[K], written: &str) -> Result<Self, Box<Refusal>> {
        const ORIGIN: &str = "assignment";
        let (mut sources, mut faults) = (SourceMap::default(), Faults::default());
        let mut table = self.whole().into_owned();
        let value = parse_value(written);
        let mut others = Vec::new();
        for key in keys.iter().map(AsRef::as_ref) {
            match (pair_at(key), &value) {
                (Some([first, second]), Some(value)) => {
                    let list = ["correlation", "pairs"].map(|key| Step::Key(key.to_owned()));
                    let pair = Step::Pair(first.to_owned(), second.to_owned());
                    let path: Vec<Step> = list.into_iter().chain([pair]).collect();
                    change::apply(&mut table, &path, Some(value));
                }
                _ => others.push(key),
            }
        }
        if !others.is_empty() {
            with_implied(&mut table, |table| {
                for key in others {
                    let assignment = Assignment { origin: ORIGIN, text: &format!("{key}={written}") };
                    overlay(table, &assignment, &mut sources, &mut faults);
                }
            });
        }
        if faults.is_empty() {
            Ok(Self::of(table))
        } else {
            Err(Box::new(Refusal::new(ORIGIN, faults, sources)))
        }
    }

    /// Returns this document after one edit.
    pub fn with(&self, edit: &Edit) -> Self {
        let mut table = self.whole().into_owned();
        change::apply(&mut table, edit.path(), edit.value());
        Self::of(table)
    }
}
