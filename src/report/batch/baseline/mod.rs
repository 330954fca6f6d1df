//! What a batch is held against: the figures of an earlier one and the keys they came from.
//!
//! In: simulated cases. Out: [`Baseline`], written as JSON lines and read again. Not here: comparing
//! (`against`), files (`cli`).

mod against;
mod lines;
mod patch;
mod score;
mod sides;
mod update;

pub use against::{TOLERANCE, against, critical_score};
pub use lines::{BASELINE_SCHEMA, baseline_lines};
pub use sides::{Dates, Now, PairedFigure, Rerun};

use super::{Answer, Asked};
use crate::random::Seeds;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
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

/// A scenario of a baseline, in the order of the keys of its line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Entry {
    pub file: String,
    #[serde(rename = "digest")]
    pub model_digest: String,
    pub value_version: u32,
    pub paths: u64,
    #[serde(flatten)]
    pub seeds: Seeds,
    pub currency: String,
    /// What its gates asked, by their ids.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub gates: BTreeMap<String, Asked>,
    /// By id of the measure.
    #[serde(rename = "measures")]
    pub figures: BTreeMap<String, Kept>,
    /// What was written, whole: it can be read and simulated again.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub keys: Value,
}

/// A figure of a baseline.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(from = "(f64, Option<f64>)", into = "(f64, Option<f64>)")]
pub struct Kept {
    /// To the last bit.
    pub value: f64,
    /// To four digits; none where these paths cannot tell it, 0 where the value is certain.
    pub std_error: Option<f64>,
}

impl From<(f64, Option<f64>)> for Kept {
    fn from((value, std_error): (f64, Option<f64>)) -> Self {
        Self { value, std_error }
    }
}

impl From<Kept> for (f64, Option<f64>) {
    fn from(kept: Kept) -> Self {
        (kept.value, kept.std_error)
    }
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
