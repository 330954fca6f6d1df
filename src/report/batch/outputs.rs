//! Outputs of a batch: the screen, `summary.md` and `index.html`.
//!
//! In: a [`BatchReport`] as parsed from its file. Out: texts. Not here: selection (`facts`), words
//! (`templates`), files (`cli`).

use super::facts::{CaseRow, Facts};
use super::{About, BatchReport, CasePart, State, Status};
use crate::figure::grouped;
use crate::page::{Form, Page, Rendered, Span, Table, Text};
use crate::report::screens::{called, rendered};
use serde::Serialize;
use std::collections::BTreeMap;

const MOST_LINES: usize = 48;

/// Speed of the batch. It differs from run to run, so only the screen shows it, never a file.
#[derive(Clone, Debug, Serialize)]
pub struct Pace {
    pub n_simulated: usize,
    pub n_cached: usize,
    pub seconds: f64,
}

/// Numbers of baseline lines that an update adds, removes, changes and keeps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Update {
    pub new: usize,
    pub gone: usize,
    pub changed: usize,
    pub same: usize,
}

/// Data for the end of the screen that no file contains: speed, update, written files, exit code.
#[derive(Clone, Debug, Serialize)]
pub struct Closing<'r> {
    pub pace: Option<Pace>,
    pub update: Option<Update>,
    pub folder: &'r str,
    pub files: Vec<&'static str>,
    pub exit: u8,
}

impl BatchReport {
    /// Renders the screen with as many groups of similar findings as fit.
    pub fn screen(&self, closing: &Closing<'_>, form: Form) -> Rendered {
        let facts = self.facts();
        let screen = |groups| {
            let facts = serde_json::json!({ "v": facts, "groups": groups, "closing": closing });
            rendered("batch.txt.j2", &facts, form)
        };
        let fitting = [4, 3, 2].into_iter().map(screen).find(|screen| screen.n_lines() <= MOST_LINES);
        fitting.unwrap_or_else(|| screen(1))
    }

    /// Renders `summary.md`, a Markdown summary of the batch.
    pub fn to_summary(&self) -> Rendered {
        let facts = serde_json::json!({ "v": self.facts() });
        rendered("summary.md.j2", &facts, Form::default())
    }

    /// Renders `index.html`, the page of the batch.
    pub fn to_page(&self) -> String {
        let facts = self.facts();
        let mut page = Page::new(words("headline", &facts));
        page.fine(words("heading", &facts));
        page.heading("Scenarios", "");
        let mut table = Table::new(&[
            "scenario", "status", "gate", ">figure", ">in baseline", ">change", ">gates passed",
            "beside the baseline", ">paths",
        ]);
        for row in &facts.cases {
            table.row_with(cells(row), self.lines(row));
        }
        page.table(table.without_empty());
        for names in words("lists", &facts).lines() {
            page.sentence(names);
        }
        page.heading("Files", "");
        page.table(files(&facts));
        if facts.has_unjudged {
            page.fine(words("unjudged", &facts));
        }
        page.to_html()
    }

    /// Returns the lines of text below a scenario in the table: its findings, then its passed gates.
    fn lines(&self, row: &CaseRow<'_>) -> Vec<Text> {
        let passing = row.case.gates.iter().filter(|gate| gate.verdict.rank() == 0);
        let passed = passing.map(|gate| row.case.finding(Status::Passed, "gate-passes", About::Gate(gate)));
        let found = self.findings(row.case).into_iter().chain(passed);
        let texts: Vec<String> = found.map(|finding| words("text", &finding)).collect();
        texts.iter().flat_map(|text| text.lines()).map(Text::message).collect()
    }
}

fn files(facts: &Facts<'_>) -> Table {
    let mut files: BTreeMap<&str, (&str, usize)> = BTreeMap::new();
    for case in &facts.report.cases {
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
        table.row(vec![Text::code(file), title.into(), grouped(n as u64).into()]);
    }
    table
}

/// Returns the word that outputs print for the `status` of a scenario.
pub fn status_word(case: &CasePart, status: Status) -> String {
    let row = serde_json::json!({ "is_asked": case.is_asked(), "verdict": status });
    words("standing", &row)
}

fn cells(row: &CaseRow<'_>) -> Vec<Text> {
    let id = &row.case.id;
    let (paths, id) = match &row.case.state {
        State::Simulated { paths, report, .. } => {
            let link = Span::Link(reference(report), id.clone());
            (grouped(*paths), Text(vec![link]))
        }
        _ => (String::new(), Text::code(id)),
    };
    let tone = match row.verdict {
        Status::Passed if row.is_asked => "good",
        Status::Passed | Status::NotRun => "quiet",
        Status::Inconclusive => "open",
        Status::Failed | Status::NotSimulated | Status::Invalid => "bad",
        _ => "changed",
    };
    let others =
        ["asked", "figure", "base", "changed", "passed", "against"].map(|what| Text::from(words(what, row)));
    let status = Text(vec![Span::Classed(tone, words("standing", row))]);
    [id, status].into_iter().chain(others).chain([paths.into()]).collect()
}

/// Percent-encodes a relative path for a link, including colons, which could end a URL scheme.
fn reference(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => out.push(char::from(byte)),
            b'-' | b'.' | b'_' | b'~' | b'/' | b'=' | b',' | b'+' => out.push(char::from(byte)),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// Renders the macro named `what` of the template `findings.j2`.
fn words(what: &str, facts: &impl Serialize) -> String {
    called("findings.j2", what, facts)
}

#[cfg(test)]
mod tests;
