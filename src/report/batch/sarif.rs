//! What `check` found, as SARIF 2.1.0 (OASIS): for code scanning and editors.
//!
//! In: a [`CheckReport`]. Out: one log with one run; every kind of fault by its code; references of
//! RFC 3986. Not here: the single fault, which says what to write (`form`).

use super::{CheckReport, FaultPart, PlacePart};
use crate::report::json::text_of;
use serde_json::{Value, json};

/// Where the version of the format is described.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// What relative references are relative to: the root of the sources.
const ROOT: &str = "%SRCROOT%";

impl CheckReport {
    /// The text of a SARIF log.
    pub fn to_sarif(&self) -> String {
        let results = self.files.iter().flat_map(|file| {
            let faults = file.faults().iter();
            faults.map(|fault| result(fault, &file.file))
        });
        let artifacts = self
            .files
            .iter()
            .map(|file| json!({ "location": location(&file.file) }));
        let log = json!({
            "$schema": SCHEMA,
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": {
                    "name": env!("CARGO_PKG_NAME"),
                    "version": env!("CARGO_PKG_VERSION"),
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "rules": FAULT_CODES.iter().map(rule).collect::<Vec<_>>(),
                }},
                "columnKind": "unicodeCodePoints",
                "artifacts": artifacts.collect::<Vec<_>>(),
                "results": results.collect::<Vec<_>>(),
            }],
        });
        text_of(&log)
    }
}

fn rule((code, title): &(&str, &str)) -> Value {
    json!({
        "id": code,
        "shortDescription": { "text": title },
        "help": { "text": format!("{title}. The message of each finding says what to write.") },
        "defaultConfiguration": { "level": "error" },
    })
}

fn result(fault: &FaultPart, file: &str) -> Value {
    let physical = match &fault.place {
        Some(place) => json!({
            "artifactLocation": location(&place.file),
            "region": region(place),
        }),
        None => json!({ "artifactLocation": location(file) }),
    };
    json!({
        "ruleId": fault.code,
        "ruleIndex": FAULT_CODES.iter().position(|(code, _)| *code == fault.code),
        "level": "error",
        "message": { "text": fault.whole_text() },
        "locations": [{ "physicalLocation": physical }],
    })
}

fn location(file: &str) -> Value {
    let uri = reference(file);
    match file.starts_with('/') {
        true => json!({ "uri": uri }),
        false => json!({ "uri": uri, "uriBaseId": ROOT }),
    }
}

/// Columns from 1; the end is just behind the last character, as SARIF has it.
fn region(place: &PlacePart) -> Value {
    json!({
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    })
}

/// Code and title of every kind of fault, sorted by code.
pub const FAULT_CODES: &[(&str, &str)] = &[
    ("audience", "An audience that does not come"),
    ("axis", "An axis that cannot be"),
    ("basis", "A net ROI with a decay"),
    ("choice", "A word that is not among the choices"),
    ("class", "A market without a class of its own"),
    ("compliance", "A service with nothing to prevent"),
    ("copula", "A key that this copula does not have"),
    ("correlation", "Correlations that cannot be"),
    ("cover", "A cover that would never pay, or twice"),
    ("crash", "Agents that contradict themselves"),
    ("currency", "No currency symbol"),
    ("custody", "Custody with nothing to guard"),
    ("denomination", "Stable coins of a class that has none"),
    ("drop", "Something to drop that is not there"),
    ("duplicate", "Something said twice"),
    ("encoding", "Not UTF-8"),
    ("event", "An event that cannot be, or says too much"),
    (
        "exclude",
        "An exclusion that leaves out nothing, or everything",
    ),
    ("expect", "An expectation about no case"),
    ("extends", "A base that cannot be followed"),
    ("file", "A file that cannot be read"),
    ("flow", "Money at dates that do not fit its amount"),
    ("flywheel", "Products that do not pay for products"),
    ("goal", "A goal that cannot be reached or told"),
    ("hours", "More hours than there are"),
    ("id", "Two scenarios of one id"),
    ("income", "An income that is half said, or said twice"),
    ("jumps", "Jumps that do not fit"),
    ("launch", "A launch that nobody pays, or of nothing"),
    ("law", "A law of the ROI that does not fit its keys"),
    ("limit", "A gate that nothing can decide"),
    ("missing", "A key that is needed"),
    ("model", "A key of another way to earn"),
    ("name", "A name that cannot be used"),
    ("not-in-version", "A word of a later version"),
    ("number", "No number to count with"),
    ("percent", "Per cent or a fraction"),
    ("range", "A value out of range"),
    (
        "residence",
        "Places that cannot be lived in, or not one after the other",
    ),
    ("set", "An assignment that cannot be carried out"),
    ("shares", "Shares that do not add up"),
    ("shock", "A prescribed fall that says too much"),
    ("size", "A file too long"),
    ("syntax", "Not TOML"),
    ("text", "A text that cannot be shown"),
    ("traffic", "Visits that bring nothing"),
    ("type", "Another kind of value"),
    ("unit", "A value without its unit, or with another"),
    ("unknown-asset", "An asset that is not there"),
    ("unknown-axis", "An axis that is not there"),
    ("unknown-class", "A class that is not in the catalog"),
    ("unknown-cluster", "A cluster that is not there"),
    ("unknown-key", "A key that nobody reads"),
    ("unknown-kind", "A kind of event that does not exist"),
    ("unknown-market", "A market that is not there"),
    ("unknown-measure", "A measure that is not there"),
    ("unknown-place", "A place that is not in the catalog"),
    ("unknown-value", "A value that the axis has not"),
    ("variant", "A variant that an axis overrules"),
];

/// `path` as a relative reference, or as `file:` if it begins at the root.
pub(super) fn reference(path: &str) -> String {
    let path = path.trim_start_matches("./");
    let encoded = encoded(path);
    match path {
        _ if path.starts_with('/') => format!("file://{encoded}"),
        // a colon in the first folder would be read as the end of a scheme
        _ if encoded
            .split('/')
            .next()
            .is_some_and(|first| first.contains(':')) =>
        {
            format!("./{encoded}")
        }
        _ => encoded,
    }
}

/// Bytes that RFC 3986 does not allow in the segment of a path as `%20` and the like.
fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => out.push(char::from(byte)),
            b'-' | b'.' | b'_' | b'~' | b'/' | b'=' | b',' | b'+' | b':' => {
                out.push(char::from(byte));
            }
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_letter_of_a_path_is_encoded() {
        assert_eq!(reference("a b/ö#?%.toml"), "a%20b/%C3%B6%23%3F%25.toml");
        assert_eq!(reference("./a=1,b=2/x.toml"), "a=1,b=2/x.toml");
        assert_eq!(reference("/a/b.toml"), "file:///a/b.toml");
        assert_eq!(reference("c:d/x"), "./c:d/x");
    }
}
