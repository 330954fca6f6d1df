//! Changed keys of a scenario, and places in its files.
//!
//! In: edits and places in a text. Out: [`EditPart`], [`PlacedEdit`], [`PlacePart`] as written to outputs.
//! Not here: which keys differ (`scenario`).

use crate::form::{Place, SourceMap};
use crate::scenario::Edit;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A scenario key whose value changed, was added or was removed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EditPart {
    /// Path of the key: `crash.lockstep`, `asset.defi.value`.
    pub key: String,
    /// Old value as written; null if the key is new.
    pub from: Option<String>,
    /// New value as written; null if the key was removed.
    pub to: Option<String>,
}

/// A changed scenario key with the place at which a code review shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PlacedEdit {
    #[serde(flatten)]
    pub edit: EditPart,
    /// Position of the key in the new file, or of the table that it was removed from; null if it is in no file.
    pub place: Option<PlacePart>,
}

/// A range of text in a file. Lines and columns count from 1, columns in characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct PlacePart {
    pub file: String,
    pub line: usize,
    pub column: usize,
    /// Line of the position just after the range.
    pub end_line: usize,
    /// Column of the position just after the range.
    pub end_column: usize,
}

impl From<&Edit> for EditPart {
    fn from(edit: &Edit) -> Self {
        Self { key: edit.key.clone(), from: edit.from.clone(), to: edit.to.clone() }
    }
}

impl PlacedEdit {
    /// Converts `edits` to plain values, with their positions in `sources`, the texts of the new scenario.
    pub fn all(edits: &[Edit], sources: &SourceMap) -> Vec<Self> {
        let place = |edit: &Edit| edit.place.and_then(|place| PlacePart::new(place, sources));
        edits.iter().map(|edit| Self { edit: edit.into(), place: place(edit) }).collect()
    }
}

impl PlacePart {
    /// Converts a position to file, lines and columns; `None` if it is not in a file, but in a `--set` argument.
    pub fn new(place: Place, sources: &SourceMap) -> Option<Self> {
        if !sources.is_file(place.text) {
            return None;
        }
        let place = sources.clamp(place);
        let (line, column) = sources.line_and_column(place);
        let end = Place { start: place.end, ..place };
        let (end_line, end_column) = sources.line_and_column(end);
        Some(Self { file: sources.name(place.text).to_owned(), line, column, end_line, end_column })
    }

    /// Formats file, line and column: `flash-crash.toml:31:12`.
    pub fn shown(&self) -> String {
        format!("{}:{}:{}", self.file, self.line, self.column)
    }
}
