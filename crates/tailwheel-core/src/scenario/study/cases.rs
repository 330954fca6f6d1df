//! Reads all cases of a file: every combination of its variants and axis values.
//!
//! In: a document with the sections of a study. Out: [`Study`]. Not here: reading a scenario (`read`).

use super::super::Scenario;
use super::super::declaration::of_study;
use super::super::document::Document;
use super::super::implausible::Implausible;
use super::super::read::{judge_case, stem};
use super::super::shared_parts::{SharedParts, size_of};
use super::dimension::{Dimension, VARIANT, read_dimensions};
use super::expect::{Expectation, read_expectations};
use super::extent::{self, Shared};
use super::selection::{Selection, read_excludes};
use super::{Case, Study};
use crate::form::{At, Faults, Place, SourceMap, Table, fault};
use std::collections::BTreeSet;
use std::sync::Arc;

#[cfg(test)]
mod work;

/// Note on a fault in one variant or axis value: where to write the remedy. Tables of the file apply to all.
const WHERE: &str =
    "where the case sets it, under its whole path; in the tables of the file it is for all cases";

/// Largest number of reading steps to find variants without effect; larger files get no such warning.
const MOST_COMPARED: u64 = 400_000;
/// Number of values of a document that one step of [`Faults::count_steps`] copies.
const VALUES_PER_STEP: u64 = 4;

/// All that a file states about its cases: variants and axes, the combinations to simulate, and gates.
struct Plan {
    dimensions: Vec<Dimension>,
    /// Combinations to simulate: for each dimension (the variants, or one axis), the index of its option.
    cases: Vec<Vec<usize>>,
    expected: Vec<Expectation>,
}

/// Reads the study in `document`; `None` after a fault. `room` is the memory limit of all cases in bytes, if
/// known. If `has_all` is false, only the file as written is read, without variants and axes.
pub fn read(
    path: &str,
    mut document: Table,
    sources: &SourceMap,
    room: Option<u64>,
    has_all: bool,
    faults: &mut Faults,
) -> Option<Study> {
    let sections = Table { entries: of_study().filter_map(|key| document.remove(key)).collect() };
    if let Some(fault) = extent::refuse(&sections, &document) {
        // Such a large number of cases is not read at all, not even to find further faults.
        return faults.refuse(fault);
    }
    let plan = Plan::read(&sections, sources, faults);
    let steps_of_table = size_of(&document) / VALUES_PER_STEP;
    let is_matrix = !plan.dimensions.is_empty();
    let has_cases = is_matrix && has_all;
    let mut reading = Reading {
        path,
        document: Arc::new(document),
        shared: Shared::within(room),
        known: SharedParts::new(has_cases),
        has_cases,
        steps_of_table,
        top: sources.top(),
        plan: &plan,
        met: BTreeSet::new(),
        repeats: Vec::new(),
        faults,
    };
    reading.repeats = reading.repeats();
    let as_written = reading.as_written();
    let cases: Vec<Option<Case>> = if has_cases {
        plan.cases.iter().map(|chosen| reading.case(chosen)).collect()
    } else {
        vec![as_written.clone()]
    };
    let as_written = as_written?;
    let cases: Vec<Case> = cases.into_iter().collect::<Option<_>>()?;
    (!cases.is_empty()).then(|| Study {
        title: as_written.scenario.title.clone(),
        cases,
        as_written,
        n_cases: plan.cases.len(),
        n_expectations: plan.expected.len(),
        sources: sources.clone(),
        is_matrix,
    })
}

impl Plan {
    fn read(sections: &Table, sources: &SourceMap, faults: &mut Faults) -> Self {
        let dimensions = read_dimensions(sections, sources, faults);
        let excludes = read_excludes(sections, &dimensions, faults);
        let expected = read_expectations(sections, &dimensions, faults);
        let mut cases = combinations(&dimensions);
        // Other faults can be found without a dimension that could not be read.
        if dimensions.iter().all(|dimension| dimension.is_sound) {
            cases = without(cases, &excludes, faults);
            judge_where(&cases, &expected, faults);
        }
        Self { dimensions, cases, expected }
    }

    /// Copies of the gates that `applies` selects, in a list without spare capacity: there are many cases.
    fn gates(&self, applies: impl Fn(&Expectation) -> bool) -> Vec<Expectation> {
        let mut gates: Vec<Expectation> =
            self.expected.iter().filter(|gate| applies(gate)).cloned().collect();
        gates.shrink_to_fit();
        gates
    }
}

/// Every combination of options, as indices by dimension; the last dimension varies fastest.
fn combinations(dimensions: &[Dimension]) -> Vec<Vec<usize>> {
    let sizes: Vec<usize> = dimensions.iter().map(|one| one.options.len().max(1)).collect();
    let combination = |mut number: usize| {
        let mut case = vec![0; sizes.len()];
        for (option, size) in case.iter_mut().zip(&sizes).rev() {
            (*option, number) = (number % size, number / size);
        }
        case
    };
    (0..sizes.iter().product()).map(combination).collect()
}

/// Returns the combinations that no exclusion selects. Refuses exclusions that select none. Exclusions that
/// leave no combination are refused and ignored.
fn without(mut cases: Vec<Vec<usize>>, excludes: &[At<Selection>], faults: &mut Faults) -> Vec<Vec<usize>> {
    for exclude in excludes {
        if !cases.iter().any(|case| exclude.holds(case)) {
            fault!(faults, "exclude", "this exclusion leaves out no case";
                exclude.place => "holds for none of them";
                rule: "a case is left out if all keys of one [[exclude]] hold for it");
        }
    }
    let is_left = |case: &Vec<usize>| !excludes.iter().any(|exclude| exclude.holds(case));
    if !cases.iter().any(is_left) {
        let place = excludes.last().and_then(|exclude| exclude.place);
        fault!(faults, "exclude", "no case is left to simulate";
            place => "with this the last one is left out";
            rule: "a case is left out if all keys of one [[exclude]] hold for it");
        return cases;
    }
    cases.retain(is_left);
    cases
}

