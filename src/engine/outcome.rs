//! What a run leaves behind: a column for every track, series over time, a few whole paths.
//!
//! In: records of blocks. Out: [`Outcome`]. Not here: estimates and their errors (`stats`).

use super::co_movement::CoMovement;
use crate::math::histogram::{Histogram, TOO_LARGE};
use crate::math::values::Values;
use crate::record::stand_ins;
use crate::stage::TrackId;
use std::borrow::Cow;

/// One number per path, in path order.
#[derive(Clone, Debug)]
pub struct Column {
    pub id: TrackId,
    pub values: Values,
}

/// Distribution over the paths at some dates; of money, in money of the start.
#[derive(Clone, Debug)]
pub struct Series {
    pub id: TrackId,
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

    /// Standard error of the mean on date `date` of `n_paths`, by the spread of those that are counted, to the width of a bin.
    pub fn mean_error(&self, date: usize, n_paths: usize) -> f64 {
        let (low, high) = self.ranges[date];
        if low == high {
            return 0.0;
        }
        let squares = self.histograms[date].bins().map(|bin| {
            let apart = f64::midpoint(bin.low, bin.high) - self.means[date];
            bin.count as f64 * apart * apart
        });
        let n = self.quantile_paths() as f64;
        (squares.sum::<f64>() / (n - 1.0) / n_paths as f64).sqrt()
    }

    /// The quantiles of rising `levels` on date `date`: interpolated inside a bin of the histogram,
    /// which is at most 0.4 % wide, and never beyond the least and the greatest value. Not a number
    /// where they are too large for the histogram.
    pub fn quantiles(&self, date: usize, levels: &[f64]) -> Vec<f64> {
        let (low, high) = self.ranges[date];
        let found = self.histograms[date].quantiles(levels);
        let mut found = found.unwrap_or_else(|| vec![f64::NAN; levels.len()]);
        for value in &mut found {
            *value = match value.abs() < TOO_LARGE {
                true => value.clamp(low, high),
                false => f64::NAN,
            };
        }
        found
    }

    /// Whether one of the quantiles at rising `levels` is too large for the histogram on some date.
    pub fn is_clipped(&self, levels: &[f64]) -> bool {
        let mut dates = (0..).zip(&self.ranges);
        dates.any(|(date, (low, high))| {
            let may_be = !(-TOO_LARGE < *low && low <= high && *high < TOO_LARGE);
            may_be && self.quantiles(date, levels).into_iter().any(f64::is_nan)
        })
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
    /// Wealth of the first few paths in money of the start, month 0 … `n_months`, to draw among the bands.
    pub sample_paths: Vec<Vec<f64>>,
    /// How markets moved on the first paths, if there are two of them.
    pub co_movement: Option<CoMovement>,
}

impl Outcome {
    /// The column `id`, if this run kept it.
    pub fn values(&self, id: TrackId) -> Option<&Values> {
        let mut columns = self.columns.iter();
        let found = columns.find(|column| column.id == id);
        found.map(|column| &column.values)
    }

    /// The column `id`, or what is the same where it cannot differ.
    pub fn values_or_like(&self, id: TrackId) -> Option<&Values> {
        stand_ins(id).find_map(|id| self.values(id))
    }

    /// All numbers of the column `id` in memory, if this run kept it.
    pub fn column(&self, id: TrackId) -> Option<Cow<'_, [f64]>> {
        self.values(id).map(Values::all)
    }

    /// All numbers of the column `id` in memory, or of what is the same where it cannot differ.
    pub fn column_or_like(&self, id: TrackId) -> Option<Cow<'_, [f64]>> {
        self.values_or_like(id).map(Values::all)
    }

    /// What is known of each of the first `n` paths, of at least so many.
    pub fn first(&self, n: usize) -> Self {
        let columns = self
            .columns
            .iter()
            .map(|column| Column { id: column.id, values: column.values.first(n) });
        Self {
            n_paths: n,
            columns: columns.collect(),
            series: Vec::new(),
            sample_paths: Vec::new(),
            co_movement: self.co_movement.clone(),
            ..*self
        }
    }

    /// The series `id`, if this run kept it.
    pub fn series(&self, id: TrackId) -> Option<&Series> {
        self.series.iter().find(|series| series.id == id)
    }
}

impl Outcome {
    /// The path on which track `id` is greatest, if this run kept it; the first of equal ones.
    pub fn greatest(&self, id: TrackId) -> Option<(u64, f64)> {
        self.extreme(id, |value, greatest| value > greatest)
    }

    /// The path on which it is least; the first of equal ones.
    pub fn least(&self, id: TrackId) -> Option<(u64, f64)> {
        self.extreme(id, |value, least| value < least)
    }

    /// The path on which it is least above zero.
    pub fn least_positive(&self, id: TrackId) -> Option<(u64, f64)> {
        let is_beyond = |value, least: f64| value > 0.0 && (least <= 0.0 || value < least);
        self.extreme(id, is_beyond).filter(|(_, value)| *value > 0.0)
    }

    /// The first path on which track `id`, or what is the same where it cannot differ, has just this value.
    pub fn first_at(&self, id: TrackId, sought: f64) -> Option<u64> {
        let mut found = None;
        self.values_or_like(id)?.for_each(|from, piece| {
            let place = piece.iter().position(|value| *value == sought);
            found = found.or(place.map(|place| (from + place) as u64));
        });
        found
    }

    fn extreme(&self, id: TrackId, is_beyond: impl Fn(f64, f64) -> bool) -> Option<(u64, f64)> {
        let mut found: Option<(u64, f64)> = None;
        self.values(id)?.for_each(|from, piece| {
            for (path, value) in (from as u64..).zip(piece) {
                if found.is_none_or(|(_, extreme)| is_beyond(*value, extreme)) {
                    found = Some((path, *value));
                }
            }
        });
        found
    }
}

/// Whether a number is finite, and its fourth power as well when a billion of them are summed and
/// divided by a price level: what statistics do with it.
pub(super) fn is_in_range(value: f64) -> bool {
    const LARGEST: f64 = 1e60;
    value.abs() <= LARGEST
}
