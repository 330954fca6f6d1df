//! The option `--format`: what a command prints.
//!
//! In: the formats of a command. Out: [`Format`]. Not here: printing (each command).

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser, ValueParser};

/// Format that a command prints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::cli) enum Format {
    #[default]
    Text,
    Json,
    Csv,
    Markdown,
}

/// Formats of a run, each with its help.
pub(super) const OF_RUN: [(&str, &str); 3] = [
    ("text", "Screen text"),
    ("json", "report.json"),
    ("csv", "Table of every series and of final wealth, nominal and real"),
];

/// Returns a parser of the formats of a command, each with its help.
pub(super) fn formats(named: &[(&'static str, &'static str)]) -> ValueParser {
    let values = named.iter().map(|(name, help)| PossibleValue::new(*name).help(*help));
    ValueParser::new(PossibleValuesParser::new(values).map(|name| match name.as_str() {
        "json" => Format::Json,
        "csv" => Format::Csv,
        "markdown" => Format::Markdown,
        _ => Format::Text,
    }))
}
