//! What all assets pay in a month, on average over all paths, at the dates of their series.
//!
//! In: an outcome, price levels. Out: [`MeanIncome`]. Not here: what the owner is left with (`record`).

use crate::engine::{Outcome, Series};
use crate::record::ASSET_INCOME;

/// Mean of a month, in money of the start.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeanIncome {
    /// The simulated month, the first is 1.
    pub month: u32,
    pub mean: f64,
    /// Of several assets together the sum of their errors, its bound however they hang together.
    pub std_error: f64,
}

/// Those of one asset.
pub fn of_series(outcome: &Outcome, series: &Series, price_levels: &[f64]) -> Vec<MeanIncome> {
    let dates = series.months.iter().enumerate();
    let means = dates.map(|(date, month)| {
        let price = price_levels[*month as usize];
        MeanIncome {
            month: *month,
            mean: series.means[date] / price,
            std_error: series.mean_error(date, outcome.n_paths) / price,
        }
    });
    means.collect()
}

/// Those of all assets together; empty where the run does not tell them apart.
pub fn of_all(outcome: &Outcome, price_levels: &[f64]) -> Vec<MeanIncome> {
    let is_paid = |series: &&Series| series.id.quantity() == ASSET_INCOME.quantity();
    let mut all: Vec<MeanIncome> = Vec::new();
    for series in outcome.series.iter().filter(is_paid) {
        let own = of_series(outcome, series, price_levels);
        if all.is_empty() {
            all = own;
            continue;
        }
        for (sum, own) in all.iter_mut().zip(own) {
            sum.mean += own.mean;
            sum.std_error += own.std_error;
        }
    }
    all
}
