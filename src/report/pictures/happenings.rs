//! What happens on every path at a known date, as upright lines over time.
//!
//! In: certain dates. Out: places in years and names. Not here: what events and moves do.

use crate::figure::in_words;
use crate::report::facts::HappeningPart;

/// Most dates that are marked.
const MOST: usize = 4;

/// The middle of each month in which something happens, in years, and its one name; the first of them.
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

/// What a subtitle says of those that are not marked.
pub fn said(all: &[HappeningPart]) -> String {
    let first = in_words(MOST as u64);
    match all.chunk_by(|a, b| a.month == b.month).count() {
        n if n > MOST => format!("; the first {first} of {n} dates are marked"),
        _ => String::new(),
    }
}
