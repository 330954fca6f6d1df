//! Files of JSON lines whose first line says what they are.
//!
//! In: text. Out: one value after the other, or what is wrong with which line. Not here: what the
//! values mean (`baseline`, `results`).

use serde_json::Value;
use std::fmt;

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineFault {
    /// From 1.
    pub line: usize,
    pub message: String,
}

impl fmt::Display for LineFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for LineFault {}

/// Lines after the first.
pub(super) struct Lines<'t> {
    rest: std::iter::Enumerate<std::str::Lines<'t>>,
    /// The first line.
    pub head: Value,
}

impl<'t> Lines<'t> {
    /// Checks that the first line says `schema`; `name` is what such a file is called, `writer` the
    /// command that writes one.
    pub fn new(text: &'t str, schema: &str, name: &str, writer: &str) -> Result<Self, LineFault> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut rest = text.lines().enumerate();
        let fault = |message| LineFault { line: 1, message };
        let advice = format!("`tailwheel {writer}` writes one");
        let first = match rest.next() {
            Some((_, first)) if !first.trim().is_empty() => first,
            _ => return Err(fault(format!("it is empty, and so not a {name}; {advice}"))),
        };
        let head: Value = serde_json::from_str(first).map_err(|_| {
            fault(format!(
                "it is not a {name}: not JSON, one object a line; {advice}"
            ))
        })?;
        let found = head.get("schema").and_then(Value::as_str);
        if found == Some(schema) {
            return Ok(Self { rest, head });
        }
        let family = |schema: &str| schema.split('/').next().map(str::to_owned);
        Err(fault(match found {
            None => format!("it is not a {name}: JSON of something else; {advice}"),
            Some(found) if family(found) == family(schema) => format!(
                "it is {found}, which this version cannot read: it reads {schema}; {advice}"
            ),
            Some(found) => format!("it is {found}, and a {name} is {schema}; {advice}"),
        }))
    }

    /// The next line that is not empty, with its number.
    pub fn next(&mut self) -> Result<Option<(usize, Value)>, LineFault> {
        let Some((index, text)) = self.rest.find(|(_, text)| !text.trim().is_empty()) else {
            return Ok(None);
        };
        let line = index + 1;
        let is_conflict = ["<<<<<<<", "=======", ">>>>>>>"]
            .iter()
            .any(|mark| text.starts_with(mark));
        if is_conflict {
            let message = "a conflict of a merge was left in it; settle it, or write it anew";
            return Err(LineFault {
                line,
                message: message.to_owned(),
            });
        }
        match serde_json::from_str(text) {
            Ok(value) => Ok(Some((line, value))),
            Err(error) => {
                let message = match error.is_eof() {
                    true => "the line is cut off".to_owned(),
                    false => format!("not JSON: {error}"),
                };
                Err(LineFault { line, message })
            }
        }
    }
}
