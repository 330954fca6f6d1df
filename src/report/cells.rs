//! Cells of CSV tables.
//!
//! In: numbers and texts. Out: cells. Not here: the tables (`csv`, `replay`).

/// Writes a number as the shortest text that reads back to the same bits; a non-finite number as an empty
/// cell.
pub(super) fn number(value: f64) -> String {
    match value.is_finite() {
        true => format!("{value:?}"),
        false => String::new(),
    }
}

/// Writes a text, quoted if it contains a comma, quote or line break.
pub(super) fn cell(text: &str) -> String {
    match text.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.to_owned(),
    }
}
