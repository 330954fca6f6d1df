//! What a review shall show beside the lines of a file.
//!
//! In: a [`BatchReport`] or a [`CheckReport`]. Out: [`Annotation`]s, the most important first. Not
//! here: the formats of GitHub (`github`) and GitLab (`gitlab`).

use super::tally::is_changed;
use super::wording::{counted, currency, gate_line, moved, remark, remedy};
use super::{
    AgainstPart, BatchReport, CasePart, CheckReport, EditPart, FaultPart, GateEdit, GatePart,
    GateVerdict, PlacePart, State,
};
use crate::report::grouped;

/// Scenarios that one annotation names.
const MOST_NAMED: usize = 5;

/// How loudly something is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Error,
    Warning,
}

/// Something to be shown at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotation {
    pub severity: Severity,
    /// Stable word of the kind: the code of a fault, `gate-fails`, `changed`.
    pub kind: String,
    /// What makes it the same annotation when lines move and figures change.
    pub identity: String,
    pub file: String,
    /// None: about the whole file.
    pub place: Option<PlacePart>,
    /// A few words.
    pub title: String,
    /// One line or more.
    pub text: String,
}

impl BatchReport {
    /// Faults, gates that fail, figures that moved, gates that cannot be decided.
    ///
    /// What stands at one place for many scenarios is one annotation.
    pub fn annotations(&self) -> Vec<Annotation> {
        let mut found = Vec::new();
        for case in &self.cases {
            match &case.state {
                State::Invalid { faults } => found.extend(of_faults(&case.file, faults)),
                State::Failed { why } => found.push(Annotation {
                    severity: Severity::Error,
                    kind: "failed".to_owned(),
                    identity: case.id.clone(),
                    file: case.file.clone(),
                    place: None,
                    title: format!("{} could not be simulated", case.id),
                    text: why.clone(),
                }),
                State::Simulated { .. } | State::NotRun { .. } => {}
            }
        }
        for verdict in [GateVerdict::Fail, GateVerdict::Absent] {
            found.extend(self.of_gates(verdict));
        }
        found.extend(self.of_gate_edits());
        found.extend(self.of_changes());
        found.extend(self.of_versions());
        found.extend(self.of_missing());
        found.extend(self.of_gates(GateVerdict::Inconclusive));
        found.extend(self.of_not_run());
        without_repetitions(found)
    }

    /// One annotation for each place of a gate.
    fn of_gates(&self, verdict: GateVerdict) -> Vec<Annotation> {
        let mut groups: Vec<Vec<(&CasePart, &GatePart)>> = Vec::new();
        for case in &self.cases {
            for gate in case.gates.iter().filter(|gate| gate.verdict == verdict) {
                let is_same = |(first, known): &(&CasePart, &GatePart)| {
                    let is_near = gate.place.is_some() || first.file == case.file;
                    known.id == gate.id && known.place == gate.place && is_near
                };
                match groups.iter_mut().find(|group| is_same(&group[0])) {
                    Some(group) => group.push((case, gate)),
                    None => groups.push(vec![(case, gate)]),
                }
            }
        }
        groups
            .iter()
            .map(|group| self.of_gate(group, verdict))
            .collect()
    }

    fn of_gate(&self, group: &[(&CasePart, &GatePart)], verdict: GateVerdict) -> Annotation {
        let (case, gate) = group[0];
        let (kind, what, severity) = match verdict {
            GateVerdict::Inconclusive if self.inconclusive_passes => {
                ("gate-inconclusive", "cannot be decided", Severity::Warning)
            }
            GateVerdict::Inconclusive => {
                ("gate-inconclusive", "cannot be decided", Severity::Error)
            }
            GateVerdict::Absent => ("gate-absent", "has no figure", Severity::Error),
            GateVerdict::Fail | GateVerdict::Pass => ("gate-fails", "fails", Severity::Error),
        };
        let lines = group.iter().map(|(case, gate)| {
            let extras = [remedy(gate), gate.note.clone()];
            let extras = extras
                .into_iter()
                .flatten()
                .map(|extra| format!("\n  {extra}"));
            let line = gate_line(gate, currency(case));
            format!("{}: {line}{}", case.id, extras.collect::<String>())
        });
        let n = match group.len() {
            1 => String::new(),
            n => format!(" in {} scenarios", grouped(n as u64)),
        };
        Annotation {
            severity,
            kind: kind.to_owned(),
            identity: gate.id.clone(),
            file: gate
                .place
                .as_ref()
                .map_or(&case.file, |place| &place.file)
                .clone(),
            place: gate.place.clone(),
            title: format!("gate {} {what}{n}", gate.id),
            text: listed(lines.collect()),
        }
    }

