//! A `[[market]]` for every market of the assets that has none.
//!
//! In: a document. Out: tables that say nothing but a name. Not here: when they are needed (`implied`).

use crate::form::{Table, Value};
use crate::scenario::tables::written_tables;

/// For every market of `document` without a `[[market]]` one with nothing but its name.
pub fn markets_unnamed(document: &Table) -> Vec<Table> {
    let mut unnamed: Vec<Table> = Vec::new();
    for asset in written_tables(document, "asset") {
        let own = asset.get("market").and_then(|entry| entry.value.as_text());
        let Some(name) = own.or_else(|| asset.label()) else {
            continue;
        };
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
