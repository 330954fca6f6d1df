//! What runs of a sensitivity found, as numbers that one machine hands to another.
//!
//! In: data of two runs. Out: [`Found`] of one end of a range, [`Findings`] of a shard. Not here: the runs (`stages`).

use super::{Effects, MOVING};
use crate::stats::{Data, Estimate, LEVEL, Value, difference, estimate_at, look_up};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Figures of [`MOVING`] by id.
pub type Estimates = BTreeMap<String, Estimate>;

/// What one end of the range of an assumption showed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Found {
    /// Place of the assumption among those that can be moved.
    place: usize,
    is_high: bool,
    /// Paths of the run.
    paths: u64,
    /// New less base.
    pub(super) estimates: Estimates,
    /// Why there is no such scenario.
    pub(super) refused: Option<String>,
    /// True if more paths may show more.
    pub(super) is_open: bool,
}

/// All that a shard of a sensitivity found.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Findings {
    /// The scenario as it is; empty if the shard had nothing to do.
    pub as_is: Estimates,
    pub found: Vec<Found>,
}

impl Found {
    pub(super) fn new(estimates: Estimates, is_open: bool) -> Self {
        Self { place: 0, is_high: false, paths: 0, estimates, refused: None, is_open }
    }

    /// There is no such scenario.
    pub(super) fn refused(why: String) -> Self {
        Self { refused: Some(why), ..Self::new(Estimates::new(), false) }
    }

    /// The same of an end of the assumption at `place`, on so many paths.
    pub(super) fn of(self, place: usize, is_high: bool, paths: u64) -> Self {
        Self { place, is_high, paths, ..self }
    }

    /// What it is known by.
    pub(super) fn key(&self) -> (usize, bool, u64) {
        (self.place, self.is_high, self.paths)
    }
}

/// Figures as documents have them.
pub(super) fn effects(estimates: &Estimates) -> Effects {
    let effects = MOVING.into_iter().filter_map(|id| {
        let unit = look_up(id)?.unit;
        Some((id.to_owned(), Value::new(unit, estimates.get(id)?)))
    });
    effects.collect()
}

/// New less base.
pub(super) fn changes(base: &Data, new: &Data) -> Estimates {
    let changes = MOVING.into_iter().filter_map(|id| {
        let found = difference(base, new, id).ok()??;
        Some((id.to_owned(), found.difference))
    });
    changes.collect()
}

/// Figures of the scenario as it is.
pub(super) fn as_is(data: &Data) -> Estimates {
    let now = MOVING.into_iter().filter_map(|id| {
        let found = estimate_at(data, id, LEVEL)?.ok()?;
        Some((id.to_owned(), found))
    });
    now.collect()
}
