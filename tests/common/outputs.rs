//! Outputs in JSON, taken only if they are what their schemas say.
#![allow(dead_code)] // each binary uses its part

use jsonschema::Validator;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use tailwheel::report::OUTPUTS;

static VALIDATORS: LazyLock<BTreeMap<&str, Validator>> = LazyLock::new(|| {
    let compiled = OUTPUTS
        .iter()
        .map(|output| (output.id, jsonschema::validator_for(&schema(output.id)).expect("a schema")));
    compiled.collect()
});

/// The schema of the output `id`.
pub fn schema(id: &str) -> Value {
    let output = OUTPUTS.iter().find(|output| output.id == id);
    let text = output.expect("an output").schema();
    serde_json::from_str(&text).expect("JSON")
}

/// What in `document` is not as in the schema of the output `id`.
pub fn faults(id: &str, document: &Value) -> Vec<String> {
    VALIDATORS[id].iter_errors(document).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// A document, whatever kind it says it is of.
#[track_caller]
pub fn json(text: &str) -> Value {
    let document = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    let id = id_of(&document).expect("a document that says what it is");
    assert_eq!(faults(id, &document), [""; 0], "{id}: {text}");
    document
}

/// The number that a value is.
#[track_caller]
pub fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

/// A file of lines, the first of which says what kind it is of.
#[track_caller]
pub fn lines(text: &str) -> Vec<Value> {
    let lines = text.lines().map(serde_json::from_str);
    let lines: Vec<Value> = lines.collect::<Result<_, _>>().expect("JSON lines");
    let id = id_of(&lines[0]).expect("a first line that says what it is");
    for line in &lines {
        assert_eq!(faults(id, line), [""; 0], "{id}: {line}");
    }
    lines
}

/// Holds what the program wrote against its schema, if it is of a kind that has one.
#[track_caller]
pub fn check(text: &str) {
    let first = text.lines().next().unwrap_or_default();
    if serde_json::from_str(first).is_ok_and(|line: Value| id_of(&line).is_some()) {
        lines(text);
    } else if serde_json::from_str(text).is_ok_and(|value: Value| id_of(&value).is_some()) {
        json(text);
    }
}

/// `report` of `tailwheel-report/2`.
fn id_of(document: &Value) -> Option<&'static str> {
    let ids = || OUTPUTS.iter().map(|output| output.id);
    match document.get("schema").and_then(Value::as_str) {
        Some(schema) => ids().find(|id| schema.starts_with(&format!("tailwheel-{id}/"))),
        None => ids().find(|id| *id == "timing" && document.get("simd").is_some()),
    }
}
