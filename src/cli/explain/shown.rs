//! A page of `explain` as a document.
//!
//! In: an [`Explanation`]. Out: its title, paragraphs, tables and sources. Not here: what it says (`catalog`, `keys`,
//! `outcome`, `words`), how a document looks (`page`).

use crate::catalog::explain::{Explanation, Figures, Section};
use crate::page::{Document, Table};

/// Per cent points that one decimal can show.
const SMALLEST_SHOWN: f64 = 0.05;

/// The page as text of `width` columns.
pub(super) fn render(page: &Explanation, width: usize) -> String {
    let mut shown = Document::new(format!("{}: {}", page.id, page.title));
    for paragraph in &page.paragraphs {
        shown.gap();
        shown.sentence(paragraph.as_str());
    }
    if let Some(figures) = &page.figures {
        shown.gap();
        shown.heading(figures.heading.as_str(), "");
        shown.table(steps(figures));
        shown.sentence(figures.note.as_str());
    }
    for section in &page.sections {
        shown.gap();
        shown.heading(section.heading.as_str(), "");
        shown.table(defaults(section));
    }
    let sources = page.sources();
    if !sources.is_empty() {
        shown.gap();
        shown.heading("sources", "");
    }
    for source in sources {
        shown.sentence(format!("[{}] {}", source.id, source.title));
        shown.sentence(source.link.as_deref().unwrap_or("not published at a link"));
    }
    if !page.see.is_empty() {
        shown.gap();
        shown.fine(format!("more: tailwheel explain {}", page.see.join(" | ")));
    }
    shown.to_text(width)
}

/// The growth after each step and how much of it the step takes.
fn steps(figures: &Figures) -> Table {
    let mut table = Table::new(&["", ">% per year", ">change"]);
    let mut before: Option<f64> = None;
    for (label, growth) in &figures.steps {
        let per_cent = growth * 100.0;
        let change = before.map(|before| per_cent - before);
        let change = change.filter(|change| change.abs() >= SMALLEST_SHOWN);
        let change = change.map_or(String::new(), |change| format!("{change:+.1}"));
        table.texts(vec![label.clone(), format!("{per_cent:.1}"), change]);
        before = Some(per_cent);
    }
    table
}

fn defaults(section: &Section) -> Table {
    let mut table = Table::new(&["", "", "range", "grade"]);
    for row in &section.rows {
        let cells = [&row.key, &row.value, &row.range, &row.grade];
        let cells = cells.map(|cell| cell.as_str().into());
        table.row_with(cells.into(), vec![row.source.as_str().into()]);
    }
    table
}
