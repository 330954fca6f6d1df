//! Baseline: figures of an earlier batch, and the scenario keys they came from.
//!
//! In: simulated cases. Out: [`Baseline`], written as JSON lines and read again. Not here: comparing
//! (`against`), files (`cli`).

mod against;
mod lines;

pub(super) use against::size;
pub use against::{against, asked_of, critical_score, gate_edits};
pub use lines::{BASELINE_SCHEMA, baseline_lines};

use super::{Asked, Measure, Update};
use crate::random::Seeds;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// Significant digits of a standard error in a baseline: enough to judge changes, and short.
const DIGITS_OF_ERRORS: usize = 4;

/// Figures of many scenarios in an earlier batch, each with the scenario keys that it came from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Baseline {
    /// Baseline lines by scenario id.
    pub entries: BTreeMap<String, BaselineLine>,
}

/// Line of one scenario in a baseline; the fields have the order of the JSON keys.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BaselineLine {
    pub file: String,
    #[serde(rename = "digest")]
    pub model_digest: String,
    pub value_version: u32,
    pub paths: u64,
    #[serde(flatten)]
    pub seeds: Seeds,
    pub currency: String,
    /// Requirements of the scenario's gates, by gate id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub gates: BTreeMap<String, Asked>,
    /// Figures of the scenario by measure id.
    #[serde(rename = "measures")]
    pub figures: BTreeMap<String, Kept>,
    /// Complete scenario, from which later batches find the edited keys.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub keys: Value,
}

/// A figure of a baseline with its standard error.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(from = "(f64, Option<f64>)", into = "(f64, Option<f64>)")]
pub struct Kept {
    /// Value, exact to the last bit.
    pub value: f64,
    /// Standard error with four digits; null if unknown, 0 if the value is certain.
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

impl From<&Measure> for Kept {
    fn from(measure: &Measure) -> Self {
        let rounded = |error| super::super::json::rounded_to(error, DIGITS_OF_ERRORS);
        (measure.value, measure.std_error.map(rounded)).into()
    }
}

impl Baseline {
    /// Number of figures of all scenarios, each of which chance may report as changed.
    pub fn n_figures(&self) -> usize {
        self.entries.values().map(|entry| entry.figures.len()).sum()
    }

    /// Returns the baseline with `entries` added or replaced, by scenario id, and without the ids in `gone`.
    pub fn updated(&self, entries: BTreeMap<String, BaselineLine>, gone: &[String]) -> Self {
        let mut updated = self.clone();
        updated.entries.retain(|id, _| !gone.contains(id));
        updated.entries.extend(entries);
        updated
    }

    /// Counts the new, removed, changed and unchanged lines between this baseline and `new`.
    pub fn moved_to(&self, new: &Self) -> Update {
        let n = |of: &Self, is_so: &dyn Fn(&String, &BaselineLine) -> bool| {
            of.entries.iter().filter(|(id, entry)| is_so(id, entry)).count()
        };
        let before = |id: &String| self.entries.get(id);
        Update {
            new: n(new, &|id, _| before(id).is_none()),
            gone: n(self, &|id, _| !new.entries.contains_key(id)),
            changed: n(new, &|id, now| before(id).is_some_and(|was| was != now)),
            same: n(new, &|id, now| before(id) == Some(now)),
        }
    }
}
