//! What moves the answer: every value that was filled in, moved to both ends of its range, one at a time.
//!
//! In: a case. Out: [`Sensitivity`], the value that moves the median most first. Not here: ranges
//! (`catalog`), how it is shown (`report`, `chart`).
//!
//! Every run is beside the scenario as it is, on its draws, so a difference is known far better than
//! what differs. Values move alone: what two of them do together is not seen.

use super::run::beside_for;
use super::{Fault, Lab, MOST_PATHS, Point, Task, simulate};
use crate::engine::{Control, RunError};
use crate::scenario::{Case, FilledIn, Scenario};
use crate::stats::{Data, Figure, LEVEL, as_told, difference, estimate_at, look_up};
use schemars::JsonSchema;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What may move, the first ranks.
pub const MOVING: [&str; 4] = [
    "cagr.real.p50",
    "loss.probability",
    "expected_shortfall.95",
    "ruin.probability",
];

/// Why a value is not moved though it has a range: the law of a claim alone is the same whatever it shares with
/// others, and drawing it anew is no effect.
pub const OF_OTHERS: &str = "it is of two claims, and there is one asset";

/// Why a value that was moved has no rank.
pub const NO_EFFECT: &str =
    "none of these figures is another on these paths at either end of its range";

/// Figures of [`MOVING`] by id; one that one of both runs has not is not there.
pub type Effects = BTreeMap<&'static str, Figure>;

/// Every filled-in value of a scenario.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Sensitivity {
    /// Of every run.
    pub paths: u64,
    /// The scenario as it is, by id of the measure.
    pub base: Effects,
    /// The one that moves the median return most first.
    pub moved: Vec<Moved>,
    pub not_moved: Vec<NotMoved>,
}

/// A value that was moved to the least and the greatest of its range.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Moved {
    #[serde(flatten)]
    pub value: FilledIn,
    pub low: End,
    pub high: End,
}

/// A value without a range that can be run, or one that changes nothing.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct NotMoved {
    #[serde(flatten)]
    pub value: FilledIn,
    pub why: String,
}

/// An end of a range.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct End {
    /// As it could be written.
    pub value: String,
    /// New less base with the paired error, by id of the measure.
    pub effects: Effects,
    /// Why there is no such scenario.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
}

impl Moved {
    /// The low and the high end.
    pub fn ends(&self) -> [&End; 2] {
        [&self.low, &self.high]
    }

    /// The farthest that it moves a figure, as its change is `told`.
    pub fn farthest(&self, id: &str, told: impl Fn(f64) -> f64) -> f64 {
        let ends = self.ends().into_iter();
        let changes = ends.filter_map(|end| Some(end.effects.get(id)?.value));
        changes.fold(0.0, |most, change| told(change).abs().max(most))
    }
}

impl End {
    /// Whether no figure is another there.
    fn is_nothing(&self) -> bool {
        self.effects.values().all(|effect| effect.value == 0.0)
    }
}

/// Whether anything could change with the value `path`.
fn can_act(scenario: &Scenario, path: &str) -> bool {
    path != "correlation.roi" || scenario.assets.len() > 1
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
        let task = Task::new("sensitivity", paths, "paths");
        Ok(self.work(task, |control| sensitivity(case, control))?)
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
        let not = |why: String| NotMoved {
            value: value.clone(),
            why,
        };
        let Some(range) = value.range() else {
            not_moved.push(not("a choice: it has no range".to_owned()));
            continue;
        };
        if !can_act(&base, &value.path) {
            not_moved.push(not(OF_OTHERS.to_owned()));
            continue;
        }
        let [low, high] =
            range.map(|written| moved_to(case, &base, &data, &value.path, written, control));
        let (low, high) = (low?, high?);
        match (&low.refused, &high.refused) {
            (Some(why), Some(_)) => not_moved.push(not(why.clone())),
            (None, None) if low.is_nothing() && high.is_nothing() => {
                not_moved.push(not(NO_EFFECT.to_owned()));
            }
            _ => moved.push(Moved {
                value: value.clone(),
                low,
                high,
            }),
        }
    }
    let now = MOVING.into_iter().filter_map(|id| {
        let found = estimate_at(&data, id, LEVEL)?.ok()?;
        Some((id, Figure::new(look_up(id)?.unit, &found)))
    });
    let now: Effects = now.collect();
    let now_return = now.get(MOVING[0]).map_or(0.0, |now| now.value);
    let told = |change: f64| change_as_told(now_return, change, base.months);
    let as_is = |change: f64| change;
    let rank = |moved: &Moved| {
        let of_others = [MOVING[1], MOVING[2]].map(|id| moved.farthest(id, as_is));
        let of_return = moved.farthest(MOVING[0], told);
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
    key: &str,
    written: String,
    control: &Control<'_>,
) -> Result<End, RunError> {
    let refused = |why: String| End {
        value: written.clone(),
        effects: Effects::new(),
        refused: Some(why),
    };
    let document = case.document.assigned(&[key], &written);
    let scenario = match document.and_then(|document| document.read(&case.id)) {
        Ok(scenario) => scenario,
        Err(refusal) => {
            let fault = refusal.faults.first();
            return Ok(refused(
                fault.map_or_else(String::new, |fault| fault.message.clone()),
            ));
        }
    };
    let new = match beside_for(&MOVING, &scenario, base, control) {
        Ok(run) => run.data_by_path(),
        Err(RunError::Interrupted) => return Err(RunError::Interrupted),
        Err(error) => return Ok(refused(error.to_string())),
    };
    let effects = MOVING.into_iter().filter_map(|id| {
        let found = difference(data, &new, id).ok()??;
        Some((id, Figure::new(found.measure.unit, &found.difference)))
    });
    Ok(End {
        effects: effects.collect(),
        refused: None,
        value: written,
    })
}
