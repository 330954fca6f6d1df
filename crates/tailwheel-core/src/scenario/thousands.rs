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
}

/// Returns the amounts with an ambiguous decimal point among asset values and the owner's cash.
pub fn decimals(document: &Table) -> Vec<Decimal> {
    let values = written_tables(document, "asset")
        .filter_map(|table| Some((format!("asset.{}.value", table.label()?), table.get("value")?)));
    let cash = document.table("owner").and_then(|owner| owner.get("cash"));
    let all = values.chain(cash.map(|cash| ("owner.cash".to_owned(), cash)));
    all.filter_map(|(path, entry)| Some(Decimal { path, read: decimal(&entry.value)? })).collect()
}

/// Returns the number that was read if `value` looks like one with a thousands separator; else `None`.
pub fn decimal(value: &Value) -> Option<f64> {
    value.as_number().filter(|_| value.is_grouped)
}
