//! Implied `[[market]]` tables of markets that the file does not describe.
//!
//! In: a document. Out: tables with nothing but a name. Not here: when they are needed (`implied`).

use crate::form::{Table, Value};
use crate::scenario::tables::written_tables;

/// Returns a table with nothing but a name for every market of an asset that has no `[[market]]`.
pub fn markets_unnamed(document: &Table) -> Vec<Table> {
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
