//! A figure as gates and baselines keep it.
//!
//! In: estimates, measures of a report. Out: [`Answer`]. Not here: judging it ([`GatePart`](super::GatePart)).

use crate::report::json::rounded_error;
use crate::report::measure::Measure;
use crate::stats::Estimate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A figure with its error.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// In `unit`.
    pub value: f64,
    /// In `unit`; none where it would mislead.
    pub std_error: Option<f64>,
    /// Its ends at `level`, in `unit`.
    pub interval: Option<[f64; 2]>,
    /// Confidence of the interval.
    pub level: f64,
    pub n: u64,
    /// Word of the unit, as in `report.json`.
    pub unit: String,
}

impl Answer {
    /// None where the value is not a number, which no file could hold.
    pub fn of(estimate: &Estimate, unit: &str) -> Option<Self> {
        Self::finite(Self {
            value: estimate.value,
            std_error: estimate.std_error,
            interval: estimate.interval.map(|(low, high)| [low, high]),
            level: estimate.level,
            n: estimate.n as u64,
            unit: unit.to_owned(),
        })
    }

    /// The figure of a report; none where the value is not a number.
    pub fn of_measure(measure: &Measure) -> Option<Self> {
        Self::finite(Self {
            value: measure.value,
            std_error: measure.std_error,
            interval: measure.interval,
            level: measure.level,
            n: measure.n as u64,
            unit: measure.unit.to_owned(),
        })
    }

    /// Errors rounded as in `report.json`; what is not finite is left out.
    fn finite(self) -> Option<Self> {
        let std_error = self.std_error.filter(|error| error.is_finite());
        let interval = self
            .interval
            .filter(|ends| ends.iter().all(|end| end.is_finite()));
        self.value.is_finite().then_some(Self {
            std_error: std_error.map(rounded_error),
            interval: interval.map(|ends| ends.map(rounded_error)),
            ..self
        })
    }
}
