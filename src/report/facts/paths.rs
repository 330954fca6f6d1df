//! Single paths: wealth of the first few paths, and the worst crash.
//!
//! In: an outcome, paths that were replayed. Out: [`PathsPart`], [`WorstCrashPart`]. Not here: the choice of
//! the paths (`study`).

use crate::engine::Outcome;
use crate::report::replay::{CrashMonth, ReplayReport};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

const MOST_PATHS: usize = 8;

const MOST_SALES: usize = 200;

/// Wealth of a few single paths.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PathsPart {
    /// Wealth of the first paths at the end of months 0, 1, 2 …, real.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wealth: Vec<Vec<f64>>,
}

/// The crash in which agents' sales cost the largest fraction of the owner's wealth, over all paths and
/// months.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WorstCrashPart {
    /// Number of the path, from 0.
    pub path: u64,
    /// Anatomy of the crash month, with at most 200 evenly spaced sales, the last one included.
    pub crash: CrashMonth,
}

impl PathsPart {
    pub(in crate::report) fn of(outcome: &Outcome) -> Self {
        let first = outcome.sample_paths.iter().take(MOST_PATHS);
        Self { wealth: first.cloned().collect() }
    }
}

impl WorstCrashPart {
    /// Extracts the worst crash of a replayed path; `None` if no agent sold on it.
    pub(in crate::report) fn of(path: &ReplayReport<'_>) -> Option<Self> {
        let crash = path.crash_month(path.replay.worst_sale()?)?;
        Self::thinned(path.replay.path, crash)
    }

    /// Thins the sales of a crash to at most 200; `None` if no agent sold.
    pub(in crate::report) fn thinned(path: u64, mut crash: CrashMonth) -> Option<Self> {
        let shown = thinned(crash.firings.len());
        crash.firings = shown.map(|place| crash.firings[place].clone()).collect();
        (!crash.firings.is_empty()).then_some(Self { path, crash })
    }
}

/// Evenly spaced positions from 0 to `n` − 1, both ends included, at most [`MOST_SALES`].
fn thinned(n: usize) -> impl Iterator<Item = usize> {
    let step = n.div_ceil(MOST_SALES - 1).max(1);
    let last = n.saturating_sub(1);
    (0..last).step_by(step).chain((n > 0).then_some(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sales_are_thinned_to_the_first_the_last_and_some_between() {
        for n in [0, 1, 2, 199, 200, 201, 400, 4711] {
            let shown: Vec<usize> = thinned(n).collect();
            assert!(shown.len() <= MOST_SALES && shown.is_sorted_by(|a, b| a < b), "{n}");
            assert_eq!(shown.first().copied(), (n > 0).then_some(0));
            assert_eq!(shown.last().copied(), n.checked_sub(1));
        }
    }
}
