//! Columns that a run of a plan would keep, known without simulating a path.
//!
//! In: a plan. Out: an [`Outcome`] with these columns and dummy values. Not here: the run.

use super::co_movement::CoMovement;
use super::months::n_sampled;
use super::outcome::{Column, Outcome};
use super::recorder::tracks_of;
use crate::plan::Plan;

/// Number of identical dummy paths: the fewest that can be sorted and compared.
const PATHS: usize = 2;

impl Outcome {
    /// Returns an outcome with the columns of a run of `plan`, filled with ones. It only serves to ask which
    /// figures exist.
    pub fn shape_of(plan: &Plan) -> Self {
        let column = |id| Column { id, values: vec![1.0; PATHS].into() };
        let markets: Vec<&str> = plan.record.markets.iter().map(|market| market.name.as_str()).collect();
        let co_movement = (n_sampled(plan) > 0)
            .then(|| CoMovement::tabulate(&markets, PATHS, 1, plan.n_worlds(), |_, _, _| false));
        Self {
            n_paths: PATHS,
            n_months: plan.n_months,
            money_in: plan.record.money_in,
            columns: tracks_of(plan).into_iter().map(column).collect(),
            series: Vec::new(),
            sample_paths: Vec::new(),
            co_movement,
        }
    }
}
