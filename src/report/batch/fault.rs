//! Faults of files as plain values, with line and column instead of bytes; what `check` found, as JSON.
//!
//! In: [`Diagnostic`]s and the [`SourceMap`] they point into; files. Out: [`FaultPart`], [`CheckReport`]. Not here:
//! how a fault is shown on a screen (`form::render`).

use super::{FaultPart, Finding, NotePart, PlacePart};
use crate::form::{Diagnostic, SourceMap, TextId, patched_line};
use crate::page::{Form, Rendered};
use crate::report::edit::is_file;
use crate::report::json::to_json;
use crate::report::screens::{called, rendered};
use schemars::JsonSchema;
use serde::Serialize;

/// The note with which a fault proposes what to write.
const PROPOSAL: &str = "write";

impl FaultPart {
    /// A fault of a whole file or folder, without a place in it.
    pub fn of_file(code: &str, message: impl Into<String>) -> Self {
        Self {
            code: code.to_owned(),
            message: message.into(),
            place: None,
            label: String::new(),
            notes: Vec::new(),
        }
    }

    /// What `fault`, one of `all`, says, and where.
    pub fn new(fault: &Diagnostic, all: &[Diagnostic], sources: &SourceMap) -> Self {
        let first = fault.labels.first();
        let own = fault
            .notes
            .iter()
            .map(|note| NotePart { name: note.name.to_owned(), text: note.text.clone() });
        Self {
            code: fault.code.to_owned(),
            message: fault.message.clone(),
            place: first.and_then(|label| PlacePart::new(label.place, sources)),
            label: first.map_or_else(String::new, |label| label.text.clone()),
            notes: texts_that_are_no_file(fault, sources)
                .chain(others(fault, sources))
                .chain(proposal(fault, all, sources))
                .chain(own)
                .collect(),
        }
    }

    /// All faults of one file.
    pub fn all(faults: &[Diagnostic], sources: &SourceMap) -> Vec<Self> {
        faults.iter().map(|fault| Self::new(fault, faults, sources)).collect()
    }

    /// Message, label and notes as one text of some lines.
    pub fn whole_text(&self) -> String {
        let text = called("findings.j2", "text", &Finding::of_fault("", self));
        text.lines().collect::<Vec<_>>().join("\n")
    }
}

/// The assignment in which the fault stands, whole: it has no lines that a reader could open.
fn texts_that_are_no_file<'a>(
    fault: &'a Diagnostic,
    sources: &'a SourceMap,
) -> impl Iterator<Item = NotePart> + 'a {
    let text = fault.labels.first().map(|label| label.place.text);
    let has_text = move |id: &TextId| !is_file(sources.name(*id)) && !sources.text(*id).is_empty();
    text.filter(has_text).into_iter().map(|id| NotePart {
        name: "in".to_owned(),
        text: format!("{} {}", sources.name(id), sources.text(id)).trim().to_owned(),
    })
}

/// Other stretches that the fault refers to.
fn others<'a>(
    fault: &'a Diagnostic,
    sources: &'a SourceMap,
) -> impl Iterator<Item = NotePart> + 'a {
    fault.labels.iter().skip(1).filter_map(|label| {
        let place = PlacePart::new(label.place, sources)?;
        let text = format!("{} {}", place.shown(), label.text);
        Some(NotePart { name: "see".to_owned(), text: text.trim().to_owned() })
    })
}

/// The line as it would read after the patch, unless the fault says what to write in its own words.
fn proposal(fault: &Diagnostic, all: &[Diagnostic], sources: &SourceMap) -> Option<NotePart> {
    let proposes = fault.notes.iter().any(|note| note.name == PROPOSAL);
    let patch = fault.patch.as_ref().filter(|_| !proposes)?;
    Some(NotePart { name: PROPOSAL.to_owned(), text: patched_line(patch, all, sources) })
}

/// Version of the format; keys are only added within it.
pub const CHECK_SCHEMA: &str = "tailwheel-check/1";

/// Every file that was checked.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct CheckReport {
    #[schemars(extend("const" = CHECK_SCHEMA))]
    pub schema: &'static str,
    /// In the order in which they were named.
    pub files: Vec<CheckedFile>,
}

/// One file.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct CheckedFile {
    /// As it was named, with `/` between folders.
    pub file: String,
    #[serde(flatten)]
    pub result: Checked,
}

/// What was understood of a file, or what is wrong with it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Checked {
    Valid {
        title: String,
        assets: usize,
        months: u32,
        paths: u64,
        /// Values that the catalog gave.
        filled_in: usize,
        /// Variants and combinations of axes; 0 if it has none.
        cases: usize,
        expectations: usize,
        /// Sentences about what is valid and perhaps not meant.
        warnings: Vec<String>,
    },
    Invalid {
        faults: Vec<FaultPart>,
    },
}

impl CheckReport {
    pub fn new(files: Vec<CheckedFile>) -> Self {
        Self { schema: CHECK_SCHEMA, files }
    }

    /// Whether no file has a fault.
    pub fn is_valid(&self) -> bool {
        self.files.iter().all(|file| file.faults().is_empty())
    }

    /// A line for each valid file.
    pub fn screen(&self) -> Rendered {
        rendered("check.txt.j2", self, Form::default())
    }

    /// Sorted keys, one object.
    pub fn to_json(&self) -> String {
        to_json(self)
    }
}

impl CheckedFile {
    /// What is wrong with it.
    pub fn faults(&self) -> &[FaultPart] {
        match &self.result {
            Checked::Invalid { faults } => faults,
            Checked::Valid { .. } => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::read;

    fn faults_of(text: &str, set: &[&str]) -> Vec<FaultPart> {
        let loader = |_: &str| Ok(text.as_bytes().to_vec());
        let set: Vec<String> = set.iter().map(|text| (*text).to_owned()).collect();
        let refusal = read("a/one.toml", &set, &loader).expect_err("it has a fault");
        FaultPart::all(&refusal.faults, &refusal.sources)
    }

    const GOOD: &str = "start = \"2027-01\"\nhorizon = \"2 years\"\ncurrency = \"USD\"\nrun.seed = 1\n\
                        [[asset]]\nname = \"saas\"\nclass = \"micro-saas-fleet\"\nvalue = 1000\n";

    #[test]
    fn a_fault_says_line_and_column_in_characters_and_what_to_write() {
        let faults = faults_of(&format!("{GOOD}rio = \"22 %\"\n"), &[]);
        let place = faults[0].place.clone().expect("it stands in a file");
        assert_eq!(place.shown(), "a/one.toml:9:1");
        assert_eq!((place.end_line, place.end_column), (9, 4));
        assert_eq!(faults[0].code, "unknown-key");
        let written = faults[0].notes.iter().find(|note| note.name == "write");
        assert_eq!(written.expect("a proposal").text, "roi = \"22 %\"");
        assert!(faults[0].whole_text().contains("\nwrite: roi"), "{}", faults[0].whole_text());
    }

    #[test]
    fn a_fault_in_an_assignment_has_no_place_in_a_file_but_shows_it() {
        let faults = faults_of(GOOD, &["run.paths=-1"]);
        assert_eq!(faults[0].place, None);
        let shown = &faults[0].notes[0];
        assert_eq!((shown.name.as_str(), shown.text.as_str()), ("in", "--set run.paths=-1"));
    }
}
