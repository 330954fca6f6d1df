//! Running text: words, code, what stands out.
//!
//! In: strings that may hold anything. Out: [`Text`], which every renderer writes so that nothing in
//! it is taken for markup or commands a terminal.

use crate::figure::rule::Shown;
use crate::units::is_acting;

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    Plain(String),
    Code(String),
    /// A place inside the folder of the page, and its words.
    Link(String, String),
    /// A class of the sheet of a page, and its words: an error, a verdict.
    Classed(&'static str, String),
}

/// A line of running text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(pub Vec<Span>);

impl Text {
    /// A message of the program, in which backticks stand around code; what has an odd number of them
    /// quotes somebody and is left as it is.
    pub fn message(text: &str) -> Self {
        let parts: Vec<&str> = text.split('`').collect();
        if parts.len().is_multiple_of(2) {
            return text.into();
        }
        let parts = parts.iter().enumerate();
        let spans = parts.filter(|(_, part)| !part.is_empty());
        let spans = spans.map(|(index, part)| match index % 2 {
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

    /// The words alone, on one line.
    pub fn words(&self) -> String {
        self.0.iter().map(|span| one_line(span.text())).collect()
    }

    /// The words with backticks around code, as a terminal shows running text.
    pub(super) fn ticked(&self) -> String {
        let spans = self.0.iter();
        spans
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

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(vec![Span::Plain(text.to_owned())])
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(vec![Span::Plain(text)])
    }
}

impl From<Shown> for Text {
    fn from(shown: Shown) -> Self {
        let error = Span::Classed("error", shown.beside().to_owned());
        Self(vec![Span::Plain(shown.value()), error])
    }
}

/// Line breaks and whatever acts on the reader as spaces.
pub(super) fn one_line(text: &str) -> String {
    let shown = text.chars().map(|c| if is_acting(c) { ' ' } else { c });
    shown.collect()
}
