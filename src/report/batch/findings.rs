//! What is to be said of a scenario, each thing once and in words.
//!
//! In: a [`CasePart`]. Out: [`Finding`]s, of which the worst decides (`verdict`). Not here: how an output
//! shows them (`junit`, `annotate`, `pages`).

use super::gate_edits::{change_line, currency};
use super::{
    AgainstPart, BatchReport, CasePart, EditPart, FaultPart, GateEdit, GatePart, GateVerdict, How,
    PlacePart, Standing, State,
};

/// Name of what is found of a scenario as a whole.
pub(super) const SIMULATES: &str = "simulates";
/// Name of what is found by holding it against the baseline.
pub(super) const BASELINE: &str = "against the baseline";
/// Name of what is found of gates that ask less than in the baseline.
pub(super) const GATES: &str = "gates of the baseline";

/// One thing that a reader should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it makes of the scenario, if it counts.
    pub standing: Standing,
    /// Whether it counts; else it is said and let through.
    pub is_counted: bool,
    /// Stable word of its kind: the code of a fault, `gate-fails`, `changed`.
    pub kind: String,
    /// What it is about, and the name of its test: the id of a gate, `against the baseline`,
    /// `gates of the baseline` or `simulates`.
    pub topic: String,
    /// A few words that hold for all scenarios of which it is found.
    pub title: String,
    /// One line about this scenario.
    pub message: String,
    /// Further lines.
    pub more: Vec<String>,
    /// Where it stands; at least one.
    pub at: Vec<At>,
}

/// A place of a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct At {
    /// What makes it the same when lines move and figures change.
    pub identity: String,
    pub file: String,
    /// None: about the whole file.
    pub place: Option<PlacePart>,
    /// What is said there, whatever the scenario.
    pub said: Option<String>,
    /// Other edits that the figures of this scenario are of as well.
    pub n_others: usize,
}

impl At {
    fn new(identity: impl Into<String>, file: &str, place: Option<&PlacePart>) -> Self {
        Self {
            identity: identity.into(),
            file: place.map_or(file, |place| &place.file).to_owned(),
            place: place.cloned(),
            said: None,
            n_others: 0,
        }
    }
}

impl Finding {
    fn new(standing: Standing, kind: &str, at: At) -> Self {
        Self {
            standing,
            is_counted: true,
            kind: kind.to_owned(),
            topic: SIMULATES.to_owned(),
            title: String::new(),
            message: String::new(),
            more: Vec::new(),
            at: vec![at],
        }
    }

    /// What is wrong with `file`.
    pub(super) fn of_fault(file: &str, fault: &FaultPart) -> Self {
        let text = fault.whole_text();
        let mut lines = text.lines().map(str::to_owned);
        let at = At::new(&*fault.message, file, fault.place.as_ref());
        Self {
            title: format!("invalid scenario: {}", fault.code),
            message: lines.next().unwrap_or_default(),
            more: lines.collect(),
            ..Self::new(Standing::Invalid, &fault.code, at)
        }
    }

    /// Message and further lines.
    pub fn body(&self) -> String {
        let lines = [&self.message].into_iter().chain(&self.more);
        let lines = lines.filter(|line| !line.is_empty()).map(String::as_str);
        lines.collect::<Vec<_>>().join("\n")
    }
}

impl BatchReport {
    /// Everything that is to be said of `case`.
    pub fn findings(&self, case: &CasePart) -> Vec<Finding> {
        let whole = |standing, kind, title: &str, why: &str| Finding {
            title: title.to_owned(),
            message: why.to_owned(),
            ..Finding::new(standing, kind, At::new(&*case.id, &case.file, None))
        };
        match &case.state {
            State::Invalid { faults } => {
                return faults
                    .iter()
                    .map(|fault| Finding::of_fault(&case.file, fault))
                    .collect();
            }
            State::Failed { why } => {
                return vec![whole(Standing::Failed, "failed", "not simulated", why)];
            }
            State::NotRun {
                why,
                is_after_failure,
            } => {
                return vec![Finding {
                    // what was left after a failure leaves nothing unanswered
                    is_counted: !is_after_failure,
                    ..whole(Standing::NotRun, "not-run", "not run", why)
                }];
            }
            State::Simulated { .. } => {}
        }
        let gates = case.gates.iter();
        let gates = gates.filter_map(|gate| self.of_gate(case, gate));
        let edits = case.gate_edits.iter().map(|edit| of_gate_edit(case, edit));
        let against = case.against.as_ref();
        let against = against.and_then(|against| self.of_against(case, against));
        let stale = (self.must_be_fresh && case.is_stale).then(|| Finding {
            topic: BASELINE.to_owned(),
            ..whole(
                Standing::Stale,
                "stale",
                "the baseline is out of date",
                "its line in the baseline is not what `--update-baseline` writes",
            )
        });
        let found = gates.chain(edits).chain(against);
        found.chain(stale).collect()
    }

