//! `junit.xml`: every gate of a batch as a test case.
//!
//! In: a [`BatchReport`]. Out: JUnit XML as CI servers read it: a suite for each file, no times. Not
//! here: the syntax of XML (`xml`).

mod properties;
mod write;

use super::tally::is_changed;
use super::wording::{currency, gate_line, moved, remark, remedy};
use super::xml::Xml;
use super::{
    AgainstPart, BatchReport, CasePart, ChangePart, EditPart, GatePart, GateVerdict, State,
};
use properties::{properties_of_case, properties_of_gate};
use std::collections::BTreeMap;

/// Name of the test case of a scenario without gates, or of one that could not be simulated.
const SIMULATES: &str = "simulates";
/// Name of the test case that holds a scenario against the baseline.
const BASELINE: &str = "against the baseline";

/// Name of the test case of gates that do not ask what they asked in the baseline.
const GATES: &str = "gates of the baseline";

/// How a test case ended.
enum Ended {
    Passed,
    /// Passed, with something to say.
    Noted(String),
    Failure(Said),
    Error(Said),
    Skipped(String),
}

struct Said {
    kind: &'static str,
    message: String,
    body: String,
}

struct Test {
    name: String,
    class: String,
    file: String,
    line: Option<usize>,
    properties: Vec<(String, String)>,
    ended: Ended,
}

impl BatchReport {
    /// The text of `junit.xml`.
    pub fn to_junit(&self) -> String {
        let mut suites: BTreeMap<&str, Vec<Test>> = BTreeMap::new();
        for case in &self.cases {
            suites
                .entry(&case.file)
                .or_default()
                .extend(self.tests_of(case));
        }
        let missing: Vec<Test> = self.missing.iter().map(|id| missing(id)).collect();
        if !missing.is_empty() {
            suites.entry(BASELINE).or_default().extend(missing);
        }
        let mut xml = Xml::new();
        let all: Vec<&Test> = suites.values().flatten().collect();
        xml.open("testsuites", &attributes("tailwheel", &counts(&all)));
        for (file, tests) in &suites {
            let tests: Vec<&Test> = tests.iter().collect();
            xml.open("testsuite", &attributes(file, &counts(&tests)));
            for test in tests {
                test.write(&mut xml);
            }
            xml.close();
        }
        xml.into_text()
    }

    fn tests_of(&self, case: &CasePart) -> Vec<Test> {
        let simulates = |ended: Ended| Test {
            name: SIMULATES.to_owned(),
            class: case.id.clone(),
            file: case.file.clone(),
            line: None,
            properties: properties_of_case(case),
            ended,
        };
        match &case.state {
            State::Invalid { faults } => {
                let texts: Vec<String> = faults
                    .iter()
                    .map(|fault| match &fault.place {
                        Some(place) => format!("{}\n{}", place.shown(), fault.whole_text()),
                        None => fault.whole_text(),
                    })
                    .collect();
                let first = faults
                    .first()
                    .map_or("it is no scenario", |fault| &fault.message);
                return vec![simulates(Ended::Error(Said {
                    kind: "invalid",
                    message: first.to_owned(),
                    body: texts.join("\n\n"),
                }))];
            }
            State::Failed { why } => {
                return vec![simulates(Ended::Error(Said {
                    kind: "failed",
                    message: why.clone(),
                    body: String::new(),
                }))];
            }
            State::NotRun { why, .. } => return vec![simulates(Ended::Skipped(why.clone()))],
            State::Simulated { .. } => {}
        }
        let mut tests: Vec<Test> = case
            .gates
            .iter()
            .map(|gate| self.gate(case, gate))
            .collect();
        if tests.is_empty() {
            tests.push(simulates(Ended::Passed));
        }
        if let Some(against) = &case.against {
            tests.push(self.against(case, against));
        }
        tests.extend(gates_of_baseline(case));
        tests
    }

