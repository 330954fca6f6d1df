//! What comes in in a month, on average over all paths, at the dates of their series.
//!
//! In: an outcome. Out: [`Incomes`]. Not here: what comes from elsewhere (`scenario`).

use super::exact;
use crate::engine::{Outcome, Series};
use crate::record::{ASSET_INCOME, HOURS, INCOME};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Mean of a month, in money of the start.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MeanIncome {
    /// The simulated month, the first is 1.
    pub month: u32,
    #[serde(with = "exact")]
    #[schemars(with = "exact::Written")]
    pub mean: f64,
    /// Of several assets together the sum of their errors, its bound however they hang together.
    #[serde(with = "exact")]
    #[schemars(with = "exact::Written")]
    pub std_error: f64,
}

/// Those of a run; each is empty where the run does not keep it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Incomes {
    /// What all assets together pay, before the owner's costs and tax.
    pub paid: Vec<MeanIncome>,
    /// What is left of that.
    pub net: Vec<MeanIncome>,
    /// Hours that assets ask for in a month.
    pub hours: Vec<MeanIncome>,
}

impl Incomes {
    pub fn of(outcome: &Outcome) -> Self {
        let of = |id| {
            let series = outcome.series(id);
            series.map_or(Vec::new(), |series| of_series(outcome, series))
        };
        Self { paid: of_all(outcome), net: of(INCOME), hours: of(HOURS) }
    }
}

/// The mean in `month`, on the straight line between the dates beside it, and so is its error, a bound however the two
/// hang together.
pub fn mean_at(dated: &[MeanIncome], month: u32) -> Option<MeanIncome> {
    let after = dated.partition_point(|one| one.month < month);
    let last = dated.get(after).or(dated.last())?;
    let first = &dated[after.saturating_sub(1)];
    let span = last.month.saturating_sub(first.month);
    let part = match span {
        0 => 0.0,
        span => f64::from(month - first.month) / f64::from(span),
    };
    let at = |of: fn(&MeanIncome) -> f64| part.mul_add(of(last) - of(first), of(first));
    Some(MeanIncome { month, mean: at(|one| one.mean), std_error: at(|one| one.std_error) })
}

/// Those of one asset.
pub fn of_series(outcome: &Outcome, series: &Series) -> Vec<MeanIncome> {
    let dates = series.months.iter().enumerate();
    let means = dates.map(|(date, month)| MeanIncome {
        month: *month,
        mean: series.means[date],
        std_error: series.mean_error(date, outcome.n_paths),
    });
    means.collect()
}

/// Those of all assets together; empty where the run does not tell them apart.
fn of_all(outcome: &Outcome) -> Vec<MeanIncome> {
    let is_paid = |series: &&Series| series.id.quantity() == ASSET_INCOME.quantity();
    let mut all: Vec<MeanIncome> = Vec::new();
    for series in outcome.series.iter().filter(is_paid) {
        let own = of_series(outcome, series);
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
