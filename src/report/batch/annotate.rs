//! Annotations that a code review shows at the lines of a file.
//!
//! In: a [`BatchReport`] or a [`CheckReport`]. Out: [`Annotation`]s, the most important first, and workflow
//! commands of GitHub Actions. Not here: the findings (`findings`), words (`templates/github.txt.j2`),
//! writing them (`cli`).

use super::{About, BatchReport, CheckReport, Finding, PlacePart, PlacedEdit, Status};
use crate::page::{Form, Rendered};
use crate::report::screens::rendered;
use crate::study::alike;
use serde::Serialize;
use std::cmp::Reverse;

/// An annotation that a code review shows at a place in a file.
#[derive(Clone, Debug, Serialize)]
pub struct Annotation<'r> {
    /// True if the annotation fails the batch.
    pub is_error: bool,
    pub file: String,
    /// Place in the file; `None` if the annotation is about the whole file.
    pub place: Option<PlacePart>,
    /// Changed scenario key at this place; `None` if the annotation is not about a changed key.
    pub edit: Option<&'r PlacedEdit>,
    /// Similar findings at this place, one for each scenario. A fault is listed once, however many scenarios
    /// have it.
    pub found: Vec<Finding<'r>>,
    /// Ids of scenarios that only the baseline has; empty unless the annotation is about them.
    pub missing: &'r [String],
}

impl BatchReport {
    /// Returns annotations for faults, failed or inconclusive gates, and changed figures. Similar findings at
    /// one place share an annotation.
    pub fn annotations(&self) -> Vec<Annotation<'_>> {
        let found = self.cases.iter().flat_map(|case| self.findings(case));
        let mut annotations = annotated(found.filter(|finding| finding.status != Status::Passed));
        // errors come before what is only reported
        let at = annotations.iter().take_while(|one| one.is_error).count();
        let missing = self.baseline.iter().filter(|_| !self.missing.is_empty()).map(|baseline| Annotation {
            is_error: true,
            file: baseline.clone(),
            place: None,
            edit: None,
            found: Vec::new(),
            missing: &self.missing,
        });
        annotations.splice(at..at, missing);
        annotations
    }
}

impl CheckReport {
    /// Returns an annotation for every fault of every file.
    pub fn annotations(&self) -> Vec<Annotation<'_>> {
        annotated(
            self.files
                .iter()
                .flat_map(|file| file.faults().iter().map(|fault| Finding::of_fault(&file.file, fault))),
        )
    }
}

/// Groups findings into one annotation for each place and kind of finding, the worst first.
fn annotated<'r>(found: impl Iterator<Item = Finding<'r>>) -> Vec<Annotation<'r>> {
    let about = |one: &Annotation<'r>| {
        let first = &one.found[0];
        let key = one.edit.map(|placed| &placed.edit.key);
        (first.kind, first.gate, key, first.fault())
    };
    let mut groups = alike(found.flat_map(at_each_place), |a, b| {
        about(a) == about(b) && (&a.file, &a.place) == (&b.file, &b.place)
    });
    groups.sort_by_key(|group| (!group[0].is_error, Reverse(group[0].found[0].status)));
    groups.into_iter().filter_map(together).collect()
}

/// Returns the annotations of a finding: one at its own place, or one at the place of each changed key.
fn at_each_place(finding: Finding<'_>) -> Vec<Annotation<'_>> {
    let at = |place: Option<&PlacePart>, edit| Annotation {
        is_error: finding.is_counted,
        file: place.map_or(finding.file, |place| &place.file).to_owned(),
        place: place.cloned(),
        edit,
        found: vec![finding.clone()],
        missing: &[],
    };
    match finding.about {
        About::Against(against) if !against.edits.is_empty() => {
            against.edits.iter().map(|edit| at(edit.place.as_ref(), Some(edit))).collect()
        }
        _ => vec![at(finding.place, None)],
    }
}

/// Merges similar annotations of several scenarios into one; `None` if `group` is empty.
fn together(group: Vec<Annotation<'_>>) -> Option<Annotation<'_>> {
    group.into_iter().reduce(|mut all, one| {
        // every file that extends a faulty base repeats the same fault
        if all.found[0].fault().is_none() {
            all.found.extend(one.found);
        }
        all
    })
}

/// Renders workflow commands, one per line:
/// `::error file=…,line=…,col=…,endLine=…,endColumn=…,title=…::text`.
pub fn github_commands(annotations: &[Annotation<'_>]) -> Rendered {
    let facts = serde_json::json!({ "annotations": annotations });
    rendered("github.txt.j2", &facts, Form::default())
}

#[cfg(test)]
mod tests;
