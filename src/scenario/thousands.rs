//! Amounts whose point may have been meant to part thousands: `50.000` is fifty.
//!
//! In: a document. Out: [`Decimal`]s, where they stand and what was read. Not here: limits of gates, whose
//! measure says whether they are amounts (`report`); the words of the warning (`report`).

use crate::form::{Table, Value};

/// An amount with three decimals and no group before them.
#[derive(Clone, Debug, PartialEq)]
pub struct Decimal {
    /// `asset.saas.value`
    pub path: String,
    /// As it was read.
    pub read: f64,
}

/// Those of the holdings and of the account.
pub fn decimals(document: &Table) -> Vec<Decimal> {
    let list = |key: &str| document.get(key).and_then(|entry| entry.value.as_list());
    let assets = list("asset").unwrap_or_default().iter();
    let values = assets.filter_map(|asset| {
        let table = asset.as_table()?;
        Some((format!("asset.{}.value", table.label()?), table.get("value")?))
    });
    let owner = document.get("owner").and_then(|entry| entry.value.as_table());
    let cash = owner.and_then(|owner| owner.get("cash"));
    let all = values.chain(cash.map(|cash| ("owner.cash".to_owned(), cash)));
    all.filter_map(|(path, entry)| Some(Decimal { path, read: decimal(&entry.value)? })).collect()
}

/// The number that `value` was read as, if it is written as thousands are elsewhere.
pub fn decimal(value: &Value) -> Option<f64> {
    value.as_number().filter(|_| value.is_grouped)
}
