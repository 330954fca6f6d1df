//! Many scenarios in one report: gates, what changed against a baseline, what could not be read.
//!
//! In: results of single scenarios. Out: [`BatchReport`]. Not here: simulating them, files (`cli`).

mod annotate;
mod check;
mod document;
mod fault;
mod github;
mod gitlab;
mod junit;
mod markdown;
mod page;
mod rules;
mod sarif;
mod summary;
mod tally;
mod uri;
mod wording;
mod xml;

pub use annotate::{Annotation, Severity};
pub use check::{CHECK_SCHEMA, CheckReport, Checked, CheckedFile};
pub use document::{
    AgainstPart, Answer, BATCH_SCHEMA, BatchReport, CasePart, ChangePart, EditPart, FaultPart,
    GatePart, GateVerdict, NotePart, PlacePart, State,
};
pub use github::github_commands;
pub use gitlab::gitlab_report;
pub use rules::FAULT_CODES;
pub use tally::{Ending, Mark, Tally, mark};
