//! Lists whose items have an identity of their own: tables by name, correlations by their two names.
//!
//! In: values. Out: items to be found again in another list. Not here: what differs (`edit`).

use crate::form::{Place, Value};
use std::collections::BTreeSet;

/// A named table and its name.
pub type Item<'a> = (&'a str, &'a Value);

/// The items of both lists by their names, if all have one of their own; a list that is not there is
/// an empty one.
pub fn named_items<'a>(
    old: Option<&'a Value>,
    new: Option<&'a Value>,
) -> Option<(Vec<Item<'a>>, Vec<Item<'a>>)> {
    let items = |value: Option<&'a Value>| -> Option<Vec<Item<'a>>> {
        let items = value.map_or(Some(&[][..]), Value::as_list)?.iter();
        let named = items.map(|item| Some((item.as_table()?.label()?, item)));
        let named: Vec<Item<'a>> = named.collect::<Option<_>>()?;
        let names: BTreeSet<&str> = named.iter().map(|(name, _)| *name).collect();
        (names.len() == named.len()).then_some(named)
    };
    let (old, new) = (items(old)?, items(new)?);
    (!old.is_empty() || !new.is_empty()).then_some((old, new))
}

/// One correlation of a list of pairs.
pub struct Pair<'a> {
    pub first: &'a str,
    pub second: &'a str,
    pub value: &'a Value,
    pub place: Option<Place>,
}

impl<'a> Pair<'a> {
    /// Its names in the order of their bytes: the same whichever stands first.
    pub fn names(&self) -> (&'a str, &'a str) {
        (self.first.min(self.second), self.first.max(self.second))
    }
}

/// The two names and the number of a pair, in whatever order it has them.
pub fn pair_of(item: &Value) -> Option<(&str, &str, &Value)> {
    let [first, second, value] = item.as_list()? else {
        return None;
    };
    Some((first.as_text()?, second.as_text()?, value))
}

/// The pairs of a list, if it is one and no pair stands there twice.
pub fn pairs<'a>(list: Option<&'a Value>) -> Option<Vec<Pair<'a>>> {
    let items = list.map_or(Some(&[][..]), Value::as_list)?;
    let pair = |item: &'a Value| {
        let (first, second, value) = pair_of(item)?;
        Some(Pair {
            first,
            second,
            value,
            place: item.place,
        })
    };
    let pairs: Vec<Pair<'a>> = items.iter().map(pair).collect::<Option<_>>()?;
    let names: BTreeSet<_> = pairs.iter().map(Pair::names).collect();
    (names.len() == pairs.len()).then_some(pairs)
}
