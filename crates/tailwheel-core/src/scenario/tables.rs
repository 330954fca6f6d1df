//! Access to tables and arrays of tables of a document, with a fault if they are something else.
//!
//! In: a [`Table`]. Out: the tables below a key. Not here: their meaning.

use crate::form::{Diagnostic, Faults, KeyValue, Parameter, Place, Table, Value, fault};

/// Returns the table that `entry` holds; pushes a fault and returns `None` if it holds anything else.
pub fn table_of<'a>(entry: &'a KeyValue, name: &str, faults: &mut Faults) -> Option<&'a Table> {
    let table = entry.value.as_table();
    if table.is_none() {
        let fault =
            Diagnostic::of_sort(format!("[{name}] is a table"), &entry.value).write(format!("[{name}]"));
        faults.push(match entry.value.as_list() {
            Some([_, _, ..]) => fault.note("help", "write all keys below one header, and delete the others"),
            _ => fault,
        });
    }
    table
}

/// Returns the tables of the array `name` with their positions; none if it is absent. Pushes a fault beyond
/// `most` tables and returns the first ones. `called` is their plural noun in messages.
pub fn array_of_tables<'a>(
    document: &'a Table,
    name: &str,
    called: &str,
    most: usize,
    faults: &mut Faults,
) -> Vec<(&'a Table, Option<Place>)> {
    let Some(entry) = document.get(name) else { return Vec::new() };
    let none = |value: &Value| {
        Diagnostic::of_sort(format!("[[{name}]] is an array of tables"), value).write(format!("[[{name}]]"))
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
        fault!(faults, "range", "{} {called} are too many", tables.len(); *place => "one too many";
            rule: "a scenario has at most {most} {called}");
    }
    tables.truncate(most);
    tables
}

/// Returns the tables of the array `name`; ignores anything that is no table.
pub fn written_tables<'a>(document: &'a Table, name: &str) -> impl Iterator<Item = &'a Table> {
    document.list(name).unwrap_or_default().iter().filter_map(Value::as_table)
}

/// True if `[owner]` or one of its residences has `key`.
pub fn owner_says(document: &Table, key: &str) -> bool {
    document.table("owner").is_some_and(|owner| {
        owner.get(key).is_some() || written_tables(owner, "residence").any(|place| place.get(key).is_some())
    })
}

/// Adds `value` under `key` to `table`, unless its canonical form is to leave the key out.
pub fn push<T: Parameter>(table: &mut Table, key: &str, value: &T) {
    if let Some(value) = value.write() {
        table.push(key, value);
    }
}
