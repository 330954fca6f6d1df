//! Assets that no file describes: those of a class with the catalog's values.
//!
//! In: a class. Out: the asset to compare with, the mechanism of the class. Not here: the assets of a file
//! (`holding`).

use super::AssetEntry;
use super::derived::KeyInputs;
use super::holding::read_asset;
use super::model::MECHANISM;
use crate::asset::Asset;
use crate::catalog::{Class, Entry, magnitudes};
use crate::form::{Faults, Table, Value};
use std::sync::Arc;

/// Keys, one of which gives the claimed return of a class that has no default `roi`.
const STAND_INS: [&str; 2] = ["multiple", "mix_return"];

/// Returns the earnings model (mechanism) of `class` for an asset worth 1 with the catalog's values. The entry is the
/// default that replaces a missing claimed return: `multiple`, the price in years of income, or `mix_return`, the
/// yearly return without manager skill, before the fee. `None` if the class has no mechanism or needs more keys.
pub fn mechanism_of(class: &Class) -> Option<(Arc<dyn Asset>, Option<&Entry>)> {
    class.mechanism.as_ref()?;
    let mut table = Table::default();
    for (key, text) in [("name", "it"), ("class", &class.id), ("model", MECHANISM)] {
        table.push(key, Value::text(text));
    }
    let stand_in = match class.default("roi") {
        Some(_) => None,
        None => Some(STAND_INS.iter().find_map(|key| class.default(key))?),
    };
    table.push("value", Value::float(1.0));
    if let Some(entry) = stand_in {
        let number = |entry: &Entry| magnitudes(&entry.value).map(|(number, _)| number);
        let roi = match entry.key.as_str() {
            "multiple" => 1.0 / number(entry)?,
            _ => number(entry)? - number(class.default("manager_fee")?)?,
        };
        table.push("roi", Value::float(roi));
    }
    let (mut faults, mut filled_in) = (Faults::default(), Vec::new());
    let read = read_asset(&table, KeyInputs::default(), None, &mut faults, &mut filled_in);
    faults.is_empty().then_some((read.entry.kind, stand_in))
}

/// Returns a holding worth 1 of this class with the catalog's values, which reinvests its whole return.
pub fn benchmark_of(class: &str) -> AssetEntry {
    let mut table = Table::default();
    table.push("name", Value::text("benchmark"));
    table.push("class", Value::text(class));
    table.push("value", Value::float(1.0));
    table.push("income_share", Value::float(0.0));
    read_asset(&table, KeyInputs::default(), None, &mut Faults::default(), &mut Vec::new()).entry
}
