//! Number of paths by the month in which something first happened, such as ruin.
//!
//! In: the month of every path. Out: [`Happened`]. Not here: the probabilities (`stats`).

use crate::math::values::Values;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Fewest paths on which something must have happened for its median month to be reported.
const LEAST_OF_DATE: usize = 20;

/// Number of paths by the month in which something, such as ruin, first happened on them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Happened {
    /// Number of paths by simulated month, from 1, of the first occurrence, such as ruin; entry 0: no occurrence.
    pub by_month: Vec<u64>,
}

impl Happened {
    /// Counts the paths by the month in which something first happened on each; 0 in `months` means never.
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

    /// Number of all paths, whether or not the counted event, such as ruin, happened on them.
    pub(super) fn n(&self) -> usize {
        self.by_month.iter().sum::<u64>() as usize
    }

    /// Number of paths on which the counted event, such as ruin, happened.
    pub(super) fn n_happened(&self) -> usize {
        self.by_month.iter().skip(1).sum::<u64>() as usize
    }

    /// Returns the median month, from 1, over the paths on which the counted event happened; `None` below 20 paths.
    pub(super) fn median(&self) -> Option<u32> {
        let n = self.n_happened();
        self.reached(n.div_ceil(2)).filter(|_| n >= LEAST_OF_DATE)
    }

    /// Returns the month, from 1, by which the counted event has happened on half of all paths; `None` if on fewer.
    pub(super) fn median_of_all(&self) -> Option<u32> {
        self.reached(self.n().div_ceil(2))
    }

    /// Returns the month by which the counted event has happened on `n` paths.
    fn reached(&self, n: usize) -> Option<u32> {
        let mut until = 0;
        let first = (0..).zip(&self.by_month).skip(1).find(|(_, happened)| {
            until += **happened as usize;
            until >= n
        });
        first.map(|(month, _)| month)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_all_is_later_than_half_of_those_it_happened_on() {
        let ruined = |never: u64| Happened { by_month: vec![never, 10, 20, 30, 40] };
        assert_eq!([ruined(0), ruined(40), ruined(99)].map(|ruined| ruined.median()), [Some(3); 3]);
        let of_all = [ruined(0), ruined(40), ruined(99), ruined(101)].map(|ruined| ruined.median_of_all());
        assert_eq!(of_all, [Some(3), Some(4), Some(4), None]);
    }
}
