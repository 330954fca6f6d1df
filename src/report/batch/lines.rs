//! Files of JSON lines whose first line says what they are.
//!
//! In: values; text. Out: a line with its checksum; one value after the other, or what is wrong with
//! which line. Not here: what the values mean (`baseline`, `results`).
//!
//! Each line ends with a checksum of itself, so that a byte that was changed is found, and lines of two
//! branches can still be merged.

use crate::units::spelled_out;
use schemars::JsonSchema;
use serde::Serialize;
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
        // what it quotes of the file is on one line, and commands no terminal
        write!(f, "line {}: {}", self.line, spelled_out(&self.message))
    }
}

impl std::error::Error for LineFault {}

/// Begins the end of a line, up to which the checksum goes.
const MARK: &str = ",\"check\":\"";
/// Digits of a checksum: one change in 2⁶⁴ goes unseen.
const DIGITS: usize = 16;

/// A line with its checksum.
#[derive(Serialize, JsonSchema)]
pub(super) struct Sealed<T> {
    #[serde(flatten)]
    line: T,
    /// The first 16 digits of the BLAKE3 of all that stands before this key and its comma.
    check: String,
}

/// An object with keys as a line of a file, with its checksum.
pub fn line(value: &impl Serialize) -> String {
    let text = text_of(value);
    let check = check_of(text.strip_suffix('}').expect("an object"));
    text_of(&Sealed { line: value, check }) + "\n"
}

fn text_of(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("keys are texts and numbers are finite")
}

fn check_of(body: &str) -> String {
    blake3::hash(body.as_bytes()).to_hex()[..DIGITS].to_owned()
}

/// What is wrong with the checksum of a line.
fn fault_of_check(text: &str) -> Option<&'static str> {
    let end = text
        .strip_suffix("\"}")
        .and_then(|text| text.rsplit_once(MARK));
    match end {
        None => Some("it has no checksum: an earlier version wrote it, or it was written by hand"),
        Some((body, check)) if check == check_of(body) => None,
        Some(_) => Some("it is damaged or was edited by hand: its checksum is that of other bytes"),
    }
}

/// Lines after the first.
pub struct Lines<'t> {
    rest: std::iter::Enumerate<std::str::Lines<'t>>,
    /// How such a file is had again.
    remedy: &'static str,
    /// The first line.
    pub head: Value,
}

impl<'t> Lines<'t> {
    /// Checks that the first line says `schema`; `name` is what such a file is called, `writer` the
    /// command that writes one, `remedy` how one is had again.
    pub fn new(
        text: &'t str,
        schema: &str,
        [name, writer, remedy]: [&'static str; 3],
    ) -> Result<Self, LineFault> {
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
            checked(first, remedy).map_err(fault)?;
            return Ok(Self { rest, remedy, head });
        }
        let family = |schema: &str| schema.split('/').next().map(str::to_owned);
        Err(fault(match found {
            None => format!("it is not a {name}: JSON of something else; {advice}"),
            Some(found) if family(found) == family(schema) => format!(
                "it is {found}, which this version cannot read: it reads {schema}; {remedy}"
            ),
            Some(found) => format!("it is {found}, and a {name} is {schema}; {advice}"),
        }))
    }

    /// The next line that is not empty, with its number.
    pub fn next_line(&mut self) -> Result<Option<(usize, Value)>, LineFault> {
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
        let fault = |message| LineFault { line, message };
        match serde_json::from_str(text) {
            Ok(value) => {
                checked(text, self.remedy).map_err(fault)?;
                Ok(Some((line, value)))
            }
            Err(error) if error.is_eof() => Err(fault("the line is cut off".to_owned())),
            Err(error) => Err(fault(format!("not JSON: {error}; {}", self.remedy))),
        }
    }
}

fn checked(text: &str, remedy: &str) -> Result<(), String> {
    match fault_of_check(text) {
        None => Ok(()),
        Some(fault) => Err(format!("{fault}; {remedy}")),
    }
}

/// A text in which checksums are those of lines that were edited; for tests.
#[cfg(test)]
pub(super) fn sealed(text: &str) -> String {
    let anew = |text: &str| match text.rsplit_once(MARK) {
        Some((body, _)) => format!("{body}{MARK}{}\"}}\n", check_of(body)),
        None => format!("{text}\n"),
    };
    text.lines().map(anew).collect()
}
