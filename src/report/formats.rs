//! Formats in which commands print a result.
//!
//! In: a result. Out: [`Format`], and those of a run with one file for each table. Not here: screens, which need
//! a terminal (`cli`).

mod csv;

use super::document::Report;
use super::json::to_json;

/// A format of a result of type `T`.
#[derive(Debug)]
pub struct Format<T> {
    /// Value of `--format`.
    pub id: &'static str,
    pub help: &'static str,
    /// Returns the result for other programs; `None` is the screen.
    pub print: Option<fn(&T) -> String>,
}

/// Formats of a run, the screen first.
pub const FORMATS: &[Format<Report>] = &[Format::SCREEN, JSON, csv::FORMAT];
const JSON: Format<Report> = Format { id: "json", help: "report.json", print: Some(to_json) };

impl<T> Format<T> {
    pub const SCREEN: Self = Self { id: "text", help: "Screen text", print: None };

    /// Returns the format with this id; the first of `formats` if none has it.
    pub fn named(formats: &'static [Self], id: &str) -> &'static Self {
        formats.iter().find(|format| format.id == id).unwrap_or(&formats[0])
    }
}
