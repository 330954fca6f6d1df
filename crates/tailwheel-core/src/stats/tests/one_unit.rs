//! A run of one unit, with columns of any law.

use crate::engine::outcome::{Column, Outcome};
use crate::stats::Basis;

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
    (outcome, Basis { asset_names: Vec::new(), ..super::basis(1.0) })
}
