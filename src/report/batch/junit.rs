//! A batch as JUnit XML, as CI servers read it.
//!
//! In: a [`BatchReport`]. Out: a suite for each file, a test case for each gate and for what a scenario
//! is held against, no times. Not here: what is found (`findings`), the syntax of XML (`xml`).

mod properties;
mod write;

use super::findings::{BASELINE, Finding, GATES, SIMULATES};
use super::xml::Xml;
use super::{BatchReport, CasePart, PlacePart, Standing, State};
use properties::{properties_of_case, properties_of_gate};
use std::collections::BTreeMap;

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
    kind: String,
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
            let suite = suites.entry(&case.file).or_default();
            suite.extend(self.tests_of(case));
        }
        if !self.missing.is_empty() || !self.missing_shards.is_empty() {
            suites
                .entry(BASELINE)
                .or_default()
                .extend(self.of_missing());
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
        let found = self.findings(case);
        let test = |name: &str, place: Option<&PlacePart>, properties| Test {
            name: name.to_owned(),
            class: case.id.clone(),
            file: place.map_or(&case.file, |place| &place.file).clone(),
            line: place.map(|place| place.line),
            properties,
            ended: Ended::of(found.iter().filter(|finding| finding.topic == name)),
        };
        let gates = case.gates.iter().map(|gate| {
            let properties = properties_of_gate(case, gate);
            test(&gate.id, gate.place.as_ref(), properties)
        });
        let mut tests: Vec<Test> = gates.collect();
        if tests.is_empty() {
            tests.push(test(SIMULATES, None, properties_of_case(case)));
        }
        let is_simulated = matches!(case.state, State::Simulated { .. });
        for (name, is_asked) in [
            (BASELINE, case.against.is_some()),
            (GATES, !case.gate_edits.is_empty()),
        ] {
            if is_simulated && is_asked {
                tests.push(test(name, None, Vec::new()));
            }
        }
        tests
    }

    /// Scenarios of the baseline and shards that are not there.
    fn of_missing(&self) -> impl Iterator<Item = Test> {
        let test = |class: String, message: &str| Test {
            name: BASELINE.to_owned(),
            class,
            file: String::new(),
            line: None,
            properties: Vec::new(),
            ended: Ended::Failure(Said {
                kind: "missing".to_owned(),
                message: message.to_owned(),
                body: String::new(),
            }),
        };
        let missing = self.missing.iter();
        let missing =
            missing.map(move |id| test(id.clone(), "the baseline has it and this batch has not"));
        let shards = self.missing_shards.iter();
        missing.chain(shards.map(move |number| {
            let class = format!("shard {number}");
            test(class, "nothing of this shard was there to be merged")
        }))
    }
}

impl Ended {
    /// By what was found, the worst of which decides.
    fn of<'f>(found: impl Iterator<Item = &'f Finding>) -> Self {
        let mut found: Vec<&Finding> = found.collect();
        found.sort_by_key(|finding| (!finding.is_counted, std::cmp::Reverse(finding.standing)));
        let Some(worst) = found.first() else {
            return Self::Passed;
        };
        let places = |finding: &Finding| {
            let place = finding.at[0].place.as_ref();
            let is_one = finding.at.len() == 1;
            place.filter(|_| is_one).map(PlacePart::shown)
        };
        let body = |finding: &&Finding| {
            let lines = [Some(finding.body()), places(finding)];
            lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
        };
        let said = || Said {
            kind: match worst.standing {
                Standing::Invalid => "invalid".to_owned(),
                _ => worst.kind.clone(),
            },
            message: worst.message.clone(),
            body: found.iter().map(body).collect::<Vec<_>>().join("\n\n"),
        };
        match (worst.standing, worst.is_counted) {
            (Standing::NotRun, _) => Self::Skipped(worst.message.clone()),
            (Standing::Failed | Standing::Invalid, _) => Self::Error(said()),
            (_, true) => Self::Failure(said()),
            (_, false) => Self::Noted(said().body),
        }
    }
}

/// Tests, failures, errors, skipped.
fn counts(tests: &[&Test]) -> [String; 4] {
    let n = |is: fn(&Ended) -> bool| {
        let wanted = tests.iter().filter(|test| is(&test.ended));
        wanted.count().to_string()
    };
    [
        n(|_| true),
        n(|ended| matches!(ended, Ended::Failure(_))),
        n(|ended| matches!(ended, Ended::Error(_))),
        n(|ended| matches!(ended, Ended::Skipped(_))),
    ]
}

fn attributes<'a>(name: &'a str, counts: &'a [String; 4]) -> [(&'static str, &'a str); 5] {
    let [tests, failures, errors, skipped] = counts;
    [
        ("name", name),
        ("tests", tests),
        ("failures", failures),
        ("errors", errors),
        ("skipped", skipped),
    ]
}