    /// One annotation for each edited key of scenarios that changed, or for the file if nothing was
    /// edited.
    fn of_changes(&self) -> Vec<Annotation> {
        let mut groups: Vec<(Option<&EditPart>, Vec<&CasePart>)> = Vec::new();
        for case in self.cases.iter().filter(|case| is_changed(case)) {
            let edits: Vec<Option<&EditPart>> = match case.edits() {
                [] => vec![None],
                edits => edits.iter().map(Some).collect(),
            };
            for edit in edits {
                let is_same = |group: &&mut (Option<&EditPart>, Vec<&CasePart>)| {
                    group.0 == edit
                        && (edit.is_some_and(|edit| edit.place.is_some())
                            || group.1[0].file == case.file)
                };
                match groups.iter_mut().find(is_same) {
                    Some((_, cases)) => cases.push(case),
                    None => groups.push((edit, vec![case])),
                }
            }
        }
        groups
            .iter()
            .map(|(edit, cases)| of_change(*edit, cases))
            .collect()
    }

    /// Gates that ask something else than in the baseline, where they stand.
    fn of_gate_edits(&self) -> Vec<Annotation> {
        let edits = [true, false].map(|is_loosened| self.gate_edits(is_loosened));
        let edits = edits.into_iter().flatten();
        let of_edit = |(edit, cases): (&GateEdit, Vec<&CasePart>)| Annotation {
            severity: match edit.is_loosened {
                true => Severity::Error,
                false => Severity::Warning,
            },
            kind: match edit.is_loosened {
                true => "gate-loosened",
                false => "gate-edited",
            }
            .to_owned(),
            identity: format!("{}/{}", cases[0].file, edit.id),
            file: edit
                .place
                .as_ref()
                .map_or(&cases[0].file, |place| &place.file)
                .clone(),
            place: edit.place.clone(),
            title: format!("gate {} is {} against the baseline", edit.id, edit.word()),
            text: format!(
                "{}\n{}",
                edit.line(currency(cases[0])),
                listed(cases.iter().map(|case| case.id.clone()).collect())
            ),
        };
        edits.map(of_edit).collect()
    }

    /// Scenarios whose turn did not come: one annotation for each reason.
    fn of_not_run(&self) -> Vec<Annotation> {
        let mut groups: Vec<(&str, Vec<&CasePart>)> = Vec::new();
        for case in &self.cases {
            let State::NotRun { why, .. } = &case.state else {
                continue;
            };
            match groups.iter_mut().find(|(known, _)| known == why) {
                Some((_, cases)) => cases.push(case),
                None => groups.push((why, vec![case])),
            }
        }
        let is_late = |case: &&CasePart| matches!(case.state, State::NotRun { is_after_failure, .. } if !is_after_failure);
        let of_group = |(why, cases): (&str, Vec<&CasePart>)| Annotation {
            // what was left after a failure leaves nothing unanswered
            severity: match cases.iter().any(is_late) {
                true => Severity::Error,
                false => Severity::Warning,
            },
            kind: "not-run".to_owned(),
            identity: why.to_owned(),
            file: cases[0].file.clone(),
            place: None,
            title: format!("{} not run", counted(cases.len(), "scenario")),
            text: format!(
                "{why}\n{}",
                listed(cases.iter().map(|case| case.id.clone()).collect())
            ),
        };
        groups.into_iter().map(of_group).collect()
    }

