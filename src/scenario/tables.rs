//! Tables and arrays of tables of a document, with the fault that says they are none.
//!
//! In: a [`Table`]. Out: the tables below a key. Not here: what they mean.

use crate::form::{Diagnostic, Entry, Faults, Place, Table, Value};

/// The table of an entry; a fault if it is none.
pub fn table_of<'a>(entry: &'a Entry, name: &str, faults: &mut Faults) -> Option<&'a Table> {
    let table = entry.value.as_table();
    if table.is_none() {
        faults.push(
            Diagnostic::of_sort(format!("[{name}] is a table"), &entry.value)
                .write(format!("[{name}]")),
        );
    }
    table
}

/// The tables of an array of tables that may be absent, each with its place; of more than `most` the first ones. `called`
/// is what several are.
pub fn array_of_tables<'a>(
    document: &'a Table,
    (name, called): (&str, &str),
    most: usize,
    faults: &mut Faults,
) -> Vec<(&'a Table, Option<Place>)> {
    let Some(entry) = document.get(name) else {
        return Vec::new();
    };
    let none = |value: &Value| {
        Diagnostic::of_sort(format!("[[{name}]] is an array of tables"), value)
            .write(format!("[[{name}]]"))
    };
    let Some(items) = entry.value.as_list() else {
        faults.push(none(&entry.value));
        return Vec::new();
    };
    let mut tables = Vec::new();
    for item in items {
        match item.as_table() {
            Some(table) => tables.push((table, item.place)),
            None => faults.push(none(item)),
        }
    }
    if let Some((_, place)) = tables.get(most) {
        let message = format!("{} {called} are too many", tables.len());
        faults.push(
            Diagnostic::new("range", message)
                .at(*place, "one too many")
                .rule(format!("a scenario has at most {most} {called}")),
        );
    }
    tables.truncate(most);
    tables
}

/// The tables of the array `name`, as far as it is one.
pub fn written_tables<'a>(document: &'a Table, name: &str) -> impl Iterator<Item = &'a Table> {
    let items = document.get(name).and_then(|entry| entry.value.as_list());
    items.unwrap_or_default().iter().filter_map(Value::as_table)
}

/// Whether the owner, or a place where he lives, has `key`.
pub fn owner_says(document: &Table, key: &str) -> bool {
    let owner = document.get("owner");
    let Some(owner) = owner.and_then(|entry| entry.value.as_table()) else {
        return false;
    };
    owner.get(key).is_some()
        || written_tables(owner, "residence").any(|place| place.get(key).is_some())
}

/// That there is nothing to simulate.
pub fn without_assets(place: Option<Place>) -> Diagnostic {
    Diagnostic::new("missing", "there is no asset to simulate")
        .at(place, "an `[[asset]]` is needed")
        .note("such as", "[[asset]]\nname = \"saas\"\nclass = \"micro-saas-fleet\"\nvalue = 80_000")
}
