//! A batch as JUnit XML for CI servers.
//!
//! In: a [`BatchReport`]. Out: a suite for each file, a test for each gate and for the baseline, no times.
//! Not here: the findings (`findings`), words and markup (`templates/junit.xml.j2`).

use super::findings::{BASELINE, Finding, GATES, SIMULATES};
use super::{BatchReport, CasePart, PlacePart, Status};
use crate::page::{Form, Rendered};
use crate::report::screens::rendered;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct Test<'r> {
    name: &'r str,
    class: String,
    /// File of the scenario; `None` if the test reports a missing scenario or shard.
    file: Option<&'r str>,
    /// Place in the file of the gate that is tested; `None` for other tests.
    place: Option<&'r PlacePart>,
    ending: Ending,
    /// Findings of the test, the worst first.
    found: Vec<Finding<'r>>,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Ending {
    Passed,
    Failure,
    Error,
    Skipped,
    /// A scenario of the baseline no longer exists.
    Missing,
    MissingShard,
}

impl BatchReport {
    /// Renders `junit.xml`, with a suite for each file and a test for each gate and comparison.
    pub fn to_junit(&self) -> Rendered {
        let mut suites: BTreeMap<&str, Vec<Test<'_>>> = BTreeMap::new();
        for case in &self.cases {
            suites.entry(&case.file).or_default().extend(self.tests_of(case));
        }
        let missing = self.missing.iter().map(|id| (id.clone(), Ending::Missing));
        let shards = self.missing_shards.iter().map(|n| (format!("shard {n}"), Ending::MissingShard));
        for (class, ending) in missing.chain(shards) {
            suites.entry(BASELINE).or_default().push(Test {
                name: BASELINE,
                class,
                file: None,
                place: None,
                ending,
                found: Vec::new(),
            });
        }
        let facts = serde_json::json!({ "suites": Vec::from_iter(suites) });
        rendered("junit.xml.j2", &facts, Form::default())
    }

    fn tests_of<'r>(&self, case: &'r CasePart) -> Vec<Test<'r>> {
        let found = self.findings(case);
        let test = |name: &'r str, place: Option<&'r PlacePart>| {
            let mut of_test: Vec<Finding<'r>> =
                found.iter().filter(|finding| finding.test == name).cloned().collect();
            of_test.sort_by_key(|finding| (!finding.is_counted, Reverse(finding.status)));
            Test {
                name,
                class: case.id.clone(),
                file: Some(&case.file),
                place,
                ending: ending(of_test.first()),
                found: of_test,
            }
        };
        let gates = case.gates.iter().map(|gate| test(&gate.id, gate.place.as_ref()));
        let others = [
            (SIMULATES, case.gates.is_empty()),
            (BASELINE, case.against.is_some()),
            (GATES, !case.gate_edits.is_empty()),
        ];
        let asked = others.into_iter().filter(|(_, is_asked)| *is_asked);
        gates.chain(asked.map(|(name, _)| test(name, None))).collect()
    }
}

fn ending(worst: Option<&Finding<'_>>) -> Ending {
    match worst.map(|worst| (worst.status, worst.is_counted)) {
        None => Ending::Passed,
        Some((Status::NotRun, _)) => Ending::Skipped,
        Some((Status::Invalid | Status::NotSimulated, _)) => Ending::Error,
        Some((_, true)) => Ending::Failure,
        Some((_, false)) => Ending::Passed,
    }
}
