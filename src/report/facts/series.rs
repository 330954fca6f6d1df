//! Distributions through time: mean and quantiles of every date.
//!
//! In: a scenario, its outcome. Out: [`SeriesPart`]s by name. Not here: the histograms of the dates (`engine`).

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

/// Quantiles of a series.
pub const QUANTILES: [(&str, f64); 5] =
    [("p05", 0.05), ("p25", 0.25), ("p50", 0.50), ("p75", 0.75), ("p95", 0.95)];

/// Width of a bin of a histogram, relative to its values.
const BIN: f64 = 1.0 / 256.0;

/// A distribution through time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SeriesPart {
    pub unit: String,
    /// From the start.
    pub years: Vec<f64>,
    /// Paths that the quantiles are of, the first ones.
    pub quantile_paths: u64,
    /// Of money, in money of the start: on each path divided by its price level of each date.
    pub real: FanPart,
    /// How well the last date is known; of income and of values of assets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<LastDatePart>,
    /// What the owner spends a month at each date, real; absent unless this is income, and where spending depends on
    /// whether the owner moves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spending: Option<Vec<f64>>,
    /// Share of those paths whose income is at least the spending at each date; as `spending`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub covered: Option<Vec<f64>>,
    /// What the money invested would come to if the claim held, with the same spending and mean inflation; absent unless
    /// this is wealth, where nothing is claimed, and where more than a known spending leaves or enters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimed: Option<Vec<f64>>,
}

/// What a series is at each date.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FanPart {
    /// Of all paths.
    pub mean: Vec<f64>,
    /// By quantile: `p05` … `p95`; null beyond what a series can hold.
    pub quantiles: BTreeMap<String, Vec<Option<f64>>>,
}

/// How well the quantiles of the last date are known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LastDatePart {
    /// By quantile, its 95 % interval; null if the paths are too few for one.
    pub intervals: BTreeMap<String, Option<[f64; 2]>>,
    /// Paths at exactly zero, of those that the quantiles are of.
    pub paths_at_zero: u64,
}

/// Every series by name.
pub(in crate::report) fn series_parts(
    scenario: &Scenario,
    outcome: &Outcome,
) -> BTreeMap<String, SeriesPart> {
    let names = scenario.object_names();
    let series = outcome.series.iter();
    series.map(|series| (series.id.name(&names), series_part(scenario, series))).collect()
}

/// `None` where nothing is spent, or something else after a move that is not certain.
fn spending(scenario: &Scenario, series: &Series) -> Option<Vec<f64>> {
    let owner = scenario.owner.as_ref();
    if owner.is_some_and(Owner::may_spend_otherwise) {
        return None;
    }
    let spending = scenario.spending();
    let at = |month: &u32| spending.get((*month as usize).checked_sub(1)?).copied();
    series.months.iter().map(at).collect()
}

/// By the histograms, to the width of a bin.
fn covered(series: &Series, spending: &[f64]) -> Vec<f64> {
    let n = series.quantile_paths() as f64;
    let share = |(histogram, spent): (&Histogram, &f64)| {
        let above = histogram.bins().map(|bin| {
            let width = bin.high - bin.low;
            let part = match width > 0.0 {
                true => ((bin.high - spent) / width).clamp(0.0, 1.0),
                false => f64::from(u8::from(bin.low >= *spent)),
            };
            part * bin.count as f64
        });
        above.sum::<f64>() / n
    };
    series.histograms.iter().zip(spending).map(share).collect()
}

/// Means and quantiles of every date.
fn series_part(scenario: &Scenario, series: &Series) -> SeriesPart {
    let levels = QUANTILES.map(|(_, level)| level);
    let dates = 0..series.months.len();
    let by_date: Vec<Vec<f64>> = dates.map(|date| series.quantiles(date, &levels)).collect();
    let quantiles = (0..).zip(QUANTILES).map(|(place, (name, _))| {
        let values = by_date.iter().map(|found| found[place]);
        let values = values.map(|value| value.is_finite().then_some(value));
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
    let claimed = (series.id == WEALTH)
        .then(|| claimed_wealth(scenario, series.means[0], &series.months))
        .flatten();
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

/// `None` of a series without a date.
fn last_date(series: &Series) -> Option<LastDatePart> {
    let last = series.months.len().checked_sub(1)?;
    let intervals = QUANTILES.map(|(name, p)| (name.to_owned(), interval(series, last, p)));
    let at_zero =
        series.histograms[last].bins().filter(|bin| bin.low == bin.high && bin.low == 0.0);
    Some(LastDatePart {
        intervals: intervals.into_iter().collect(),
        paths_at_zero: at_zero.map(|bin| bin.count).sum(),
    })
}

/// Ends of the 95 % interval of the `p`-quantile of a series at a date: order statistics, to the width of a bin.
/// `None` where the paths are too few, or the values too large for a histogram.
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
