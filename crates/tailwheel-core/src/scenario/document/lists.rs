//! Steps to a key, and lists whose items are identified by names: tables by one, correlations by two.
//!
//! In: values. Out: [`Step`]s, items that can be found in another list. Not here: differences (`edit`).

use crate::form::{Place, Value};
use std::collections::BTreeMap;

/// An item of a list, with the step of a path that leads to it.
pub struct Item<'a> {
    pub step: Step,
    /// The whole table, or the correlation of a pair.
    pub value: &'a Value,
    pub place: Option<Place>,
}

/// One step of the path to a key: into a table by key, to a named table of a list, or to a correlation.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// Step into the table under this key.
    Key(String),
    /// Step to the table with this name in an array of tables.
    Named(String),
    /// Step to the correlation of two named entries in a list of pairs.
    Pair(String, String),
}

impl Step {
    /// Names that identify the item: its name and an empty text, or both names of a pair in sorted order.
    pub fn names(&self) -> (&str, &str) {
        match self {
            Self::Key(name) | Self::Named(name) => (name, ""),
            Self::Pair(first, second) => (first.min(second), first.max(second)),
        }
    }
}

/// Identifies a table by its name; `None` if it has none.
pub fn named(item: &Value) -> Option<Item<'_>> {
    let step = Step::Named(item.as_table()?.label()?.to_owned());
    Some(Item { step, value: item, place: item.place })
}

/// Identifies a correlation pair by its two names; `None` if it is no pair.
pub fn pair(item: &Value) -> Option<Item<'_>> {
    let [first, second, value] = item.as_list()? else { return None };
    let step = Step::Pair(first.as_text()?.to_owned(), second.as_text()?.to_owned());
    Some(Item { step, value, place: item.place })
}

/// Items of a list, identified by `of`; empty without a list. `None` if names are missing or repeated.
pub fn items<'a>(list: Option<&'a Value>, of: fn(&'a Value) -> Option<Item<'a>>) -> Option<Vec<Item<'a>>> {
    let list = list.map_or(Some(&[][..]), Value::as_list)?;
    let items: Vec<Item<'a>> = list.iter().map(of).collect::<Option<_>>()?;
    (by_names(&items).len() == items.len()).then_some(items)
}

pub fn by_names<'i, 'a>(items: &'i [Item<'a>]) -> BTreeMap<(&'i str, &'i str), &'i Item<'a>> {
    items.iter().map(|item| (item.step.names(), item)).collect()
}
