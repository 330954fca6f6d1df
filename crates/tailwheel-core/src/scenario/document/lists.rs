//! Steps to a key, and lists whose items are identified by names: tables by one, correlations by two.
//!
//! In: values. Out: [`Step`]s, items that can be found in another list. Not here: differences (`edit`).

use crate::form::{Place, Value};
use std::collections::BTreeMap;

/// An item of a list in a scenario file, with the step of a key path that leads to it.
pub struct Item<'a> {
    pub step: Step,
    /// The item's whole table, or only the number if the item is a correlation of two names.
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

/// Returns the table `item` with the step that leads to it, its name; `None` if it has no name.
pub fn named(item: &Value) -> Option<Item<'_>> {
    let step = Step::Named(item.as_table()?.label()?.to_owned());
    Some(Item { step, value: item, place: item.place })
}

/// Returns the correlation in `item` with the step that leads to it, two names; `None` if it is no correlation.
pub fn pair(item: &Value) -> Option<Item<'_>> {
    let [first, second, value] = item.as_list()? else { return None };
    let step = Step::Pair(first.as_text()?.to_owned(), second.as_text()?.to_owned());
    Some(Item { step, value, place: item.place })
}

/// Items of a list, each identified by `of`; empty if there is no list. `None` if names are missing or repeated.
pub fn items<'a>(list: Option<&'a Value>, of: fn(&'a Value) -> Option<Item<'a>>) -> Option<Vec<Item<'a>>> {
    let list = list.map_or(Some(&[][..]), Value::as_list)?;
    let items: Vec<Item<'a>> = list.iter().map(of).collect::<Option<_>>()?;
    (by_names(&items).len() == items.len()).then_some(items)
}

pub fn by_names<'i, 'a>(items: &'i [Item<'a>]) -> BTreeMap<(&'i str, &'i str), &'i Item<'a>> {
    items.iter().map(|item| (item.step.names(), item)).collect()
}
