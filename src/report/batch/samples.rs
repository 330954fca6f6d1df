//! Small batches for tests.

use super::lines::{MARK, check_of};
use super::{
    AgainstPart, BATCH_SCHEMA, BaselineLine, BatchReport, CasePart, ChangePart, FaultPart, GateEdit,
    GateVerdict, How, Kept, PlacePart, PlacedEdit, State, Turn,
};
use crate::random::Seeds;
use crate::report::VALUE_VERSION;
use crate::report::edit::EditPart;
use crate::stats::Unit;
use std::collections::BTreeMap;

pub(super) use crate::report::gate::samples::{answer, asked, gate, place};

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

pub(super) fn with_gate(id: &str, verdict: GateVerdict) -> CasePart {
    CasePart { gates: vec![gate("no-loss", verdict)], ..case(id) }
}

/// Sample result of a scenario with these changes against its baseline.
pub(super) fn changed(id: &str, how: How, changes: Vec<ChangePart>, edits: Vec<PlacedEdit>) -> CasePart {
    CasePart { against: Some(AgainstPart { changes, edits, ..AgainstPart::of(how) }), ..case(id) }
}

/// Sample line of a baseline with these figures, each with its error.
pub(super) fn entry(figures: &[(&str, f64, Option<f64>)]) -> BaselineLine {
    let figures = figures.iter().map(|(id, value, error)| ((*id).to_owned(), Kept::from((*value, *error))));
    BaselineLine {
        file: "a.toml".to_owned(),
        model_digest: "c0ffee".to_owned(),
        value_version: VALUE_VERSION,
        paths: 10_000,
        seeds: Seeds::one(2027),
        currency: "USD".to_owned(),
        gates: BTreeMap::new(),
        figures: figures.collect(),
        keys: serde_json::json!({}),
    }
}

/// Asserts that a text is read, and that no text is that has one other bit.
pub(super) fn assert_every_bit_counts(text: &str, is_read: impl Fn(&str) -> bool) {
    assert!(is_read(text));
    for (index, bit) in (0..text.len()).flat_map(|index| (0..8).map(move |bit| (index, bit))) {
        let mut bytes = text.as_bytes().to_vec();
        bytes[index] ^= 1 << bit;
        let is_read = String::from_utf8(bytes).is_ok_and(|text| is_read(&text));
        assert!(!is_read, "bit {bit} of byte {index}");
    }
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
    let [from, to] = [below, 0.15].map(|below| asked("loss.probability", None, Some(below)));
    GateEdit { id: id.to_owned(), from, to: Some(to), place: Some(place) }
}

pub(super) fn edit(key: &str, from: &str, to: &str, place: PlacePart) -> PlacedEdit {
    let [from, to] = [from, to].map(|value| Some(value.to_owned()));
    PlacedEdit { edit: EditPart { key: key.to_owned(), from, to }, place: Some(place) }
}
