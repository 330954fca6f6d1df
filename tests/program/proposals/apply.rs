//! Faults of a text in memory, and the text after what they propose.
//!
//! In: texts. Out: [`Fault`]s with their proposals; patched texts. Not here: which texts.

use tailwheel::form::Diagnostic;
use tailwheel::report::batch::read_study;
use tailwheel::scenario::{LoadError, Refusal};

/// A fault and what it proposes.
pub struct Fault {
    pub code: &'static str,
    pub message: String,
    /// Where it stands in the file, in bytes.
    pub at: Option<usize>,
    /// What it asks to write, each with the file as it reads then.
    pub proposals: Vec<(String, String)>,
    pub labels: Vec<String>,
    pub notes: Vec<(&'static str, String)>,
}

impl Fault {
    /// The text of its first note of this name.
    pub fn note(&self, name: &str) -> Option<&str> {
        let mut notes = self.notes.iter().filter(|note| note.0 == name);
        notes.next().map(|(_, text)| text.as_str())
    }
}

/// The one fault of a text.
#[track_caller]
pub fn only(text: &str) -> Fault {
    let mut found = faults(text);
    assert_eq!(found.len(), 1, "{text}{:?}", messages(text));
    found.remove(0)
}

/// What is said of each fault of a text.
pub fn messages(text: &str) -> Vec<String> {
    faults(text).into_iter().map(|fault| fault.message).collect()
}

/// What is wrong with `text`, if anything; it may extend the shipped scenarios.
pub fn faults(text: &str) -> Vec<Fault> {
    let loader = |path: &str| match path {
        "mutated.toml" => Ok(text.as_bytes().to_vec()),
        other => std::fs::read(super::corpus::folder().join(other)).map_err(|why| LoadError(why.to_string())),
    };
    match read_study("mutated.toml", &[], &loader) {
        Ok(_) => Vec::new(),
        Err(refusal) => {
            let fault = |found: &Diagnostic| fault(found, &refusal, text);
            refusal.faults.iter().map(fault).collect()
        }
    }
}

fn fault(found: &Diagnostic, refusal: &Refusal, text: &str) -> Fault {
    let here = |place: tailwheel::form::Place| refusal.sources.name(place.text) == "mutated.toml";
    let place = found.place().filter(|place| here(*place));
    let mut proposals = Vec::new();
    if let Some(patch) = found.patch.as_ref().filter(|patch| here(patch.place)) {
        for replacement in std::iter::once(&patch.replacement).chain(&patch.others) {
            let (before, after) = (&text[..patch.place.start], &text[patch.place.end..]);
            proposals.push((replacement.clone(), format!("{before}{replacement}{after}")));
        }
    }
    let written = found.notes.iter().filter(|note| note.name == "write");
    for line in written.flat_map(|note| note.text.split("   or   ")) {
        let at = place.map_or(text.len(), |place| place.start);
        proposals.push((line.to_owned(), with_line(text, at, line)));
    }
    Fault {
        code: found.code,
        message: found.message.clone(),
        at: place.map(|place| place.start),
        proposals,
        labels: found.labels.iter().map(|label| label.text.clone()).collect(),
        notes: found.notes.iter().map(|note| (note.name, note.text.clone())).collect(),
    }
}

/// `text` with `line` beside byte `at`: in place of the line that sets the same key, else below a
/// header, else above; a whole table goes to the end.
fn with_line(text: &str, at: usize, line: &str) -> String {
    if line.starts_with('[') {
        return format!("{text}\n{line}\n");
    }
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    let key = |line: &str| line.split('=').next().unwrap_or_default().trim().to_owned();
    let (before, old, after) = (&text[..start], &text[start..end], &text[end..]);
    if key(old) == key(line) {
        format!("{before}{line}{after}")
    } else if old.trim_start().starts_with('[') {
        format!("{before}{old}\n{line}{after}")
    } else {
        format!("{before}{line}\n{old}{after}")
    }
}
