//! Result of some blocks of a run, until all blocks are put together.
//!
//! In: the counts of workers, parts of a run. Out: [`Part`], and the outcome of all parts. Not here:
//! simulating (`run`).
//!
//! The outcome does not depend on how a run was cut into parts. Columns are in path order, counts are
//! integers, sums are exact, and extremes do not depend on order.

mod bytes;
mod head;
mod joined;
mod open;
mod unusable;
mod write;

pub use head::{Origin, PartHead};
pub use joined::{Failure, Joined, NotJoined};
pub use open::{Opened, RandomAccess, head_of};
pub use unusable::Unusable;

use super::VALUE_VERSION;
use super::date::DateCount;
use super::months::MonthSample;
use super::outcome::Series;
use super::recorder::tracks_of;
use super::track;
use super::worker::Worker;
use crate::math::LANES;
use crate::math::histogram::Histogram;
use crate::math::sum::Sum;
use crate::plan::Plan;
use crate::stage::TrackId;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::Range;

/// Reason why the result of some blocks of paths cannot be appended to another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// The two results belong to two scenarios, or to one scenario paired with two different bases.
    Scenario,
    /// The two results have different results versions.
    Version,
    /// The results overlap, or blocks between them are missing: one ends before block `ends`, the next begins at
    /// block `begins`.
    Blocks { ends: u64, begins: u64 },
    /// The last block of the first result lacks some of its 256 paths.
    Unfinished,
}

impl fmt::Display for Foreign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scenario => f.write_str("they are parts of two scenarios"),
            Self::Version => f.write_str("they are of two value versions"),
            Self::Blocks { ends, begins } => {
                write!(f, "one ends before block {ends} and the next begins with block {begins}")
            }
            Self::Unfinished => f.write_str("a block of the first one is recorded in part"),
        }
    }
}

impl std::error::Error for Foreign {}

/// Result of consecutive blocks of 256 paths of a run, with the identity of the run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// Digest of model and seeds: [`Plan::digest`].
    pub(super) model: [u8; 32],
    pub(super) value_version: u32,
    pub(super) blocks: Range<u64>,
    pub(super) n_months: u32,
    pub(super) columns: Vec<PartColumn>,
    pub(super) series: Vec<PartSeries>,
    /// Real wealth of the first few paths by month; empty unless the first block of the run is included.
    pub(super) sample_paths: Vec<Vec<f64>>,
    pub(super) months: MonthSample,
}

/// One recorded quantity of some blocks of a run: one number per path, in path order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct PartColumn {
    #[serde(with = "track")]
    pub id: TrackId,
    pub values: Vec<f64>,
}

/// Distribution of a recorded quantity at some dates, to which more paths can be added.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct PartSeries {
    #[serde(with = "track")]
    pub id: TrackId,
    /// Months of the dates; 0 is the start.
    pub months: Vec<u32>,
    pub dates: Vec<Date>,
}

/// Distribution of a recorded quantity on one date, over the paths of some blocks of a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Date {
    pub histogram: Histogram,
    pub sum: Sum,
    pub low: f64,
    pub high: f64,
}

impl Part {
    /// Numbers of the blocks of 256 paths in this result.
    pub fn blocks(&self) -> Range<u64> {
        self.blocks.clone()
    }

    /// Number of blocks of 256 paths in this result.
    pub fn n_blocks(&self) -> u64 {
        self.blocks.end - self.blocks.start
    }

    /// Number of the first path of this result.
    fn first_path(&self) -> u64 {
        self.blocks.start.saturating_mul(LANES as u64)
    }

    /// Number of recorded paths in this result.
    pub fn n_paths(&self) -> usize {
        self.columns[0].values.len()
    }

    /// True if all paths of all blocks are recorded; only then can the result of later blocks be appended.
    pub fn is_whole(&self) -> bool {
        self.n_blocks().checked_mul(LANES as u64) == Some(self.n_paths() as u64)
    }

    /// True if this result can come from a run of `plan`; the number of paths of the plan does not matter.
    pub fn fits(&self, plan: &Plan) -> bool {
        self.fits_of(plan, self.n_paths() as u64)
    }

    /// True if a result of `n_paths` paths can come from a run of `plan`. Its column values may be stored elsewhere.
    fn fits_of(&self, plan: &Plan, n_paths: u64) -> bool {
        let ids = self.columns.iter().map(|column| column.id);
        let series = self.series.iter().map(|series| (series.id, series.months.clone()));
        let expected = plan.record.series.iter().map(|one| (one.id, one.dates(plan.n_months)));
        self.model == plan.digest
            && self.value_version == VALUE_VERSION
            && self.n_months == plan.n_months
            && ids.eq(tracks_of(plan))
            && series.eq(expected)
            && self.months.are_of(plan, self.first_path() + n_paths, &self.blocks)
    }

