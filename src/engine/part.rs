//! What some blocks of a run leave behind, until they are put together.
//!
//! In: the counts of workers, parts of a run. Out: [`Part`], and the outcome of all of them. Not here:
//! simulating (`run`).
//!
//! Columns are kept in the order of the paths, counts are integers, sums are exact and ends have no
//! order: where a run was cut into parts leaves no trace.

mod bytes;
mod head;
mod joined;
mod open;
mod unusable;
mod write;

pub use head::{Head, Origin};
pub use joined::{Failure, Joined};
pub use open::{Opened, Source, head_of};
pub use unusable::Unusable;

use super::VALUE_VERSION;
use super::date::DateCount;
use super::months::Months;
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

/// Why a part cannot follow another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// They are of two scenarios, or of two that were compiled beside others.
    Scenario,
    /// They are of two value versions.
    Version,
    /// Blocks are missing between them, or are in both.
    Blocks { ends: u64, begins: u64 },
    /// The last block of the first one is recorded in part.
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

/// What consecutive blocks of a run leave behind, and of what run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// [`Plan::digest`]: seeds are in it.
    pub(super) model: [u8; 32],
    pub(super) value_version: u32,
    pub(super) blocks: Range<u64>,
    pub(super) n_months: u32,
    pub(super) columns: Vec<Kept>,
    pub(super) series: Vec<Counted>,
    /// Wealth of the first few paths by month, if the first block is here.
    pub(super) sample_paths: Vec<Vec<f64>>,
    pub(super) months: Months,
}

/// One number per path, in path order, of a run that may go on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Kept {
    #[serde(with = "track")]
    pub id: TrackId,
    pub values: Vec<f64>,
}

/// A series that still can take in more paths.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Counted {
    #[serde(with = "track")]
    pub id: TrackId,
    /// Months of the dates.
    pub months: Vec<u32>,
    pub dates: Vec<Date>,
}

/// All paths on one date.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Date {
    pub histogram: Histogram,
    pub sum: Sum,
    pub low: f64,
    pub high: f64,
}

impl Part {
    /// Its blocks.
    pub fn blocks(&self) -> Range<u64> {
        self.blocks.clone()
    }

    /// How many blocks.
    pub fn n_blocks(&self) -> u64 {
        self.blocks.end - self.blocks.start
    }

    /// Number of its first path.
    fn first_path(&self) -> u64 {
        self.blocks.start.saturating_mul(LANES as u64)
    }

    /// Recorded paths.
    pub fn n_paths(&self) -> usize {
        self.columns[0].values.len()
    }

    /// Whether all paths of all its blocks are recorded: only then can others follow.
    pub fn is_whole(&self) -> bool {
        self.n_blocks().checked_mul(LANES as u64) == Some(self.n_paths() as u64)
    }

    /// Whether a run of `plan` leaves such a part; how many paths the plan has does not matter.
    pub fn fits(&self, plan: &Plan) -> bool {
        self.fits_of(plan, self.n_paths() as u64)
    }

    /// The same of a part that has `n_paths` paths, wherever the values of its columns are.
    fn fits_of(&self, plan: &Plan, n_paths: u64) -> bool {
        let ids = self.columns.iter().map(|column| column.id);
        let series = self.series.iter();
        let series = series.map(|series| (series.id, series.months.clone()));
        let expected = plan.record.series.iter();
        let expected = expected.map(|one| (one.id, one.dates(plan.n_months)));
        self.model == plan.digest
            && self.value_version == VALUE_VERSION
            && self.n_months == plan.n_months
            && ids.eq(tracks_of(plan))
            && series.eq(expected)
            && self.months.are_of(plan, self.first_path() + n_paths, &self.blocks)
    }

    /// Adds the blocks that follow. Errors, and adds nothing, if `next` is of another scenario or version, if
    /// it does not begin where this ends, or if this has a block of which not all paths are recorded.
    pub fn append(&mut self, mut next: Self) -> Result<(), Foreign> {
        self.check(&next)?;
        let columns = std::mem::take(&mut next.columns);
        for (column, more) in self.columns.iter_mut().zip(columns) {
            column.values.extend(more.values);
        }
        self.append_rest(next);
        Ok(())
    }

    /// Adds everything but the values of columns.
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

    /// The same with columns that are empty.
    fn without_values(&self) -> Self {
        let columns = self.columns.iter().map(|column| Kept { id: column.id, values: Vec::new() });
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

    /// Errors if they are of two runs.
    fn check_run(&self, next: &Self) -> Result<(), Foreign> {
        if self.value_version != next.value_version {
            return Err(Foreign::Version);
        }
        let is_alike = |(a, b): (&Counted, &Counted)| a.id == b.id && a.months == b.months;
        let ids = |part: &Self| part.columns.iter().map(|column| column.id).collect::<Vec<_>>();
        let is_of_one = self.model == next.model
            && self.n_months == next.n_months
            && ids(self) == ids(next)
            && self.series.len() == next.series.len()
            && self.series.iter().zip(&next.series).all(is_alike);
        match is_of_one {
            true => Ok(()),
            false => Err(Foreign::Scenario),
        }
    }

    /// Errors if `next` does not begin where these blocks end.
    fn check_place(&self, next: &Self, is_whole: bool) -> Result<(), Foreign> {
        let (ends, begins) = (self.blocks.end, next.blocks.start);
        if ends != begins {
            return Err(Foreign::Blocks { ends, begins });
        }
        match is_whole || next.n_blocks() == 0 {
            true => Ok(()),
            false => Err(Foreign::Unfinished),
        }
    }
}

impl Counted {
    /// Adds up the counts of all workers: integers and exact sums, so in any order.
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
        Self {
            histogram: Histogram::default(),
            sum: Sum::new(),
            low: f64::INFINITY,
            high: f64::NEG_INFINITY,
        }
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
        // of a zero and a negative zero either could be the least; as a sum with zero both are zero
        self.low = self.low.min(low) + 0.0;
        self.high = self.high.max(high) + 0.0;
    }
}
