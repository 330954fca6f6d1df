//! The value of a key at which a measure meets a target: what one can live on, what it takes to begin with.
//!
//! In: a case, a key with two values, a measure with a target. Out: [`Solved`], or why there is no answer. Not here: how
//! it is shown (`report`).

mod bound;
mod own;
mod search;

use super::{Fault, Lab, Point, Task};
use crate::engine::{Control, RunError};
use crate::scenario::Case;
use crate::stats::{Better, Value, look_up};
use schemars::JsonSchema;
use search::Search;
use serde::{Deserialize, Serialize};

/// What is looked for.
#[derive(Clone, Debug)]
pub struct Asked {
    /// `owner.spending`
    pub key: String,
    /// `ruin.probability`
    pub measure: String,
    pub target: f64,
    /// Two values of the key between which it is looked for, and what stands behind them: `/month`.
    pub between: [f64; 2],
    pub unit: String,
}

/// A value that was tried, and the measure there.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Tried {
    pub value: f64,
    pub found: Value,
}

/// One of the two values between which the search goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Bound {
    From,
    To,
}

/// On which side of the target a measure has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Demand {
    AtMost,
    AtLeast,
    /// The measure has no better side.
    Equal,
}

/// What the search found.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[expect(clippy::large_enum_variant, reason = "a search has one")]
pub enum Outcome {
    /// The measure meets the target at this value.
    Found {
        value: f64,
        /// Of the value, from that of the measure there; null if that has none.
        std_error: Option<f64>,
        found: Value,
        /// Two values that differ in their last digit, between which the measure jumps over the target.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        jump: Option<[Tried; 2]>,
    },
    /// The measure keeps the target at this end of the range, the one where it is worse.
    AlreadyMet {
        at: f64,
        found: Value,
        bound: Bound,
        /// A value for that bound beyond which the target was seen to be missed; absent if none was found.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        propose: Option<f64>,
    },
    /// The measure misses the target at this end of the range, the one where it is better.
    CannotBeMet {
        at: f64,
        found: Value,
        bound: Bound,
        /// A value for that bound at which the target was seen to be met; absent if none was found.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        propose: Option<f64>,
    },
}

/// An outcome with the values that it was found by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Solved {
    pub outcome: Outcome,
    /// True if the key only takes whole numbers.
    pub is_count: bool,
    /// The value of the key in the scenario; null where that is no number.
    pub in_file: Option<f64>,
    /// Every value that was simulated, in the order of the values.
    pub tried: Vec<Tried>,
}

/// Why there is no scenario to try, or no such figure of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused(pub String);

impl Asked {
    /// `value` as a file would have it.
    pub fn written(&self, value: f64) -> String {
        match self.unit.as_str() {
            "" => format!("{value}"),
            unit => format!("\"{value}{unit}\""),
        }
    }

    /// The side of the target on which the measure has to be.
    pub fn demand(&self) -> Demand {
        match look_up(&self.measure).map(|measure| measure.better) {
            Some(Better::Higher) => Demand::AtLeast,
            Some(Better::Lower) => Demand::AtMost,
            Some(Better::Neither) | None => Demand::Equal,
        }
    }

    /// True if a measure of this value keeps the target.
    pub fn is_met_by(&self, value: f64) -> bool {
        match self.demand() {
            Demand::AtLeast => value >= self.target,
            Demand::AtMost => value <= self.target,
            Demand::Equal => value == self.target,
        }
    }
}

impl Lab {
    /// Solves for `asked`, while nothing else is run.
    ///
    /// Errors as a run does, and if there is not enough memory.
    pub fn solve(&self, case: &Case, asked: &Asked) -> Result<Result<Solved, Refused>, Fault> {
        self.check(&Point::of(&case.scenario))?;
        // the number of values is not known in advance
        let begins = |number: usize, paths: u64| {
            let task = Task::new(format!("value {number}"), paths, "paths");
            (self.progress.task)(task.as_ref());
        };
        let found = self.work(None, |control| Search::new(case, asked, control, &begins).solved());
        (self.progress.task)(None);
        Ok(found?)
    }
}

/// Solves for `asked`, in the current thread pool.
///
/// Errors if it is stopped, or if a number on a path ends beyond what can be computed with.
pub fn solve(
    case: &Case,
    asked: &Asked,
    control: &Control<'_>,
) -> Result<Result<Solved, Refused>, RunError> {
    Search::new(case, asked, control, &|_, _| {}).solved()
}
