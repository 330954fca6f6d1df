//! What `check` found, as SARIF 2.1.0 (OASIS): for code scanning and editors.
//!
//! In: a [`CheckReport`]. Out: one log with one run; every kind of fault that was found by its code; references of
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
        let faults = self.files.iter().flat_map(|file| {
            let faults = file.faults().iter();
            faults.map(|fault| (fault, &*file.file))
        });
        let mut codes: Vec<&str> = faults.clone().map(|(fault, _)| &*fault.code).collect();
        codes.sort_unstable();
        codes.dedup();
        let results = faults.map(|(fault, file)| result(fault, file, &codes));
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
                    "rules": codes.iter().map(|code| rule(code)).collect::<Vec<_>>(),
                }},
                "columnKind": "unicodeCodePoints",
                "artifacts": artifacts.collect::<Vec<_>>(),
                "results": results.collect::<Vec<_>>(),
            }],
        });
        text_of(&log)
    }
}

fn rule(code: &str) -> Value {
    json!({
        "id": code,
        "shortDescription": { "text": format!("invalid scenario: {code}") },
        "help": { "text": "The message of each finding says what to write." },
        "defaultConfiguration": { "level": "error" },
    })
}

fn result(fault: &FaultPart, file: &str, codes: &[&str]) -> Value {
    let physical = match &fault.place {
        Some(place) => json!({
            "artifactLocation": location(&place.file),
            "region": region(place),
        }),
        None => json!({ "artifactLocation": location(file) }),
    };
    json!({
        "ruleId": fault.code,
        "ruleIndex": codes.iter().position(|code| *code == fault.code),
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
