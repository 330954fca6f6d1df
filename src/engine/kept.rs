//! What a run of a plan keeps, known without a path of it.
//!
//! In: a plan. Out: an [`Outcome`] that has its columns and nothing in them. Not here: the run.

use super::co_movement::CoMovement;
use super::months::n_sampled;
use super::outcome::{Column, Outcome};
use super::recorder::tracks_of;
use crate::plan::Plan;

/// Paths that all say the same: fewest of which anything can be sorted and compared.
const PATHS: usize = 2;

impl Outcome {
    /// The columns that a run of `plan` leaves, each with ones: which figures there are can be asked of it, and nothing else.
    pub fn shape_of(plan: &Plan) -> Self {
        let column = |id| Column { id, values: vec![1.0; PATHS].into() };
        let markets = plan.record.markets.iter();
        let markets: Vec<&str> = markets.map(|market| market.name.as_str()).collect();
        let co_movement = (n_sampled(plan) > 0)
            .then(|| CoMovement::tabulate(&markets, (PATHS, 1), plan.n_worlds(), |_, _, _| false));
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
