//! Dated changes that happen on every path, drawn as vertical lines over time.
//!
//! In: certain dates. Out: positions in years and names. Not here: the effects of events and moves.

use crate::figure::in_words;
use crate::report::facts::HappeningPart;

/// Maximum number of dates that are marked.
const MOST: usize = 4;

/// Returns at most four months with a change, the first ones: mid-month in years from the start, and label.
pub fn marked(all: &[HappeningPart]) -> Vec<(f64, String)> {
    let in_month = |all: &[HappeningPart]| {
        let name = match all {
            [only] => only.label.clone(),
            _ => {
                let more = in_words(all.len() as u64 - 1);
                format!("{} and {more} more", all[0].label)
            }
        };
        ((f64::from(all[0].month) - 0.5) / 12.0, name)
    };
    let months = all.chunk_by(|a, b| a.month == b.month);
    months.take(MOST).map(in_month).collect()
}

/// Returns the subtitle's note on dates that are not marked; empty if all are marked.
pub fn said(all: &[HappeningPart]) -> String {
    let first = in_words(MOST as u64);
    match all.chunk_by(|a, b| a.month == b.month).count() {
        n if n > MOST => format!("; the first {first} of {n} dates are marked"),
        _ => String::new(),
    }
}
