//! Small batches for tests.

use super::lines::{MARK, check_of};
use super::{
    AgainstPart, Asked, BATCH_SCHEMA, BatchReport, CasePart, ChangePart, FaultPart, GateEdit, How, PlacePart,
    PlacedEdit, State, Turn,
};
use crate::random::Seeds;
use crate::report::edit::EditPart;
use crate::stats::Unit;
use std::collections::BTreeMap;

pub(super) use crate::report::gate::samples::{answer, gate, place};

/// Recomputes the checksum of each line of an edited text.
pub(super) fn sealed(text: &str) -> String {
    let anew = |text: &str| match text.rsplit_once(MARK) {
        Some((body, _)) => format!("{body}{MARK}{}\"}}\n", check_of(body)),
        None => format!("{text}\n"),
    };
    text.lines().map(anew).collect()
}

pub(super) fn batch(cases: Vec<CasePart>) -> BatchReport {
    BatchReport {
        schema: BATCH_SCHEMA.to_owned(),
        value_version: 1,
        n_files: cases.len(),
        suite: "5u1te".to_owned(),
        n_scenarios: cases.len(),
        baseline: Some("ci/baseline.jsonl".to_owned()),
        cases,
        ..BatchReport::default()
    }
}

/// Sample result, for tests, of the scenario or case `id`, such as `flash-crash` or
/// `matrix/residence=germany,spend=1000`.
pub(super) fn case(id: &str) -> CasePart {
    let (stem, choices) = id.split_once('/').unwrap_or((id, ""));
    let choices = choices.split(',').filter_map(|choice| choice.split_once('='));
    let figure = ("loss.probability".to_owned(), answer(0.25, 0.01));
    CasePart {
        id: id.to_owned(),
        file: format!("{stem}.toml"),
        choices: choices.map(|(axis, value)| (axis.to_owned(), value.to_owned())).collect(),
        state: State::Simulated {
            title: id.to_owned(),
            model_digest: "00".to_owned(),
            currency: "USD".to_owned(),
            paths: 10_000,
            seeds: Seeds::one(7),
            figures: BTreeMap::from([figure]),
            report: format!("reports/{id}/report.json"),
            report_digest: "d1ge57".to_owned(),
        },
        gates: Vec::new(),
        against: Some(AgainstPart::of(How::Same)),
        gate_edits: Vec::new(),
        is_stale: false,
        is_accepted: false,
    }
}

fn in_state(id: &str, state: State) -> CasePart {
    CasePart { state, against: None, ..case(id) }
}

pub(super) fn invalid(id: &str) -> CasePart {
    let fault = FaultPart {
        code: "unknown-key".to_owned(),
        message: "unknown key `revinue`".to_owned(),
        place: Some(place(&format!("{id}.toml"), 18, 9)),
        label: "did you mean `revenue`?".to_owned(),
        notes: Vec::new(),
    };
    in_state(id, State::Invalid { faults: vec![fault] })
}

pub(super) fn failed(id: &str) -> CasePart {
    let why = "path 7 leaves the range of numbers in month 3".to_owned();
    in_state(id, State::Failed { why })
}

pub(super) fn not_run(id: &str) -> CasePart {
    let why = "the time was up".to_owned();
    in_state(id, State::NotRun { why, is_after_failure: false })
}

pub(super) fn change(measure: &str, base: f64, new: f64, std_error: f64) -> ChangePart {
    ChangePart {
        measure: measure.to_owned(),
        unit: Unit::Probability,
        base: Some(base),
        new: Some(new),
        difference: Some(new - base),
        std_error: Some(std_error),
        turn: Turn::Worse,
    }
}

/// Sample change, for tests, of the gate `loss.probability < below` to `< 0.15`.
pub(super) fn gate_edit(id: &str, below: f64, place: PlacePart) -> GateEdit {
    let asked = |below| Asked {
        measure: "loss.probability".to_owned(),
        above: None,
        below: Some(below),
        confidence: 0.99,
        tolerance: 0.01,
    };
    GateEdit { id: id.to_owned(), from: asked(below), to: Some(asked(0.15)), place: Some(place) }
}

pub(super) fn edit(key: &str, from: &str, to: &str, place: PlacePart) -> PlacedEdit {
    let [from, to] = [from, to].map(|value| Some(value.to_owned()));
    PlacedEdit { edit: EditPart { key: key.to_owned(), from, to }, place: Some(place) }
}
