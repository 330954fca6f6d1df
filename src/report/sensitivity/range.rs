//! The range of an assumption in words: its name, and its low and high value.
//!
//! In: an assumption that was moved. Out: [`Range`]. Not here: what it changes (`view`).

use crate::figure::{capital, of_key, plain};
use crate::math::digits::rounded;
use crate::math::elementary::expm1;
use crate::scenario::{Amount, LabelParts};
use crate::study::Moved;

/// An assumption in words: its name, the unit to print after it, and its low and high value.
pub(in crate::report) struct Range {
    pub(in crate::report) name: String,
    pub(in crate::report) unit: String,
    pub(in crate::report) values: [String; 2],
}

impl Range {
    /// Formats a range. A rate of a loss event below 1 becomes the probability of at least one event, 1 − e^−rate.
    pub(in crate::report) fn of(moved: &Moved, currency: &str) -> Self {
        let LabelParts { object, word, per } = moved.assumption.parts();
        let amounts = moved.ends().map(|end| end.number.as_ref());
        let is_rare =
            |amount: &Amount| amount.unit.unit.is_empty() && amount.number > 0.0 && amount.number < 1.0;
        let is_chance = word == "rate" && amounts.iter().all(|end| end.is_some_and(is_rare));
        let written = |amount: &Amount| match is_chance {
            true => {
                let chance = -100.0 * expm1(-amount.number);
                format!("{} %", plain(rounded(chance, if chance < 1.0 { 2 } else { 1 })))
            }
            false => of_key(amount.number, &amount.unit.unit, currency),
        };
        let word = if is_chance { "chance" } else { word };
        let unit = amounts[1].map(|amount| &amount.unit);
        let per = per.or(unit.and_then(|unit| unit.per.as_deref()));
        let unit = match (per, unit.map_or("", |unit| unit.unit.as_str())) {
            (Some(per), _) => format!(" a {per}"),
            (None, unit @ ("month" | "week" | "day" | "hour")) => format!(", {unit}s"),
            _ => String::new(),
        };
        Self {
            name: capital(&format!("{object}{word}")),
            unit,
            values: amounts.map(|amount| amount.map_or("–".to_owned(), written)),
        }
    }
}
