//! `index.html`: a whole batch on one page that needs no network and no script.
//!
//! In: a [`BatchReport`]. Out: HTML with its style, letters and drawings in it. Not here: pictures of
//! single runs (`chart`), which the page links to.

mod bars;
mod changes;
mod gates;
mod scenarios;
mod style;

use super::wording::{ending, extent, headline};
use super::{BatchReport, CasePart, Conclusion, PlacePart, Standing};
use crate::report::grouped;
use crate::units::is_acting;
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// Every standing: its class in the style, and its word; the worst first.
const STANDINGS: [(Standing, &str, &str); 9] = [
    (Standing::Invalid, "invalid", "invalid"),
    (Standing::Failed, "broken", "not simulated"),
    (Standing::NotRun, "not-run", "not run"),
    (Standing::Fail, "fail", "failed"),
    (Standing::Inconclusive, "inconclusive", "undecided"),
    (Standing::Loosened, "loosened", "gate loosened"),
    (Standing::Changed, "changed", "changed"),
    (Standing::OtherVersion, "version", "other version"),
    (Standing::Pass, "pass", "passed"),
];

/// A scenario of which nothing is asked: its class, and its word.
const UNASKED: (&str, &str) = ("simulated", "no gate");

/// Every class that a scenario may have.
fn classes() -> impl Iterator<Item = &'static str> {
    let asked = STANDINGS.iter().map(|(_, class, _)| *class);
    asked.chain([UNASKED.0])
}

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
        match self.conclusion() {
            Conclusion::Yes => "pass",
            Conclusion::No => "fail",
            Conclusion::Unanswered => "invalid",
        }
    }

    /// Class and word of what came of `case`.
    fn named(&self, case: &CasePart) -> (&'static str, &'static str) {
        let standing = self.standing(case);
        if standing == Standing::Pass && case.gates.is_empty() && !case.is_held_against() {
            return UNASKED;
        }
        let mut known = STANDINGS.iter();
        let found = known.find(|(known, _, _)| *known == standing);
        found.map_or(UNASKED, |(_, class, word)| (*class, *word))
    }

    /// What came of cases, with how many it came to, the worst first.
    fn marks(&self) -> Vec<(&'static str, &'static str, usize)> {
        let all = STANDINGS.iter().map(|(_, class, word)| (*class, *word));
        let count = |name| {
            self.cases
                .iter()
                .filter(|case| self.named(case) == name)
                .count()
        };
        let marks = all
            .chain([UNASKED])
            .map(|name| (name.0, name.1, count(name)));
        marks.filter(|(_, _, n)| *n > 0).collect()
    }

    /// One line of all cases, by what came of them.
    fn strip(&self) -> Markup {
        let n_changed = self.tally().changed;
        let is_changed = |case: &&CasePart| self.standing(case) == Standing::Changed;
        let n_changed_alone = self.cases.iter().filter(is_changed).count();
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
                    @if n_changed > n_changed_alone {
                        span { "each scenario once, by the worst; " (grouped(n_changed as u64)) " changed in all" }
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
        .filter(|c| *c == '\n' || !is_acting(*c))
        .collect();
    text.push('\n');
    text
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
