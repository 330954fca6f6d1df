//! Formats in which commands print a result.
//!
//! In: a result. Out: [`Format`], and those of a run with one file for each table. Not here: screens, which need
//! a terminal (`cli`).

mod csv;

use super::document::Report;
use super::json::to_json;

/// A format in which a command prints a result of type `T`.
#[derive(Debug)]
pub struct Format<T> {
    /// Value of the option `--format` that selects the format.
    pub id: &'static str,
    pub help: &'static str,
    /// Function that formats a result for other programs; `None` for the screen text.
    pub print: Option<fn(&T) -> String>,
}

/// Formats in which the result of a run can be printed, the screen text first.
pub const FORMATS: &[Format<Report>] = &[Format::SCREEN, JSON, csv::FORMAT];
const JSON: Format<Report> = Format { id: "json", help: "report.json", print: Some(to_json) };

impl<T> Format<T> {
    pub const SCREEN: Self = Self { id: "text", help: "Screen text", print: None };

    /// Returns the format of `formats` with this id; the first one if none has it.
    pub fn named(formats: &'static [Self], id: &str) -> &'static Self {
        formats.iter().find(|format| format.id == id).unwrap_or(&formats[0])
    }
}
