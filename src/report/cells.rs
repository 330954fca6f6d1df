//! Cells of a table of comma-separated values.
//!
//! In: numbers and texts. Out: cells. Not here: which tables there are (`csv`, `replay`).

/// The shortest text that reads back to the same bits; empty for what is not a number.
pub(super) fn number(value: f64) -> String {
    match value.is_finite() {
        true => format!("{value:?}"),
        false => String::new(),
    }
}

/// A text of a user's, in quotes if it needs them.
pub(super) fn cell(text: &str) -> String {
    match text.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.to_owned(),
    }
}
