//! Value that the scenario itself has for the key of a goal seek.
//!
//! In: a case, a key, the unit of the question. Out: a number in that unit. Not here: its measure (`search`).

use super::Asked;
use crate::form::{Value, parse_value};
use crate::scenario::Case;

/// Returns the key's value in the unit of the question; `None` for a list, a choice or another unit.
pub(super) fn value_in_file(case: &Case, asked: &Asked) -> Option<f64> {
    let written = case.document.value(&asked.key).or_else(|| {
        let filled_in = case.scenario.filled_in.iter().find(|value| value.path == asked.key)?;
        parse_value(&filled_in.value)
    })?;
    if written.as_list().is_some() {
        return None;
    }
    let (one, unit) = ends(&parse_value(&asked.written(1.0))?)?;
    let (own, own_unit) = ends(&written)?;
    let value = format!("{:.9e}", own / one).parse().ok()?;
    (unit == own_unit && one != 0.0).then_some(value)
}

/// Returns a single number and its unit; `None` for a range.
fn ends(value: &Value) -> Option<(f64, String)> {
    let ([low, high], unit) = value.ends()?;
    (low == high).then_some((low, unit))
}
