//! Results of a sensitivity analysis in a form that machines exchange.
//!
//! In: data of two runs. Out: [`Effect`] for one end of a range, [`Findings`] of a shard. Not here: the runs
//! (`stages`).

use super::{Effects, MOVING};
use crate::stats::{Data, Estimate, LEVEL, Value, difference, estimate_at, look_up};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Estimates of the figures in [`MOVING`], by id.
pub type Estimates = BTreeMap<String, Estimate>;

/// Identity of a run of a sensitivity analysis: one end of one assumption, on a number of paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct RunKey {
    /// Index of the assumption among those that can be moved.
    pub place: usize,
    pub is_high: bool,
    /// Number of paths of the run.
    pub paths: u64,
}

impl RunKey {
    /// Returns the index of the end of the range, 0 for the low one and 1 for the high one.
    pub fn side(self) -> usize {
        usize::from(self.is_high)
    }
}

/// Effect of moving one assumption to one end of its range.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Effect {
    #[serde(flatten)]
    pub(super) run: RunKey,
    /// Changes of the figures in [`MOVING`], new minus base.
    pub(super) estimates: Estimates,
    /// Error message if the assumption has no valid scenario at this end of its range, else `None`.
    pub(super) refused: Option<String>,
    /// True if more paths may still show an effect.
    pub(super) is_open: bool,
}

/// Everything that one machine (shard) of a sensitivity analysis found.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Findings {
    /// Figures of the unchanged scenario; empty if the shard had nothing to do.
    pub as_is: Estimates,
    pub found: Vec<Effect>,
}

/// Converts estimates to figures with their units.
pub(super) fn effects(estimates: &Estimates) -> Effects {
    of_each(|id| Some(Value::new(look_up(id)?.unit, estimates.get(id)?)))
}

/// Estimates the changes of the figures in [`MOVING`], new minus base.
pub(super) fn changes(base: &Data, new: &Data) -> Estimates {
    of_each(|id| Some(difference(base, new, id)?.difference))
}

/// Estimates the figures in [`MOVING`] of the unchanged scenario.
pub(super) fn as_is(data: &Data) -> Estimates {
    of_each(|id| estimate_at(data, id, LEVEL)?.ok())
}

/// Returns `value(id)` of each figure in [`MOVING`], by id, without those that have none.
fn of_each<T>(value: impl Fn(&str) -> Option<T>) -> BTreeMap<String, T> {
    MOVING.into_iter().filter_map(|id| Some((id.to_owned(), value(id)?))).collect()
}
