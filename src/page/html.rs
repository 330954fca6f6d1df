//! A document as one web page: no network, no script, light or dark as the reader's system asks.
//!
//! In: a [`Document`], the colors of the charts. Out: HTML with styles, fonts and drawings embedded. Not
//! here: the color values (`chart::theme`), layout (`style.css`), single blocks (`blocks`).

mod blocks;

use super::{Block, Document, PROGRAM, Text};
use crate::chart::{Ink, Theme, WEB_FONTS, dark_rules};
use crate::units::is_acting;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use blocks::{Pen, anchor};
use maud::{DOCTYPE, Markup, PreEscaped, html};

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

impl Document {
    /// Renders the document as one self-contained HTML file.
    pub fn to_html(&self) -> String {
        let mut pen = Pen::new(self.blocks.contains(&Block::Glossary));
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
    let faces: String = WEB_FONTS.iter().map(face).collect();
    let (light, dark) = (variables(Theme::Light), variables(Theme::Dark));
    let pictures = dark_rules(Ink::all());
    format!("{faces}:root{{{light}}}@media(prefers-color-scheme:dark){{:root{{{dark}}}}}{LAYOUT}{pictures}")
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
