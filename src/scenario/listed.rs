//! A list of tables right of an equals sign: places, phases, flows, covers.
//!
//! In: a value. Out: its items, or faults. Not here: what an item is, whether their dates fit (`calendar`).

use crate::form::{
    Diagnostic, Faults, Field, Group, Reader, Value, illustrated, parse_value, written,
};
use std::ops::RangeInclusive;

/// Most places or phases of one life, and brackets of a tax.
pub const MOST: usize = 50;

/// The items of `value`, each by `read`; none if that is no list, has too few or too many, or after a fault. `called` is
/// what they are.
pub fn listed<T>(
    value: &Value,
    (called, counts): (&str, RangeInclusive<usize>),
    field: &Field,
    faults: &mut Faults,
    read: impl Fn(&Value, &Field, &mut Faults) -> Option<T>,
) -> Option<Vec<T>> {
    let Some(items) = value.as_list() else {
        let message = format!("`{}` is a list of {called}", field.key);
        faults.push(illustrated(Diagnostic::of_sort(message, value), field));
        return None;
    };
    if !counts.contains(&items.len()) {
        let (least, most) = counts.into_inner();
        let message = format!("`{}` has from {least} to {most} {called}", field.key);
        let label = format!("this list has {}", items.len());
        let fault = Diagnostic::new("range", message).at(value.place, label);
        faults.push(illustrated(fault, field));
        return None;
    }
    let before = faults.len();
    let read = items.iter().filter_map(|item| read(item, field, faults));
    let read = read.collect();
    (faults.len() == before).then_some(read)
}

/// That an `item` is no table, with the first one of the list that is an example of the key.
pub fn no_table(rule: &str, item: &Value, field: &Field) -> Diagnostic {
    let mut examples = field.examples().iter().chain(field.unit.examples);
    let first = examples.find_map(|text| parse_value(text)?.as_list()?.first().map(written));
    Diagnostic::of_sort(rule, item).note("such as", first.unwrap_or_default())
}

/// An `item` as a table with the keys of `G`, and what `more` makes of them. `rule` says that it is one.
pub fn table_of<G: Group, T>(
    item: &Value,
    rule: &str,
    field: &Field,
    faults: &mut Faults,
    more: impl FnOnce(G, &mut Reader<'_>) -> T,
) -> Option<T> {
    let Some(table) = item.as_table() else {
        faults.push(no_table(rule, item, field));
        return None;
    };
    let before = faults.len();
    let mut reader = Reader::inline(table, item.place, field.key, faults);
    let keys = G::take(&mut reader);
    let made = more(keys, &mut reader);
    reader.finish();
    (faults.len() == before).then_some(made)
}
