//! What a batch is held against: the figures of an earlier one and the keys they came from.
//!
//! In: simulated cases. Out: [`Baseline`], written as JSON lines and read again. Not here: comparing
//! (`against`), files (`cli`).

mod against;
mod lines;
mod patch;
mod sides;
mod update;

pub use against::{TOLERANCE, against, critical_score};
pub use lines::BASELINE_SCHEMA;
pub use sides::{Dates, Now, PairedFigure, Rerun};
pub use update::Updated;

use super::{Answer, Asked};
use crate::random::Seeds;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// Digits of an error in a baseline: enough to judge by, and short.
const DIGITS_OF_ERRORS: usize = 4;

/// Figures of many scenarios, with everything needed to simulate them again.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Baseline {
    /// What the cases of a file have in common, by the name of the file: only how a line is written
    /// depends on it.
    pub commons: BTreeMap<String, Value>,
    /// By id.
    pub entries: BTreeMap<String, Entry>,
}

/// A scenario of a baseline.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Entry {
    pub file: String,
    pub model_digest: String,
    pub value_version: u32,
    pub paths: u64,
    pub seeds: Seeds,
    pub currency: String,
    /// What its gates asked, by their ids.
    pub gates: BTreeMap<String, Asked>,
    /// By id of the measure.
    pub figures: BTreeMap<String, Kept>,
    /// What was written, whole: it can be read and simulated again.
    pub keys: Value,
}

/// A figure of a baseline.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Kept {
    /// To the last bit.
    pub value: f64,
    /// To four digits; none where these paths cannot tell it, 0 where the value is certain.
    pub std_error: Option<f64>,
}

impl From<&Answer> for Kept {
    fn from(answer: &Answer) -> Self {
        let rounded = |error| super::super::json::rounded_to(error, DIGITS_OF_ERRORS);
        Self {
            value: answer.value,
            std_error: answer.std_error.map(rounded),
        }
    }
}

impl Baseline {
    /// The scenario `id`, if the baseline has it.
    pub fn line(&self, id: &str) -> Option<&Entry> {
        self.entries.get(id)
    }

    /// Figures of all scenarios together: each may be a false alarm.
    pub fn n_figures(&self) -> usize {
        self.entries.values().map(|entry| entry.figures.len()).sum()
    }
}
