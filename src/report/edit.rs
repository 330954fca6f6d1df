//! A key that is not what it was, and the place in a file where it stands.
//!
//! In: edits and places of a text. Out: [`EditPart`], [`PlacedEdit`], [`PlacePart`], as outputs have them. Not here:
//! which keys differ (`scenario`).

use crate::form::{Place, SourceMap};
use crate::scenario::Edit;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A key that is not what it was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EditPart {
    /// `crash.lockstep`, `asset.defi.value`
    pub key: String,
    /// As written; none if the key is new.
    pub from: Option<String>,
    /// As written; none if the key is gone.
    pub to: Option<String>,
}

/// An edit and where a review shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PlacedEdit {
    #[serde(flatten)]
    pub edit: EditPart,
    /// Where it stands now, or the table it is gone from.
    pub place: Option<PlacePart>,
}

/// A place in a file, counted from 1; columns count characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct PlacePart {
    pub file: String,
    pub line: usize,
    pub column: usize,
    /// Just behind its end.
    pub end_line: usize,
    pub end_column: usize,
}

impl From<&Edit> for EditPart {
    fn from(edit: &Edit) -> Self {
        Self { key: edit.key.clone(), from: edit.from.clone(), to: edit.to.clone() }
    }
}

impl PlacedEdit {
    /// `edits` with their places in `sources`, which are those of the new document.
    pub fn all(edits: &[Edit], sources: &SourceMap) -> Vec<Self> {
        let place = |edit: &Edit| edit.place.and_then(|place| PlacePart::new(place, sources));
        edits.iter().map(|edit| Self { edit: edit.into(), place: place(edit) }).collect()
    }
}

impl PlacePart {
    /// `place` in its file; none in a text that is no file, such as that of `--set`.
    pub fn new(place: Place, sources: &SourceMap) -> Option<Self> {
        if !is_file(sources.name(place.text)) {
            return None;
        }
        let place = sources.clamp(place);
        let (line, column) = sources.line_and_column(place);
        let end = Place { start: place.end, ..place };
        let (end_line, end_column) = sources.line_and_column(end);
        Some(Self { file: sources.name(place.text).to_owned(), line, column, end_line, end_column })
    }

    /// `flash-crash.toml:31:12`
    pub fn shown(&self) -> String {
        format!("{}:{}:{}", self.file, self.line, self.column)
    }
}

/// Names of files are paths; assignments and the catalog are texts of the program itself.
pub(super) fn is_file(name: &str) -> bool {
    !name.is_empty() && name != "--set"
}
