//! Blocks of a document as HTML, with links to glossary terms.
//!
//! In: a [`Block`]. Out: markup. Not here: the page around the blocks (`html`).

use super::super::glossary::{self, Term};
use super::super::{Block, Figure, Span, Table, TableRow, Text};
use maud::{Markup, PreEscaped, html};
use std::collections::BTreeMap;

/// Renderer of a page's blocks, in order, which remembers the glossary terms that it linked.
pub(super) struct Pen {
    has_glossary: bool,
    /// Linked terms by label, each with the number of the section that linked it last.
    linked: BTreeMap<&'static str, (&'static Term, usize)>,
    section: usize,
}

/// Converts words to an anchor name for addresses inside the page: `loss-events`.
pub(super) fn anchor(words: &str) -> String {
    let sign = |c: char| {
        if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '-' }
    };
    words.chars().map(sign).collect()
}

fn anchor_of(term: &Term) -> String {
    format!("term-{}", anchor(&term.label))
}

impl Pen {
    pub fn new(has_glossary: bool) -> Self {
        Self { has_glossary, linked: BTreeMap::new(), section: 0 }
    }

    pub fn one(&mut self, block: &Block) -> Markup {
        self.section += usize::from(matches!(block, Block::Heading(..)));
        html! {
            @match block {
                Block::Heading(word, meaning) => {
                    h2 id=(anchor(&word.words())) { (self.unlinked(word)) }
                    @if !meaning.is_empty() { p.lead { (self.inline(meaning)) } }
                },
                Block::Subheading(word, meaning) => {
                    h3 { (self.unlinked(word)) }
                    @if !meaning.is_empty() { p.lead { (self.inline(meaning)) } }
                },
                Block::Summary(items) => div.summary { @for item in items { p { (self.inline(item)) } } },
                Block::Sentence(text) => p { (self.inline(text)) },
                Block::Warning(text) => p.warning { (self.inline(text)) },
                // no term links directly below the title
                Block::Fine(text) if self.section == 0 => p.fine { (self.unlinked(text)) },
                Block::Fine(text) => p.fine { (self.inline(text)) },
                Block::List(items) => ul { @for item in items { li { (self.inline(item)) } } },
                Block::Table(found) => (self.table(found)),
                Block::Picture(found) => (self.figure(found)),
                Block::Fold { title, inner, is_printed } => details.printed[*is_printed] {
                    summary { (self.unlinked(title)) }
                    @for block in inner { (self.one(block)) }
                },
                // the glossary is written after all other blocks
                Block::Glossary | Block::Gap => {},
            }
        }
    }

    /// Renders the definitions of all glossary terms that the page links.
    pub fn glossary(&self) -> Markup {
        html! { dl { @for (term, _) in self.linked.values() {
            dt id=(anchor_of(term)) { (term.title()) }
            dd { (self.unlinked(&Text::message(&term.definition))) }
        }}}
    }

    fn figure(&mut self, figure: &Figure) -> Markup {
        html! { figure {
            div.broad { (PreEscaped(&figure.svg)) }
            div.narrow { (PreEscaped(&figure.narrow)) }
            @if !figure.caption.is_empty() {
                figcaption { (self.inline(&figure.caption.as_str().into())) }
            }
        }}
    }

    fn table(&mut self, table: &Table) -> Markup {
        html! {
            div.wide { table {
                @if table.has_headings() {
                    thead { tr { @for column in &table.columns {
                        // a screen reader would announce an empty heading
                        @if column.heading.is_empty() { td {} }
                        @else {
                            th scope="col" class=[column.is_figure.then_some("figure")] {
                                (self.inline(&column.heading.as_str().into()))
                            }
                        }
                    }}}
                }
                tbody { @for row in &table.rows { (self.row(table, row)) } }
            }}
        }
    }

    fn row(&mut self, table: &Table, row: &TableRow) -> Markup {
        html! {
            tr { @for (cell, column) in row.cells.iter().zip(&table.columns) {
                td class=[column.is_figure.then_some("figure")] { (self.inline(cell)) }
            }}
            @if !row.below.is_empty() {
                tr.below { td colspan=(table.columns.len()) {
                    @for text in &row.below { p { (self.inline(text)) } }
                }}
            }
        }
    }

    /// Renders text with a link at each glossary term that the current section has not linked yet.
    fn inline(&mut self, text: &Text) -> Markup {
        html! { @for span in &text.0 {
            @match span {
                Span::Plain(text) if self.has_glossary => (self.linked(text)),
                other => (written(other)),
            }
        }}
    }

    /// Renders text without glossary links: for headings, or inside another link.
    pub fn unlinked(&self, text: &Text) -> Markup {
        html! { @for span in &text.0 { (written(span)) } }
    }

    fn linked(&mut self, text: &str) -> Markup {
        html! { @for (words, term) in glossary::pieces(text) {
            @match term.filter(|term| self.is_first(term)) {
                Some(term) => a.term href=(format!("#{}", anchor_of(term))) title=(term.definition) { (words) },
                None => (words),
            }
        }}
    }

    fn is_first(&mut self, term: &'static Term) -> bool {
        let now = (term, self.section);
        let before = self.linked.insert(&term.label, now);
        before.is_none_or(|(_, section)| section != self.section)
    }
}

fn written(span: &Span) -> Markup {
    html! {
        @match span {
            Span::Plain(text) => (text),
            Span::Code(text) => code { (breakable(text)) },
            Span::Link(to, text) => a href=(to) { (breakable(text)) },
            Span::Classed(class, text) => span class=(class) { (text) },
        }
    }
}

/// Renders a long name with possible line breaks after `,`, `/` and `.`.
fn breakable(text: &str) -> Markup {
    let parts: Vec<&str> = text.split_inclusive([',', '/', '.']).collect();
    html! { @for part in parts { (part) wbr; } }
}
