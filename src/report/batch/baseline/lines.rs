//! A baseline as JSON lines: one for each scenario, sorted, so that a change of one is a change of a
//! line.
//!
//! In: [`Baseline`]. Out: text, and the baseline of a text or what is wrong with it. Not here: files
//! (`cli`).
//!
//! A case has what it sets beyond its file, so that two hundred fit a reviewable diff. Such a patch is an object: a key
//! with an object goes deeper, null removes, anything else replaces. A list whose items all have names is gone into by
//! name. That is a JSON Merge Patch (RFC 7396) with named lists; what it cannot say is found out by applying it.

use super::super::lines::{LineFault, Lines, Sealed, line};
use super::{Baseline, Entry};
use crate::page::PROGRAM;
use crate::units::Paths;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Version of the format.
pub const BASELINE_SCHEMA: &str = "tailwheel-baseline/1";

/// A baseline that cannot be read is not written over: what it has of other scenarios would be lost.
const REMEDY: &str = "take the file from version control, or remove it and write it anew with \
                      `tailwheel batch --update-baseline`";

/// The first line.
#[derive(Serialize, JsonSchema)]
struct Head {
    #[schemars(extend("const" = BASELINE_SCHEMA))]
    schema: &'static str,
    program: &'static str,
    /// Lines with an id that follow: one that was lost is found out.
    n_scenarios: usize,
}

/// The line of a file with many cases.
#[derive(Serialize, Deserialize, JsonSchema)]
struct CommonLine {
    file: String,
    keys: Value,
}

/// The line of a scenario, with what it was written as, or beyond the line of its file only what it sets.
#[derive(Serialize, Deserialize, JsonSchema)]
struct EntryLine {
    id: String,
    #[serde(flatten)]
    entry: Entry,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    set: Option<Value>,
}

/// The schema of a line of a baseline.
pub fn baseline_lines(generator: &mut SchemaGenerator) -> Schema {
    let head = generator.subschema_for::<Sealed<Head>>();
    let common = generator.subschema_for::<Sealed<CommonLine>>();
    json_schema!({ "oneOf": [head, common, generator.subschema_for::<Sealed<EntryLine>>()] })
}

impl Baseline {
    /// The same bytes for the same baseline.
    pub fn to_lines(&self) -> String {
        let mut text = line(&Head {
            schema: BASELINE_SCHEMA,
            program: PROGRAM,
            n_scenarios: self.entries.len(),
        });
        let mut written = BTreeSet::new();
        for (id, entry) in &self.entries {
            let common = self.commons.get(&entry.file);
            if let Some(keys) = common.filter(|_| written.insert(&entry.file)) {
                let (file, keys) = (entry.file.clone(), keys.clone());
                text.push_str(&line(&CommonLine { file, keys }));
            }
            text.push_str(&line(&entry_line(id, entry, common)));
        }
        text
    }

    /// What was written by [`Baseline::to_lines`]; keys that this version does not know are ignored.
    pub fn from_lines(text: &str) -> Result<Self, LineFault> {
        let name = ["baseline", "batch --update-baseline", REMEDY];
        let mut lines = Lines::new(text, BASELINE_SCHEMA, name)?;
        let mut baseline = Self::default();
        while let Some((number, value)) = lines.next()? {
            let fault = |message: String| LineFault {
                line: number,
                message,
            };
            if value.get("id").is_none() {
                let common: CommonLine = read(value).map_err(fault)?;
                if baseline.commons.contains_key(&common.file) {
                    return Err(fault(format!("a second line for the file {}", common.file)));
                }
                baseline.commons.insert(common.file, common.keys);
                continue;
            }
            let line: EntryLine = read(value).map_err(fault)?;
            let id = line.id.clone();
            let entry = entry(line, &baseline.commons).map_err(fault)?;
            if baseline.entries.insert(id.clone(), entry).is_some() {
                return Err(fault(format!("a second line for the scenario {id}")));
            }
        }
        match number_fault(&lines.head, baseline.entries.len()) {
            Some(message) => Err(LineFault { line: 1, message }),
            None => Ok(baseline),
        }
    }
}

/// What is wrong with the number of scenarios that the first line says, if there are `n`.
fn number_fault(head: &Value, n: usize) -> Option<String> {
    match head.get("n_scenarios").and_then(Value::as_u64) {
        None => Some(format!(
            "it does not say how many scenarios follow, so that none could be missed: an earlier \
             version wrote it; {REMEDY}"
        )),
        Some(said) if said != n as u64 => Some(format!(
            "{said} scenarios should follow, and {n} do: a line was lost, or two versions were \
             merged; {REMEDY}"
        )),
        Some(_) => None,
    }
}

fn read<T: for<'d> Deserialize<'d>>(value: Value) -> Result<T, String> {
    serde_json::from_value(value).map_err(|error| error.to_string())
}