    /// Appends the result of the blocks that follow. Errors, and adds nothing, if `next` belongs to another scenario
    /// or version or does not begin where this result ends, or if the last block of this one is incomplete.
    pub fn append(&mut self, mut next: Self) -> Result<(), Foreign> {
        self.check(&next)?;
        let columns = std::mem::take(&mut next.columns);
        for (column, more) in self.columns.iter_mut().zip(columns) {
            column.values.extend(more.values);
        }
        self.append_rest(next);
        Ok(())
    }

    /// Appends everything of `next` except the values of its columns.
    fn append_rest(&mut self, next: Self) {
        self.blocks.end = next.blocks.end;
        for (series, more) in self.series.iter_mut().zip(&next.series) {
            for (date, more) in series.dates.iter_mut().zip(&more.dates) {
                date.merge(more);
            }
        }
        if self.sample_paths.is_empty() {
            self.sample_paths = next.sample_paths;
        }
        self.months.append(next.months);
    }

    /// Returns a copy with empty columns.
    fn without_values(&self) -> Self {
        let columns = self.columns.iter().map(|column| PartColumn { id: column.id, values: Vec::new() });
        Self {
            columns: columns.collect(),
            blocks: self.blocks.clone(),
            series: self.series.clone(),
            sample_paths: self.sample_paths.clone(),
            months: self.months.clone(),
            ..*self
        }
    }

    fn check(&self, next: &Self) -> Result<(), Foreign> {
        self.check_run(next)?;
        self.check_place(next, self.is_whole())
    }

    /// Refuses `next` if it belongs to another run or results version.
    fn check_run(&self, next: &Self) -> Result<(), Foreign> {
        if self.value_version != next.value_version {
            return Err(Foreign::Version);
        }
        let is_alike = |(a, b): (&PartSeries, &PartSeries)| a.id == b.id && a.months == b.months;
        let ids = |part: &Self| part.columns.iter().map(|column| column.id).collect::<Vec<_>>();
        let is_of_one = self.model == next.model
            && self.n_months == next.n_months
            && ids(self) == ids(next)
            && self.series.len() == next.series.len()
            && self.series.iter().zip(&next.series).all(is_alike);
        if is_of_one { Ok(()) } else { Err(Foreign::Scenario) }
    }

    /// Refuses `next` if it does not begin at the block where this result ends, or if the last block of this one is
    /// incomplete (`is_whole` is false).
    fn check_place(&self, next: &Self, is_whole: bool) -> Result<(), Foreign> {
        let (ends, begins) = (self.blocks.end, next.blocks.start);
        if ends != begins {
            return Err(Foreign::Blocks { ends, begins });
        }
        if is_whole || next.n_blocks() == 0 { Ok(()) } else { Err(Foreign::Unfinished) }
    }
}

impl PartSeries {
    /// Merges the counts of the plan's series from all workers. They are integers and exact sums, so any
    /// order gives the same result.
    pub fn of(plan: &Plan, workers: &mut [Box<Worker>]) -> Vec<Self> {
        let series = plan.record.series.iter().map(|series| {
            let months = series.dates(plan.n_months);
            Self { id: series.id, dates: vec![Date::default(); months.len()], months }
        });
        let mut series: Vec<Self> = series.collect();
        for worker in workers {
            for (series, counts) in series.iter_mut().zip(worker.series(plan)) {
                for (date, counted) in series.dates.iter_mut().zip(counts) {
                    date.take(counted);
                }
            }
        }
        series
    }

    pub fn closed(self, n_paths: usize) -> Series {
        let dates = self.dates.iter();
        Series {
            id: self.id,
            months: self.months,
            means: dates.clone().map(|date| date.sum.value() / n_paths as f64).collect(),
            ranges: dates.map(|date| (date.low, date.high)).collect(),
            histograms: self.dates.into_iter().map(|date| date.histogram).collect(),
        }
    }
}

impl Default for Date {
    fn default() -> Self {
        Self { histogram: Histogram::default(), sum: Sum::new(), low: f64::INFINITY, high: f64::NEG_INFINITY }
    }
}

impl Date {
    fn take(&mut self, counted: &mut DateCount) {
        self.histogram.merge_counter(&mut counted.counter);
        self.widen(&counted.sum, counted.low, counted.high);
    }

    fn merge(&mut self, other: &Self) {
        self.histogram.merge(&other.histogram);
        self.widen(&other.sum, other.low, other.high);
    }

    fn widen(&mut self, sum: &Sum, low: f64, high: f64) {
        self.sum.merge(sum);
        // `min` may pick either of 0 and −0; adding zero turns both into 0
        self.low = self.low.min(low) + 0.0;
        self.high = self.high.max(high) + 0.0;
    }
}
