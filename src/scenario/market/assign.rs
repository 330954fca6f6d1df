//! A `[[market]]` for every market while assignments are made: `--set market.defi.size=3` names one that
//! the file need not have written.
//!
//! In: a document. Out: the same with tables that say nothing but a name, and without them again.
//! Not here: the assignments (`form`).

use crate::form::{Data, Entry, Table, Value};

/// Gives every market a `[[market]]` that says nothing but its name, so that assignments find it.
pub fn name_markets(document: &mut Table) {
    let text = |asset: &Table, key: &str| Some(asset.get(key)?.value.as_text()?.to_owned());
    let names: Vec<String> = items(document, "asset")
        .iter()
        .filter_map(|asset| {
            let asset = asset.as_table()?;
            text(asset, "market").or_else(|| Some(asset.label()?.to_owned()))
        })
        .collect();
    if document.get("market").is_none() {
        document.push("market", Value::list(Vec::new()));
    }
    let Some(markets) = list_of_markets(document) else {
        return; // that it is no array is said when it is read
    };
    for name in names {
        let bears = |market: &Value| market.as_table().and_then(Table::label) == Some(&name);
        if !markets.iter().any(bears) {
            let mut table = Table::default();
            table.push("name", Value::text(name));
            markets.push(Value::table(table));
        }
    }
}

/// Takes out what [`name_markets`] put in and nobody has written to: the next assignment may put an
/// asset elsewhere.
pub fn forget_names(document: &mut Table) {
    if let Some(markets) = list_of_markets(document) {
        markets.retain(|market| {
            let table = market.as_table();
            market.place.is_some() || table.is_none_or(|table| table.entries.len() > 1)
        });
        let is_made_here = |entry: &Entry| entry.place.is_none() && entry.value.place.is_none();
        if document.get("market").is_some_and(|entry| {
            is_made_here(entry) && entry.value.as_list().is_some_and(<[Value]>::is_empty)
        }) {
            document.remove("market");
        }
    }
}

fn list_of_markets(document: &mut Table) -> Option<&mut Vec<Value>> {
    match &mut document.get_mut("market")?.value.data {
        Data::List(markets) => Some(markets),
        _ => None,
    }
}

fn items<'a>(document: &'a Table, key: &str) -> &'a [Value] {
    let entry = document.get(key);
    entry
        .and_then(|entry| entry.value.as_list())
        .unwrap_or_default()
}
