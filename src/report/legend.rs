//! What the signs of a page mean, said on the page where they stand.
//!
//! In: a page. Out: one sentence for each sign that it prints. Not here: digits and signs themselves (`figure`).

use crate::page::Document;

/// A sign and what it means.
type Sign = (&'static str, &'static str);

/// Half an interval, where no other sentence of the page explains it.
pub(super) const HALF: Sign = (" ± ", "± is half the 95 % interval of the difference.");

/// Signs that every page explains.
const SIGNS: [Sign; 3] = [
    (
        " ± ?",
        "± ? marks a difference whose error these paths cannot tell.",
    ),
    (" pt", "pt are percentage points."),
    (" – ", "– marks a figure that is not there."),
];

/// Explains those of `first` and of the signs of all pages that `page` prints.
pub(super) fn explain(page: &mut Document, first: &[Sign]) {
    let text = page.to_markdown();
    let signs = first.iter().chain(&SIGNS);
    let printed = signs.filter(|(sign, _)| text.contains(sign));
    let said: Vec<&str> = printed.map(|(_, meaning)| *meaning).collect();
    if !said.is_empty() {
        page.fine(said.join(" "));
    }
}
