//! Report on many scenarios: gates, changes against a baseline, files that could not be read.
//!
//! In: results of single scenarios. Out: [`BatchReport`]. Not here: simulating them, files (`cli`).

mod annotate;
mod baseline;
mod document;
mod facts;
mod fault;
mod findings;
mod junit;
mod lines;
mod outputs;
mod results;
#[cfg(test)]
mod samples;
mod study;

use super::edit::{PlacePart, PlacedEdit};
use super::gate::{Asked, GatePart, GateVerdict};
use super::measure::Measure;
pub use annotate::{Annotation, github_commands};
pub use baseline::{
    BASELINE_SCHEMA, Baseline, BaselineLine, Kept, against, asked_of, baseline_lines, critical_score,
    gate_edits,
};
pub use document::{
    AgainstPart, BATCH_SCHEMA, BatchReport, CasePart, ChangePart, FaultPart, GateEdit, How, NotePart, State,
    Turn, Why,
};
pub use fault::{CHECK_SCHEMA, CheckReport, Checked, CheckedFile};
pub use findings::{About, Finding, Status};
pub use lines::{FileKind, LineFault, Lines, line};
pub use outputs::{Closing, Pace, Update, status_word};
pub use results::{NotMerged, results_lines};
pub use study::{HEADLINE, headline, read_as_written, read_study};
