//! A page of `explain` and its layout on a terminal.
//!
//! In: paragraphs, defaults of the catalog, related pages. Out: [`Page`]. Not here: its contents (`defaults`,
//! `keys`, `lists`, `outcome`, `term`), the layout of a document (`crate::page`).

use crate::catalog::{Entry, Source, source};
use crate::page::{Block, Document, Table, Text};

/// A page that explains one name.
pub(super) struct Page {
    /// Id as typed; other pages may refer to it.
    pub id: String,
    pub title: String,
    pub paragraphs: Vec<String>,
    /// Lines that follow the paragraphs, printed without gaps.
    pub list: Vec<String>,
    /// Tables with their headings and notes; a note may be empty.
    pub tables: Vec<(String, Table, String)>,
    /// Sources that the tables cite, without duplicates.
    pub sources: Vec<&'static Source>,
    /// Ids of related pages.
    pub see: Vec<String>,
}

impl Page {
    pub fn new(id: &str, title: impl Into<String>, paragraphs: Vec<String>, see: &[&str]) -> Self {
        Self {
            id: id.to_owned(),
            title: title.into(),
            paragraphs,
            list: Vec::new(),
            tables: Vec::new(),
            sources: Vec::new(),
            see: see.iter().map(|id| (*id).to_owned()).collect(),
        }
    }

    /// Adds a table of catalog defaults under `heading`, with range, grade and source; no table if `entries`
    /// is empty.
    pub fn defaults<'a>(
        mut self,
        heading: &str,
        entries: impl Iterator<Item = (&'a str, &'a Entry)>,
    ) -> Self {
        let mut table = Table::new(&["", "", "range", "grade"]);
        for (name, entry) in entries {
            let ids = match entry.from.as_slice() {
                [] => String::new(),
                ids => format!(" [{}]", ids.join(", ")),
            };
            let (value, range) = (entry.value.to_string(), entry.bounds.to_string());
            let cells = [name.to_owned(), value, range, entry.grade.to_string()];
            let below = format!("{}: {}{ids}", entry.kind, entry.source);
            table.row_with(cells, vec![below.into()]);
            self.from(entry.from.iter().filter_map(|id| source(id)));
        }
        if !table.rows.is_empty() {
            self.tables.push((heading.to_owned(), table, String::new()));
        }
        self
    }

    fn from(&mut self, sources: impl IntoIterator<Item = &'static Source>) {
        for source in sources {
            if !self.sources.contains(&source) {
                self.sources.push(source);
            }
        }
    }

    /// Adds paragraphs, tables, sources and related ids of another page.
    pub fn add(&mut self, other: Self) {
        self.paragraphs.extend(other.paragraphs);
        self.tables.extend(other.tables);
        self.from(other.sources);
        for id in other.see {
            if !self.see.contains(&id) && id != self.id {
                self.see.push(id);
            }
        }
    }

    /// Returns title, paragraphs, lists, headings and notes, without the catalog's values and sources.
    pub fn prose(self) -> Vec<String> {
        let tables = self.tables.into_iter().flat_map(|(heading, _, note)| [heading, note]);
        std::iter::once(self.title).chain(self.paragraphs).chain(self.list).chain(tables).collect()
    }

    /// Returns the page as text for `width` columns.
    pub fn to_text(&self, width: usize) -> String {
        let mut shown = Document::new(if self.id.eq_ignore_ascii_case(&self.title) {
            self.title.clone()
        } else {
            format!("{}: {}", self.id, self.title)
        });
        for paragraph in &self.paragraphs {
            shown.gap();
            shown.sentence(paragraph.as_str());
        }
        if !self.paragraphs.is_empty() {
            shown.gap();
        }
        let items = self.list.iter().map(|item| Text::message(item));
        shown.push(Block::List(items.collect()));
        for (heading, table, note) in &self.tables {
            shown.gap();
            shown.heading(heading.as_str(), "");
            shown.table(table.clone());
            if !note.is_empty() {
                shown.sentence(note.as_str());
            }
        }
        if !self.sources.is_empty() {
            shown.gap();
            shown.heading("sources", "");
        }
        for source in &self.sources {
            shown.sentence(format!("[{}] {}", source.id, source.title));
            shown.sentence(source.link.as_deref().unwrap_or("no link"));
        }
        if !self.see.is_empty() {
            shown.gap();
            let quoted = |id: &String| {
                if id.contains(' ') { format!("\"{id}\"") } else { id.clone() }
            };
            let see: Vec<String> = self.see.iter().map(quoted).collect();
            shown.fine(format!("more: tailwheel explain {}", see.join(" | ")));
        }
        shown.to_text(width)
    }
}
