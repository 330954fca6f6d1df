//! A page of `explain` and its layout on a terminal.
//!
//! In: paragraphs, defaults of the catalog, related pages. Out: [`Explanation`]. Not here: its contents (`defaults`,
//! `keys`, `lists`, `outcome`), the layout of a document (`crate::page`).

use crate::catalog::{Entry, Source, source};
use crate::page::{Block, Page, Table, Text};
use std::collections::HashSet;

/// A page of `explain` about one id.
#[derive(Default)]
pub(super) struct Explanation {
    /// Id as the user types it; other pages may refer to it.
    pub id: String,
    pub title: String,
    pub paragraphs: Vec<String>,
    /// Lines after the paragraphs, printed without empty lines between them.
    pub list: Vec<String>,
    pub tables: Vec<Headed>,
    /// Sources that the page's tables cite.
    pub sources: Vec<&'static Source>,
    /// Ids of related pages, to be proposed at the end.
    pub see: Vec<String>,
}

/// A table with its heading and a note, which may be empty.
pub(super) struct Headed {
    pub heading: String,
    pub table: Table,
    pub note: String,
}

impl Explanation {
    pub fn new(id: &str, title: impl Into<String>, paragraphs: Vec<String>, see: &[&str]) -> Self {
        let see = see.iter().map(|id| (*id).to_owned()).collect();
        Self { id: id.to_owned(), title: title.into(), paragraphs, see, ..Self::default() }
    }

    /// Adds a table of the catalog `entries`, each with its name, below `heading`; adds none without entries.
    pub fn defaults<'a>(
        mut self,
        heading: &str,
        entries: impl IntoIterator<Item = (&'a str, &'a Entry)>,
    ) -> Self {
        let mut table = Table::new(&["", "", "range", "grade"]);
        for (name, entry) in entries {
            let ids = match entry.from.as_slice() {
                [] => String::new(),
                ids => format!(" [{}]", ids.join(", ")),
            };
            let (value, range) = (entry.value.to_string(), entry.range_text());
            let below = format!("{}: {}{ids}", entry.kind, entry.source);
            table.row_with([name.to_owned(), value, range, entry.grade.to_string()], vec![below.into()]);
            self.sources.extend(entry.from.iter().filter_map(|id| source(id)));
        }
        if !table.rows.is_empty() {
            self.tables.push(Headed { heading: heading.to_owned(), table, note: String::new() });
        }
        self
    }

    /// Adds paragraphs, tables, sources and related ids of `other` to this page.
    pub fn add(&mut self, other: Self) {
        self.paragraphs.extend(other.paragraphs);
        self.tables.extend(other.tables);
        self.sources.extend(other.sources);
        let is_new = |id: &String| !self.see.contains(id) && *id != self.id;
        let see: Vec<String> = other.see.into_iter().filter(is_new).collect();
        self.see.extend(see);
    }

    /// Returns title, paragraphs, lists, headings and notes, without the catalog's values and sources.
    pub fn prose(self) -> Vec<String> {
        let tables = self.tables.into_iter().flat_map(|part| [part.heading, part.note]);
        std::iter::once(self.title).chain(self.paragraphs).chain(self.list).chain(tables).collect()
    }

    pub fn document(&self) -> Page {
        let is_same = self.id.eq_ignore_ascii_case(&self.title);
        let title = if is_same { self.title.clone() } else { format!("{}: {}", self.id, self.title) };
        let mut shown = Page::new(title);
        for paragraph in &self.paragraphs {
            shown.gap();
            shown.sentence(paragraph.as_str());
        }
        if !self.paragraphs.is_empty() {
            shown.gap();
        }
        shown.push(Block::List(self.list.iter().map(|item| Text::message(item)).collect()));
        for part in &self.tables {
            shown.gap();
            shown.heading(part.heading.as_str(), "");
            shown.table(part.table.clone());
            if !part.note.is_empty() {
                shown.sentence(part.note.as_str());
            }
        }
        if !self.sources.is_empty() {
            shown.gap();
            shown.heading("sources", "");
        }
        let mut cited = HashSet::new();
        for source in self.sources.iter().filter(|source| cited.insert(&source.id)) {
            shown.sentence(format!("[{}] {}", source.id, source.title));
            shown.sentence(source.link.as_deref().unwrap_or("no link"));
        }
        if !self.see.is_empty() {
            shown.gap();
            let quoted = |id: &String| if id.contains(' ') { format!("\"{id}\"") } else { id.clone() };
            let see: Vec<String> = self.see.iter().map(quoted).collect();
            shown.fine(format!("more: tailwheel explain {}", see.join(" | ")));
        }
        shown
    }
}
