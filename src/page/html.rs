//! A document as one web page: no network, no script, light or dark as the reader's system asks.
//!
//! In: a [`Page`], the colors of the charts. Out: HTML with styles, fonts and drawings embedded. Not
//! here: the color values (`chart::theme`), layout (`style.css`).

use super::glossary::{self, Term};
use super::{Block, Figure, PROGRAM, Page, Span, Table, TableRow, Text};
use crate::chart::{Ink, Theme, WEB_FONTS, dark_rules};
use crate::units::is_acting;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use std::collections::BTreeMap;

/// Names of the CSS variables for colors of a page, each with the chart color (ink) that it takes.
const COLOURS: [(&str, Ink); 8] = [
    ("ground", Ink::Ground),
    ("text", Ink::Text),
    ("mute", Ink::Mute),
    ("grid", Ink::Grid),
    ("good", Ink::Green),
    ("bad", Ink::Vermilion),
    ("open", Ink::GoldText),
    ("changed", Ink::Blue),
];

const LAYOUT: &str = include_str!("style.css");

/// Fewest headings with which a page gets a table of contents.
const FEWEST_OF_CONTENTS: usize = 5;

impl Page {
    /// Renders the document as one self-contained HTML file.
    pub fn to_html(&self) -> String {
        let mut pen =
            Pen { has_glossary: self.blocks.contains(&Block::Glossary), linked: BTreeMap::new(), section: 0 };
        let parts: Vec<Markup> = self.blocks.iter().map(|block| pen.one(block)).collect();
        let headings = self.blocks.iter().filter_map(|block| match block {
            Block::Heading(word, _) => Some(word),
            _ => None,
        });
        let headings: Vec<&Text> = headings.collect();
        let has_contents = headings.len() >= FEWEST_OF_CONTENTS;
        // on a phone the contents are folded, below the opening blocks: no script could fold them otherwise
        let begin =
            self.blocks.iter().take_while(|one| matches!(one, Block::Fine(_) | Block::Summary(_))).count();
        let page = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (self.title.words()) }
                    style { (PreEscaped(sheet())) }
                }
                body class=[has_contents.then_some("beside")] {
                    @if has_contents { nav.side aria-label="Contents" { (contents(&headings)) } }
                    main {
                        h1 { (pen.unlinked(&self.title)) }
                        @for (at, (block, part)) in self.blocks.iter().zip(&parts).enumerate() {
                            @if at == begin && has_contents {
                                details.folded { summary { "Contents" } (contents(&headings)) }
                            }
                            @if *block == Block::Glossary { (pen.glossary()) } @else { (part) }
                        }
                        footer { p.fine { (PROGRAM) } }
                    }
                }
            }
        };
        // HTML allows no control characters, whatever their source
        let mut page = page.into_string();
        page.retain(|c| c == '\n' || !is_acting(c));
        page + "\n"
    }
}

fn contents(headings: &[&Text]) -> Markup {
    html! { ol { @for word in headings {
        li { a href=(format!("#{}", anchor(&word.words()))) { (word.words()) } }
    }}}
}

/// Returns the complete style sheet of a page: fonts, colors of both themes, layout, dark rules of charts.
fn sheet() -> String {
    let faces: String = WEB_FONTS.iter().map(|(weight, file)| face(*weight, file)).collect();
    let (light, dark) = (variables(Theme::Light), variables(Theme::Dark));
    let pictures = dark_rules(Ink::all());
    format!("{faces}:root{{{light}}}@media(prefers-color-scheme:dark){{:root{{{dark}}}}}{LAYOUT}{pictures}")
}

fn face(weight: u16, file: &[u8]) -> String {
    let file = STANDARD.encode(file);
    format!(
        "@font-face{{font-family:Inter;font-weight:{weight};\
         src:url(data:font/woff2;base64,{file})format(\"woff2\")}}"
    )
}

fn variables(theme: Theme) -> String {
    let variable = |(name, ink): &(&str, Ink)| format!("--{name}:{};", ink.rgb(theme).hex());
    COLOURS.iter().map(variable).collect()
}

/// Renderer of a page's blocks, in order, which remembers the glossary terms that it linked.
struct Pen {
    has_glossary: bool,
    /// Linked terms by label, each with the number of the section that linked it last.
    linked: BTreeMap<&'static str, (&'static Term, usize)>,
    section: usize,
}

/// Converts words to an anchor name for addresses inside the page: `loss-events`.
fn anchor(words: &str) -> String {
    let sign = |c: char| {
        if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '-' }
    };
    words.chars().map(sign).collect()
}

fn anchor_of(term: &Term) -> String {
    format!("term-{}", anchor(&term.label))
}

impl Pen {
    fn one(&mut self, block: &Block) -> Markup {
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
    fn glossary(&self) -> Markup {
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
    fn unlinked(&self, text: &Text) -> Markup {
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
