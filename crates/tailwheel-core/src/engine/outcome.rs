//! Outcome of a run: a column per track, series over time, a few whole paths.
//!
//! In: records of blocks. Out: [`Outcome`]. Not here: estimates and their errors (`stats`).

use super::co_movement::CoMovement;
use crate::math::histogram::{Histogram, TOO_LARGE};
use crate::math::values::Values;
use crate::record::stand_ins;
use crate::stage::TrackId;
use std::borrow::Cow;

/// One recorded quantity: one number per path, in path order.
#[derive(Clone, Debug)]
pub struct Column {
    pub id: TrackId,
    pub values: Values,
}

/// Distribution of a recorded quantity over the paths at some dates; money is real (start-date prices).
#[derive(Clone, Debug)]
pub struct Series {
    pub id: TrackId,
    /// Months of the dates; 0 is the start.
    pub months: Vec<u32>,
    /// Mean over the paths, one per date.
    pub means: Vec<f64>,
    /// Smallest and largest value on the paths of the histogram, one pair per date.
    pub ranges: Vec<(f64, f64)>,
    /// One histogram per date, over the first [`super::FAN_PATHS`] paths.
    pub histograms: Vec<Histogram>,
}

impl Series {
    /// Number of paths, the first of the run, that the quantiles are computed from.
    pub fn quantile_paths(&self) -> u64 {
        self.histograms.first().map_or(0, Histogram::n)
    }

    /// Standard error of the mean of `n_paths` paths on date `date`, from the spread on the paths of the histogram,
    /// accurate to the width of a bin.
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

    /// Quantiles at rising `levels` on date `date`, interpolated inside a histogram bin, which is at most
    /// 0.4 % wide. They stay between the smallest and the largest value. NaN if a quantile is too large for
    /// the histogram.
    pub fn quantiles(&self, date: usize, levels: &[f64]) -> Vec<f64> {
        let (low, high) = self.ranges[date];
        let mut found =
            self.histograms[date].quantiles(levels).unwrap_or_else(|| vec![f64::NAN; levels.len()]);
        for value in &mut found {
            *value = if value.abs() < TOO_LARGE { value.clamp(low, high) } else { f64::NAN };
        }
        found
    }

    /// True if a quantile at one of the rising `levels` is too large for the histogram on some date.
    pub fn is_clipped(&self, levels: &[f64]) -> bool {
        (0..).zip(&self.ranges).any(|(date, (low, high))| {
            let may_be = !(-TOO_LARGE < *low && low <= high && *high < TOO_LARGE);
            may_be && self.quantiles(date, levels).into_iter().any(f64::is_nan)
        })
    }
}

/// Outcome of a run: everything that `stats` and `chart` need, nothing that depends on how it was run.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub n_paths: usize,
    pub n_months: u32,
    /// Net worth on day one, the initial investment.
    pub money_in: f64,
    pub columns: Vec<Column>,
    pub series: Vec<Series>,
    /// Real wealth of the first few paths in months 0 … `n_months`, to draw in charts.
    pub sample_paths: Vec<Vec<f64>>,
    /// Sample of joint market returns; `None` if it would show nothing (one market, or constant correlation).
    pub co_movement: Option<CoMovement>,
}

impl Outcome {
    /// Returns the recorded quantity `id`, one number per path; `None` if this run did not keep it.
    pub fn values(&self, id: TrackId) -> Option<&Values> {
        self.columns.iter().find(|column| column.id == id).map(|column| &column.values)
    }

    /// Returns the recorded quantity `id`, or an equal one kept in its place; `None` if this run keeps neither.
    pub fn values_or_like(&self, id: TrackId) -> Option<&Values> {
        stand_ins(id).find_map(|id| self.values(id))
    }

    /// Returns all numbers of the recorded quantity `id` in memory; `None` if this run did not keep it.
    pub fn column(&self, id: TrackId) -> Option<Cow<'_, [f64]>> {
        self.values(id).map(Values::all)
    }

    /// Returns the outcome restricted to its first `n` paths, without series and sample paths. `n` must not
    /// exceed `n_paths`.
    pub fn first(&self, n: usize) -> Self {
        let columns =
            self.columns.iter().map(|column| Column { id: column.id, values: column.values.first(n) });
        Self {
            n_paths: n,
            columns: columns.collect(),
            series: Vec::new(),
            sample_paths: Vec::new(),
            co_movement: self.co_movement.clone(),
            ..*self
        }
    }

    /// Returns the distributions of the quantity `id` over time; `None` if this run did not keep them.
    pub fn series(&self, id: TrackId) -> Option<&Series> {
        self.series.iter().find(|series| series.id == id)
    }

    /// Returns the path with the greatest value of the quantity `id`, and the value; the first path if several are
    /// equal. `None` if this run did not keep the quantity.
    pub fn greatest(&self, id: TrackId) -> Option<(u64, f64)> {
        self.extreme(id, |value, greatest| value > greatest)
    }

    /// Returns the path with the smallest value of the quantity `id`, and the value; the first path if several are
    /// equal. `None` if this run did not keep the quantity.
    pub fn least(&self, id: TrackId) -> Option<(u64, f64)> {
        self.extreme(id, |value, least| value < least)
    }

    /// Returns the path with the smallest value above zero of the quantity `id`, and the value; `None` if no value
    /// is above zero.
    pub fn least_positive(&self, id: TrackId) -> Option<(u64, f64)> {
        let is_beyond = |value, least: f64| value > 0.0 && (least <= 0.0 || value < least);
        self.extreme(id, is_beyond).filter(|(_, value)| *value > 0.0)
    }

    /// Returns the first path on which the quantity `id`, or an equal one kept in its place, is exactly `sought`;
    /// `None` if there is none.
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

/// True if a number is finite and small enough for statistics. Its fourth power must stay finite when a
/// billion of them are summed and divided by a price level.
pub(super) fn is_in_range(value: f64) -> bool {
    const LARGEST: f64 = 1e60;
    value.abs() <= LARGEST
}