/// Refuses gates whose `where` selects none of the `cases`, because they would never be judged.
fn judge_where(cases: &[Vec<usize>], expected: &[Expectation], faults: &mut Faults) {
    for gate in expected {
        if let Some(selection) = &gate.selection
            && !cases.iter().any(|case| gate.applies_to(case))
        {
            fault!(faults, "expect", "expectation `{}` is about no case", gate.id;
                selection.place => "holds for none of them";
                rule: "`where` holds for a case if all its keys do; [[exclude]] may have left it out");
        }
    }
}

/// Reader of all combinations of variants and axis values of a file, which reports equal faults only once.
struct Reading<'a> {
    path: &'a str,
    document: Arc<Table>,
    shared: Shared,
    known: SharedParts,
    /// False if only the file as written is read, without variants and axes.
    has_cases: bool,
    steps_of_table: u64,
    top: Option<Place>,
    plan: &'a Plan,
    met: BTreeSet<(&'static str, String, Option<Place>)>,
    /// Variants that set only values the file already has, with their names and warnings.
    repeats: Vec<(&'a str, Implausible)>,
    faults: &'a mut Faults,
}

impl<'a> Reading<'a> {
    fn repeats(&self) -> Vec<(&'a str, Implausible)> {
        let plan: &'a Plan = self.plan;
        let variants = plan.dimensions.iter().filter(|one| one.is_variants());
        let options: Vec<_> = variants.flat_map(|variants| &variants.options).collect();
        // Every comparison reads the whole document, which a warning is not worth in a large file.
        let is_much = options.len() as u64 * self.steps_of_table > MOST_COMPARED;
        let repeats = options.into_iter().filter(|option| {
            if is_much {
                return false;
            }
            let with_it = Document::new(Arc::clone(&self.document), option.sets.clone());
            let is_same = || with_it.table(&mut Faults::default()).means(&self.document);
            !option.sets.is_empty() && is_same()
        });
        let warned = repeats.map(|option| {
            let warning = Implausible::new(
                &format!("variant.{}.set", option.label),
                "what the file says already",
                "it changes nothing",
                "Write another value, or leave `set` out",
            );
            (option.label.as_str(), warning)
        });
        warned.collect()
    }

    fn as_written(&mut self) -> Option<Case> {
        let expectations = self.plan.gates(|gate| gate.selection.is_none());
        let document = Document::new(Arc::clone(&self.document), Vec::new());
        let mut scenario = self.judge(&document, None, expectations.len())?;
        scenario.implausible.extend(self.repeats.iter().map(|(_, warning)| warning.clone()));
        Some(Case { id: stem(self.path), choices: Vec::new(), scenario, document, expectations })
    }

    fn case(&mut self, chosen: &[usize]) -> Option<Case> {
        if self.faults.is_full() || self.shared.is_full() {
            return None;
        }
        let plan = self.plan;
        let mut sets = Vec::new();
        let mut choices = Vec::new();
        let mut names = Vec::new();
        for (dimension, &option) in plan.dimensions.iter().zip(chosen) {
            let Some(option) = dimension.options.get(option) else {
                continue; // its fault has been reported
            };
            sets.extend(option.sets.iter().cloned());
            names.push(if dimension.is_variants() {
                option.label.clone()
            } else {
                format!("{}={}", dimension.name, option.label)
            });
            choices.push((dimension.name.clone(), option.label.clone()));
        }
        let id = format!("{}/{}", stem(self.path), names.join(","));
        let document = Document::new(Arc::clone(&self.document), sets);
        let expectations = plan.gates(|gate| gate.applies_to(chosen));
        let mut scenario = self.judge(&document, Some(&id), expectations.len())?;
        let chosen = |(name, _): &&(&str, Implausible)| {
            choices.iter().any(|(dimension, label)| dimension == VARIANT && label == name)
        };
        let repeats = self.repeats.iter().filter(chosen);
        scenario.implausible.extend(repeats.map(|(_, warning)| warning.clone()));
        Some(Case { id, choices, scenario, document, expectations })
    }

    /// Reads the scenario of `document`; `None` after a fault. Each fault is reported once, with the id `case`, or
    /// none for the file as written. `n_gates`, the number of its gates, counts toward the memory limit.
    fn judge(&mut self, document: &Document, case: Option<&str>, n_gates: usize) -> Option<Scenario> {
        let mut found = Faults::default();
        let table = document.table(&mut found);
        let mut scenario = None;
        if found.is_empty() {
            scenario = judge_case(&table, &mut self.known, self.top, self.path, &mut found);
        }
        // A refused case has also cost its steps.
        let n_steps = found.n_steps() + self.steps_of_table;
        self.shared.count(n_steps);
        self.faults.count_steps(n_steps);
        if let Some(scenario) = &mut scenario {
            self.shared.share(scenario, n_gates);
        }
        if self.has_cases && self.shared.is_full() {
            found.push(self.shared.too_large(self.top));
        }
        for fault in found.iter() {
            let key = (fault.code, fault.message.clone(), fault.place());
            if self.met.insert(key) {
                let fault = fault.clone();
                let proposes = fault.notes.iter().any(|note| note.name == "write");
                self.faults.push(match case {
                    Some(id) if proposes => fault.note("in case", id).note("where", WHERE),
                    Some(id) => fault.note("in case", id),
                    None => fault,
                });
            }
        }
        scenario.filter(|_| found.is_empty())
    }
}
