//! Lists of inline tables as values: residences, spending phases, flows, covers.
//!
//! In: a value. Out: its items, or faults. Not here: the keys of an item, the order of dates (`calendar`).

use crate::form::{
    Diagnostic, Faults, Field, Group, Reader, Value, fault, illustrated, parse_value, written,
};
use std::ops::RangeInclusive;

/// Largest number of residences or phases of one owner, and of brackets of a tax.
pub const MOST: usize = 50;

/// Reads the list `value`, each item by `read`. `called` is the plural noun of the items in messages,
/// `counts` their allowed number. `None` after a fault.
pub fn listed<T>(
    value: &Value,
    called: &str,
    counts: RangeInclusive<usize>,
    field: &Field,
    faults: &mut Faults,
    read: impl Fn(&Value, &Field, &mut Faults) -> Option<T>,
) -> Option<Vec<T>> {
    let Some(items) = value.as_list() else {
        let message = format!("`{}` is a list of {called}", field.key);
        return faults.refuse(illustrated(Diagnostic::of_sort(message, value), field));
    };
    if !counts.contains(&items.len()) {
        let (least, most) = counts.into_inner();
        let fault = fault!("range", "`{}` has from {least} to {most} {called}", field.key;
            value.place => "this list has {}", items.len());
        return faults.refuse(illustrated(fault, field));
    }
    let before = faults.len();
    let read = items.iter().filter_map(|item| read(item, field, faults)).collect();
    (faults.len() == before).then_some(read)
}

/// Returns the fault that `item` is no table, with the message `rule` and an example of an item.
pub fn no_table(rule: &str, item: &Value, field: &Field) -> Diagnostic {
    let mut examples = field.examples().iter().chain(field.unit.examples);
    let first = examples.find_map(|text| parse_value(text)?.as_list()?.first().map(written));
    Diagnostic::of_sort(rule, item).note("such as", first.unwrap_or_default())
}

/// Reads the list `value`, as [`listed`] does, whose items are tables with the keys of `G`. `check` judges each of
/// them. `rule` is the message if one is no table. `None` after a fault.
pub fn tables<G: Group>(
    value: &Value,
    called: &str,
    counts: RangeInclusive<usize>,
    rule: &str,
    field: &Field,
    faults: &mut Faults,
    check: impl Fn(&G, &mut Reader<'_>),
) -> Option<Vec<G>> {
    listed(value, called, counts, field, faults, |item, field, faults| {
        let Some(table) = item.as_table() else { return faults.refuse(no_table(rule, item, field)) };
        let mut reader = Reader::inline(table, item.place, field.key, faults);
        let keys = G::take(&mut reader);
        check(&keys, &mut reader);
        reader.finish();
        Some(keys)
    })
}
