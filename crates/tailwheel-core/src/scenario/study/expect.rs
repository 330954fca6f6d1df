//! `[[expect]]`: gates, with the cases they apply to and their confidence level.
//!
//! In: the tables of the file, its dimensions. Out: [`Expectation`]s and the cases they apply to.
//! Not here: whether the measure exists, and the verdict (`report`).

use super::super::names::{Spelled, refuse_twins};
use super::super::tables::array_of_tables;
use super::dimension::Dimension;
use super::keys::ExpectKeys;
use super::selection::Selection;
use crate::form::{At, Faults, Group, Place, Reader, Table, fault};
use crate::units::{Limit, plain};
use serde::Serialize;
use std::sync::Arc;

/// A gate: a measure and the limits that it must keep.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Expectation {
    pub id: String,
    /// Id of the measure, as written.
    pub measure: String,
    /// Lower limit: the figure must be greater.
    pub above: Option<f64>,
    /// Upper limit: the figure must be less.
    pub below: Option<f64>,
    /// True if the limit is written in percent: first of `above`, then of `below`.
    pub in_per_cent: [bool; 2],
    /// True if the decimal point may be meant as a thousands separator: first in `above`, then in `below`.
    pub is_decimal: [bool; 2],
    /// Confidence level of the interval that must lie within the limits.
    pub confidence: f64,
    /// Relative change from a baseline within which the figure counts as unchanged.
    pub tolerance: f64,
    /// Place in the file of the limit, or of the whole table if the gate has two limits.
    #[serde(skip)]
    pub place: Option<Place>,
    /// Place in the file of the id of the measure.
    #[serde(skip)]
    pub measure_place: Option<Place>,
    /// Cases that the gate applies to; `None` for all.
    #[serde(skip)]
    pub selection: Option<Arc<At<Selection>>>,
}

impl Expectation {
    /// True if the gate applies to a combination of options: `case` has the index of the option in every dimension.
    pub(super) fn applies_to(&self, case: &[usize]) -> bool {
        self.selection.as_ref().is_none_or(|selection| selection.holds(case))
    }
}

const LIMITS: [&str; 2] = ["above", "below"];

/// Reads `[[expect]]`; gates with faults are left out.
pub fn read_expectations(
    sections: &Table,
    dimensions: &[Dimension],
    faults: &mut Faults,
) -> Vec<Expectation> {
    let mut names = Vec::new();
    let mut list = Vec::new();
    for (table, place) in array_of_tables(sections, "expect", "expectations", usize::MAX, faults) {
        let before = faults.len();
        let keys = keys_of(table, place, faults);
        names.push(Spelled::from(&keys.id));
        let selection = keys.r#where.as_ref().and_then(|choices| {
            Some(At { value: Selection::of(choices, dimensions, faults)?, place: choices.place })
        });
        if faults.len() > before {
            continue;
        }
        list.push(Expectation {
            id: keys.id.as_str().to_owned(),
            measure: keys.measure.value,
            above: keys.above.map(Limit::get),
            below: keys.below.map(Limit::get),
            // A limit that is a text is in percent: texts have no other unit.
            in_per_cent: LIMITS.map(|key| table.text(key).is_some()),
            is_decimal: LIMITS.map(|key| table.get(key).is_some_and(|entry| entry.value.is_grouped)),
            confidence: keys.confidence.get(),
            tolerance: keys.tolerance.get(),
            place: limit_of(table, place),
            measure_place: keys.measure.place,
            selection: selection.map(Arc::new),
        });
    }
    refuse_twins("expectation", names, faults);
    list
}

fn keys_of(table: &Table, place: Option<Place>, faults: &mut Faults) -> ExpectKeys {
    let mut reader = Reader::new(table, place, "expect", faults).one_of("expectation", "id");
    let noun = reader.noun().to_owned();
    let keys = ExpectKeys::take(&mut reader);
    if reader.sound(&["above", "below"]) {
        match (keys.above, keys.below) {
            (None, None) => {
                fault!(reader, "missing", "{noun} has no limit"; "" => "`above` or `below` is needed here";
                    such_as: "below = 0.15"; rule: "with both limits, the measure must lie between them";
                    more: "tailwheel explain expect.below");
            }
            (Some(above), Some(below)) if above >= below => {
                let (low, high) = (plain(above.get()), plain(below.get()));
                fault!(reader, "range", "no value is above {low} and below {high}";
                    "above" => "not less than `below`"; "below" => "`below`";
                    rule: "with both limits, `above` is the lower end and `below` the upper one";
                    more: "tailwheel explain expect.above");
            }
            _ => {}
        }
    }
    reader.finish();
    keys
}

/// Returns the place of the only limit with its key; the table if there are two limits.
fn limit_of(table: &Table, place: Option<Place>) -> Option<Place> {
    let limits: Vec<_> = ["above", "below"].iter().filter_map(|key| table.get(key)).collect();
    let [limit] = limits.as_slice() else { return place };
    match (limit.place, limit.value.place) {
        (Some(key), Some(value)) if key.text == value.text && key.start <= value.end => {
            Some(Place { end: value.end, ..key })
        }
        (key, value) => value.or(key).or(place),
    }
}
