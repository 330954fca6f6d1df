//! `index.html`: a whole batch on one page that needs no network and no script.
//!
//! In: a [`BatchReport`]. Out: HTML with its style, letters and drawings in it. Not here: pictures of
//! single runs (`chart`), which the page links to.

mod bars;
mod changes;
mod gates;
mod scenarios;
mod style;

use super::tally::{Mark, mark};
use super::wording::{ending, extent, headline};
use super::{BatchReport, PlacePart};
use crate::report::grouped;
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// Every mark: its class in the style, and its word.
const MARKS: [(Mark, &str, &str); 8] = [
    (Mark::Invalid, "invalid", "invalid"),
    (Mark::Broken, "broken", "not simulated"),
    (Mark::Fail, "fail", "failed"),
    (Mark::Changed, "changed", "changed"),
    (Mark::Inconclusive, "inconclusive", "undecided"),
    (Mark::NotRun, "not-run", "not run"),
    (Mark::Pass, "pass", "passed"),
    (Mark::Simulated, "simulated", "no gate"),
];

impl BatchReport {
    /// The text of `index.html`.
    pub fn to_page(&self) -> String {
        let page = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (ending(self)) ": " (headline(self)) }
                    style { (PreEscaped(style::sheet())) }
                }
                body { main {
                    header {
                        p.eyebrow { "tailwheel batch · " span class={ "ending " (self.class_of_ending()) } { (ending(self)) } }
                        h1 { (capital(&headline(self))) }
                        p.extent { (extent(self)) }
                        (self.strip())
                    }
                    (scenarios::faults(self))
                    (gates::gates(self))
                    (changes::changes(self))
                    (scenarios::scenarios(self))
                    footer {
                        p { "A bar is the interval of an estimate at the confidence of its gate; the dashed line is the limit, and the tinted side is the wrong one. " "± is half the 95 % interval. Both are errors of sampling only." }
                        p { (self.schema) }
                    }
                }}
            }
        };
        without_controls(&page.into_string())
    }

    fn class_of_ending(&self) -> &'static str {
        match self.ending() {
            super::Ending::Passes => "pass",
            super::Ending::Fails => "fail",
            super::Ending::Unanswered => "invalid",
        }
    }

    /// Marks with the number of cases that have them, the worst first.
    fn marks(&self) -> Vec<(&'static str, &'static str, usize)> {
        let count = |wanted: Mark| {
            self.cases
                .iter()
                .filter(|case| mark(case) == wanted)
                .count()
        };
        let marks = MARKS
            .iter()
            .map(|(mark, class, word)| (*class, *word, count(*mark)));
        marks.filter(|(_, _, n)| *n > 0).collect()
    }

    /// One line of all cases, by what came of them.
    fn strip(&self) -> Markup {
        let total: usize = self.marks().iter().map(|(_, _, n)| n).sum();
        html! {
            @if total > 0 {
                div.strip role="img" aria-label=(headline(self)) {
                    @for (class, _, n) in self.marks() {
                        span class=(class) style={ "flex-grow:" (n) } {}
                    }
                }
                p.legend {
                    @for (class, word, n) in self.marks() {
                        span { i class=(class) {} (grouped(n as u64)) " " (word) }
                    }
                }
            }
        }
    }
}

/// Control characters have no place in HTML, wherever they came from.
fn without_controls(page: &str) -> String {
    let mut text: String = page
        .chars()
        .filter(|c| *c == '\n' || !c.is_control())
        .collect();
    text.push('\n');
    text
}

/// Class and word of a mark.
fn named(mark: Mark) -> (&'static str, &'static str) {
    let found = MARKS.iter().find(|(known, _, _)| *known == mark);
    found.map_or(("simulated", ""), |(_, class, word)| (*class, *word))
}

/// An id that may break where a reader would break it.
fn id(text: &str) -> Markup {
    let parts: Vec<&str> = text.split_inclusive([',', '/', '.']).collect();
    html! { @for part in parts { (part) wbr; } }
}

/// Where something stands, if it stands in a file.
fn place(place: Option<&PlacePart>) -> Markup {
    html! { @if let Some(place) = place { code.place { (id(&place.shown())) } } }
}

/// A message of the program, in which backticks stand around code.
fn message(text: &str) -> Markup {
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return html! { (text) };
    }
    html! {
        @for (index, part) in parts.iter().enumerate() {
            @if index % 2 == 0 { (part) } @else { code { (part) } }
        }
    }
}

/// `text` with a large first letter.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