    fn of_gate(&self, case: &CasePart, gate: &GatePart) -> Option<Finding> {
        let (standing, kind, what) = match gate.verdict {
            GateVerdict::Pass => return None,
            GateVerdict::Fail => (Standing::Fail, "gate-fails", "fails"),
            GateVerdict::Absent => (Standing::Fail, "gate-absent", "has no figure"),
            GateVerdict::Inconclusive => {
                let kind = "gate-inconclusive";
                (Standing::Inconclusive, kind, "cannot be decided")
            }
        };
        let is_let_through = standing == Standing::Inconclusive && self.inconclusive_passes;
        let let_through = is_let_through.then(|| "let through, as was asked".to_owned());
        Some(Finding {
            is_counted: !is_let_through,
            topic: gate.id.clone(),
            title: format!("gate {} {what}", gate.id),
            message: gate.said(currency(case)),
            more: let_through.into_iter().collect(),
            ..Finding::new(
                standing,
                kind,
                At::new(&*gate.id, &case.file, gate.place.as_ref()),
            )
        })
    }

    fn of_against(&self, case: &CasePart, against: &AgainstPart) -> Option<Finding> {
        let is_strict = against.how == How::OtherVersion && self.is_version_strict;
        let (standing, kind, title) = match () {
            () if against.is_changed() => {
                let title = "changed against the baseline";
                (Standing::Changed, "changed", title)
            }
            () if is_strict => {
                let title = "the baseline is of another value version";
                (Standing::OtherVersion, "version", title)
            }
            () => (Standing::Pass, "unchanged", ""),
        };
        let mut lines: Vec<String> = against.why.iter().cloned().collect();
        lines.extend(
            against
                .changes
                .iter()
                .map(|change| change_line(change, currency(case))),
        );
        lines.extend(against.edits.iter().map(EditPart::line));
        if against.how == How::New {
            lines.push("the baseline has no such scenario yet".to_owned());
        }
        match (lines.is_empty(), standing) {
            (true, Standing::Pass) => return None,
            (true, _) => lines.push(title.to_owned()),
            (false, _) => {}
        }
        let at = |edit: &EditPart| {
            let at = At::new("", &case.file, edit.place.as_ref());
            At {
                identity: format!("{}/{}", at.file, edit.key),
                said: Some(format!("{} {}", edit.key, edit.what())),
                n_others: against.edits.len() - 1,
                ..at
            }
        };
        let mut places: Vec<At> = against.edits.iter().map(at).collect();
        if places.is_empty() {
            places.push(At {
                said: (standing == Standing::Changed).then(|| "no key was edited".to_owned()),
                ..At::new(&*case.id, &case.file, None)
            });
        }
        let mut lines = lines.into_iter();
        Some(Finding {
            is_counted: standing != Standing::Pass,
            topic: BASELINE.to_owned(),
            title: title.to_owned(),
            message: lines.next().unwrap_or_default(),
            more: lines.collect(),
            at: places,
            ..Finding::new(standing, kind, At::new("", &case.file, None))
        })
    }
}

fn of_gate_edit(case: &CasePart, edit: &GateEdit) -> Finding {
    let identity = format!("{}/{}", case.file, edit.id);
    let at = At::new(identity, &case.file, edit.place.as_ref());
    Finding {
        topic: GATES.to_owned(),
        title: format!("gate {} is {} against the baseline", edit.id, edit.word()),
        message: edit.line(currency(case)),
        ..Finding::new(Standing::Loosened, "gate-loosened", at)
    }
}
