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
    /// A part of a topic.
    Subheading(Text, Text),
    /// The sentences that matter most, in a box.
    Summary(Vec<Text>),
    /// A sentence of the body.
    Sentence(Text),
    /// What must be known before figures are believed.
    Warning(Text),
    /// What stands under or beside the rest: how it was sampled, what was put in.
    Fine(Text),
    /// Alike things, one below the other.
    List(Vec<Text>),
    Table(Table),
    /// A chart; only a page shows it.
    Picture(Figure),
    /// What only some readers want: closed in a page, left out on a terminal and perhaps on paper.
    Fold {
        title: Text,
        inner: Vec<Block>,
        is_printed: bool,
    },
    /// The terms of the glossary that the page uses; they are linked where a section first uses them.
    Glossary,
    /// An empty line, where a terminal needs one.
    Gap,
}

/// A chart as SVG that goes inside a page, and how to read it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figure {
    pub svg: String,
    /// The drawing for a phone, with identifiers of its own; without one the other scrolls.
    pub narrow: Option<String>,
    pub caption: String,
}

impl Document {
    /// An empty document.
    pub fn new(title: impl Into<Text>) -> Self {
        Self { title: title.into(), blocks: Vec::new() }
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

    /// A part of a topic with its table, unless nothing is in it.
    pub fn part(&mut self, word: &str, meaning: &str, table: Table) {
        if !table.rows.is_empty() {
            self.push(Block::Subheading(word.into(), meaning.into()));
            self.table(table);
        }
    }

    pub fn gap(&mut self) {
        if !matches!(self.blocks.last(), None | Some(Block::Gap)) {
            self.push(Block::Gap);
        }
    }
}
