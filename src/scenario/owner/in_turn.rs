//! A list of what follows each other: places, phases of spending.
//!
//! In: a list. Out: its items, or faults. Not here: what an item is, whether their dates fit (`calendar`).

use crate::form::{Diagnostic, Faults, Field, Group, Place, Reader, Value, illustrated};

/// Most items of one life.
pub const MOST: usize = 50;

/// The `items` of `value`, each by `read`; none if there are too few, too many or faults. `called` is what they are.
pub fn in_turn<T>(
    (value, items): (&Value, &[Value]),
    called: &str,
    field: &Field,
    faults: &mut Faults,
    read: fn(&Value, &Field, &mut Faults) -> Option<T>,
) -> Option<Vec<T>> {
    if !(1..=MOST).contains(&items.len()) {
        let message = format!("`{}` has from 1 to {MOST} {called}", field.key);
        let label = format!("this list has {}", items.len());
        faults.push(Diagnostic::new("range", message).at(value.place, label));
        return None;
    }
    let before = faults.len();
    let read = items.iter().filter_map(|item| read(item, field, faults));
    let read = read.collect();
    (faults.len() == before).then_some(read)
}

/// An `item` as a table with the keys of `G`, and where `key` stands in it. `rule` says that it is one.
pub fn table_of<G: Group>(
    item: &Value,
    (rule, key): (&str, &str),
    field: &Field,
    faults: &mut Faults,
) -> Option<(G, Option<Place>)> {
    let Some(table) = item.as_table() else {
        let fault = Diagnostic::of_sort(rule, item);
        faults.push(illustrated(fault, field));
        return None;
    };
    let before = faults.len();
    let mut reader = Reader::inline(table, item.place, field.key, faults);
    let keys = G::take(&mut reader);
    let place = reader.place_of(key);
    reader.finish();
    (faults.len() == before).then_some((keys, place))
}
