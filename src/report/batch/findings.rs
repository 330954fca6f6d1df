//! What is to be known of a scenario, each thing once, as data.
//!
//! In: a [`CasePart`]. Out: [`Finding`]s. Not here: their words (`templates/findings.j2`), which output shows them.

use super::facts::{ChangeView, LooserView};
use super::gate_edits::currency;
use super::{
    AgainstPart, BatchReport, CasePart, EditPart, FaultPart, GateEdit, GatePart, GateVerdict, How,
    NotePart, PlacePart, State, Status,
};
use crate::report::gate::GateView;
use serde::Serialize;

/// The test of a scenario without gates.
pub(super) const SIMULATES: &str = "simulates";
/// The test that holds a scenario against the baseline.
pub(super) const BASELINE: &str = "against the baseline";
/// The test of gates that ask less than in the baseline.
pub(super) const GATES: &str = "gates of the baseline";

/// One thing that a reader should know.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding<'r> {
    /// The status that it gives the scenario, if it counts.
    pub status: Status,
    /// False if it is only reported: let through, or accepted into the baseline.
    pub is_counted: bool,
    /// Stable word of its kind: the code of a fault, `gate-fails`, `changed`.
    pub kind: &'r str,
    /// The gate that it is about, or nothing.
    pub gate: &'r str,
    /// The test that it belongs to: the id of a gate, or one of the constants above.
    pub test: &'r str,
    pub lines: Vec<Line<'r>>,
    /// Where it stands; at least one.
    pub at: Vec<At<'r>>,
}

