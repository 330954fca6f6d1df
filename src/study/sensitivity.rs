//! What moves the answer: every value that was filled in, moved to both ends of its range, one at a time.
//!
//! In: a case. Out: [`Sensitivity`], the value that moves the median most first. Not here: ranges
//! (`catalog`), how it is shown (`report`, `chart`).
//!
//! Every run is beside the scenario as it is, on its draws, so a difference is known far better than
//! what differs. Values move alone: what two of them do together is not seen.

use super::{Fault, Lab, MOST_PATHS, Point, beside, simulate};
use crate::engine::{Control, RunError};
use crate::scenario::{Case, FilledIn, Scenario};
use crate::stats::{Data, Estimate, LEVEL, as_told, difference, estimate_at};
use std::cmp::Reverse;

/// What may move, the first ranks.
pub const MOVING: [&str; 3] = ["cagr.real.p50", "loss.probability", "expected_shortfall.95"];

/// What one value does to each of [`MOVING`]; none where one of both runs has no such figure.
pub type Effects = [Option<Estimate>; MOVING.len()];

/// Every filled-in value of a scenario.
#[derive(Clone, Debug)]
pub struct Sensitivity {
    /// Of every run.
    pub paths: u64,
    /// The scenario as it is.
    pub base: Effects,
    /// The one that moves the median return most first.
    pub moved: Vec<Moved>,
    /// With the reason.
    pub not_moved: Vec<(FilledIn, String)>,
}

/// A value that was moved.
#[derive(Clone, Debug)]
pub struct Moved {
    pub value: FilledIn,
    /// Least and greatest of its range.
    pub ends: [End; 2],
}

/// One end of a range.
#[derive(Clone, Debug)]
pub struct End {
    /// As it could be written.
    pub value: String,
    /// New less base, with the paired errors; or why there is no such scenario.
    pub effects: Result<Effects, String>,
}

impl Moved {
    /// The farthest that it moves figure number `figure` of [`MOVING`], as its change is `told`.
    pub fn farthest(&self, figure: usize, told: impl Fn(f64) -> f64) -> f64 {
        let effects = self.ends.iter().filter_map(|end| end.effects.as_ref().ok());
        let changes = effects.filter_map(|effects| Some(effects[figure]?.value));
        changes.fold(0.0, |most, change| told(change).abs().max(most))
    }
}

/// As many paths of a case as are moved.
fn shortened(case: &Case) -> Scenario {
    Scenario {
        paths: case.scenario.paths.min(MOST_PATHS),
        ..case.scenario.clone()
    }
}

impl Lab {
    /// What every filled-in value of `case` moves, while nothing else is run.
    ///
    /// Errors as [`sensitivity`], and if there is not enough memory.
    pub fn sensitivity(&self, case: &Case) -> Result<Sensitivity, Fault> {
        let base = shortened(case);
        self.check(&Point::of(&base))?;
        let has_range = |value: &&FilledIn| value.range().is_some();
        let n_moved = base.filled_in.iter().filter(has_range).count() as u64;
        let paths = (1 + 2 * n_moved) * base.paths;
        Ok(self.work(paths, |control| sensitivity(case, control))?)
    }
}

/// Moves every filled-in value of `case` that has a range, in the current thread pool.
///
/// Errors if it is stopped, or if a run of the scenario as it is has no outcome.
pub fn sensitivity(case: &Case, control: &Control<'_>) -> Result<Sensitivity, RunError> {
    let base = shortened(case);
    let data = simulate(&base, control)?.data_by_path();
    let (mut moved, mut not_moved) = (Vec::new(), Vec::new());
    for value in base.filled_in.iter() {
        let Some(range) = value.range() else {
            not_moved.push((value.clone(), "a choice: it has no range".to_owned()));
            continue;
        };
        let mut ends = Vec::with_capacity(2);
        for written in range {
            let effects = moved_to(case, &base, &data, (&value.path, &written), control)?;
            ends.push(End {
                value: written,
                effects,
            });
        }
        match <[End; 2]>::try_from(ends) {
            Ok([low, high]) if low.effects.is_ok() || high.effects.is_ok() => moved.push(Moved {
                value: value.clone(),
                ends: [low, high],
            }),
            Ok([End { effects, .. }, _]) => {
                not_moved.push((value.clone(), effects.err().unwrap_or_default()));
            }
            Err(_) => {}
        }
    }
    let now = MOVING.map(|id| estimate_at(&data, id, LEVEL)?.ok());
    let now_return = now[0].map_or(0.0, |now| now.value);
    let told = |change: f64| change_as_told(now_return, change, base.months);
    let as_is = |change: f64| change;
    let rank = |moved: &Moved| {
        let of_others = [1, 2].map(|figure| moved.farthest(figure, as_is));
        let of_return = moved.farthest(0, told);
        // sizes, whose bits are in their order
        (of_return.to_bits(), of_others.map(f64::to_bits))
    };
    moved.sort_by_cached_key(|moved| (Reverse(rank(moved)), moved.value.path.clone()));
    Ok(Sensitivity {
        paths: base.paths,
        base: now,
        moved,
        not_moved,
    })
}

/// A change of a return per year that is now `now`, over what returns are told over.
pub fn change_as_told(now: f64, change: f64, months: u32) -> f64 {
    match months {
        0..12 => as_told(now + change, months) - as_told(now, months),
        _ => change,
    }
}

/// What it does that the key is `written`; or why it cannot be.
fn moved_to(
    case: &Case,
    base: &Scenario,
    data: &Data,
    (key, written): (&str, &str),
    control: &Control<'_>,
) -> Result<Result<Effects, String>, RunError> {
    let document = case.document.assigned(key, written);
    let scenario = match document.and_then(|document| document.read(&case.id)) {
        Ok(scenario) => scenario,
        Err(refusal) => {
            let fault = refusal.faults.first();
            let why = fault.map_or_else(String::new, |fault| fault.message.clone());
            return Ok(Err(why));
        }
    };
    let new = match beside(&scenario, base, control) {
        Ok(run) => run.data_by_path(),
        Err(RunError::Interrupted) => return Err(RunError::Interrupted),
        Err(error) => return Ok(Err(error.to_string())),
    };
    Ok(Ok(MOVING.map(|id| {
        let found = difference(data, &new, id).ok()??;
        Some(found.difference)
    })))
}