fn entry_line(id: &str, entry: &Entry, common: Option<&Value>) -> EntryLine {
    let set = common.and_then(|common| between(common, &entry.keys));
    let keys = match set {
        Some(_) => Value::Null,
        None => entry.keys.clone(),
    };
    EntryLine {
        id: id.to_owned(),
        entry: Entry {
            keys,
            ..entry.clone()
        },
        set,
    }
}

fn entry(line: EntryLine, commons: &BTreeMap<String, Value>) -> Result<Entry, String> {
    let EntryLine { mut entry, set, .. } = line;
    match (entry.keys.is_null(), set) {
        (false, None) => {}
        (true, Some(set)) => {
            let file = &entry.file;
            let common = commons.get(file);
            let common = common.ok_or_else(|| {
                format!("{file} has no line of its own before those of its cases")
            })?;
            entry.keys = apply(common, &set)
                .ok_or_else(|| format!("`set` names what the line of {file} does not have"))?;
        }
        _ => return Err("a scenario has either `keys` or `set`".to_owned()),
    }
    // exact comparisons of counts take the longer the more there are
    if !i64::try_from(entry.paths).is_ok_and(|paths| Paths::new(paths).is_ok()) {
        return Err(format!("{} is no number of paths", entry.paths));
    }
    Ok(entry)
}

/// Keys that may name an item of a list.
const NAMES: [&str; 2] = ["name", "id"];

/// The patch that makes `new` of `base`, if there is one.
fn between(base: &Value, new: &Value) -> Option<Value> {
    let (Value::Object(from), Value::Object(to)) = (base, new) else {
        return None;
    };
    let patch = Value::Object(of_objects(from, to));
    (apply(base, &patch).as_ref() == Some(new)).then_some(patch)
}

fn of_objects(base: &Map<String, Value>, new: &Map<String, Value>) -> Map<String, Value> {
    let gone = base.keys().filter(|key| !new.contains_key(*key));
    let gone = gone.map(|key| (key.clone(), Value::Null));
    let set = new.iter().filter_map(|(key, to)| {
        let patch = match base.get(key) {
            Some(from) if from == to => return None,
            Some(from) => of_values(from, to),
            None => to.clone(),
        };
        Some((key.clone(), patch))
    });
    gone.chain(set).collect()
}

fn of_values(base: &Value, new: &Value) -> Value {
    match (base, new) {
        (Value::Object(from), Value::Object(to)) => Value::Object(of_objects(from, to)),
        (Value::Array(from), Value::Array(to)) => of_lists(from, to).unwrap_or_else(|| new.clone()),
        _ => new.clone(),
    }
}

/// None unless both lists name the same items in the same order.
fn of_lists(base: &[Value], new: &[Value]) -> Option<Value> {
    let (from, to) = (by_name(base)?, by_name(new)?);
    let is_same = from.len() == to.len() && from.iter().zip(&to).all(|(a, b)| a.0 == b.0);
    let changed = from.iter().zip(&to).filter(|(a, b)| a.1 != b.1);
    let patch = changed.map(|((name, a), (_, b))| {
        let patch = Value::Object(of_objects(a, b));
        ((*name).to_owned(), patch)
    });
    is_same.then(|| Value::Object(patch.collect()))
}

type Named<'v> = Vec<(&'v str, &'v Map<String, Value>)>;

/// Items by their names; none unless every item is an object with a name of its own.
fn by_name(items: &[Value]) -> Option<Named<'_>> {
    let mut named: Named = Vec::with_capacity(items.len());
    for item in items {
        let item = item.as_object()?;
        let name = NAMES.iter().find_map(|key| item.get(*key)?.as_str())?;
        if named.iter().any(|(known, _)| *known == name) {
            return None;
        }
        named.push((name, item));
    }
    (!named.is_empty()).then_some(named)
}

/// `base` with `patch`; none if the patch names items that are not there.
fn apply(base: &Value, patch: &Value) -> Option<Value> {
    let Value::Object(changes) = patch else {
        return Some(patch.clone());
    };
    match base {
        Value::Array(items) => {
            let names: Vec<String> = by_name(items)?
                .iter()
                .map(|(name, _)| (*name).to_owned())
                .collect();
            let mut items = items.clone();
            for (name, change) in changes {
                let at = names.iter().position(|known| known == name)?;
                items[at] = apply(&items[at], change)?;
            }
            Some(Value::Array(items))
        }
        Value::Object(entries) => {
            let mut entries = entries.clone();
            for (key, change) in changes {
                let set = match (change, entries.get(key)) {
                    (Value::Null, _) => None,
                    (change, Some(base)) => Some(apply(base, change)?),
                    (change, None) => Some(change.clone()),
                };
                match set {
                    Some(value) => entries.insert(key.clone(), value),
                    None => entries.remove(key),
                };
            }
            Some(Value::Object(entries))
        }
        _ => Some(patch.clone()),
    }
}

#[cfg(test)]
mod tests;
