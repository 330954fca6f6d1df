//! A document of blocks, rendered as terminal text or as a web page, and the templates of screens and
//! Markdown.
//!
//! In: headings, sentences, tables, lists, charts. Out: text of a given width, one HTML file that needs no
//! network, text by template. Not here: the content, digits (`figure`), colors (`chart::theme`).

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
pub use table::{Column, Table, TableRow};
pub use template::{Form, Rendered, Templates};
pub use text::{Span, Text};

/// Name and version of the program, as pages and reports print them.
pub const PROGRAM: &str = concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION"));

/// A document: a title and the blocks below it, from top to bottom.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    pub title: Text,
    pub blocks: Vec<Block>,
}

/// One block of a document, such as a heading, a sentence, a table or a chart.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// Heading of a topic: one or two words, then a sentence that explains them.
    Heading(Text, Text),
    /// Heading of a part of a topic, with a sentence that explains it.
    Subheading(Text, Text),
    /// The sentences that matter most, in a box.
    Summary(Vec<Text>),
    /// A sentence of the body.
    Sentence(Text),
    /// A warning about the figures that follow it on the page.
    Warning(Text),
    /// Fine print, such as the number of paths or the command.
    Fine(Text),
    /// A bulleted list.
    List(Vec<Text>),
    Table(Table),
    /// A chart; the web page shows it, plain text leaves it out.
    Picture(Figure),
    /// Blocks for some readers only: collapsed on a page, omitted from plain text, and from print unless
    /// `is_printed`.
    Fold {
        title: Text,
        inner: Vec<Block>,
        is_printed: bool,
    },
    /// Place at which the page defines its linked glossary terms. Each section links a term at its first use.
    Glossary,
    /// An empty line in plain text; nothing on a page.
    Gap,
}

/// A chart as SVG inside a page, with a caption that says how to read it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figure {
    pub svg: String,
    /// Narrow drawing for phones, with its own SVG ids.
    pub narrow: String,
    pub caption: String,
}

impl Page {
    /// Creates a document without blocks.
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

    /// Appends a table if it has rows.
    pub fn table(&mut self, table: Table) {
        if !table.rows.is_empty() {
            self.push(Block::Table(table));
        }
    }

    /// Appends the subheading `word`, its explanation `meaning` and the table, if the table has rows.
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
