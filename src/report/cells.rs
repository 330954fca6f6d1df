//! Cells of CSV tables.
//!
//! In: numbers and texts. Out: cells. Not here: the tables (`formats`, `replay`).

/// Formats a CSV cell of a number: the shortest text that reads back to the same bits, empty if it is not
/// finite.
pub(super) fn number(value: f64) -> String {
    if value.is_finite() { format!("{value:?}") } else { String::new() }
}

/// Formats a CSV cell of a text, quoted if it contains a comma, quote or line break.
pub(super) fn cell(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}
