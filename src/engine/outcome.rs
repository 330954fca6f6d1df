//! What a run leaves behind: per-path columns, series over time, a few whole paths.
//!
//! In: records of blocks. Out: [`Outcome`]. Not here: estimates and their errors (`stats`).

use super::co_movement::CoMovement;
use crate::math::histogram::{Histogram, TOO_LARGE};

/// What a column holds, one number per path. Money is in the scenario's currency and nominal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ColumnId {
    /// Net worth at the horizon.
    Wealth,
    /// Net worth at the end of month 12 (absent when the horizon is shorter).
    WealthYear1,
    /// Unit value U at the horizon: growth of one unit put in at the start (1 = nothing gained).
    UnitValue,
    /// Deepest fall of the unit value below its running maximum, a fraction in [0, 1].
    MaxDrawdown,
    /// Sample standard deviation of the simple monthly returns of U, times √12.
    Volatility,
    /// Mean net income per month over the last 12 months.
    IncomeTerminal,
    /// Value of asset `i` (canonical order) at the horizon.
    AssetValue(u16),
    /// Net worth at the horizon in the twin world without the loop, on the same draws.
    LoopOffWealth,
    /// Unit value at the horizon in the twin world.
    LoopOffUnitValue,
    /// Deepest fall of the unit value in the twin world.
    LoopOffMaxDrawdown,
    /// Months in which agents sold, a count.
    SellingMonths,
    /// Whole years with at least one such month, a count.
    SellingYears,
    /// Largest share of the agents' money that sold in one month: of a cluster, its share of the
    /// money times the share of its blocks that fired.
    LargestSale,
    /// Months in which their sales pushed some market down by a crash's fall, a count.
    CrashMonths,
    /// Largest part of wealth that agents' sales had taken at the trough of a month, of wealth
    /// before the first sale; 0 if there were none.
    DeepestSale,
}

impl ColumnId {
    /// The world that a column is taken from, and what is taken there.
    pub fn in_world(self) -> (usize, Self) {
        match self {
            Self::LoopOffWealth => (1, Self::Wealth),
            Self::LoopOffUnitValue => (1, Self::UnitValue),
            Self::LoopOffMaxDrawdown => (1, Self::MaxDrawdown),
            other => (0, other),
        }
    }
}

/// One number per path, in path order.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub id: ColumnId,
    pub values: Vec<f64>,
}

/// What a series follows through time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SeriesId {
    /// Net worth.
    Wealth,
    /// Net worth in the twin world without the loop.
    LoopOffWealth,
    /// Value of asset `i` (canonical order).
    AssetValue(u16),
}

/// Distribution over the paths at some dates.
#[derive(Clone, Debug)]
pub struct Series {
    pub id: SeriesId,
    /// Months of the dates; 0 is the start.
    pub months: Vec<u32>,
    /// Mean over the paths, one per date.
    pub means: Vec<f64>,
    /// Least and greatest value of those that are counted, one pair per date.
    pub ranges: Vec<(f64, f64)>,
    /// One histogram per date, of the first [`super::FAN_PATHS`] paths.
    pub histograms: Vec<Histogram>,
}

impl Series {
    /// Paths that its quantiles are of: the first of the run.
    pub fn quantile_paths(&self) -> u64 {
        self.histograms.first().map_or(0, Histogram::n)
    }

    /// The `p`-quantile on date `date`: interpolated inside a bin of the histogram, which is at
    /// most 0.4 % wide, and never beyond the least and the greatest value. Not a number where it is
    /// too large for the histogram.
    pub fn quantile(&self, date: usize, p: f64) -> f64 {
        let (low, high) = self.ranges[date];
        let found = self.histograms[date].quantile(p);
        found
            .filter(|value| value.abs() < TOO_LARGE)
            .map_or(f64::NAN, |value| value.clamp(low, high))
    }

    /// Whether one of the quantiles `levels` is too large for the histogram on some date.
    pub fn is_clipped(&self, levels: &[f64]) -> bool {
        let dates = 0..self.months.len();
        let mut all = dates.flat_map(|date| levels.iter().map(move |p| self.quantile(date, *p)));
        all.any(f64::is_nan)
    }
}

/// Outcome of a run; everything `stats` and `chart` need, nothing that depends on how it was run.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub n_paths: usize,
    pub n_months: u32,
    /// Net worth on day one.
    pub money_in: f64,
    pub columns: Vec<Column>,
    pub series: Vec<Series>,
    /// Wealth of the first few paths, month 0 … `n_months`, to draw among the bands.
    pub sample_paths: Vec<Vec<f64>>,
    /// How markets moved on the first paths, if there are two of them.
    pub co_movement: Option<CoMovement>,
}

impl Outcome {
    /// The column `id`, if this run kept it.
    pub fn column(&self, id: ColumnId) -> Option<&[f64]> {
        self.columns
            .iter()
            .find(|column| column.id == id)
            .map(|column| column.values.as_slice())
    }

    /// The series `id`, if this run kept it.
    pub fn series(&self, id: SeriesId) -> Option<&Series> {
        self.series.iter().find(|series| series.id == id)
    }
}

impl Outcome {
    /// The path with the month in which sales took the largest part of wealth, if they took any; the
    /// first of equal ones.
    pub fn worst_crash(&self) -> Option<u64> {
        let falls = self.column(ColumnId::DeepestSale)?;
        let deepest = extreme(falls, |fall, deepest| fall > deepest)?;
        (falls[deepest] > 0.0).then_some(deepest as u64)
    }

    /// The path that ends with the least; the first of equal ones.
    pub fn lowest_wealth(&self) -> Option<u64> {
        let wealth = self.column(ColumnId::Wealth)?;
        extreme(wealth, |wealth, lowest| wealth < lowest).map(|path| path as u64)
    }
}

/// Position of the value that `is_beyond` all before it and that none after it is beyond.
fn extreme(values: &[f64], is_beyond: impl Fn(f64, f64) -> bool) -> Option<usize> {
    let mut best: Option<usize> = None;
    for (index, value) in values.iter().enumerate() {
        if best.is_none_or(|best| is_beyond(*value, values[best])) {
            best = Some(index);
        }
    }
    best
}

/// Whether a number is finite, and its fourth power as well when a billion of them are summed and
/// divided by a price level: what statistics do with it.
pub(super) fn is_in_range(value: f64) -> bool {
    const LARGEST: f64 = 1e60;
    value.abs() <= LARGEST
}
