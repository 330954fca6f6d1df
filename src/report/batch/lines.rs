//! Files of JSON lines whose first line names their format.
//!
//! In: values; text. Out: a line with its checksum; the values of a text one by one, or a fault with its
//! line. Not here: the meaning of the values (`baseline`, `results`).
//!
//! Each line ends with its own checksum, so that a changed byte is detected, and lines of two branches can
//! still be merged.

use crate::units::spelled_out;
use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::fmt;

/// Fault of a file of JSON lines. Its text quotes the file on one line, without terminal commands.
#[derive(Debug, PartialEq, Eq)]
pub struct LineFault {
    /// Number of the line, from 1.
    line: usize,
    why: String,
    /// True if the file is intact, but of another version of its format.
    pub is_version: bool,
}

impl LineFault {
    pub(super) fn new(line: usize, why: impl fmt::Display) -> Self {
        Self { line, why: why.to_string(), is_version: false }
    }
}

impl fmt::Display for LineFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, spelled_out(&self.why))
    }
}

impl std::error::Error for LineFault {}

/// Text before the checksum at the end of a line. The checksum covers everything before it.
pub(super) const MARK: &str = ",\"check\":\"";
/// Hexadecimal digits of a checksum: one change in 2⁶⁴ stays undetected.
const DIGITS: usize = 16;

/// A value with the checksum of its line.
#[derive(Serialize, JsonSchema)]
pub(super) struct Sealed<T> {
    #[serde(flatten)]
    line: T,
    /// First 16 hexadecimal digits of the BLAKE3 digest of the line before this key and its comma.
    check: String,
}

/// Writes a non-empty object as a line with its checksum. Panics if `value` is not a JSON object.
pub fn line(value: &impl Serialize) -> String {
    let check = check_of(text_of(value).strip_suffix('}').expect("an object"));
    text_of(&Sealed { line: value, check }) + "\n"
}

fn text_of(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("keys are texts and numbers are finite")
}

pub(super) fn check_of(body: &str) -> String {
    blake3::hash(body.as_bytes()).to_hex()[..DIGITS].to_owned()
}

/// Converts the JSON value of line number `line` to `T`; an error names the line.
fn parsed<T: DeserializeOwned>(line: usize, value: Value) -> Result<T, LineFault> {
    serde_json::from_value(value).map_err(|error| LineFault::new(line, error))
}

/// A kind of file of JSON lines, as error messages describe it.
pub struct FileKind {
    /// Name and version of the format, which the first line of the file states.
    pub schema: &'static str,
    pub name: &'static str,
    /// Arguments of `tailwheel` that write such a file.
    pub writer: &'static str,
    /// Advice on how to restore a damaged file.
    pub remedy: &'static str,
}

/// Reader of a file of JSON lines, one line at a time after the first.
pub struct Lines<'t> {
    rest: std::iter::Enumerate<std::str::Lines<'t>>,
    kind: &'static FileKind,
    /// First line of the file, parsed.
    pub head: Value,
}

impl<'t> Lines<'t> {
    /// Checks and parses the first line; fails if the file is of another kind or version.
    pub fn new(text: &'t str, kind: &'static FileKind) -> Result<Self, LineFault> {
        let FileKind { schema, name, writer, remedy } = *kind;
        let mut rest = text.strip_prefix('\u{feff}').unwrap_or(text).lines().enumerate();
        let advice = format!("`tailwheel {writer}` writes one");
        let refused = |why: String| Err(LineFault::new(1, why));
        let first = match rest.next() {
            Some((_, first)) if !first.trim().is_empty() => first,
            _ => return refused(format!("it is empty, and so not a {name}; {advice}")),
        };
        let Ok(head) = serde_json::from_str::<Value>(first) else {
            return refused(format!("it is not a {name}: not JSON, one object a line; {advice}"));
        };
        let family = |schema: &str| schema.split('/').next().map(str::to_owned);
        match head.get("schema").and_then(Value::as_str) {
            Some(found) if found == schema => {
                checked(1, first, remedy)?;
                Ok(Self { rest, kind, head })
            }
            None => refused(format!("it is not a {name}: JSON of something else; {advice}")),
            Some(found) if family(found) == family(schema) => {
                let why =
                    format!("it is {found}, which this version cannot read: it reads {schema}; {remedy}");
                Err(LineFault { is_version: true, ..LineFault::new(1, why) })
            }
            Some(found) => refused(format!("it is {found}, and a {name} is {schema}; {advice}")),
        }
    }

    /// Converts the first line to `T`.
    pub fn first<T: DeserializeOwned>(&self) -> Result<T, LineFault> {
        parsed(1, self.head.clone())
    }

    /// Returns the next line that is not empty, converted to `T`, with its number; `None` at the end.
    pub fn next_line<T: DeserializeOwned>(&mut self) -> Result<Option<(usize, T)>, LineFault> {
        let Some((index, text)) = self.rest.find(|(_, text)| !text.trim().is_empty()) else {
            return Ok(None);
        };
        let line = index + 1;
        let mut marks = ["<<<<<<<", "=======", ">>>>>>>"].iter();
        if marks.any(|mark| text.starts_with(mark)) {
            let message = "a conflict of a merge was left in it; settle it, or write it anew";
            return Err(LineFault::new(line, message));
        }
        match serde_json::from_str(text) {
            Ok(value) => {
                checked(line, text, self.kind.remedy)?;
                Ok(Some((line, parsed(line, value)?)))
            }
            Err(error) if error.is_eof() => Err(LineFault::new(line, "the line is cut off")),
            Err(error) => Err(LineFault::new(line, format_args!("not JSON: {error}; {}", self.kind.remedy))),
        }
    }
}

/// Refuses a line without a checksum or with a wrong one; the message ends with `remedy`.
fn checked(line: usize, text: &str, remedy: &str) -> Result<(), LineFault> {
    let end = text.strip_suffix("\"}").and_then(|text| text.rsplit_once(MARK));
    let why = match end {
        Some((body, check)) if check == check_of(body) => return Ok(()),
        None => "it has no checksum: an earlier version wrote it, or it was written by hand",
        Some(_) => "it is damaged or was edited by hand: its checksum is that of other bytes",
    };
    Err(LineFault::new(line, format_args!("{why}; {remedy}")))
}
