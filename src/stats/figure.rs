//! An estimate in its unit, as documents have it.
//!
//! In: an [`Estimate`]. Out: [`Figure`]. Not here: how it is rounded and shown (`report`).

use super::{Estimate, Note, Unit};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A figure with its error.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Measure")]
pub struct Figure {
    /// In `unit`; money is in the currency of the scenario. Null for a spread of one path.
    #[schemars(with = "Option<f64>")]
    pub value: f64,
    /// Of sampling, in `unit`; none where it would mislead.
    pub std_error: Option<f64>,
    /// Its ends at `level`, in `unit`.
    pub interval: Option<[f64; 2]>,
    /// Confidence of the interval.
    pub level: f64,
    /// Paths that it is of.
    pub n: usize,
    pub unit: Unit,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Whether there is an error that these paths cannot tell; the note says so in words.
    #[serde(skip)]
    pub is_error_unknown: bool,
    /// The share of the paths that have exactly this value, where more than one has; the note says it in words.
    #[serde(skip)]
    pub atom: Option<f64>,
}

impl Figure {
    /// Of an estimate in `unit`.
    pub fn new(unit: Unit, estimate: &Estimate) -> Self {
        Self {
            value: estimate.value,
            std_error: estimate.std_error,
            interval: estimate.interval.map(|(low, high)| [low, high]),
            level: estimate.level,
            n: estimate.n,
            unit,
            note: estimate.note.map(|note| note.to_string()),
            is_error_unknown: matches!(
                estimate.note,
                Some(
                    Note::TooFewPaths
                        | Note::HeavyTail { .. }
                        | Note::TailUnseen { .. }
                        | Note::FewInTail { .. }
                        | Note::RareBills
                        | Note::Skewed { .. }
                )
            ),
            atom: match estimate.note {
                Some(Note::Atom { probability }) => Some(probability),
                _ => None,
            },
        }
    }
}
