//! Goal seek: finds the value of a key at which a measure meets a target, such as the spending with 5 % ruin.
//!
//! In: a case, a key with two values, a measure with a target. Out: [`Solved`], or why there is no answer.
//! Not here: how it is shown (`report`).

mod bound;
mod search;

use super::{Fault, Job, Lab};
use crate::scenario::Case;
use crate::stats::{Better, Value, look_up};
use schemars::JsonSchema;
use search::Search;
use serde::{Deserialize, Serialize};

/// Question of a goal seek: a key, a measure and its target.
#[derive(Clone, Debug)]
pub struct GoalSeek {
    /// Key to vary: `owner.spending`.
    pub key: String,
    /// Id of the measure to meet the target: `ruin.probability`.
    pub measure: String,
    pub target: f64,
    /// Two values of the key between which the search takes place.
    pub between: [f64; 2],
    /// Unit of these values, as a file writes it behind them: `/month`.
    pub unit: String,
}

/// A value that was simulated, and the measure there.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Tried {
    pub value: f64,
    pub found: Value,
}

/// One of the two ends of the search range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Bound {
    From,
    To,
}

/// Side of the target on which the measure must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Demand {
    AtMost,
    AtLeast,
    /// The measure has no better side, so it must equal the target.
    Equal,
}

/// Result of a goal seek.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[expect(clippy::large_enum_variant, reason = "a search has one")]
pub enum Outcome {
    /// The measure meets the target at this value.
    Found {
        value: f64,
        /// Standard error of the value, from that of the measure there; null if that is unknown.
        std_error: Option<f64>,
        found: Value,
        /// Two values that differ in their last digit, between which the measure jumps past the target.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        jump: Option<[Tried; 2]>,
    },
    /// The measure meets the target even at this end of the range, where it is worse.
    AlreadyMet {
        at: f64,
        found: Value,
        bound: Bound,
        /// A value for that bound at which the target was missed; absent if none was found.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        propose: Option<f64>,
    },
    /// The measure misses the target even at this end of the range, where it is better.
    CannotBeMet {
        at: f64,
        found: Value,
        bound: Bound,
        /// A value for that bound at which the target was met; absent if none was found.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        propose: Option<f64>,
    },
}

/// Result of a goal seek, with all values that were simulated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Solved {
    pub outcome: Outcome,
    /// True if the key only takes whole numbers.
    pub is_count: bool,
    /// Value of the key in the scenario; null if it is not a number, or if each path draws its own.
    pub in_file: Option<f64>,
    /// Every value that was simulated, in rising order.
    pub tried: Vec<Tried>,
}

impl GoalSeek {
    /// Returns `value` as it would be written in the file.
    pub fn written(&self, value: f64) -> String {
        match self.unit.as_str() {
            "" => format!("{value}"),
            unit => format!("\"{value}{unit}\""),
        }
    }

    /// Returns the side of the target on which the measure must be.
    pub fn demand(&self) -> Demand {
        match look_up(&self.measure).map(|measure| measure.better) {
            Some(Better::Higher) => Demand::AtLeast,
            Some(Better::Lower) => Demand::AtMost,
            Some(Better::Neither) | None => Demand::Equal,
        }
    }

    /// True if a measure of this value meets the target.
    pub fn is_met_by(&self, value: f64) -> bool {
        self.demand().is_met_by(value, self.target)
    }
}

impl Demand {
    /// True if a measure of `value` meets `target`.
    pub fn is_met_by(self, value: f64, target: f64) -> bool {
        match self {
            Self::AtLeast => value >= target,
            Self::AtMost => value <= target,
            Self::Equal => value == target,
        }
    }
}

impl Lab {
    /// Searches the value for `asked`, reporting each simulated value as a task.
    ///
    /// Errors if it is stopped, if a number on a path leaves the computable range, if there is not enough memory, and
    /// if a value gives no valid scenario or no measure.
    pub fn solve(&self, case: &Case, asked: &GoalSeek) -> Result<Solved, Fault> {
        self.check(&Job::of(&case.scenario))?;
        let found = self.work(None, |_| Search::new(self, case, asked).solved());
        (self.progress.task)(None);
        found
    }
}
