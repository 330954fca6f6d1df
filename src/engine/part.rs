//! What some blocks of a run leave behind, until they are put together.
//!
//! In: the counts of workers, parts of a run. Out: [`Part`], and the outcome of all of them. Not here:
//! simulating (`run`).
//!
//! Columns are kept in the order of the paths, counts are integers, sums are exact and ends have no
//! order: where a run was cut into parts leaves no trace.

mod bytes;

use super::date::DateCount;
use super::months::Months;
use super::outcome::{Column, Outcome, Series, SeriesId};
use super::run::{Control, RunError, columns_of, n_blocks, n_paths_in};
use super::worker::Worker;
use crate::math::LANES;
use crate::math::histogram::Histogram;
use crate::math::sum::Sum;
use crate::plan::{Plan, RecordPlan};
use std::ops::Range;

/// What consecutive blocks of a run leave behind.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    pub(super) blocks: Range<u64>,
    pub(super) n_months: u32,
    pub(super) columns: Vec<Column>,
    pub(super) series: Vec<Counted>,
    /// Wealth of the first few paths by month, if the first block is here.
    pub(super) sample_paths: Vec<Vec<f64>>,
    pub(super) months: Months,
}

/// A series that still can take in more paths.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Counted {
    pub id: SeriesId,
    /// Months of the dates.
    pub months: Vec<u32>,
    pub dates: Vec<Date>,
}

/// All paths on one date.
#[derive(Clone, Debug, PartialEq)]
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
        let ids = self.columns.iter().map(|column| column.id);
        let series = self.series.iter().map(|series| (series.id, &series.months));
        let expected = series_of(plan);
        let expected = expected.iter().map(|(id, months)| (*id, months));
        self.n_months == plan.n_months && ids.eq(columns_of(plan)) && series.eq(expected)
    }

    /// Adds the blocks that follow.
    ///
    /// # Panics
    ///
    /// If `next` does not begin where this ends, if this has a block of which not all paths are
    /// recorded, or if they are not of one scenario.
    pub fn append(&mut self, next: Self) {
        assert_eq!(self.blocks.end, next.blocks.start, "blocks follow blocks");
        assert!(
            self.is_whole() || next.n_blocks() == 0,
            "paths follow paths"
        );
        assert_eq!(self.n_months, next.n_months, "parts of one scenario");
        assert_eq!(
            self.columns.len(),
            next.columns.len(),
            "parts of one scenario"
        );
        assert_eq!(
            self.series.len(),
            next.series.len(),
            "parts of one scenario"
        );
        self.blocks.end = next.blocks.end;
        for (column, more) in self.columns.iter_mut().zip(next.columns) {
            assert_eq!(column.id, more.id, "parts of one scenario");
            column.values.extend(more.values);
        }
        for (series, more) in self.series.iter_mut().zip(&next.series) {
            assert_eq!(series.months, more.months, "parts of one scenario");
            for (date, more) in series.dates.iter_mut().zip(&more.dates) {
                date.merge(more);
            }
        }
        if self.sample_paths.is_empty() {
            self.sample_paths = next.sample_paths;
        }
        self.months.append(next.months);
    }

    /// The outcome, once all blocks of `plan` are together. How markets moved together is not kept in
    /// bytes: if a part came from there, the first blocks are simulated again.
    ///
    /// Errors as a run does.
    ///
    /// # Panics
    ///
    /// If these are not all blocks of the plan.
    pub fn into_outcome(self, plan: &Plan, control: &Control<'_>) -> Result<Outcome, RunError> {
        let all = 0..n_blocks(plan);
        assert!(
            self.blocks == all && self.n_paths() == n_paths_in(plan, &all),
            "not all blocks of the plan are there"
        );
        let n_paths = self.n_paths();
        Ok(Outcome {
            n_paths,
            n_months: plan.n_months,
            money_in: plan.record.money_in,
            co_movement: self.months.complete(plan, control)?,
            columns: self.columns,
            series: self
                .series
                .into_iter()
                .map(|series| series.closed(n_paths))
                .collect(),
            sample_paths: self.sample_paths,
        })
    }
}

/// Every series of `plan`, with the months of its dates.
fn series_of(plan: &Plan) -> Vec<(SeriesId, Vec<u32>)> {
    let record = &plan.record;
    let of_world = |id| (id, RecordPlan::dates(record.wealth_every, plan.n_months));
    let mut series = vec![of_world(SeriesId::Wealth)];
    if plan.n_worlds() > 1 {
        series.push(of_world(SeriesId::LoopOffWealth));
    }
    let n_assets = u16::try_from(record.assets.len()).expect("accounts are u16");
    series.extend((0..n_assets).map(|asset| {
        let months = RecordPlan::dates(record.assets_every, plan.n_months);
        (SeriesId::AssetValue(asset), months)
    }));
    series
}

impl Counted {
    /// Adds up the counts of all workers: integers and exact sums, so in any order.
    pub fn of(plan: &Plan, workers: &mut [Box<Worker>]) -> Vec<Self> {
        let series = series_of(plan).into_iter().map(|(id, months)| {
            let mut dates = vec![Date::default(); months.len()];
            for worker in &mut *workers {
                for (date, counted) in dates.iter_mut().zip(worker.dates(id)) {
                    date.take(counted);
                }
            }
            Self { id, months, dates }
        });
        series.collect()
    }

    fn closed(self, n_paths: usize) -> Series {
        let dates = self.dates.iter();
        Series {
            id: self.id,
            months: self.months,
            means: dates
                .clone()
                .map(|date| date.sum.value() / n_paths as f64)
                .collect(),
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
