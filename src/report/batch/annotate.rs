//! What a review shows beside the lines of a file.
//!
//! In: a [`BatchReport`] or a [`CheckReport`]. Out: [`Annotation`]s, the most important first, and workflow commands of
//! GitHub Actions. Not here: what is found (`findings`), words (`templates/github.txt.j2`), writing them (`cli`).

use super::findings::{At, Finding, Line};
use super::view::Few;
use super::{BatchReport, CheckReport, EditPart, PlacePart, Status};
use crate::page::{Form, Rendered};
use crate::report::screens::rendered;
use crate::study::alike;
use serde::Serialize;
use std::cmp::Reverse;

/// Scenarios that one annotation names.
const MOST_NAMED: usize = 5;

/// Something to be shown at a place.
#[derive(Clone, Debug, Serialize)]
pub struct Annotation<'r> {
    /// True if it fails the batch.
    pub is_error: bool,
    /// Stable word of the kind: the code of a fault, `gate-fails`, `changed`.
    pub kind: &'r str,
    /// The gate that it is about, or nothing.
    pub gate: &'r str,
    pub status: Option<Status>,
    pub file: String,
    /// None: about the whole file.
    pub place: Option<PlacePart>,
    /// The edit that stands there.
    pub edit: Option<&'r EditPart>,
    /// Fewest and most other edits of the scenarios.
    pub n_others: [usize; 2],
    pub n_scenarios: usize,
    pub scenarios: Few<Said<'r>>,
    pub missing: Few<&'r str>,
}

/// The lines about one scenario.
#[derive(Clone, Debug, Serialize)]
pub struct Said<'r> {
    /// Nothing where a fault of a file is one of every scenario in it.
    pub id: &'r str,
    pub lines: Vec<Line<'r>>,
}

/// A finding of one scenario at one of its places.
type Placed<'f, 'r> = (&'r str, &'f Finding<'r>, &'f At<'r>);

impl BatchReport {
    /// Faults, gates that failed or are inconclusive, figures that changed.
    ///
    /// What stands at one place for many scenarios is one annotation.
    pub fn annotations(&self) -> Vec<Annotation<'_>> {
        let found = self.cases.iter().flat_map(|case| {
            let found = self.findings(case).into_iter();
            found.map(|finding| (&*case.id, finding))
        });
        let found = found.filter(|(_, finding)| finding.status != Status::Passed);
        let mut annotations = annotated(&found.collect::<Vec<_>>());
        // before what is only reported
        let at = annotations.iter().take_while(|one| one.is_error).count();
        annotations.splice(at..at, self.missing_of_baseline());
        annotations
    }

    /// Ids of the baseline that are gone, at the baseline.
    fn missing_of_baseline(&self) -> Option<Annotation<'_>> {
        let file = self.baseline.as_ref();
        let file = file.filter(|_| !self.missing.is_empty())?;
        Some(Annotation {
            is_error: true,
            kind: "missing",
            gate: "",
            status: None,
            file: file.clone(),
            place: None,
            edit: None,
            n_others: [0; 2],
            n_scenarios: self.missing.len(),
            scenarios: Few::of([], 0),
            missing: Few::of(self.missing.iter().map(String::as_str), MOST_NAMED),
        })
    }
}

impl CheckReport {
    /// Every fault of every file.
    pub fn annotations(&self) -> Vec<Annotation<'_>> {
        let faults = self.files.iter().flat_map(|file| {
            let faults = file.faults().iter();
            faults.map(|fault| ("", Finding::of_fault(&file.file, fault)))
        });
        annotated(&faults.collect::<Vec<_>>())
    }
}

/// One annotation for each place and kind, the worst first.
fn annotated<'r>(found: &[(&'r str, Finding<'r>)]) -> Vec<Annotation<'r>> {
    let placed = found
        .iter()
        .flat_map(|(id, finding)| finding.at.iter().map(move |at| (*id, finding, at)));
    // however many other edits a scenario has
    let about = |(_, finding, at): &Placed<'_, 'r>| {
        let edit = at.edit.map(|edit| &edit.key);
        let fault = finding
            .lines
            .first()
            .filter(|_| finding.status == Status::Invalid)
            .cloned();
        (finding.kind, finding.gate, at.file, at.place, edit, fault)
    };
    let mut groups = alike(placed, |a, b| about(a) == about(b));
    groups.sort_by_key(|group| (!group[0].1.is_counted, Reverse(group[0].1.status)));
    groups.iter().map(|group| annotation(group)).collect()
}

fn annotation<'r>(group: &[Placed<'_, 'r>]) -> Annotation<'r> {
    let (_, finding, at) = group[0];
    // a fault of a base is one of every file that extends it
    let is_of_file = finding.status == Status::Invalid;
    let n_named = if is_of_file { 1 } else { group.len() };
    let numbers = || group.iter().map(|(_, _, at)| at.n_others);
    let said = group.iter().take(n_named).map(|(id, finding, _)| Said {
        id: if is_of_file { "" } else { id },
        lines: finding.lines.clone(),
    });
    Annotation {
        is_error: finding.is_counted,
        kind: finding.kind,
        gate: finding.gate,
        status: Some(finding.status),
        file: at.file.to_owned(),
        place: at.place.cloned(),
        edit: at.edit,
        n_others: [numbers().min().unwrap_or(0), numbers().max().unwrap_or(0)],
        n_scenarios: n_named,
        scenarios: Few::of(said, MOST_NAMED),
        missing: Few::of([], 0),
    }
}

/// `::error file=…,line=…,col=…,endLine=…,endColumn=…,title=…::text`, one line each.
pub fn github_commands(annotations: &[Annotation<'_>]) -> Rendered {
    let facts = serde_json::json!({ "annotations": annotations });
    rendered("github.txt.j2", &facts, Form::default())
}

#[cfg(test)]
mod tests;
