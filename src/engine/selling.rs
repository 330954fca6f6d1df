//! What is kept of the agents' sales on each path.
//!
//! In: the world with the loop after each month. Out: rows of counts and extremes. Not here: what
//! both worlds keep (`recorder`).

use super::block::World;
use super::months::largest_fall;
use super::outcome::ColumnId;
use crate::crash::{CRASH_FALL, Trough};
use crate::math::{LANES, Lanes, greater};
use crate::plan::RecordPlan;

/// Months of a year.
const YEAR: u32 = 12;

/// Sales on the paths of a block so far.
#[derive(Default)]
pub(super) struct Selling {
    /// Months in which agents sold, and the largest share of them, by money, that did.
    months: Lanes,
    largest: Lanes,
    /// Months in which those sales were a crash of some market.
    crash_months: Lanes,
    /// Whole years with sales; how many months had some when the year began.
    years: Lanes,
    months_before_year: Lanes,
    /// Largest part of wealth that the sales of a month took.
    deepest: Lanes,
}

impl Selling {
    /// Counts a month; `low` is net worth at its trough.
    #[inline(always)]
    pub fn keep(&mut self, record: &RecordPlan, world: &World, trough: Trough, low: &Lanes) {
        let mut sold = Lanes::ZERO;
        for &(row, part) in &record.fired {
            let fired = world.rows.get(row);
            for lane in 0..LANES {
                sold[lane] = part.mul_add(fired[lane], sold[lane]);
            }
        }
        let fall = largest_fall(&record.markets, &world.rows);
        let taken = world.rows.get(trough.taken);
        for lane in 0..LANES {
            self.months[lane] += if sold[lane] > 0.0 { 1.0 } else { 0.0 };
            self.crash_months[lane] += if fall[lane] >= CRASH_FALL { 1.0 } else { 0.0 };
            self.largest[lane] = greater(sold[lane], self.largest[lane]);
            let part = part_taken(low[lane], taken[lane]);
            self.deepest[lane] = greater(part, self.deepest[lane]);
        }
    }

    /// Closes a year if `month` ends one.
    pub fn close_year(&mut self, month: u32) {
        if month.is_multiple_of(YEAR) {
            for lane in 0..LANES {
                let sold = self.months[lane] > self.months_before_year[lane];
                self.years[lane] += f64::from(u8::from(sold));
            }
            self.months_before_year = self.months;
        }
    }

    /// Value of column `id` on every path, if it is about sales.
    pub fn column(&self, id: ColumnId) -> Option<Lanes> {
        Some(match id {
            ColumnId::SellingMonths => self.months,
            ColumnId::LargestSale => self.largest,
            ColumnId::CrashMonths => self.crash_months,
            ColumnId::SellingYears => self.years,
            ColumnId::DeepestSale => self.deepest,
            _ => return None,
        })
    }
}

/// Part of the wealth before any sale that sales have `taken` when `low` is left.
#[inline(always)]
pub(super) fn part_taken(low: f64, taken: f64) -> f64 {
    if taken > 0.0 {
        taken / (low + taken)
    } else {
        0.0
    }
}
