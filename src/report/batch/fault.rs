//! Faults of files as plain values with line and column, and the results of `check` as JSON.
//!
//! In: [`Diagnostic`]s and the [`SourceMap`] they point into; files. Out: [`FaultPart`], [`CheckReport`]. Not
//! here: how a fault is shown on a screen (`form::render`).

use super::{FaultPart, Finding, NotePart, PlacePart};
use crate::form::{Diagnostic, SourceMap, patched_line};
use crate::page::{Form, Rendered};
use crate::report::screens::{called, rendered};
use schemars::JsonSchema;
use serde::Serialize;

/// Name of the note below a fault that proposes the text to write.
const PROPOSAL: &str = "write";

impl FaultPart {
    /// Creates a fault about a whole file or folder, without a place in it.
    pub fn of_file(code: &str, message: impl Into<String>) -> Self {
        Self { code: code.to_owned(), message: message.into(), ..Self::default() }
    }

    fn new(fault: &Diagnostic, all: &[Diagnostic], sources: &SourceMap) -> Self {
        let note = |name: &str, text: &str| NotePart { name: name.to_owned(), text: text.to_owned() };
        let first = fault.labels.first();
        // a `--set` assignment is in no file that a reader could open, so all of it is quoted
        let text = first.map(|label| label.place.text);
        let assignment = text.filter(|id| !sources.is_file(*id) && !sources.text(*id).is_empty());
        let quoted =
            assignment.map(|id| note("in", format!("{} {}", sources.name(id), sources.text(id)).trim()));
        let others = fault.labels.iter().skip(1).filter_map(|label| {
            let place = PlacePart::new(label.place, sources)?;
            Some(note("see", format!("{} {}", place.shown(), label.text).trim()))
        });
        let proposes = fault.notes.iter().any(|note| note.name == PROPOSAL);
        let patch = fault.patch.as_ref().filter(|_| !proposes);
        let patched = patch.map(|patch| note(PROPOSAL, &patched_line(patch, all, sources)));
        let own = fault.shown_notes(sources).map(|own| note(own.name, &own.text));
        Self {
            code: fault.code.to_owned(),
            message: fault.message.clone(),
            place: first.and_then(|label| PlacePart::new(label.place, sources)),
            label: first.map_or_else(String::new, |label| label.text.clone()),
            notes: quoted.into_iter().chain(others).chain(patched).chain(own).collect(),
        }
    }

    /// Converts all faults of one file. A line that one proposes for the file includes the proposals of all.
    pub fn all(faults: &[Diagnostic], sources: &SourceMap) -> Vec<Self> {
        faults.iter().map(|fault| Self::new(fault, faults, sources)).collect()
    }

    /// Returns message, label and notes as one text of several lines.
    pub fn whole_text(&self) -> String {
        called("findings.j2", "text", &Finding::of_fault("", self)).lines().collect::<Vec<_>>().join("\n")
    }
}

/// Version of the JSON format of `check`. Within a version, keys are only added.
pub const CHECK_SCHEMA: &str = "tailwheel-check/1";

/// Results of `check` for all files.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct CheckReport {
    #[schemars(extend("const" = CHECK_SCHEMA))]
    pub schema: &'static str,
    /// Files in the order of the command line.
    pub files: Vec<CheckedFile>,
}

/// Result of `check` for one file.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct CheckedFile {
    /// Path of the file as typed, with `/` between folders.
    pub file: String,
    #[serde(flatten)]
    pub result: Checked,
}

/// Summary of a valid file, or the faults of an invalid one.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Checked {
    Valid {
        title: String,
        assets: usize,
        months: u32,
        paths: u64,
        /// Number of defaults from the catalog.
        filled_in: usize,
        /// Number of cases (variants and combinations of axes); 0 if there are none.
        cases: usize,
        expectations: usize,
        /// Warnings about valid input that the author probably did not intend.
        warnings: Vec<String>,
    },
    Invalid {
        faults: Vec<FaultPart>,
    },
}

impl CheckReport {
    /// True if no file has a fault.
    pub fn is_valid(&self) -> bool {
        self.files.iter().all(|file| file.faults().is_empty())
    }

    /// Renders the screen of `check`: a line for each valid file.
    pub fn screen(&self) -> Rendered {
        rendered("check.txt.j2", self, Form::default())
    }
}

impl CheckedFile {
    /// Returns the faults of the file; empty if it is valid.
    pub fn faults(&self) -> &[FaultPart] {
        match &self.result {
            Checked::Invalid { faults } => faults,
            Checked::Valid { .. } => &[],
        }
    }
}
