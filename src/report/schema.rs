//! JSON Schemas of the JSON outputs, for editors and other programs.
//!
//! In: the types of the outputs. Out: [`OUTPUTS`]. Not here: scenario files (`scenario`).

use super::batch::{CheckReport, baseline_lines, results_lines};
use super::compare::Comparison;
use super::document::{Report, Timing};
use super::json::text_of;
use super::replay::ReplayFacts;
use super::sensitivity::SensitivityReport;
use super::solve::SolveReport;
use schemars::generate::SchemaSettings;
use schemars::transform::transform_subschemas;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::Value;

/// A JSON output of the program, with the type that defines its schema.
pub struct Output {
    /// Id of the output: `report` in `tailwheel-report/2`.
    pub id: &'static str,
    /// Place of the output, for readers: a file name, `a line of` such a file, or a command.
    pub file: &'static str,
    of: fn(&mut SchemaGenerator) -> Schema,
}

/// All JSON outputs.
pub const OUTPUTS: [Output; 9] = [
    Output { id: "report", file: "report.json", of: Report::json_schema },
    Output { id: "timing", file: "timing.json", of: Timing::json_schema },
    Output { id: "compare", file: "compare.json", of: Comparison::json_schema },
    Output { id: "sensitivity", file: "sensitivity.json", of: SensitivityReport::json_schema },
    Output { id: "solve", file: "solve.json", of: SolveReport::json_schema },
    Output { id: "replay", file: "replay.json", of: ReplayFacts::json_schema },
    Output { id: "check", file: "check --format json", of: CheckReport::json_schema },
    Output { id: "batch", file: "a line of results.jsonl", of: results_lines },
    Output { id: "baseline", file: "a line of a baseline", of: baseline_lines },
];

impl Output {
    /// Returns the JSON Schema (2020-12) of the output. It allows exactly the keys that this version writes.
    pub fn schema(&self) -> String {
        let settings = SchemaSettings::draft2020_12().for_serialize();
        let mut generator = settings.into_generator();
        let mut schema = (self.of)(&mut generator);
        schema.insert("title".to_owned(), self.file.into());
        if let Some(dialect) = &generator.settings().meta_schema {
            schema.insert("$schema".to_owned(), dialect.as_ref().into());
        }
        let parts = generator.take_definitions(false);
        schema.insert("$defs".to_owned(), Value::Object(parts));
        close(&mut schema);
        text_of(schema.as_value())
    }
}

/// Forbids additional keys in every object of the schema. If variants (`oneOf`, `anyOf`) are merged into an
/// object, the keys of all variants together are allowed.
fn close(schema: &mut Schema) {
    transform_subschemas(&mut close, schema);
    if schema.get("properties").is_none() {
        return;
    }
    let mut key = "additionalProperties";
    for kinds in ["oneOf", "anyOf"] {
        if let Some(kinds) = schema.get_mut(kinds).and_then(Value::as_array_mut) {
            kinds.iter_mut().filter_map(Value::as_object_mut).for_each(|kind| drop(kind.remove(key)));
            key = "unevaluatedProperties";
        }
    }
    schema.insert(key.to_owned(), Value::Bool(false));
}
