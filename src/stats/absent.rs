//! Why a run has no such figure.
//!
//! In: nothing. Out: [`Absent`], and every reason in words for reports and documents. Not here: which figure
//! has which (where it is taken).

use super::estimate::Note;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Why a measure has no value in this run; printed as its reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Absent {
    /// Nothing was put in, so nothing was earned on it.
    NothingPutIn,
    /// The horizon is shorter than the measure's.
    HorizonTooShort,
    /// The run did not keep the column.
    NotKept,
    /// The scenario has no loop, so there is no twin without it.
    NoLoop,
    /// Some path has nothing left, which has no logarithm.
    NothingLeft,
    /// A share of the paths has exactly this value, so it has no error.
    Atom,
    /// Too few paths for an interval.
    TooFewPaths,
    /// There are no two markets, or nothing changes what they have in common.
    NoCommonChange,
    /// The sample has too few such months, or markets that do not move in them.
    TooFewMonths,
}

impl Absent {
    /// How it is printed, and what it is said of.
    const fn words(self) -> [&'static str; 2] {
        match self {
            Self::NothingPutIn => [
                "nothing was put in",
                "returns, volatility and falls of the value of what was put in",
            ],
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
            Self::NothingLeft => {
                ["some path has nothing left", "the change of the logarithm of wealth"]
            }
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

    /// What it is said of.
    pub const fn doc(self) -> &'static str {
        self.words()[1]
    }
}

impl fmt::Display for Absent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words()[0])
    }
}

impl From<Note> for Absent {
    /// Why a figure without an error cannot be compared with its twin.
    fn from(note: Note) -> Self {
        match note {
            Note::Atom { .. } => Self::Atom,
            _ => Self::TooFewPaths,
        }
    }
}
