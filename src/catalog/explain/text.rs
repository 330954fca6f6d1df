//! A page as plain text for a terminal.
//!
//! In: an [`Explanation`] and a width. Out: lines, none longer than the width unless one
//! word is. Not here: colour, printing.

use super::{Explanation, Figures, Row, Section};

/// Narrowest text that is still readable; a narrower terminal wraps by itself.
const MIN_WIDTH: usize = 40;
/// Per cent points that one decimal can show.
const SMALLEST_SHOWN: f64 = 0.05;
/// Space between columns.
const GAP: usize = 2;

/// `page` in lines of at most `width` columns, each ended by a line feed.
#[must_use]
pub fn render(page: &Explanation, width: usize) -> String {
    let width = width.max(MIN_WIDTH);
    let mut out = String::new();
    heading(&mut out, &page.title, &page.id, width);
    for paragraph in &page.paragraphs {
        out.push('\n');
        wrap(&mut out, paragraph, "  ", width);
    }
    if let Some(figures) = &page.figures {
        out.push('\n');
        steps(&mut out, figures, width);
    }
    for section in &page.sections {
        out.push('\n');
        table(&mut out, section, width);
    }
    let sources = page.sources();
    if !sources.is_empty() {
        out.push_str("\nSOURCES\n");
    }
    for source in sources {
        wrap(
            &mut out,
            &format!("[{}] {}", source.id, source.title),
            "  ",
            width,
        );
        let link = source.link.as_deref().unwrap_or("not published at a link");
        wrap(&mut out, link, "  ", width);
    }
    if !page.see.is_empty() {
        out.push('\n');
        wrap(
            &mut out,
            &format!("more: tailwheel explain {}", page.see.join(" | ")),
            "",
            width,
        );
    }
    out
}

/// `left` and, if there is room on the same line, `right` at the right edge.
fn heading(out: &mut String, left: &str, right: &str, width: usize) {
    if length(left) + GAP + length(right) <= width {
        let space = width - length(left) - length(right);
        line(out, &format!("{left}{:space$}{right}", ""));
    } else {
        wrap(out, left, "", width);
        wrap(out, right, "", width);
    }
}

fn steps(out: &mut String, figures: &Figures, width: usize) {
    heading(out, &figures.heading, "% per year", width);
    let label_width = figures
        .steps
        .iter()
        .map(|(label, _)| length(label))
        .max()
        .unwrap_or(0);
    let mut before: Option<f64> = None;
    for (label, growth) in &figures.steps {
        let per_cent = growth * 100.0;
        let change = before
            .map(|before| per_cent - before)
            .filter(|change| change.abs() >= SMALLEST_SHOWN)
            .map_or(String::new(), |change| format!("{change:>+8.1}"));
        line(
            out,
            &format!("  {label:label_width$}{per_cent:>8.1}{change}"),
        );
        before = Some(per_cent);
    }
    wrap(out, &figures.note, "  ", width);
}

fn table(out: &mut String, section: &Section, width: usize) {
    let widest = |cell: fn(&Row) -> &str| {
        section
            .rows
            .iter()
            .map(|row| length(cell(row)))
            .max()
            .unwrap_or(0)
    };
    let columns = [
        widest(|row| &row.key),
        widest(|row| &row.value),
        widest(|row| &row.range),
    ];
    let fits = 2 + columns.iter().sum::<usize>() + 3 * GAP + "grade".len() <= width;
    heading(
        out,
        &section.heading,
        if fits { "range, grade" } else { "" },
        width,
    );
    let value_column = 2 + columns[0] + GAP;
    for row in &section.rows {
        let (key, value) = (&row.key, &row.value);
        if fits {
            // range and grade end at the right edge, under their heading
            let start = format!("  {key:key_width$}  {value}", key_width = columns[0]);
            let end = format!("{}  {}", row.range, row.grade);
            let space = width.saturating_sub(length(&start) + length(&end)).max(GAP);
            line(out, &format!("{start}{:space$}{end}", ""));
        } else {
            wrap(
                out,
                &format!("{key}  {value}  ({}, grade {})", row.range, row.grade),
                "  ",
                width,
            );
        }
        let indent = if fits && value_column <= 24 {
            value_column
        } else {
            4
        };
        wrap(out, &row.source, &" ".repeat(indent), width);
    }
}

/// Words of `text` in lines of at most `width`, each begun by `indent`.
fn wrap(out: &mut String, text: &str, indent: &str, width: usize) {
    let mut current = String::new();
    for word in text.split_whitespace() {
        if !current.is_empty() && indent.len() + length(&current) + 1 + length(word) > width {
            line(out, &format!("{indent}{current}"));
            current.clear();
        }
        if !current.is_empty() {
            current.push(' ');
        }
        current.push_str(word);
    }
    if !current.is_empty() {
        line(out, &format!("{indent}{current}"));
    }
}

fn line(out: &mut String, text: &str) {
    out.push_str(text.trim_end());
    out.push('\n');
}

/// Columns that a text takes.
fn length(text: &str) -> usize {
    text.chars().count()
}