/// One line about a scenario.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "line")]
pub enum Line<'r> {
    Fault(&'r FaultPart),
    Note(&'r NotePart),
    /// Why it was not simulated, or what must be known of a comparison.
    Why {
        why: &'r str,
    },
    Gate {
        gate: Box<GateView<'r>>,
    },
    Looser(LooserView<'r>),
    Change(Box<ChangeView<'r>>),
    Edit(&'r EditPart),
    NoEdit,
    New,
    Stale,
    Accepted,
    LetThrough,
}

/// A place of a finding.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct At<'r> {
    pub file: &'r str,
    /// None: the whole file.
    pub place: Option<&'r PlacePart>,
    /// The edit that stands there.
    pub edit: Option<&'r EditPart>,
    /// Edits of this scenario elsewhere.
    pub n_others: usize,
}

impl<'r> At<'r> {
    fn new(file: &'r str, place: Option<&'r PlacePart>) -> Self {
        Self {
            file: place.map_or(file, |place| &place.file),
            place,
            edit: None,
            n_others: 0,
        }
    }
}

impl<'r> Finding<'r> {
    fn new(status: Status, kind: &'r str, lines: Vec<Line<'r>>, at: At<'r>) -> Self {
        Self {
            status,
            is_counted: true,
            kind,
            gate: "",
            test: SIMULATES,
            lines,
            at: vec![at],
        }
    }

    pub(super) fn of_fault(file: &'r str, fault: &'r FaultPart) -> Self {
        let notes = fault.notes.iter().map(Line::Note);
        let lines = [Line::Fault(fault)].into_iter().chain(notes).collect();
        Self::new(
            Status::Invalid,
            &fault.code,
            lines,
            At::new(file, fault.place.as_ref()),
        )
    }
}

impl BatchReport {
    /// Everything that is to be known of `case`.
    pub fn findings<'r>(&self, case: &'r CasePart) -> Vec<Finding<'r>> {
        let whole =
            |status, kind, line| Finding::new(status, kind, vec![line], At::new(&case.file, None));
        match &case.state {
            State::Invalid { faults } => {
                let faults = faults.iter();
                faults
                    .map(|fault| Finding::of_fault(&case.file, fault))
                    .collect()
            }
            State::Failed { why } => vec![whole(Status::NotSimulated, "failed", Line::Why { why })],
            State::NotRun {
                why,
                is_after_failure,
            } => vec![Finding {
                // what was left after a failure leaves nothing without an answer
                is_counted: !is_after_failure,
                ..whole(Status::NotRun, "not-run", Line::Why { why })
            }],
            State::Simulated { .. } => {
                let gates = case
                    .gates
                    .iter()
                    .filter_map(|gate| self.of_gate(case, gate));
                let looser = case.gate_edits.iter().map(|edit| looser(case, edit));
                let against = case.against.as_ref();
                let against = against.and_then(|against| self.against(case, against));
                let is_stale = self.must_be_fresh && case.is_stale && !case.is_accepted;
                let stale = is_stale.then(|| Finding {
                    test: BASELINE,
                    ..whole(Status::Stale, "stale", Line::Stale)
                });
                gates.chain(looser).chain(against).chain(stale).collect()
            }
        }
    }

    fn of_gate<'r>(&self, case: &'r CasePart, gate: &'r GatePart) -> Option<Finding<'r>> {
        let (status, kind) = match gate.verdict {
            GateVerdict::Pass => return None,
            GateVerdict::Fail => (Status::Failed, "gate-fails"),
            GateVerdict::Absent => (Status::Failed, "gate-absent"),
            GateVerdict::Inconclusive => (Status::Inconclusive, "gate-inconclusive"),
        };
        let is_counted = status == Status::Failed || !self.inconclusive_passes;
        let view = Box::new(GateView::new(gate, currency(case)));
        let let_through = (!is_counted).then_some(Line::LetThrough);
        let lines = [Line::Gate { gate: view }].into_iter().chain(let_through);
        Some(Finding {
            is_counted,
            gate: &gate.id,
            test: &gate.id,
            ..Finding::new(
                status,
                kind,
                lines.collect(),
                At::new(&case.file, gate.place.as_ref()),
            )
        })
    }

    /// The comparison with the baseline; nothing if it found nothing.
    fn against<'r>(&self, case: &'r CasePart, against: &'r AgainstPart) -> Option<Finding<'r>> {
        let is_strict = against.how == How::OtherVersion && self.is_version_strict;
        let (status, kind) = match () {
            () if against.is_changed() => (Status::Changed, "changed"),
            () if is_strict => (Status::OtherVersion, "version"),
            () => (Status::Passed, "unchanged"),
        };
        let is_changed = status != Status::Passed;
        let why = against.why.iter().map(|why| Line::Why { why });
        let changes = against.changes.iter();
        let changes = changes.map(|change| Line::Change(Box::new(ChangeView::new(case, change))));
        let edits = against.edits.iter().map(Line::Edit);
        let no_edit = is_changed && against.edits.is_empty() && against.how == How::Paired;
        let others = [
            no_edit.then_some(Line::NoEdit),
            (against.how == How::New).then_some(Line::New),
            (is_changed && case.is_accepted).then_some(Line::Accepted),
        ];
        let lines = why.chain(changes).chain(edits);
        let lines: Vec<Line<'r>> = lines.chain(others.into_iter().flatten()).collect();
        let at = |edit: &'r EditPart| At {
            edit: Some(edit),
            n_others: against.edits.len() - 1,
            ..At::new(&case.file, edit.place.as_ref())
        };
        let mut places: Vec<At<'r>> = against.edits.iter().map(at).collect();
        if places.is_empty() {
            places.push(At::new(&case.file, None));
        }
        (!lines.is_empty()).then(|| Finding {
            is_counted: is_changed && !case.is_accepted,
            test: BASELINE,
            at: places,
            ..Finding::new(status, kind, lines, At::new(&case.file, None))
        })
    }
}

fn looser<'r>(case: &'r CasePart, edit: &'r GateEdit) -> Finding<'r> {
    let accepted = case.is_accepted.then_some(Line::Accepted);
    let lines = [Line::Looser(LooserView::new(case, edit))]
        .into_iter()
        .chain(accepted);
    Finding {
        is_counted: !case.is_accepted,
        gate: &edit.id,
        test: GATES,
        ..Finding::new(
            Status::Loosened,
            "gate-loosened",
            lines.collect(),
            At::new(&case.file, edit.place.as_ref()),
        )
    }
}
