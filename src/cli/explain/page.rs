//! One page of `explain`, and how it reads on a terminal.
//!
//! In: paragraphs, defaults of the catalog, pages that tell more. Out: [`Page`]. Not here: what it says (`defaults`, `keys`,
//! `outcome`, `words`), how a document looks (`crate::page`).

use crate::catalog::{Entry, Source, source};
use crate::page::{Document, Table};

/// What is told of a name.
pub(super) struct Page {
    /// As typed; another page may refer to it.
    pub id: String,
    pub title: String,
    pub paragraphs: Vec<String>,
    /// Each with a heading, and with a note unless it speaks for itself.
    pub tables: Vec<(String, Table, String)>,
    /// What the tables speak of, each once.
    pub sources: Vec<&'static Source>,
    /// Other ids worth asking for.
    pub see: Vec<String>,
}

impl Page {
    pub fn new(id: &str, title: impl Into<String>, paragraphs: Vec<String>, see: &[&str]) -> Self {
        Self {
            id: id.to_owned(),
            title: title.into(),
            paragraphs,
            tables: Vec::new(),
            sources: Vec::new(),
            see: see.iter().map(|id| (*id).to_owned()).collect(),
        }
    }

    /// Defaults of the catalog under a heading, each with range, grade and source, if there are any.
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
            table.row_with(cells.map(Into::into).into(), vec![below.into()]);
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

    /// Adds what another page says.
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

    /// The page as text of `width` columns.
    pub fn to_text(&self, width: usize) -> String {
        let mut shown = Document::new(format!("{}: {}", self.id, self.title));
        for paragraph in &self.paragraphs {
            shown.gap();
            shown.sentence(paragraph.as_str());
        }
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
            shown.sentence(source.link.as_deref().unwrap_or("not published at a link"));
        }
        if !self.see.is_empty() {
            shown.gap();
            shown.fine(format!("more: tailwheel explain {}", self.see.join(" | ")));
        }
        shown.to_text(width)
    }
}
