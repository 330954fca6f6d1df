//! Results of a sensitivity analysis in a form that machines exchange.
//!
//! In: data of two runs. Out: [`Found`] for one end of a range, [`Findings`] of a shard. Not here: the runs
//! (`stages`).

use super::{Effects, MOVING};
use crate::stats::{Data, Estimate, LEVEL, Value, difference, estimate_at, look_up};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Estimates of the figures in [`MOVING`], by id.
pub type Estimates = BTreeMap<String, Estimate>;

/// Effect of moving one assumption to one end of its range.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Found {
    /// Index of the assumption among those that can be moved.
    place: usize,
    is_high: bool,
    /// Number of paths of the run.
    paths: u64,
    /// Changes of the figures: new minus base.
    pub(super) estimates: Estimates,
    /// Error message if the assumption has no valid scenario at this end of its range.
    pub(super) refused: Option<String>,
    /// True if more paths may still show an effect.
    pub(super) is_open: bool,
}

/// Everything that one shard of a sensitivity analysis found.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Findings {
    /// Figures of the unchanged scenario; empty if the shard had nothing to do.
    pub as_is: Estimates,
    pub found: Vec<Found>,
}

impl Found {
    pub(super) fn new(estimates: Estimates, is_open: bool) -> Self {
        Self { place: 0, is_high: false, paths: 0, estimates, refused: None, is_open }
    }

    /// Records the error message of an end of the range that gives no valid scenario.
    pub(super) fn refused(why: String) -> Self {
        Self { refused: Some(why), ..Self::new(Estimates::new(), false) }
    }

    /// Assigns this result to an end of the assumption at index `place`, simulated on `paths` paths.
    pub(super) fn of(self, place: usize, is_high: bool, paths: u64) -> Self {
        Self { place, is_high, paths, ..self }
    }

    /// Key of this result: index and end of the assumption, number of paths.
    pub(super) fn key(&self) -> (usize, bool, u64) {
        (self.place, self.is_high, self.paths)
    }
}

/// Converts estimates to the figures of documents.
pub(super) fn effects(estimates: &Estimates) -> Effects {
    let effects = MOVING.into_iter().filter_map(|id| {
        let unit = look_up(id)?.unit;
        Some((id.to_owned(), Value::new(unit, estimates.get(id)?)))
    });
    effects.collect()
}

/// Estimates the changes of the figures, new minus base.
pub(super) fn changes(base: &Data, new: &Data) -> Estimates {
    let changes = MOVING.into_iter().filter_map(|id| {
        let found = difference(base, new, id).ok()??;
        Some((id.to_owned(), found.difference))
    });
    changes.collect()
}

/// Estimates the figures of the unchanged scenario.
pub(super) fn as_is(data: &Data) -> Estimates {
    let now = MOVING.into_iter().filter_map(|id| {
        let found = estimate_at(data, id, LEVEL)?.ok()?;
        Some((id.to_owned(), found))
    });
    now.collect()
}
