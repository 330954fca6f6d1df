//! A baseline as sorted JSON lines, one for each scenario, so that a changed scenario changes one line.
//!
//! In: [`Baseline`]. Out: its text; from a text, the baseline or a fault. Not here: files (`cli`).
//!
//! The first case of a file has all keys. The other cases have a JSON Merge Patch (RFC 7396) against the
//! first, so that two hundred cases give a reviewable diff.

use super::super::lines::{FileKind, LineFault, Lines, Sealed, line};
use super::{Baseline, BaselineLine};
use crate::page::PROGRAM;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// Version of the format of a baseline file.
pub const BASELINE_SCHEMA: &str = "tailwheel-baseline/2";

/// Advice for an unreadable baseline. It is never overwritten, as its other scenarios would be lost.
const REMEDY: &str = "take the file from version control, or remove it and write it anew with \
                      `tailwheel batch --update-baseline`";

const KIND: FileKind =
    FileKind { schema: BASELINE_SCHEMA, name: "baseline", writer: "batch --update-baseline", remedy: REMEDY };

/// First line of a baseline: format, program, number of scenarios.
#[derive(Serialize, JsonSchema)]
struct Head {
    #[schemars(extend("const" = BASELINE_SCHEMA))]
    schema: &'static str,
    program: &'static str,
    /// Number of scenario lines that follow, so that a lost line is detected.
    n_scenarios: usize,
}

/// Line of one scenario. `set` is its patch against the first line of the same scenario file, and absent on that line.
#[derive(Serialize, Deserialize, JsonSchema)]
struct EntryLine {
    id: String,
    #[serde(flatten)]
    entry: BaselineLine,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    set: Option<Value>,
}

/// Returns the JSON Schema of a line of a baseline.
pub fn baseline_lines(generator: &mut SchemaGenerator) -> Schema {
    let head = generator.subschema_for::<Sealed<Head>>();
    json_schema!({ "oneOf": [head, generator.subschema_for::<Sealed<EntryLine>>()] })
}

impl Baseline {
    /// Formats the baseline as JSON lines; equal baselines give equal bytes.
    pub fn to_lines(&self) -> String {
        let mut text =
            line(&Head { schema: BASELINE_SCHEMA, program: PROGRAM, n_scenarios: self.entries.len() });
        let mut firsts: BTreeMap<&str, &Value> = BTreeMap::new();
        for (id, entry) in &self.entries {
            let set = firsts.get(&*entry.file).map(|first| between(first, &entry.keys));
            firsts.entry(&entry.file).or_insert(&entry.keys);
            let mut entry = entry.clone();
            if set.is_some() {
                entry.keys = Value::Null;
            }
            text.push_str(&line(&EntryLine { id: id.clone(), entry, set }));
        }
        text
    }

    /// Parses lines that [`Baseline::to_lines`] wrote; ignores unknown keys, but refuses a faulty line.
    pub fn from_lines(text: &str) -> Result<Self, LineFault> {
        let mut lines = Lines::new(text, &KIND)?;
        let mut baseline = Self::default();
        let mut firsts: BTreeMap<String, Value> = BTreeMap::new();
        while let Some((number, EntryLine { id, mut entry, set })) = lines.next_line()? {
            if baseline.entries.contains_key(&id) {
                return Err(LineFault::new(number, format_args!("a second line for the scenario {id}")));
            }
            match (firsts.get(&entry.file), set) {
                (Some(first), Some(set)) if entry.keys.is_null() && set.is_object() => {
                    entry.keys = patched(first, &set);
                }
                (_, None) if entry.keys.is_object() => {
                    firsts.entry(entry.file.clone()).or_insert_with(|| entry.keys.clone());
                }
                _ => {
                    let file = &entry.file;
                    let why =
                        format!("it has neither `keys` nor a `set` for those of the first line of {file}");
                    return Err(LineFault::new(number, why));
                }
            }
            baseline.entries.insert(id, entry);
        }
        let (n, said) = (baseline.entries.len(), lines.head.get("n_scenarios").and_then(Value::as_u64));
        let message = match said {
            Some(said) if said == n as u64 => return Ok(baseline),
            None => "it does not say how many scenarios follow, so that none could be missed: an earlier \
                     version wrote it"
                .to_owned(),
            Some(said) => format!(
                "{said} scenarios should follow, and {n} do: a line was lost, or two versions were merged"
            ),
        };
        Err(LineFault::new(1, format_args!("{message}; {REMEDY}")))
    }
}

/// Returns the JSON Merge Patch from `base` to `new`, neither of which may contain null.
fn between(base: &Value, new: &Value) -> Value {
    let (Value::Object(from), Value::Object(to)) = (base, new) else {
        return new.clone();
    };
    let gone = from.keys().filter(|key| !to.contains_key(*key)).map(|key| (key.clone(), Value::Null));
    let changed = to.iter().filter(|(key, value)| from.get(*key) != Some(value));
    let set = changed.map(|(key, value)| (key.clone(), between(&base[key], value)));
    Value::Object(gone.chain(set).collect())
}

fn patched(base: &Value, patch: &Value) -> Value {
    let Value::Object(changes) = patch else {
        return patch.clone();
    };
    let mut entries = base.as_object().cloned().unwrap_or_default();
    for (key, change) in changes {
        match change {
            Value::Null => entries.remove(key),
            change => entries.insert(key.clone(), patched(&base[key], change)),
        };
    }
    Value::Object(entries)
}

#[cfg(test)]
mod tests;
