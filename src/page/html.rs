//! A document as one web page: no network, no script, light and dark as the reader prefers.
//!
//! In: a [`Document`], the inks of the pictures. Out: HTML with its style, letters and drawings in it. Not here: colours
//! (`chart::theme`), layout (`style.css`).

use super::{Block, Document, PROGRAM, Row, Span, Table, Text};
use crate::chart::{Ink, Theme, WEB_FONTS, dark_rules};
use crate::units::is_acting;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// Names of the colours in the sheet, and their inks.
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

/// Layout, in the colours above.
const LAYOUT: &str = include_str!("style.css");

impl Document {
    /// The text of a file of its own.
    pub fn to_html(&self) -> String {
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
                body { main {
                    h1 { (inline(&self.title)) }
                    (blocks(&self.blocks))
                    footer { p.fine { (PROGRAM) } }
                }}
            }
        };
        // control characters have no place in HTML, wherever they came from
        let page = page.into_string();
        let kept = page.chars().filter(|c| *c == '\n' || !is_acting(*c));
        kept.chain(['\n']).collect()
    }
}

fn blocks(all: &[Block]) -> Markup {
    html! { @for block in all { (one(block)) } }
}

fn one(block: &Block) -> Markup {
    html! {
        @match block {
            Block::Heading(word, meaning) => {
                h2 { (inline(word)) }
                @if !meaning.is_empty() { p.lead { (inline(meaning)) } }
            },
            Block::Sentence(text) => p { (inline(text)) },
            Block::Warning(text) => p.warning { (inline(text)) },
            Block::Fine(text) => p.fine { (inline(text)) },
            Block::List(items) => ul { @for item in items { li { (inline(item)) } } },
            Block::Table(found) => (table(found)),
            Block::Picture(svg) => figure { (PreEscaped(svg)) },
            Block::Fold(title, inner) => details { summary { (inline(title)) } (blocks(inner)) },
            Block::Gap => {},
        }
    }
}

fn table(table: &Table) -> Markup {
    html! {
        div.wide { table {
            @if table.has_headings() {
                thead { tr { @for column in &table.columns {
                    // an empty heading would be read aloud
                    @if column.heading.is_empty() { td {} }
                    @else { th scope="col" class=[column.is_figure.then_some("figure")] { (column.heading) } }
                }}}
            }
            tbody { @for row in &table.rows { (of_row(table, row)) } }
        }}
    }
}

fn of_row(table: &Table, row: &Row) -> Markup {
    html! {
        tr { @for (cell, column) in row.cells.iter().zip(&table.columns) {
            td class=[column.is_figure.then_some("figure")] {
                (inline(cell))
            }
        }}
        @if !row.below.is_empty() {
            tr.below { td colspan=(table.columns.len()) {
                @for text in &row.below { p { (inline(text)) } }
            }}
        }
    }
}

fn inline(text: &Text) -> Markup {
    html! { @for span in &text.0 {
        @match span {
            Span::Plain(text) => (text),
            Span::Code(text) => code { (breakable(text)) },
            Span::Link(to, text) => a href=(to) { (breakable(text)) },
            Span::Classed(class, text) => span class=(class) { (text) },
        }
    }}
}

/// A name that may break where a reader would break it.
fn breakable(text: &str) -> Markup {
    let parts: Vec<&str> = text.split_inclusive([',', '/', '.']).collect();
    html! { @for part in parts { (part) wbr; } }
}

/// The whole sheet.
fn sheet() -> String {
    let faces: String = WEB_FONTS.iter().map(face).collect();
    let (light, dark) = (variables(Theme::Light), variables(Theme::Dark));
    let pictures = dark_rules(Ink::all());
    format!(
        "{faces}:root{{{light}}}@media(prefers-color-scheme:dark){{:root{{{dark}}}}}{LAYOUT}{pictures}"
    )
}

fn face((weight, file): &(u16, &[u8])) -> String {
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
