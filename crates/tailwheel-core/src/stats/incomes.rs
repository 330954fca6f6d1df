//! Mean monthly income and working hours over all paths, at the dates of their series.
//!
//! In: an outcome. Out: [`Incomes`]. Not here: income from outside the portfolio (`scenario`).

use super::exact;
use crate::engine::{Outcome, Series};
use crate::record::{ASSET_INCOME, HOURS, INCOME};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Mean monthly income over all paths, in money of the start.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MeanIncome {
    /// Number of the simulated month; the first is 1.
    pub month: u32,
    #[serde(with = "exact")]
    #[schemars(with = "exact::ExactNumber")]
    pub mean: f64,
    /// Standard error; for several assets the sum of their errors, an upper bound for any dependence.
    #[serde(with = "exact")]
    #[schemars(with = "exact::ExactNumber")]
    pub std_error: f64,
}

/// Mean incomes of a run at several dates; a list is empty if the run did not keep its numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Incomes {
    /// Monthly income paid by all assets together, before the owner's costs and tax.
    pub paid: Vec<MeanIncome>,
    /// Monthly net income, after the owner's costs and tax.
    pub net: Vec<MeanIncome>,
    /// Hours of work per month that the assets require; the field `mean` then holds hours, not money.
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

/// Interpolates the mean in `month` linearly between the neighboring dates, constant beyond the first and last;
/// `None` if `dated` is empty. The error is interpolated too, an upper bound for any dependence.
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

/// Returns the means of one series over all paths at each of its dates, with their errors.
pub fn of_series(outcome: &Outcome, series: &Series) -> Vec<MeanIncome> {
    let means = series.months.iter().enumerate().map(|(date, month)| MeanIncome {
        month: *month,
        mean: series.means[date],
        std_error: series.mean_error(date, outcome.n_paths),
    });
    means.collect()
}

/// Returns the mean incomes paid by all assets together; empty if the run does not keep them per asset.
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
