//! A batch as its outputs: the screen, `summary.md` and `index.html`.
//!
//! In: a [`BatchReport`], as it was written and parsed again. Out: texts. Not here: what is shown (`view`), words
//! (`templates`), files (`cli`).

use super::findings::Line;
use super::gate_edits::currency;
use super::link::reference;
use super::view::{Room, Row};
use super::{BatchReport, CasePart, State, Status};
use crate::figure::grouped;
use crate::page::{Document, Form, Rendered, Span, Table, Text};
use crate::report::gate::{GateView, rank};
use crate::report::screens::rendered;
use serde::Serialize;
use std::collections::BTreeMap;

/// Lines of a screen.
const MOST_LINES: usize = 48;

/// How it went; different every time, so only for the screen.
#[derive(Clone, Debug, Serialize)]
pub struct Pace {
    pub n_simulated: usize,
    pub n_cached: usize,
    pub seconds: f64,
}

/// Lines of a baseline that were written anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Update {
    pub new: usize,
    pub gone: usize,
    pub changed: usize,
    pub same: usize,
}

/// What only the screen knows.
#[derive(Clone, Debug, Serialize)]
pub struct Closing<'r> {
    pub pace: Option<Pace>,
    pub update: Option<Update>,
    pub folder: &'r str,
    pub files: Vec<&'static str>,
    pub exit: u8,
}

impl BatchReport {
    /// The screen: as many groups of alike things as there is room for.
    pub fn screen(&self, closing: &Closing<'_>, form: Form) -> Rendered {
        let screen = |groups| {
            let facts =
                serde_json::json!({ "v": self.view(Room::screen(groups)), "closing": closing });
            rendered("batch.txt.j2", &facts, form)
        };
        let mut screens = [4, 3, 2].into_iter().map(screen);
        let fitting = screens.find(|screen| screen.n_lines() <= MOST_LINES);
        fitting.unwrap_or_else(|| screen(1))
    }

    /// The text of `summary.md`.
    pub fn to_summary(&self) -> Rendered {
        let facts = serde_json::json!({ "v": self.view(Room::SUMMARY) });
        rendered("summary.md.j2", &facts, Form::default())
    }

    /// The text of `index.html`.
    pub fn to_page(&self) -> String {
        let view = self.view(Room::PAGE);
        let mut page = Document::new(Text::strong(words("headline", &view)));
        page.fine(words("header", &view));
        page.heading("Scenarios", "");
        let cases: BTreeMap<&str, &CasePart> =
            self.cases.iter().map(|case| (&*case.id, case)).collect();
        let mut table = Table::new(&[
            "scenario",
            "status",
            "gate",
            ">figure",
            ">in baseline",
            ">change",
            ">gates passed",
            "beside the baseline",
            ">paths",
        ]);
        for row in &view.rows.shown {
            table.row_with(cells(row), self.lines(cases[row.id]));
        }
        page.table(table.without_empty());
        for what in ["missing", "not_named", "removed", "new"] {
            let names = words(what, &view);
            if !names.is_empty() {
                page.sentence(names);
            }
        }
        page.heading("Files", "");
        page.table(self.files());
        if view.has_unjudged {
            page.fine(words("unjudged", &view));
        }
        page.to_html()
    }

    /// Every gate of a scenario, and whatever else is to be known of it.
    fn lines(&self, case: &CasePart) -> Vec<Text> {
        let currency = currency(case);
        let passed = case.gates.iter().filter(|gate| rank(gate.verdict) == 0);
        let passed = passed.map(|gate| Line::Gate {
            gate: Box::new(GateView::new(gate, currency)),
        });
        let found = self
            .findings(case)
            .into_iter()
            .flat_map(|finding| finding.lines);
        let lines = found.chain(passed);
        lines
            .map(|line| Text::message(&words("line", &line)))
            .collect()
    }

    /// Every file once, with its title.
    fn files(&self) -> Table {
        let mut files: BTreeMap<&str, (&str, usize)> = BTreeMap::new();
        for case in &self.cases {
            let title = match &case.state {
                State::Simulated { title, .. } => title,
                _ => "",
            };
            let (known, n) = files.entry(&case.file).or_default();
            *n += 1;
            if known.is_empty() {
                *known = title;
            }
        }
        let mut table = Table::new(&["file", "title", ">scenarios"]);
        for (file, (title, n)) in files {
            table.row(vec![
                Text::code(file),
                title.into(),
                grouped(n as u64).into(),
            ]);
        }
        table
    }
}

/// The word of a status.
pub fn status_word(status: Status) -> String {
    words(
        "status",
        &serde_json::json!({ "status": status, "is_asked": true }),
    )
}

fn cells(row: &Row<'_>) -> Vec<Text> {
    let id: Text = match row.report {
        Some(report) => Text(vec![Span::Link(reference(report), row.id.to_owned())]),
        None => Text::code(row.id),
    };
    let word = |what| Text::from(words(what, row));
    let tone = match row.status {
        Status::Passed if row.is_asked => "good",
        Status::Passed | Status::NotRun => "quiet",
        Status::Inconclusive => "open",
        Status::Failed | Status::NotSimulated | Status::Invalid => "bad",
        _ => "changed",
    };
    vec![
        id,
        Text(vec![Span::Classed(tone, words("status", row))]),
        word("asked"),
        word("figure"),
        word("base"),
        word("change"),
        word("passed"),
        word("against"),
        row.paths.map_or_else(String::new, grouped).into(),
    ]
}

/// One piece of text of `words.txt.j2` with its facts.
fn words(what: &str, facts: &impl Serialize) -> String {
    let facts = serde_json::json!({ "what": what, "facts": facts });
    let words = rendered("words.txt.j2", &facts, Form::default());
    String::from_utf8_lossy(&words.into_bytes()).into_owned()
}

#[cfg(test)]
mod tests;