    fn gate(&self, case: &CasePart, gate: &GatePart) -> Test {
        let line = gate_line(gate, currency(case));
        let said = |kind: &'static str| {
            let place = gate.place.as_ref().map(|place| place.shown());
            let lines = [Some(line.clone()), place, remedy(gate), gate.note.clone()];
            Ended::Failure(Said {
                kind,
                message: line.clone(),
                body: lines.into_iter().flatten().collect::<Vec<_>>().join("\n"),
            })
        };
        let ended = match gate.verdict {
            GateVerdict::Pass => Ended::Passed,
            GateVerdict::Fail => said("fail"),
            GateVerdict::Absent => said("absent"),
            GateVerdict::Inconclusive if self.inconclusive_passes => {
                let let_through = "inconclusive, let through as asked";
                Ended::Noted(match remedy(gate) {
                    Some(remedy) => format!("{let_through}: {line}\n{remedy}"),
                    None => format!("{let_through}: {line}"),
                })
            }
            GateVerdict::Inconclusive => said("inconclusive"),
        };
        Test {
            name: gate.id.clone(),
            class: case.id.clone(),
            file: gate
                .place
                .as_ref()
                .map_or(&case.file, |place| &place.file)
                .clone(),
            line: gate.place.as_ref().map(|place| place.line),
            properties: properties_of_gate(case, gate),
            ended,
        }
    }

    fn against(&self, case: &CasePart, against: &AgainstPart) -> Test {
        let currency = currency(case);
        let ended = match against {
            AgainstPart::New => Ended::Noted("the baseline has no such scenario yet".to_owned()),
            AgainstPart::Equal => Ended::Passed,
            AgainstPart::Paired { changes, edits, .. } if changes.is_empty() => {
                noted(None, changes, edits, currency)
            }
            AgainstPart::Paired { changes, edits, .. } => {
                changed(remark(case).as_deref(), changes, edits, currency)
            }
            AgainstPart::Drifted { changes } => {
                changed(remark(case).as_deref(), changes, &[], currency)
            }
            AgainstPart::Apart { why, edits } => Ended::Failure(Said {
                kind: "changed",
                message: why.clone(),
                body: format!("{why}\n{}", body(&[], edits, currency)),
            }),
            AgainstPart::Unpaired {
                why,
                changes,
                edits,
                is_other_version,
            } => {
                if *is_other_version && self.is_version_strict {
                    Ended::Failure(Said {
                        kind: "version",
                        message: why.clone(),
                        body: format!("{why}\n{}", body(changes, edits, currency)),
                    })
                } else if is_changed(case) {
                    changed(Some(why), changes, edits, currency)
                } else {
                    noted(Some(why), changes, edits, currency)
                }
            }
        };
        Test {
            name: BASELINE.to_owned(),
            class: case.id.clone(),
            file: case.file.clone(),
            line: None,
            properties: Vec::new(),
            ended,
        }
    }
}

/// Gates that ask something else than in the baseline; nothing if none does.
fn gates_of_baseline(case: &CasePart) -> Option<Test> {
    let edits = case.gate_edits.iter();
    let lines: Vec<String> = edits.map(|edit| edit.line(currency(case))).collect();
    let body = lines.join("\n");
    let loosened = case.gate_edits.iter().position(|edit| edit.is_loosened);
    let ended = match loosened {
        None if lines.is_empty() => return None,
        None => Ended::Noted(body),
        Some(first) => Ended::Failure(Said {
            kind: "loosened",
            message: lines[first].clone(),
            body,
        }),
    };
    Some(Test {
        name: GATES.to_owned(),
        class: case.id.clone(),
        file: case.file.clone(),
        line: None,
        properties: Vec::new(),
        ended,
    })
}

fn missing(id: &str) -> Test {
    Test {
        name: BASELINE.to_owned(),
        class: id.to_owned(),
        file: String::new(),
        line: None,
        properties: Vec::new(),
        ended: Ended::Failure(Said {
            kind: "missing",
            message: "the baseline has it and this batch has not".to_owned(),
            body: String::new(),
        }),
    }
}

fn changed(why: Option<&str>, changes: &[ChangePart], edits: &[EditPart], currency: &str) -> Ended {
    let first = changes
        .first()
        .map_or_else(String::new, |change| change_line(change, currency));
    let more = match changes.len() {
        0 | 1 => String::new(),
        n => format!(", and {} more", n - 1),
    };
    let reason = why.map_or_else(String::new, |why| format!(" ({why})"));
    Ended::Failure(Said {
        kind: "changed",
        message: format!("{first}{more}{reason}"),
        body: body(changes, edits, currency),
    })
}

fn noted(why: Option<&str>, changes: &[ChangePart], edits: &[EditPart], currency: &str) -> Ended {
    let said = match why {
        Some(why) => format!("{why}\n{}", body(changes, edits, currency)),
        None => body(changes, edits, currency),
    };
    match said.trim_end() {
        "" => Ended::Passed,
        said => Ended::Noted(said.to_owned()),
    }
}

fn change_line(change: &ChangePart, currency: &str) -> String {
    let moved = moved(change, currency);
    format!(
        "{}: {} → {}, {}",
        change.measure, moved.base, moved.new, moved.difference
    )
}

fn body(changes: &[ChangePart], edits: &[EditPart], currency: &str) -> String {
    let changes = changes.iter().map(|change| change_line(change, currency));
    let edits = edits.iter().map(EditPart::line);
    changes.chain(edits).collect::<Vec<_>>().join("\n")
}

/// Tests, failures, errors, skipped.
fn counts(tests: &[&Test]) -> [String; 4] {
    let n = |is: fn(&Ended) -> bool| {
        tests
            .iter()
            .filter(|test| is(&test.ended))
            .count()
            .to_string()
    };
    [
        tests.len().to_string(),
        n(|ended| matches!(ended, Ended::Failure(_))),
        n(|ended| matches!(ended, Ended::Error(_))),
        n(|ended| matches!(ended, Ended::Skipped(_))),
    ]
}

fn attributes<'a>(
    name: &'a str,
    [tests, failures, errors, skipped]: &'a [String; 4],
) -> [(&'static str, &'a str); 5] {
    [
        ("name", name),
        ("tests", tests),
        ("failures", failures),
        ("errors", errors),
        ("skipped", skipped),
    ]
}
