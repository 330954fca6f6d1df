//! A gate with what its sentence needs beside the facts.
//!
//! In: a [`GatePart`]. Out: [`GateView`], which the macros of `templates/gates.j2` print. Not here: sentences.

use super::{GatePart, GateVerdict};
use crate::figure::further_digits;
use crate::report::measure::unit_of;
use crate::stats::{Unit, label_of};
use serde::Serialize;

/// A gate, the name of its measure and its digits.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GateView<'r> {
    #[serde(flatten)]
    pub gate: &'r GatePart,
    /// What the measure is called.
    pub label: String,
    pub unit: Unit,
    pub currency: &'r str,
    /// Digits beyond those of the figure that tell the figure and the ends of its interval from the limits.
    pub further: i32,
    /// True if the interval is more than a point.
    pub is_uncertain: bool,
    /// True if an interim analysis judged it, at a level above its confidence.
    pub is_later: bool,
}

impl<'r> GateView<'r> {
    pub fn new(gate: &'r GatePart, currency: &'r str) -> Self {
        let answer = gate.answer.as_ref();
        let interval = answer.and_then(|answer| answer.interval);
        Self {
            gate,
            label: label_of(&gate.measure),
            unit: unit_of(&gate.measure),
            currency,
            further: further(gate),
            is_uncertain: interval.is_some_and(|[low, high]| low < high),
            is_later: answer
                .is_some_and(|answer| interval.is_some() && answer.level > gate.confidence),
        }
    }

    /// Distance from the nearest limit in standard errors; infinite where nothing is left to chance.
    pub fn distance(&self) -> f64 {
        let limits = self.gate.above.into_iter().chain(self.gate.below);
        let answer = self.gate.answer.as_ref();
        let known = answer.and_then(|answer| Some((answer.value, answer.std_error?)));
        let Some((value, error)) = known.filter(|(_, error)| *error > 0.0) else {
            return f64::INFINITY;
        };
        let distances = limits.map(|limit| (limit - value).abs() / error);
        distances.fold(f64::INFINITY, f64::min)
    }
}

fn further(gate: &GatePart) -> i32 {
    let Some(answer) = &gate.answer else {
        return 0;
    };
    let ends = answer.interval.unwrap_or([answer.value; 2]);
    let numbers = [answer.value, ends[0], ends[1]];
    let limits = || gate.above.into_iter().chain(gate.below);
    let pairs = numbers
        .iter()
        .flat_map(|number| limits().map(|limit| [*number, limit]));
    further_digits(answer, &pairs.collect::<Vec<_>>())
}

/// How bad a verdict is.
pub const fn rank(verdict: GateVerdict) -> u8 {
    match verdict {
        GateVerdict::Pass => 0,
        GateVerdict::Inconclusive => 1,
        GateVerdict::Fail | GateVerdict::Absent => 2,
    }
}
