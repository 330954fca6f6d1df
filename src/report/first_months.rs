//! On how many paths something happened for the first time in each month.
//!
//! In: the month of every path. Out: [`Happened`]. Not here: the probabilities (`stats`).

use crate::math::values::Values;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Fewer paths than this have no median month worth a date.
const LEAST_OF_DATE: usize = 20;

/// On how many paths something happened for the first time in each month.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Happened {
    /// By the number of the month, 1 the first; at 0 the paths on which it never happened.
    pub by_month: Vec<u64>,
}

impl Happened {
    /// Of the month of every path, 0 for never.
    pub(super) fn of(months: &Values) -> Self {
        let mut by_month = Vec::new();
        months.for_each(|_, piece| {
            for month in piece.iter().map(|month| *month as usize) {
                by_month.resize(by_month.len().max(month + 1), 0);
                by_month[month] += 1;
            }
        });
        Self { by_month }
    }

    /// All paths.
    pub(super) fn n(&self) -> usize {
        self.by_month.iter().sum::<u64>() as usize
    }

    /// Paths on which it happened.
    pub(super) fn n_happened(&self) -> usize {
        self.by_month.iter().skip(1).sum::<u64>() as usize
    }

    /// The month by which it has on `count` of them.
    fn month_of(&self, count: usize) -> Option<u32> {
        let mut until = 0;
        let mut months = (0..).zip(&self.by_month).skip(1);
        let found = months.find(|(_, n)| {
            until += **n as usize;
            until >= count
        });
        found.map(|(month, _)| month)
    }

    /// The month by which it had happened on half of the paths on which it did.
    fn middle(&self) -> Option<u32> {
        let n = self.n_happened();
        (n > 0).then(|| self.month_of(n.div_ceil(2)))?
    }

    /// The same; `None` for too few of them.
    pub(super) fn median(&self) -> Option<u32> {
        self.middle().filter(|_| self.n_happened() >= LEAST_OF_DATE)
    }
}
