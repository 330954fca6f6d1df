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

/// A JSON output of the program.
pub struct Output {
    /// Id of the output: `report` in `tailwheel-report/2`.
    pub id: &'static str,
    /// Name of the file or line, for readers.
    pub file: &'static str,
    of: fn(&mut SchemaGenerator) -> Schema,
}

/// All JSON outputs.
pub const OUTPUTS: [Output; 9] = [
    Output::new("report", "report.json", of::<Report>),
    Output::new("timing", "timing.json", of::<Timing>),
    Output::new("compare", "compare.json", of::<Comparison>),
    Output::new("sensitivity", "sensitivity.json", of::<SensitivityReport>),
    Output::new("solve", "solve.json", of::<SolveReport>),
    Output::new("replay", "replay.json", of::<ReplayFacts>),
    Output::new("check", "check --format json", of::<CheckReport>),
    Output::new("batch", "a line of results.jsonl", results_lines),
    Output::new("baseline", "a line of a baseline", baseline_lines),
];

impl Output {
    const fn new(id: &'static str, file: &'static str, of: fn(&mut SchemaGenerator) -> Schema) -> Self {
        Self { id, file, of }
    }

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

fn of<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    T::json_schema(generator)
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
