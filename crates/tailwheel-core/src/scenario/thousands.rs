//! Amounts whose decimal point may have been meant as a thousands separator: `50.000` is read as fifty.
//!
//! In: a document. Out: [`Decimal`]s with the number that was read. Not here: limits of gates, and the text
//! of the warning (`report`).

use super::tables::written_tables;
use crate::form::{Table, Value};

/// An amount with three decimals, which may have been meant as thousands: `50.000` is read as 50.
#[derive(Clone, Debug, PartialEq)]
pub struct Decimal {
    /// Full path of the key, such as `asset.saas.value`.
    pub path: String,
    /// Amount as it was read, with the point as a decimal point.
    pub read: f64,
    /// Unit of an amount that is a text, such as `/month`; empty for a number.
    pub unit: String,
}

/// Returns the amounts with an ambiguous decimal point among values and incomes of assets, and the owner's cash,
/// spending and flows.
pub fn decimals(document: &Table) -> Vec<Decimal> {
    let assets = written_tables(document, "asset").filter_map(|table| {
        Some((format!("asset.{}", table.label()?), table, ["value", "income"].as_slice()))
    });
    let keys = ["cash", "spending", "flows"].as_slice();
    let owner = document.table("owner").map(|owner| ("owner".to_owned(), owner, keys));
    let mut found = Vec::new();
    for (path, table, keys) in assets.chain(owner) {
        for entry in keys.iter().filter_map(|key| table.get(key)) {
            let key = format!("{path}.{}", entry.key);
            match entry.value.as_list() {
                Some(list) => {
                    found.extend(list.iter().filter_map(|one| {
                        let table = one.as_table()?;
                        let name = table.label().map_or(String::new(), |name| format!(".{name}"));
                        decimal(format!("{key}{name}.amount"), &table.get("amount")?.value)
                    }));
                }
                None => found.extend(decimal(key, &entry.value)),
            }
        }
    }
    found
}

/// Returns the amount at `path` if its `value` looks like one with a thousands separator; else `None`.
fn decimal(path: String, value: &Value) -> Option<Decimal> {
    value.as_decimal().map(|(read, unit)| Decimal { path, read, unit })
}
