//! What the documents say and what became of it: `documents.tsv`, shown by docs/model/documents.md. Every scenario, gate, kind
//! and default in it is a real one, and a gate holds because of what its row names: without that it alone fails.

use super::{page, root};
use crate::common::study_of_file;
use std::collections::BTreeMap;
use tailwheel::Control;
use tailwheel::catalog::{Entry, class, event_kind, jurisdiction};
use tailwheel::report::gate::{GatePart, GateVerdict};
use tailwheel::report::judge_all;
use tailwheel::scenario::{Case, Scenario, Study};
use tailwheel::study::simulate;

/// Paths with which every gate of the table is decided, at a confidence of 95 %.
const PATHS: u64 = 8_192;

/// A sentence of a document on which something acts.
struct Row {
    gist: String,
    /// `liability/bare`
    case: String,
    gate: String,
    /// Keys and values, or one file that stands in for this one.
    without: Vec<String>,
}

/// Words between backticks.
fn quoted(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

/// The lines of the table, by cell.
fn lines() -> Vec<[String; 6]> {
    let table = page("tests/program/docs/documents.tsv");
    let cells = |line: &str| line.split('\t').map(str::to_owned).collect::<Vec<_>>();
    table.lines().skip(1).map(|line| cells(line).try_into().expect("six cells")).collect()
}

/// The lines of the table with the grade of the catalog behind each default.
pub fn graded_lines() -> Vec<[String; 6]> {
    let mut graded = lines();
    for cells in &mut graded {
        let parts = cells[2].split('`').enumerate().map(|(index, part)| match grade_of(part) {
            _ if index % 2 == 0 => part.to_owned(),
            Some(grade) => format!("`{part}` {grade}"),
            None => format!("`{part}`"),
        });
        cells[2] = parts.collect();
    }
    graded
}

/// Those lines that name a gate.
fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for [_, gist, became, case, gate, without] in lines() {
        let is_without = ["acts on nothing", "no gate"].iter().any(|words| became.starts_with(words));
        let has_gate = [&case, &gate, &without].iter().all(|cell| *cell != "–");
        assert!(is_without != has_gate, "a gate, or why there is none: {gist}");
        if has_gate {
            let [case, gate] = [case, gate].map(|cell| quoted(&cell).next().unwrap().to_owned());
            rows.push(Row { gist, case, gate, without: quoted(&without).map(str::to_owned).collect() });
        }
    }
    assert!(rows.len() > 15);
    rows
}

/// The case that is called `id`: a file, or a file and one of its variants.
fn case_of(id: &str) -> (Study, Case) {
    let path = |name: &str| format!("scenarios/{name}.toml");
    let (file, variant) = match id.rsplit_once('/').filter(|_| !root().join(path(id)).is_file()) {
        Some((file, variant)) => (file, Some(variant)),
        None => (id, None),
    };
    let study = study_of_file(&path(file), &[]);
    let is_meant = |case: &&Case| match variant {
        Some(variant) => case.choices.iter().any(|(_, chosen)| chosen == variant),
        None => !study.is_matrix,
    };
    let case = study.cases.iter().find(is_meant).unwrap_or_else(|| panic!("no case {id}")).clone();
    (study, case)
}

impl Row {
    /// The scenario without what the row is about.
    fn scenario_without(&self, case: &Case) -> Scenario {
        if let [file] = self.without.as_slice()
            && !file.contains('=')
        {
            return case_of(file).1.scenario;
        }
        let mut document = case.document.clone();
        for edit in &self.without {
            let (key, value) = edit.split_once('=').expect("key = value");
            let edited = document.assigned(&[key.trim()], value.trim());
            document = edited.unwrap_or_else(|refusal| panic!("{edit}: {refusal}"));
        }
        document.read(&self.case).unwrap_or_else(|refusal| panic!("{}: {refusal}", self.case))
    }

    /// Every gate of the case, as it is and without what the row is about.
    fn judged(&self, paths: Option<u64>) -> [BTreeMap<String, GatePart>; 2] {
        let (study, case) = case_of(&self.case);
        let judge = |scenario: &Scenario| {
            let paths = paths.unwrap_or(scenario.paths);
            let scenario = Scenario { paths, ..scenario.clone() };
            let run = simulate(&scenario, &Control::default()).expect("it is finite");
            let gates = judge_all(&case.expectations, &study.sources, &run.data(), 0);
            gates.into_iter().map(|gate| (gate.id.clone(), gate)).collect()
        };
        [judge(&case.scenario), judge(&self.scenario_without(&case))]
    }
}

#[test]
#[ignore = "slow: part of .ci/run"]
fn a_gate_fails_and_no_other_where_what_a_sentence_became_is_switched_off() {
    let mut faults = Vec::new();
    for row in rows() {
        let [with, without] = row.judged(Some(PATHS));
        assert!(with.contains_key(&row.gate), "{} has no gate {}", row.case, row.gate);
        for (id, gate) in &with {
            let expected = if *id == row.gate { GateVerdict::Fail } else { GateVerdict::Pass };
            let found = (gate.verdict, without[id].verdict);
            if found != (GateVerdict::Pass, expected) {
                faults.push(format!("{}: {}: {id}: {found:?}", row.gist, row.case));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Standard errors between a figure and the nearest limit.
fn margin(gate: &GatePart) -> f64 {
    let answer = gate.answer.as_ref().expect("there is such a figure");
    let limits = gate.above.into_iter().chain(gate.below);
    let nearest = limits.map(|limit| (answer.value - limit).abs()).fold(f64::INFINITY, f64::min);
    answer.std_error.map_or(f64::INFINITY, |error| nearest / error)
}

/// With every path: `cargo test --test program -- --ignored ten_standard_errors`.
#[test]
#[ignore = "takes as long as the scenarios do"]
fn the_gates_hold_and_fail_by_ten_standard_errors_on_all_paths() {
    let mut faults = Vec::new();
    for row in rows() {
        let [on, off] = row.judged(None).map(|gates| margin(&gates[&row.gate]));
        if on.min(off) < 10.0 {
            faults.push(format!("{on:.1} {off:.1} {} {}", row.case, row.gate));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// `contract-exploit.rate` G: the grade of a default.
fn grade_of(key: &str) -> Option<String> {
    let (owner, key) = key.split_once('.')?;
    let found = |entries: &'static [Entry]| entries.iter().find(|entry| entry.key == key);
    let entry = match (event_kind(owner), jurisdiction(owner), class(owner)) {
        (Some(kind), ..) => found(&kind.defaults),
        (_, Some(place), _) => found(&place.defaults),
        (.., Some(class)) => found(&class.defaults),
        _ => None,
    };
    entry.map(|entry| format!("{:?}", entry.grade))
}

#[test]
fn every_default_in_the_table_of_the_documents_is_in_the_catalog() {
    let mut n_graded = 0;
    for cells in lines() {
        for key in quoted(&cells[2]) {
            let is_of_file = ["owner.", "asset.", "goal."].iter().any(|start| key.starts_with(start));
            let is_graded = grade_of(key).is_some();
            n_graded += usize::from(is_graded);
            assert!(is_graded || is_of_file || !key.contains('.'), "{key}");
        }
    }
    assert!(n_graded > 15);
}
