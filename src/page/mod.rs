//! A document of blocks, and what it looks like on a terminal, in Markdown and as a web page.
//!
//! In: headings, sentences, tables, lists, pictures. Out: text of a given width, Markdown of a pull
//! request, one HTML file that needs no network. Not here: what is said, digits (`figure`), colours
//! (`chart::theme`).

mod escape;
mod filters;
pub mod glossary;
mod html;
mod measures;
mod plain;
mod table;
mod template;
mod text;

pub use escape::argument;
pub use table::{Column, Row, Table};
pub use template::{Form, Rendered, Templates};
pub use text::{Span, Text};

/// The program and its version, as pages and reports name them.
pub const PROGRAM: &str = concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION"));

/// What is shown, from top to bottom.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    pub title: Text,
    pub blocks: Vec<Block>,
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A topic: a word or two, and what they mean here.
    Heading(Text, Text),
    /// A sentence of the body.
    Sentence(Text),
    /// What must be known before figures are believed.
    Warning(Text),
    /// What stands under or beside the rest: how it was sampled, what was put in.
    Fine(Text),
    /// Alike things, one below the other.
    List(Vec<Text>),
    Table(Table),
    /// A chart as SVG that goes inside a page; only a page shows it.
    Picture(String),
    /// What only some readers want: closed in a page, left out on a terminal.
    Fold(Text, Vec<Block>),
    /// An empty line, where a terminal needs one.
    Gap,
}

impl Document {
    /// An empty document.
    pub fn new(title: impl Into<Text>) -> Self {
        Self {
            title: title.into(),
            blocks: Vec::new(),
        }
    }

    pub fn push(&mut self, block: Block) {
        self.blocks.push(block);
    }

    pub fn heading(&mut self, word: impl Into<Text>, meaning: impl Into<Text>) {
        self.push(Block::Heading(word.into(), meaning.into()));
    }

    pub fn sentence(&mut self, text: impl Into<Text>) {
        self.push(Block::Sentence(text.into()));
    }

    pub fn warning(&mut self, text: impl Into<Text>) {
        self.push(Block::Warning(text.into()));
    }

    pub fn fine(&mut self, text: impl Into<Text>) {
        self.push(Block::Fine(text.into()));
    }

    /// A table, unless nothing is in it.
    pub fn table(&mut self, table: Table) {
        if !table.rows.is_empty() {
            self.push(Block::Table(table));
        }
    }

    /// A topic with its table, unless nothing is in it.
    pub fn section(&mut self, word: &str, meaning: &str, table: Table) {
        if !table.rows.is_empty() {
            self.heading(word, meaning);
            self.table(table);
            self.gap();
        }
    }

    pub fn gap(&mut self) {
        if !matches!(self.blocks.last(), None | Some(Block::Gap)) {
            self.push(Block::Gap);
        }
    }
}
