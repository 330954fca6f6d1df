//! Running text: words, code, links, highlighted words.
//!
//! In: arbitrary strings. Out: [`Text`], which every renderer escapes, so that no string acts as markup or as
//! a terminal command.

use crate::figure::rule::Shown;
use crate::units::is_acting;

/// A piece of a line with one style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    Plain(String),
    Code(String),
    /// A link: address, as a URL or relative to the page's folder, then its words.
    Link(String, String),
    /// Words with a CSS class of the page, such as `error`: class, then words.
    Classed(&'static str, String),
}

/// A line of running text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(pub Vec<Span>);

impl Text {
    /// Converts a message of the program: text between backticks becomes code. A message with an odd number
    /// of backticks quotes foreign text and stays plain.
    pub fn message(text: &str) -> Self {
        let parts: Vec<&str> = text.split('`').collect();
        if parts.len().is_multiple_of(2) {
            return text.into();
        }
        let written = parts.iter().enumerate().filter(|(_, part)| !part.is_empty());
        let spans = written.map(|(index, part)| match index % 2 {
            0 => Span::Plain((*part).to_owned()),
            _ => Span::Code((*part).to_owned()),
        });
        Self(spans.collect())
    }

    pub fn code(text: impl Into<String>) -> Self {
        Self(vec![Span::Code(text.into())])
    }

    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|span| span.text().is_empty())
    }

    /// Returns the words without styles, on one line.
    pub fn words(&self) -> String {
        self.0.iter().map(|span| one_line(span.text())).collect()
    }

    /// Returns the words on one line, with backticks around code.
    pub(super) fn ticked(&self) -> String {
        self.0
            .iter()
            .map(|span| match span {
                Span::Code(code) => format!("`{}`", one_line(code)),
                other => one_line(other.text()),
            })
            .collect()
    }
}

impl Span {
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Plain(text) | Self::Code(text) => text,
            Self::Link(_, text) | Self::Classed(_, text) => text,
        }
    }
}

impl<S: Into<String>> From<S> for Text {
    fn from(text: S) -> Self {
        Self(vec![Span::Plain(text.into())])
    }
}

impl From<Shown> for Text {
    fn from(shown: Shown) -> Self {
        let error = Span::Classed("error", shown.beside.clone());
        Self(vec![Span::Plain(shown.value()), error])
    }
}

/// Replaces line breaks, control characters and invisible characters by spaces.
pub(super) fn one_line(text: &str) -> String {
    text.chars().map(|c| if is_acting(c) { ' ' } else { c }).collect()
}
