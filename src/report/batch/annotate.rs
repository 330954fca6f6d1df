//! What a review shall show beside the lines of a file.
//!
//! In: a [`BatchReport`] or a [`CheckReport`]. Out: [`Annotation`]s, the most important first. Not
//! here: what is found (`findings`), the formats of GitHub (`github`) and GitLab (`gitlab`).

use super::findings::{At, Finding};
use super::{BatchReport, CheckReport, PlacePart, Standing};
use crate::figure::{counted, grouped};
use std::cmp::Reverse;

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

/// A finding of one scenario at one of its places.
type Placed<'f> = (&'f str, &'f Finding, &'f At);

impl BatchReport {
    /// Faults, gates that fail, figures that moved, gates that cannot be decided.
    ///
    /// What stands at one place for many scenarios is one annotation.
    pub fn annotations(&self) -> Vec<Annotation> {
        let cases = self.cases.iter();
        let found: Vec<(&str, Finding)> = cases
            .flat_map(|case| {
                let found = self.findings(case).into_iter();
                found.map(|finding| (&*case.id, finding))
            })
            .filter(|(_, finding)| finding.standing != Standing::Pass)
            .collect();
        let mut annotations = annotated(&found);
        let missing = self.missing_of_baseline();
        // before what is only said
        let is_error = |one: &Annotation| one.severity == Severity::Error;
        let at = annotations.iter().take_while(|one| is_error(one)).count();
        annotations.splice(at..at, missing);
        annotations
    }

    /// Ids of the baseline that are gone, at the baseline.
    fn missing_of_baseline(&self) -> Option<Annotation> {
        let file = self.baseline.as_ref();
        let file = file.filter(|_| !self.missing.is_empty())?;
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
}

impl CheckReport {
    /// Every fault of every file.
    pub fn annotations(&self) -> Vec<Annotation> {
        let files = self.files.iter();
        let faults = files.flat_map(|file| {
            let faults = file.faults().iter();
            faults.map(|fault| ("", Finding::of_fault(&file.file, fault)))
        });
        annotated(&faults.collect::<Vec<_>>())
    }
}

/// One annotation for each place and kind, the worst first.
fn annotated(found: &[(&str, Finding)]) -> Vec<Annotation> {
    let placed = found.iter().flat_map(|(id, finding)| {
        let places = finding.at.iter();
        places.map(move |at| (*id, finding, at))
    });
    let is_alike = |(_, a, at): &Placed<'_>, (_, b, beside): &Placed<'_>| {
        a.kind == b.kind && at == beside && a.title == b.title
    };
    let mut groups = super::alike(placed, is_alike);
    groups.sort_by_key(|group| {
        let finding = group[0].1;
        (!finding.is_counted, Reverse(finding.standing))
    });
    groups.iter().map(|group| annotation(group)).collect()
}

fn annotation(group: &[Placed<'_>]) -> Annotation {
    let (_, finding, at) = group[0];
    let n = match group.len() {
        1 => String::new(),
        n => format!(" ({})", counted(n, "scenario")),
    };
    // a fault of a base is one of every file that extends it
    let is_of_file = finding.standing == Standing::Invalid;
    let lines = match is_of_file {
        true => vec![finding.body()],
        false => group
            .iter()
            .map(|(id, finding, _)| format!("{id}: {}", finding.body().replace('\n', "\n  ")))
            .collect(),
    };
    let said = at.said.iter().cloned();
    Annotation {
        severity: match finding.is_counted {
            true => Severity::Error,
            false => Severity::Warning,
        },
        kind: finding.kind.clone(),
        identity: at.identity.clone(),
        file: at.file.clone(),
        place: at.place.clone(),
        title: format!("{}{}", finding.title, if is_of_file { "" } else { &n }),
        text: said.chain([listed(lines)]).collect::<Vec<_>>().join("\n"),
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
