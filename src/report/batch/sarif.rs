//! What `check` found, as SARIF 2.1.0 (OASIS): for code scanning and editors.
//!
//! In: a [`CheckReport`]. Out: one log with one run. Not here: what the codes mean (`rules`).

use super::rules::FAULT_CODES;
use super::uri::reference;
use super::{CheckReport, FaultPart, PlacePart};
use serde_json::{Value, json};

/// Where the version of the format is described.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// What relative references are relative to: the root of the sources.
const ROOT: &str = "%SRCROOT%";

impl CheckReport {
    /// The text of a SARIF log.
    pub fn to_sarif(&self) -> String {
        let rules = self.rules();
        let results = self.files.iter().flat_map(|file| {
            let faults = file.faults().iter();
            faults.map(|fault| result(fault, &file.file, &rules))
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
                    "rules": rules.iter().map(|code| rule(code)).collect::<Vec<_>>(),
                }},
                "columnKind": "unicodeCodePoints",
                "artifacts": artifacts.collect::<Vec<_>>(),
                "results": results.collect::<Vec<_>>(),
            }],
        });
        let mut text = serde_json::to_string_pretty(&log).expect("plain values can be written");
        text.push('\n');
        text
    }

    /// Every code there is, then those found that nobody listed.
    fn rules(&self) -> Vec<&str> {
        let mut rules: Vec<&str> = FAULT_CODES.iter().map(|(code, _)| *code).collect();
        for fault in self.files.iter().flat_map(|file| file.faults()) {
            if !rules.contains(&fault.code.as_str()) {
                rules.push(&fault.code);
            }
        }
        rules
    }
}

fn rule(code: &str) -> Value {
    let level = json!({ "level": "error" });
    match FAULT_CODES.iter().find(|(known, _)| *known == code) {
        Some((_, title)) => json!({
            "id": code,
            "shortDescription": { "text": title },
            "help": { "text": format!("{title}. The message of each finding says what to write.") },
            "defaultConfiguration": level,
        }),
        None => json!({ "id": code, "defaultConfiguration": level }),
    }
}

fn result(fault: &FaultPart, file: &str, rules: &[&str]) -> Value {
    let physical = match &fault.place {
        Some(place) => json!({
            "artifactLocation": location(&place.file),
            "region": region(place),
        }),
        None => json!({ "artifactLocation": location(file) }),
    };
    json!({
        "ruleId": fault.code,
        "ruleIndex": rules.iter().position(|code| *code == fault.code),
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
