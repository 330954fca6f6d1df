//! Annotations as a code quality report of GitLab CI.
//!
//! In: [`Annotation`]s. Out: JSON after the manner of Code Climate. Not here: writing it (`cli`).

use super::annotate::{Annotation, Severity};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The text of `gl-code-quality-report.json`.
pub fn gitlab_report(annotations: &[Annotation]) -> String {
    let mut seen = BTreeMap::new();
    let entries: Vec<Value> = annotations
        .iter()
        .map(|annotation| {
            let key =
                [&annotation.kind, &annotation.file, &annotation.identity].map(String::as_str);
            let n: &mut usize = seen.entry(key).or_default();
            *n += 1;
            entry(annotation, &fingerprint(key, *n))
        })
        .collect();
    let mut text = serde_json::to_string_pretty(&entries).expect("plain values can be written");
    text.push('\n');
    text
}

/// The same for the same finding, wherever it moves in its file.
fn fingerprint(key: [&str; 3], n: usize) -> String {
    let text = format!("{}\0{}\0{}\0{n}", key[0], key[1], key[2]);
    let digest = blake3::hash(text.as_bytes()).to_hex();
    digest[..32].to_owned()
}

fn entry(annotation: &Annotation, fingerprint: &str) -> Value {
    let severity = match annotation.severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
    };
    let lines = match &annotation.place {
        Some(place) => json!({ "begin": place.line, "end": place.end_line }),
        None => json!({ "begin": 1 }),
    };
    json!({
        "check_name": annotation.kind,
        "description": format!("{}: {}", annotation.title, annotation.text),
        "fingerprint": fingerprint,
        "severity": severity,
        "location": { "path": annotation.file.trim_start_matches("./"), "lines": lines },
    })
}
