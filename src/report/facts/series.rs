//! Distributions over time: mean and quantiles at every date.
//!
//! In: a scenario, its outcome. Out: [`SeriesPart`]s by name. Not here: filling the histograms of the dates
//! (`engine`).

use crate::engine::{Outcome, Series};
use crate::math::histogram::Histogram;
use crate::math::quantile::interval_ranks;
use crate::record::{ASSET_INCOME, ASSET_VALUE, HOURS, INCOME, STATE, TrackId, Unit, WEALTH};
use crate::scenario::{Owner, Scenario};
use crate::stats::LEVEL;
use crate::study::claimed_wealth;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Names and levels of the quantiles that every series has.
pub const QUANTILES: [(&str, f64); 5] =
    [("p05", 0.05), ("p25", 0.25), ("p50", 0.50), ("p75", 0.75), ("p95", 0.95)];

/// Relative width of a histogram bin, which limits the precision of a quantile.
const BIN: f64 = 1.0 / 256.0;

/// Distribution of one quantity over time, such as wealth or income.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SeriesPart {
    pub unit: String,
    /// Dates of the values, in years from the start.
    pub years: Vec<f64>,
    /// Number of paths behind the quantiles: the first paths of the run.
    pub quantile_paths: u64,
    /// Mean and quantiles at each date. Money is real: on each path it is divided by that path's price level.
    pub real: FanPart,
    /// Sampling error of the quantiles at the last date; only for income and asset values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<LastDatePart>,
    /// Monthly spending at each date, real. Absent unless the series is income, and if spending depends on
    /// whether the owner moves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spending: Option<Vec<f64>>,
    /// Share of the paths behind the quantiles whose income covers the spending, at each date; absent without
    /// `spending`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub covered: Option<Vec<f64>>,
    /// Wealth at each date if the claimed return came true, with the same spending and mean inflation. Absent
    /// unless the series is wealth, if nothing is claimed, or with other flows than a known spending.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimed: Option<Vec<f64>>,
}

/// Mean and quantiles of a quantity at each date.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FanPart {
    /// Mean over all paths at each date.
    pub mean: Vec<f64>,
    /// Values at each date by quantile, `p05` … `p95`; null if too large for the histogram.
    pub quantiles: BTreeMap<String, Vec<Option<f64>>>,
}

/// Sampling error of the quantiles at the last date.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LastDatePart {
    /// 95 % interval of each quantile, `p05` … `p95`; null if the paths are too few for one.
    pub intervals: BTreeMap<String, Option<[f64; 2]>>,
    /// Number of paths at exactly zero at the last date, among the paths behind the quantiles.
    pub paths_at_zero: u64,
}

/// Builds every series of the outcome, by name.
pub(in crate::report) fn series_parts(
    scenario: &Scenario,
    outcome: &Outcome,
) -> BTreeMap<String, SeriesPart> {
    let names = scenario.object_names();
    let series = outcome.series.iter();
    series.map(|series| (series.id.name(&names), series_part(scenario, series))).collect()
}

/// Returns the monthly spending at each date; `None` if nothing is spent, or if the owner may move and then
/// spend another amount.
fn spending(scenario: &Scenario, series: &Series) -> Option<Vec<f64>> {
    let owner = scenario.owner.as_ref();
    if owner.is_some_and(Owner::may_spend_otherwise) {
        return None;
    }
    let spending = scenario.spending();
    let at = |month: &u32| spending.get((*month as usize).checked_sub(1)?).copied();
    series.months.iter().map(at).collect()
}

/// Returns the share of paths with an income of at least `spending` at each date. It interpolates inside a
/// histogram bin.
fn covered(series: &Series, spending: &[f64]) -> Vec<f64> {
    let n = series.quantile_paths() as f64;
    let share = |(histogram, spent): (&Histogram, &f64)| {
        let above = histogram.bins().map(|bin| {
            let width = bin.high - bin.low;
            let part = if width > 0.0 {
                ((bin.high - spent) / width).clamp(0.0, 1.0)
            } else {
                f64::from(u8::from(bin.low >= *spent))
            };
            part * bin.count as f64
        });
        above.sum::<f64>() / n
    };
    series.histograms.iter().zip(spending).map(share).collect()
}

/// Builds one series: means, quantiles and the fields that only income or wealth has.
fn series_part(scenario: &Scenario, series: &Series) -> SeriesPart {
    let levels = QUANTILES.map(|(_, level)| level);
    let by_date: Vec<Vec<f64>> =
        (0..series.months.len()).map(|date| series.quantiles(date, &levels)).collect();
    let quantiles = (0..).zip(QUANTILES).map(|(place, (name, _))| {
        let values = by_date.iter().map(|found| found[place]).map(|value| value.is_finite().then_some(value));
        (name.to_owned(), values.collect())
    });
    let is = |all: &[TrackId]| {
        let quantity = series.id.quantity();
        all.iter().any(|id| id.quantity() == quantity)
    };
    let unit = if series.id == HOURS {
        "hours per month"
    } else if is(&[INCOME, ASSET_INCOME]) {
        Unit::MoneyPerMonth.word()
    } else if is(&[STATE]) {
        Unit::Fraction.word()
    } else {
        Unit::Money.word()
    };
    let years = series.months.iter().map(|month| f64::from(*month) / 12.0);
    let last = is(&[INCOME, ASSET_INCOME, ASSET_VALUE]).then(|| last_date(series));
    let spending = (series.id == INCOME).then(|| spending(scenario, series)).flatten();
    let claimed =
        (series.id == WEALTH).then(|| claimed_wealth(scenario, series.means[0], &series.months)).flatten();
    SeriesPart {
        unit: unit.to_owned(),
        years: years.collect(),
        quantile_paths: series.quantile_paths(),
        real: FanPart { mean: series.means.clone(), quantiles: quantiles.collect() },
        last: last.flatten(),
        covered: spending.as_ref().map(|spending| covered(series, spending)),
        spending,
        claimed,
    }
}

/// Returns the sampling error of the quantiles at the last date; `None` if the series has no dates.
fn last_date(series: &Series) -> Option<LastDatePart> {
    let last = series.months.len().checked_sub(1)?;
    let intervals = QUANTILES.map(|(name, p)| (name.to_owned(), interval(series, last, p)));
    let at_zero = series.histograms[last].bins().filter(|bin| bin.low == bin.high && bin.low == 0.0);
    Some(LastDatePart {
        intervals: intervals.into_iter().collect(),
        paths_at_zero: at_zero.map(|bin| bin.count).sum(),
    })
}

/// Returns the 95 % interval of the `p`-quantile at the date of index `date`, from order statistics widened by one
/// histogram bin. `None` if the paths are too few, or the values too large for a histogram.
fn interval(series: &Series, date: usize, p: f64) -> Option<[f64; 2]> {
    let (low, high) = series.ranges[date];
    if low == high {
        return Some([low; 2]);
    }
    let n = series.quantile_paths();
    let ranks = interval_ranks(n as usize, p, LEVEL)?;
    let at = [ranks.0, ranks.1].map(|rank| rank as f64 / n as f64);
    let ends = series.quantiles(date, &at);
    let ends = [ends[0] - ends[0].abs() * BIN, ends[1] + ends[1].abs() * BIN];
    ends.iter().all(|end| end.is_finite()).then_some(ends)
}

#[cfg(test)]
mod tests;
