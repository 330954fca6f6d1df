//! Sample gates and their parts, for tests.

use super::{Advice, Asked, GateNote, GatePart, GateVerdict};
use crate::report::edit::PlacePart;
use crate::report::measure::Measure;
use crate::scenario::Expectation;
use crate::stats::{Absent, Estimate, Unit};

/// Creates the requirement that `measure` keeps these limits with a confidence of 99 %.
pub fn asked(measure: &str, above: Option<f64>, below: Option<f64>) -> Asked {
    Asked { measure: measure.to_owned(), above, below, confidence: 0.99, tolerance: 0.01 }
}

/// Creates the gate `id` with this requirement, as a scenario has it.
pub fn expectation(id: &str, asked: Asked) -> Expectation {
    Expectation {
        id: id.to_owned(),
        measure: asked.measure,
        above: asked.above,
        below: asked.below,
        in_per_cent: [false; 2],
        is_decimal: [false; 2],
        confidence: asked.confidence,
        tolerance: asked.tolerance,
        place: None,
        measure_place: None,
        selection: None,
    }
}

pub fn answer(value: f64, half: f64) -> Measure {
    let ends = (value - half, value + half);
    let estimate = Estimate { level: 0.99, ..Estimate::with_interval(value, half / 2.5758, ends, 10_000) };
    Measure::new(Unit::Probability, &estimate)
}

pub fn place(file: &str, line: usize, column: usize) -> PlacePart {
    PlacePart { file: file.to_owned(), line, column, end_line: line, end_column: column + 7 }
}

/// Creates the gate `loss.probability < 0.15` with a value that fits `verdict`.
pub fn gate(id: &str, verdict: GateVerdict) -> GatePart {
    let value = match verdict {
        GateVerdict::Pass => 0.13,
        GateVerdict::Fail => 0.171,
        _ => 0.149,
    };
    let answer = (verdict != GateVerdict::Absent).then(|| answer(value, 0.0095));
    GatePart {
        id: id.to_owned(),
        measure: "loss.probability".to_owned(),
        above: None,
        below: Some(0.15),
        confidence: 0.99,
        answer,
        verdict,
        paths_to_decide: (verdict == GateVerdict::Inconclusive).then_some(840_000),
        advice: (verdict == GateVerdict::Inconclusive)
            .then_some(Advice::Paths { run: [40_000, 840_000], decide: [62_000, 2_100_000] }),
        note: (verdict == GateVerdict::Absent).then_some(GateNote::Absent(Absent::NothingPutIn)),
        place: Some(place("a.toml", 40, 9)),
    }
}