    /// Ids of the baseline that are gone, at the baseline.
    fn of_missing(&self) -> Option<Annotation> {
        let file = self
            .baseline
            .as_ref()
            .filter(|_| !self.missing.is_empty())?;
        let n = self.missing.len();
        Some(Annotation {
            severity: Severity::Error,
            kind: "missing".to_owned(),
            identity: String::new(),
            file: file.clone(),
            place: None,
            title: format!("{} of the baseline missing", counted(n, "scenario")),
            text: listed(self.missing.clone()),
        })
    }

    /// Scenarios that a baseline of another value version fails.
    fn of_versions(&self) -> Vec<Annotation> {
        let strict = self.cases.iter().filter(|_| self.is_version_strict);
        strict
            .filter_map(|case| match &case.against {
                Some(AgainstPart::Unpaired {
                    why,
                    is_other_version: true,
                    ..
                }) => Some(Annotation {
                    severity: Severity::Error,
                    kind: "version".to_owned(),
                    identity: case.id.clone(),
                    file: case.file.clone(),
                    place: None,
                    title: "the baseline is of another value version".to_owned(),
                    text: format!("{}: {why}", case.id),
                }),
                _ => None,
            })
            .collect()
    }
}

impl CheckReport {
    /// Every fault of every file.
    pub fn annotations(&self) -> Vec<Annotation> {
        let files = self.files.iter();
        let faults = files.flat_map(|file| of_faults(&file.file, file.faults()));
        without_repetitions(faults.collect())
    }
}

fn of_faults(file: &str, faults: &[FaultPart]) -> Vec<Annotation> {
    let faults = faults.iter();
    faults
        .map(|fault| Annotation {
            severity: Severity::Error,
            kind: fault.code.clone(),
            identity: fault.message.clone(),
            file: fault
                .place
                .as_ref()
                .map_or(file, |place| &place.file)
                .to_owned(),
            place: fault.place.clone(),
            title: format!("invalid scenario: {}", fault.code),
            text: fault.whole_text(),
        })
        .collect()
}

fn of_change(edit: Option<&EditPart>, cases: &[&CasePart]) -> Annotation {
    let lines = cases.iter().flat_map(|case| {
        case.changes().iter().map(|change| {
            let moved = moved(change, currency(case));
            format!(
                "{}: {} {} → {}, {}",
                case.id, change.measure, moved.base, moved.new, moved.difference
            )
        })
    });
    let place = edit.and_then(|edit| edit.place.clone());
    let mut said = match edit {
        Some(edit) => format!("{} {}\n", edit.key, edit.what()),
        None => "no key was edited\n".to_owned(),
    };
    if let Some(remark) = remark(cases[0]) {
        said.push_str(&format!("{remark}\n"));
    }
    let what = match cases {
        [case] => case.id.clone(),
        cases => format!("{} scenarios", grouped(cases.len() as u64)),
    };
    Annotation {
        severity: Severity::Error,
        kind: "changed".to_owned(),
        identity: match edit {
            Some(edit) => format!("{}/{}", cases[0].file, edit.key),
            None => cases[0].id.clone(),
        },
        file: place
            .as_ref()
            .map_or(&cases[0].file, |place| &place.file)
            .clone(),
        place,
        title: format!("{what} changed against the baseline"),
        text: (said + &listed(lines.collect())).trim_end().to_owned(),
    }
}

/// The first few lines, and how many more there are.
fn listed(lines: Vec<String>) -> String {
    let more = match lines.len().saturating_sub(MOST_NAMED) {
        0 => String::new(),
        n => format!("\n{} more", grouped(n as u64)),
    };
    let shown: Vec<String> = lines.into_iter().take(MOST_NAMED).collect();
    shown.join("\n") + &more
}

/// A fault of a base is one of every file that extends it; it is shown once.
fn without_repetitions(found: Vec<Annotation>) -> Vec<Annotation> {
    let mut kept: Vec<Annotation> = Vec::new();
    for annotation in found {
        if !kept.contains(&annotation) {
            kept.push(annotation);
        }
    }
    kept
}
