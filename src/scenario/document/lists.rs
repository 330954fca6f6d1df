//! Lists whose items have an identity of their own: tables by name, correlations by their two names.
//!
//! In: values. Out: items to be found again in another list. Not here: what differs (`edit`).

use super::edit::Step;
use crate::form::{Place, Value};
use std::collections::BTreeMap;

/// An item by which another list of the same things has its own.
pub struct Item<'a> {
    pub step: Step,
    /// The table, or the number of a pair.
    pub value: &'a Value,
    pub place: Option<Place>,
}

impl Step {
    /// The same for a pair whichever name stands first.
    pub fn names(&self) -> (&str, &str) {
        match self {
            Self::Key(name) | Self::Named(name) => (name, ""),
            Self::Pair(first, second) => (first.min(second), first.max(second)),
        }
    }
}

/// A table that has a name.
pub fn named(item: &Value) -> Option<Item<'_>> {
    let step = Step::Named(item.as_table()?.label()?.to_owned());
    Some(Item { step, value: item, place: item.place })
}

/// Two names and their number.
pub fn pair(item: &Value) -> Option<Item<'_>> {
    let [first, second, value] = item.as_list()? else {
        return None;
    };
    let step = Step::Pair(first.as_text()?.to_owned(), second.as_text()?.to_owned());
    Some(Item { step, value, place: item.place })
}

/// The items of a list, if all are such and none is there twice; a list that is not there is an empty one.
pub fn items<'a>(
    list: Option<&'a Value>,
    of: fn(&'a Value) -> Option<Item<'a>>,
) -> Option<Vec<Item<'a>>> {
    let list = list.map_or(Some(&[][..]), Value::as_list)?;
    let items: Vec<Item<'a>> = list.iter().map(of).collect::<Option<_>>()?;
    (by_names(&items).len() == items.len()).then_some(items)
}

pub fn by_names<'i, 'a>(items: &'i [Item<'a>]) -> BTreeMap<(&'i str, &'i str), &'i Item<'a>> {
    let items = items.iter();
    items.map(|item| (item.step.names(), item)).collect()
}
