//! What a review shows beside the lines of a file.
//!
//! In: a [`BatchReport`] or a [`CheckReport`]. Out: [`Annotation`]s, the most important first, and workflow commands of
//! GitHub Actions. Not here: what is found (`findings`), words (`templates/github.txt.j2`), writing them (`cli`).

use super::{About, BatchReport, CheckReport, EditPart, Finding, PlacePart, Status};
use crate::page::{Form, Rendered};
use crate::report::screens::rendered;
use crate::study::alike;
use serde::Serialize;
use std::cmp::Reverse;

/// Something to be shown at a place.
#[derive(Clone, Debug, Serialize)]
pub struct Annotation<'r> {
    /// True if it fails the batch.
    pub is_error: bool,
    pub file: String,
    /// None: about the whole file.
    pub place: Option<PlacePart>,
    /// The edit that stands there.
    pub edit: Option<&'r EditPart>,
    /// Fewest and most other edits of the scenarios.
    pub n_others: [usize; 2],
    /// What is alike at this place, one of each scenario; a fault once, whoever has it.
    pub found: Vec<Finding<'r>>,
    /// Ids of the baseline that are gone.
    pub missing: &'r [String],
}

/// A finding at one of its places.
struct Placed<'f, 'r> {
    finding: &'f Finding<'r>,
    place: Option<&'r PlacePart>,
    edit: Option<&'r EditPart>,
    /// Edits of this scenario elsewhere.
    n_others: usize,
}

impl BatchReport {
    /// Faults, gates that failed or are inconclusive, figures that changed.
    ///
    /// What stands at one place for many scenarios is one annotation.
    pub fn annotations(&self) -> Vec<Annotation<'_>> {
        let found = self.cases.iter().flat_map(|case| self.findings(case));
        let found = found.filter(|finding| finding.status != Status::Passed);
        let mut annotations = annotated(&found.collect::<Vec<_>>());
        // before what is only reported
        let at = annotations.iter().take_while(|one| one.is_error).count();
        let missing = self.baseline.iter().filter(|_| !self.missing.is_empty());
        let missing = missing.map(|baseline| Annotation {
            is_error: true,
            file: baseline.clone(),
            place: None,
            edit: None,
            n_others: [0; 2],
            found: Vec::new(),
            missing: &self.missing,
        });
        annotations.splice(at..at, missing);
        annotations
    }
}

impl CheckReport {
    /// Every fault of every file.
    pub fn annotations(&self) -> Vec<Annotation<'_>> {
        let faults = self.files.iter().flat_map(|file| {
            let faults = file.faults().iter();
            faults.map(|fault| Finding::of_fault(&file.file, fault))
        });
        annotated(&faults.collect::<Vec<_>>())
    }
}

/// One annotation for each place and kind, the worst first.
fn annotated<'r>(found: &[Finding<'r>]) -> Vec<Annotation<'r>> {
    // however many other edits a scenario has
    let about = |one: &Placed<'_, 'r>| {
        let fault = match one.finding.about {
            About::Fault(fault) => Some(fault),
            _ => None,
        };
        let key = one.edit.map(|edit| &edit.key);
        let finding = one.finding;
        (
            finding.kind,
            finding.gate,
            one.file(),
            one.place,
            key,
            fault,
        )
    };
    let mut groups = alike(found.iter().flat_map(places), |a, b| about(a) == about(b));
    groups.sort_by_key(|group| {
        let finding = group[0].finding;
        (!finding.is_counted, Reverse(finding.status))
    });
    groups.iter().map(|group| annotation(group)).collect()
}

/// The places of a finding, at least one: its own, or that of each edit.
fn places<'f, 'r>(finding: &'f Finding<'r>) -> Vec<Placed<'f, 'r>> {
    let edits: &'r [EditPart] = match finding.about {
        About::Against(against) => &against.edits,
        _ => &[],
    };
    let placed = |place, edit| Placed {
        finding,
        place,
        edit,
        n_others: edits.len().saturating_sub(1),
    };
    match edits {
        [] => vec![placed(finding.place, None)],
        edits => edits
            .iter()
            .map(|edit| placed(edit.place.as_ref(), Some(edit)))
            .collect(),
    }
}

impl<'r> Placed<'_, 'r> {
    fn file(&self) -> &'r str {
        self.place.map_or(self.finding.file, |place| &place.file)
    }
}

fn annotation<'r>(group: &[Placed<'_, 'r>]) -> Annotation<'r> {
    let first = &group[0];
    // a fault of a base is one of every file that extends it
    let n_named = match first.finding.about {
        About::Fault(_) => 1,
        _ => group.len(),
    };
    let numbers = || group.iter().map(|one| one.n_others);
    Annotation {
        is_error: first.finding.is_counted,
        file: first.file().to_owned(),
        place: first.place.cloned(),
        edit: first.edit,
        n_others: [numbers().min().unwrap_or(0), numbers().max().unwrap_or(0)],
        found: group[..n_named]
            .iter()
            .map(|one| one.finding.clone())
            .collect(),
        missing: &[],
    }
}

/// `::error file=…,line=…,col=…,endLine=…,endColumn=…,title=…::text`, one line each.
pub fn github_commands(annotations: &[Annotation<'_>]) -> Rendered {
    let facts = serde_json::json!({ "annotations": annotations });
    rendered("github.txt.j2", &facts, Form::default())
}

#[cfg(test)]
mod tests;
