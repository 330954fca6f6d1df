//! A figure of a report or an estimate, as a batch keeps it.
//!
//! In: estimates, measures of a report. Out: [`Answer`]. Not here: judging it (`gate`).

use super::super::json::rounded_error;
use super::super::{Measure, Report};
use super::Answer;
use crate::stats::{Estimate, Note};
use std::collections::BTreeMap;

/// Figures that a batch keeps of every scenario, besides those of its gates. They are few, so that
/// the lines of two hundred scenarios can be read.
pub const HEADLINE: [&str; 8] = [
    "wealth.terminal.real.p05",
    "wealth.terminal.real.p50",
    "wealth.terminal.real.p95",
    "cagr.real.p50",
    "loss.probability",
    "expected_shortfall.95",
    "drawdown.max.p50",
    "ruin.probability",
];

/// The headline figures of a report, by id of the measure; what is so by definition is left out.
pub fn headline(report: &Report) -> BTreeMap<String, Answer> {
    let by_definition = Note::NoObligations.to_string();
    let figure = |id: &&str| {
        let measure = report.measures.get(*id)?;
        let is_found = measure.note.as_ref() != Some(&by_definition);
        Some((
            (*id).to_owned(),
            Answer::of_measure(measure).filter(|_| is_found)?,
        ))
    };
    HEADLINE.iter().filter_map(figure).collect()
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
