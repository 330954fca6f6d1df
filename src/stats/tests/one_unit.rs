//! A run of one unit, with columns of any law.

use super::super::data::Basis;
use super::basis;
use crate::engine::outcome::{Column, Outcome};

/// A run of one unit that left these columns, and what it is held against.
pub fn of_one_unit(n_months: u32, columns: Vec<Column>) -> (Outcome, Basis) {
    let outcome = Outcome {
        n_paths: columns[0].values.n(),
        n_months,
        money_in: 1.0,
        columns,
        series: Vec::new(),
        sample_paths: Vec::new(),
        co_movement: None,
    };
    let basis = Basis {
        asset_names: Vec::new(),
        event_names: Vec::new(),
        state_names: Vec::new(),
        place_names: Vec::new(),
        ..basis(1.0)
    };
    (outcome, basis)
}
