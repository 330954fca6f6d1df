//! Applies one edit to a document.
//!
//! In: the path of a key and its new value. Out: the changed tree. Not here: which edits to make (`edit`).

use super::lists::{Step, named, pair};
use crate::form::{Data, KeyValue, Table, Value};

/// Sets the key at the end of `path` to `value`, or removes it if `value` is `None`.
pub fn apply(table: &mut Table, path: &[Step], value: Option<&Value>) {
    let Some((Step::Key(name), rest)) = path.split_first() else {
        return; // every path begins with a key
    };
    match (rest, value) {
        ([], None) => drop(table.remove(name)),
        ([], Some(value)) => put(table, name, value.clone()),
        ([Step::Key(_), ..], _) => {
            let below = below(table, name, || Data::Table(Table::default()));
            if let Data::Table(inner) = &mut below.data {
                apply(inner, rest, value);
            }
        }
        ([step, rest @ ..], _) => {
            let below = below(table, name, || Data::List(Vec::new()));
            if let Data::List(items) = &mut below.data {
                apply_to_list(items, step, rest, value);
                if items.is_empty() {
                    table.remove(name);
                }
            }
        }
    }
}

/// Returns the value of key `name`; if the table lacks the key, adds it with the data that `made` returns.
fn below<'t>(table: &'t mut Table, name: &str, made: fn() -> Data) -> &'t mut Value {
    let index = table.entries.iter().position(|entry| entry.key == name).unwrap_or_else(|| {
        table.push(name, Value::bare(made()));
        table.entries.len() - 1
    });
    &mut table.entries[index].value
}

fn put(table: &mut Table, name: &str, value: Value) {
    match table.get_mut(name) {
        Some(entry) => entry.value = value,
        None => table.entries.push(KeyValue { key: name.to_owned(), place: None, value }),
    }
}

fn apply_to_list(items: &mut Vec<Value>, step: &Step, rest: &[Step], value: Option<&Value>) {
    let found = items.iter().position(|item| is_meant(item, step));
    let new = value.map(|value| item_of(step, value));
    match (found, rest, new) {
        (Some(index), [], None) => drop(items.remove(index)),
        (Some(index), [], Some(new)) => items[index] = new,
        (None, [], Some(new)) => items.push(new),
        (None, _, _) => {}
        (Some(index), _, _) => {
            if let Data::Table(inner) = &mut items[index].data {
                apply(inner, rest, value);
            }
        }
    }
}

fn is_meant(item: &Value, step: &Step) -> bool {
    let of = if matches!(step, Step::Pair(..)) { pair } else { named };
    of(item).is_some_and(|item| item.step.names() == step.names())
}

/// List item that stores `value` at the last `step` of a path: `value` itself, or `[name, name, value]`.
fn item_of(step: &Step, value: &Value) -> Value {
    match step {
        Step::Key(_) | Step::Named(_) => value.clone(),
        Step::Pair(first, second) => {
            Value::list(vec![Value::text(first.as_str()), Value::text(second.as_str()), value.clone()])
        }
    }
}
