//! All expectations of a case on what its run found.
//!
//! In: expectations, the data of a run. Out: [`GatePart`]s in the order of the file. Not here: one
//! verdict (`gate`).

use super::document::Report;
use super::edit::PlacePart;
use super::gate::{GatePart, GateVerdict, Wish, confidence_of_look};
use crate::form::SourceMap;
use crate::scenario::Expectation;
use crate::stats::{Absent, Data, estimate_at};
use crate::study::Run;

/// Judges all `expectations` of one case at the `look`-th look at growing paths, from 0.
pub fn judge_all(
    expectations: &[Expectation],
    sources: &SourceMap,
    data: &Data,
    look: u32,
) -> Vec<GatePart> {
    let judged = expectations.iter().map(|expected| {
        let level = confidence_of_look(expected.confidence, look);
        // that the measure exists was checked when the file was read
        let found = estimate_at(data, &expected.measure, level).unwrap_or(Err(Absent::NotKept));
        GatePart::judged(wish(expected, sources), found)
    });
    judged.collect()
}

/// The report of `run`, whose data are `data`, with what is expected of it; with it every gate and its
/// place.
pub fn judged(
    expectations: &[Expectation],
    sources: &SourceMap,
    run: &Run<'_>,
    data: &Data,
) -> (Report, Vec<GatePart>) {
    let gates = judge_all(expectations, sources, data, run.look);
    let report = Report::of(&run.scenario, &run.outcome, data, run.exposure.as_ref())
        .with_limits(expectations)
        .with_gates(&gates);
    (report, gates)
}

/// Whether more paths could change no verdict.
pub fn are_decided(gates: &[GatePart]) -> bool {
    gates
        .iter()
        .all(|gate| gate.verdict != GateVerdict::Inconclusive)
}

fn wish(expected: &Expectation, sources: &SourceMap) -> Wish {
    Wish {
        id: expected.id.clone(),
        measure: expected.measure.clone(),
        above: expected.above,
        below: expected.below,
        confidence: expected.confidence,
        place: expected
            .place
            .and_then(|place| PlacePart::new(place, sources)),
    }
}
