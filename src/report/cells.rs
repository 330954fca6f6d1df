//! Cells of CSV tables.
//!
//! In: numbers and texts. Out: cells. Not here: the tables (`csv`, `replay`).

/// Writes a number as the shortest text that reads back to the same bits; a non-finite number as an empty
/// cell.
pub(super) fn number(value: f64) -> String {
    if value.is_finite() { format!("{value:?}") } else { String::new() }
}

/// Writes a text, quoted if it contains a comma, quote or line break.
pub(super) fn cell(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}
