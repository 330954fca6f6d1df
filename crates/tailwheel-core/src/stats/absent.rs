//! Reasons why a measure has no value in a run.
//!
//! In: nothing. Out: [`Absent`], with the wording of each reason for reports and documents. Not here: the
//! choice of a reason (made where a measure is estimated).

use super::estimate::Note;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Reason why a measure has no value in this run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Absent {
    /// No money was invested, so no return exists.
    NothingPutIn,
    /// The horizon is shorter than the measure needs.
    HorizonTooShort,
    /// The run did not keep the column that the measure needs.
    NotKept,
    /// The scenario has no agents, so there is no paired run without them.
    NoLoop,
    /// Some path ends with zero wealth, which has no logarithm.
    NothingLeft,
    /// Many paths have exactly this value, so it has no error.
    Atom,
    /// There are too few paths for an interval.
    TooFewPaths,
    /// There are fewer than two markets, or nothing changes how they move together.
    NoCommonChange,
    /// The sample has too few months of this kind, or the markets do not move in them.
    TooFewMonths,
}

impl Absent {
    /// Returns the printed reason, and the measures that it applies to.
    const fn words(self) -> [&'static str; 2] {
        match self {
            Self::NothingPutIn => {
                ["nothing was put in", "returns, volatility and falls of the value of what was put in"]
            }
            Self::HorizonTooShort => [
                "the horizon is too short",
                "figures of the first year, and of whole years in which agents sell",
            ],
            Self::NotKept => [
                "the run did not keep it",
                "what the run has no column of: `loop.*` and `without_feedback.*` without `[crash]`",
            ],
            Self::NoLoop => [
                "the scenario has no loop",
                "`amplification.*` without `[crash]`, correlations with and without the loop",
            ],
            Self::NothingLeft => ["some path has nothing left", "the change of the logarithm of wealth"],
            Self::Atom => ["many paths have exactly this value", "differences of quantiles"],
            Self::TooFewPaths => [
                "too few paths",
                "differences of quantiles and of expected shortfalls, the bridge of a single path",
            ],
            Self::NoCommonChange => [
                "there are no two markets, or neither a loop nor crises that change what they have in common",
                "realised correlations and tail coefficients",
            ],
            Self::TooFewMonths => [
                "there are too few such months",
                "correlations of crash months or of the others, tail coefficients",
            ],
        }
    }

    /// Returns the measures that this reason applies to, in words.
    pub const fn doc(self) -> &'static str {
        self.words()[1]
    }
}

impl fmt::Display for Absent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words()[0])
    }
}

impl std::error::Error for Absent {}

impl From<Note> for Absent {
    /// Returns the reason why a figure with this caveat cannot be compared between two runs.
    fn from(note: Note) -> Self {
        match note {
            Note::Atom { .. } => Self::Atom,
            _ => Self::TooFewPaths,
        }
    }
}
