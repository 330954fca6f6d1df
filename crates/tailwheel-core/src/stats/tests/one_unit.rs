//! A run of one unit, with columns of any law.

use crate::engine::outcome::{Column, Outcome};
use crate::stats::Basis;

/// Returns a run that invests one unit of money and recorded these columns, with the facts needed to evaluate it.
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
    let basis = Basis { money_in: 1.0, has_events: true, ..Basis::default() };
    (outcome, basis)
}
