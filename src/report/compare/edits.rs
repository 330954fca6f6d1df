//! Edits as documents show them.
//!
//! In: edits between two documents and the texts they stand in. Out: plain values. Not here: which
//! edits there are (`scenario`).

use super::super::batch::{EditPart, PlacePart};
use crate::form::{Place, SourceMap};
use crate::scenario::Edit;

/// `edits` with the places in `sources`, which are those of the new document.
pub fn edit_parts(edits: &[Edit], sources: &SourceMap) -> Vec<EditPart> {
    let part = |edit: &Edit| EditPart {
        key: edit.key.clone(),
        from: edit.from.clone(),
        to: edit.to.clone(),
        place: edit.place.map(|place| place_part(place, sources)),
    };
    edits.iter().map(part).collect()
}

fn place_part(place: Place, sources: &SourceMap) -> PlacePart {
    let place = sources.clamp(place);
    let end = Place {
        start: place.end,
        ..place
    };
    let (line, column) = sources.line_and_column(place);
    let (end_line, end_column) = sources.line_and_column(end);
    PlacePart {
        file: sources.name(place.text).to_owned(),
        line,
        column,
        end_line,
        end_column,
    }
}
