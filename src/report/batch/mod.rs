//! Many scenarios in one report: gates, what changed against a baseline, what could not be read.
//!
//! In: results of single scenarios. Out: [`BatchReport`]. Not here: simulating them, files (`cli`).

#[cfg(test)]
mod agree;
mod annotate;
mod baseline;
mod check;
mod document;
mod fault;
mod findings;
mod gate_edits;
mod github;
mod gitlab;
mod headline;
mod junit;
mod lines;
mod measures;
mod moved;
mod pages;
mod range;
mod results;
mod rules;
#[cfg(test)]
mod samples;
mod sarif;
mod study;
mod uri;
mod verdict;
mod xml;

use super::edit::{EditPart, PlacePart};
use super::gate::{Answer, GatePart, GateVerdict};
pub use annotate::{Annotation, Severity};
pub use baseline::{
    BASELINE_SCHEMA, Baseline, Dates, Entry as BaselineEntry, Kept, Now, PairedFigure, Rerun,
    TOLERANCE, against, baseline_lines, critical_score,
};
pub use check::{CHECK_SCHEMA, CheckReport, Checked, CheckedFile};
pub use document::{
    AgainstPart, Asked, BATCH_SCHEMA, BatchReport, CasePart, ChangePart, FaultPart, GateEdit, How,
    NotePart, State,
};
pub use findings::{At, Finding};
pub use gate_edits::{asked_of, gate_edits};
pub use github::github_commands;
pub use gitlab::gitlab_report;
pub use headline::{HEADLINE, headline};
pub use lines::LineFault;
use measures::check_measures;
use range::check_limits;
pub use results::results_lines;
pub use rules::FAULT_CODES;
pub use study::read_study;
pub use verdict::{Conclusion, Standing};

/// Items with those that are like them, in the order of the first of each.
fn alike<T>(items: impl IntoIterator<Item = T>, is_alike: impl Fn(&T, &T) -> bool) -> Vec<Vec<T>> {
    let mut groups: Vec<Vec<T>> = Vec::new();
    for item in items {
        match groups.iter_mut().find(|group| is_alike(&group[0], &item)) {
            Some(group) => group.push(item),
            None => groups.push(vec![item]),
        }
    }
    groups
}
