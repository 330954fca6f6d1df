//! Implied tables of a file, which are written out while assignments are made. For example `--set
//! market.defi.size=3` and `--set event.contract-exploit-defi.rate=0` name tables that the file need not
//! contain.
//!
//! In: a document, an assignment. Out: the document after it. Not here: assigning (`form`), the implied
//! events (`event`).

use super::event::events_by_default;
use super::tables::written_tables;
use crate::form::{Data, Table, Value};
use std::collections::BTreeMap;

/// Names of the arrays of tables whose entries a file may leave out because other tables imply them.
pub const IMPLIED: [&str; 2] = ["market", "event"];

/// Runs `assign` on `document` with the implied tables added, so that it can change them. Tables that stay
/// unchanged are removed again, because the next assignment may imply others.
pub fn with_implied(document: &mut Table, assign: impl FnOnce(&mut Table)) {
    let implied = [(IMPLIED[0], markets_unnamed(document)), (IMPLIED[1], events_by_default(document))];
    for (key, tables) in &implied {
        if document.get(key).is_none() {
            document.push(*key, Value::list(Vec::new()));
        }
        if let Some(list) = list_of(document, key) {
            list.extend(tables.iter().cloned().map(Value::table));
        }
    }
    assign(document);
    for (key, tables) in implied {
        let by_name: BTreeMap<Option<&str>, &Table> =
            tables.iter().map(|table| (table.label(), table)).collect();
        let Some(list) = list_of(document, key) else {
            continue; // the reader reports that it is no array
        };
        let is_implied = |item: &Value| {
            let table = item.as_table().filter(|_| item.place.is_none());
            table.is_some_and(|table| by_name.get(&table.label()) == Some(&table))
        };
        list.retain(|item| !is_implied(item));
        let is_empty = list.is_empty();
        let is_made_here =
            document.get(key).is_some_and(|entry| entry.place.is_none() && entry.value.place.is_none());
        if is_empty && is_made_here {
            document.remove(key);
        }
    }
}

fn list_of<'a>(document: &'a mut Table, key: &str) -> Option<&'a mut Vec<Value>> {
    match &mut document.get_mut(key)?.value.data {
        Data::List(items) => Some(items),
        _ => None,
    }
}

/// Returns a table with nothing but a name for every market of an asset that has no `[[market]]`.
fn markets_unnamed(document: &Table) -> Vec<Table> {
    let mut unnamed: Vec<Table> = Vec::new();
    for asset in written_tables(document, "asset") {
        let Some(name) = asset.text("market").or_else(|| asset.label()) else { continue };
        let named = written_tables(document, "market").chain(&unnamed);
        let is_named = { named }.any(|market| market.label() == Some(name));
        if !is_named {
            let mut table = Table::default();
            table.push("name", Value::text(name));
            unnamed.push(table);
        }
    }
    unnamed
}
