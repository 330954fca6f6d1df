//! A batch as JUnit XML, as CI servers read it.
//!
//! In: a [`BatchReport`]. Out: a suite for each file, a test for each gate and for the baseline, no times. Not here: what
//! is found (`findings`), words and markup (`templates/junit.xml.j2`).

use super::findings::{BASELINE, Finding, GATES, SIMULATES};
use super::{BatchReport, CasePart, GatePart, PlacePart, State, Status};
use crate::page::{Form, Rendered};
use crate::report::gate::Advice;
use crate::report::screens::rendered;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Names with values, for programs that read JUnit XML.
type Properties = Vec<(String, String)>;

#[derive(Serialize)]
struct Suite<'r> {
    name: &'r str,
    n: Numbers,
    tests: Vec<Test<'r>>,
}

/// How many tests there are and how they ended.
#[derive(Default, Serialize)]
struct Numbers {
    tests: usize,
    failures: usize,
    errors: usize,
    skipped: usize,
}

#[derive(Serialize)]
struct Test<'r> {
    name: &'r str,
    class: String,
    file: Option<&'r str>,
    line: Option<usize>,
    properties: Properties,
    ending: Ending,
    /// The worst one first.
    found: Vec<Finding<'r>>,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Ending {
    Passed,
    Failure,
    Error,
    Skipped,
    /// A scenario of the baseline, or a shard, is not there.
    Missing,
    MissingShard,
}

impl BatchReport {
    /// The text of `junit.xml`.
    pub fn to_junit(&self) -> Rendered {
        let mut suites: BTreeMap<&str, Vec<Test<'_>>> = BTreeMap::new();
        for case in &self.cases {
            let suite = suites.entry(&case.file).or_default();
            suite.extend(self.tests_of(case));
        }
        if !self.missing.is_empty() || !self.missing_shards.is_empty() {
            let suite = suites.entry(BASELINE).or_default();
            let missing = self
                .missing
                .iter()
                .map(|id| absent(id.clone(), Ending::Missing));
            let shards = self.missing_shards.iter();
            let shards = shards.map(|n| absent(format!("shard {n}"), Ending::MissingShard));
            suite.extend(missing.chain(shards));
        }
        let all = Numbers::of(suites.values().flatten());
        let suites = suites.into_iter().map(|(name, tests)| Suite {
            name,
            n: Numbers::of(&tests),
            tests,
        });
        let facts = serde_json::json!({ "n": all, "suites": suites.collect::<Vec<_>>() });
        rendered("junit.xml.j2", &facts, Form::default())
    }

    fn tests_of<'r>(&self, case: &'r CasePart) -> Vec<Test<'r>> {
        let found = self.findings(case);
        let test = |name: &'r str, place: Option<&'r PlacePart>, properties: Properties| {
            let of_test = found.iter().filter(|finding| finding.test == name);
            let mut of_test: Vec<Finding<'r>> = of_test.cloned().collect();
            of_test.sort_by_key(|finding| (!finding.is_counted, Reverse(finding.status)));
            Test {
                name,
                class: case.id.clone(),
                file: Some(place.map_or(&case.file, |place| &place.file)),
                line: place.map(|place| place.line),
                properties,
                ending: ending(of_test.first()),
                found: of_test,
            }
        };
        let gates = case.gates.iter();
        let gates = gates.map(|gate| test(&gate.id, gate.place.as_ref(), of_gate(case, gate)));
        let mut tests: Vec<Test<'r>> = gates.collect();
        if tests.is_empty() {
            tests.push(test(SIMULATES, None, of_case(case)));
        }
        if matches!(case.state, State::Simulated { .. }) {
            let of_baseline = [
                (BASELINE, case.against.is_some()),
                (GATES, !case.gate_edits.is_empty()),
            ];
            let asked = of_baseline.into_iter().filter(|(_, is_asked)| *is_asked);
            tests.extend(asked.map(|(name, _)| test(name, None, Vec::new())));
        }
        tests
    }
}

fn absent<'r>(class: String, ending: Ending) -> Test<'r> {
    Test {
        name: BASELINE,
        class,
        file: None,
        line: None,
        properties: Vec::new(),
        ending,
        found: Vec::new(),
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

impl Numbers {
    fn of<'t, 'r: 't>(tests: impl IntoIterator<Item = &'t Test<'r>>) -> Self {
        let mut n = Self::default();
        for test in tests {
            n.tests += 1;
            match test.ending {
                Ending::Passed => {}
                Ending::Error => n.errors += 1,
                Ending::Skipped => n.skipped += 1,
                Ending::Failure | Ending::Missing | Ending::MissingShard => n.failures += 1,
            }
        }
        n
    }
}

fn named<const N: usize>(properties: [(&str, Option<String>); N]) -> Properties {
    let properties = properties.into_iter();
    let known = properties.filter_map(|(name, value)| Some((name.to_owned(), value?)));
    known.collect()
}

/// How a scenario was simulated; nothing if it was not.
fn of_case(case: &CasePart) -> Properties {
    let State::Simulated {
        paths,
        seeds,
        model_digest,
        ..
    } = &case.state
    else {
        return Vec::new();
    };
    named([
        ("paths", Some(paths.to_string())),
        ("seed", Some(seeds.world.to_string())),
        ("parameter_seed", Some(seeds.parameters.to_string())),
        ("model_digest", Some(model_digest.clone())),
    ])
}

/// What a gate asks and its figure.
fn of_gate(case: &CasePart, gate: &GatePart) -> Properties {
    let number = |value: Option<f64>| value.map(|value| value.to_string());
    let answer = gate.answer.as_ref();
    let interval = answer.and_then(|answer| answer.interval);
    let level = answer
        .filter(|_| interval.is_some())
        .map(|answer| answer.level);
    let [of_run, of_decide] = match gate.advice {
        Some(Advice::Paths { run, decide }) => [run, decide].map(Some),
        _ => [None; 2],
    };
    let range = |ends: Option<[u64; 2]>| ends.map(|[low, high]| format!("{low} to {high}"));
    let mut properties = named([
        ("measure", Some(gate.measure.clone())),
        ("above", number(gate.above)),
        ("below", number(gate.below)),
        ("confidence", number(Some(gate.confidence))),
        ("estimate", number(answer.map(|answer| answer.value))),
        (
            "std_error",
            number(answer.and_then(|answer| answer.std_error)),
        ),
        ("interval_low", number(interval.map(|[low, _]| low))),
        ("interval_high", number(interval.map(|[_, high]| high))),
        ("level", number(level)),
        ("unit", answer.map(|answer| answer.unit.word().to_owned())),
        ("paths", answer.map(|answer| answer.n.to_string())),
        ("paths_to_decide", range(of_run)),
        ("decide", range(of_decide)),
    ]);
    let choices = case.choices.iter();
    properties.extend(choices.map(|(axis, value)| (format!("choice.{axis}"), value.clone())));
    properties
}
