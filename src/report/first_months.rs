//! Number of paths by the month in which something first happened, such as ruin.
//!
//! In: the month of every path. Out: [`Happened`]. Not here: the probabilities (`stats`).

use crate::math::values::Values;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Fewest paths for which a median month is reported.
const LEAST_OF_DATE: usize = 20;

/// Number of paths by the month in which something, such as ruin, first happened on them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Happened {
    /// Number of paths by month, from 1; entry 0 counts the paths on which it never happened.
    pub by_month: Vec<u64>,
}

impl Happened {
    /// Counts the paths by `months`, which has the month for each path, 0 for never.
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

    /// Number of all paths, including those on which it never happened.
    pub(super) fn n(&self) -> usize {
        self.by_month.iter().sum::<u64>() as usize
    }

    /// Number of paths on which it happened.
    pub(super) fn n_happened(&self) -> usize {
        self.by_month.iter().skip(1).sum::<u64>() as usize
    }

    /// Returns the median month over the paths on which it happened; `None` if these are fewer than 20.
    pub(super) fn median(&self) -> Option<u32> {
        let n = self.n_happened();
        let mut until = 0;
        let half = (0..).zip(&self.by_month).skip(1).find(|(_, happened)| {
            until += **happened as usize;
            until >= n.div_ceil(2)
        });
        half.filter(|_| n >= LEAST_OF_DATE).map(|(month, _)| month)
    }
}
