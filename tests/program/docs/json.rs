//! Tables of the keys of the JSON files, made from their schemas.

use crate::outputs;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// A row: a key with its path, the type of its value, and what it means.
struct Row {
    path: String,
    kind: String,
    doc: String,
}

struct Rows<'a> {
    definitions: Map<String, Value>,
    /// Where an object is listed in full.
    listed: BTreeMap<String, String>,
    rows: &'a mut Vec<Row>,
}

fn text<'a>(schema: &'a Value, key: &str) -> &'a str {
    schema.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn alternatives(schema: &Value) -> Vec<&Value> {
    let found = ["oneOf", "anyOf"].iter().find_map(|key| schema.get(key)?.as_array());
    found.into_iter().flatten().filter(|one| text(one, "type") != "null").collect()
}

/// Words that a key may have as its value.
fn words(schema: &Value) -> Vec<String> {
    let own = schema.get("enum").and_then(Value::as_array).into_iter().flatten().chain(schema.get("const"));
    let own = own.map(|word| word.as_str().map_or_else(|| word.to_string(), str::to_owned));
    let inner = alternatives(schema).into_iter().flat_map(words);
    own.chain(inner).collect()
}

/// The name of the definition that `schema` is, null apart.
fn name(schema: &Value) -> Option<String> {
    if let Some((_, name)) = text(schema, "$ref").rsplit_once('/') {
        return Some(name.to_owned());
    }
    match alternatives(schema).as_slice() {
        [one] => name(one),
        _ => None,
    }
}

/// The path of a key of the object at `path`.
fn below(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

impl Rows<'_> {
    fn push(&mut self, path: &str, kind: &str, doc: &str) {
        let doc = doc.split_whitespace().collect::<Vec<_>>().join(" ").replace("[`", "`").replace("`]", "`");
        let (path, kind) = (path.to_owned(), kind.to_owned());
        self.rows.push(Row { path, kind, doc });
    }

    fn add(&mut self, schema: &Value, path: &str, doc: &str) {
        let Some(found) = name(schema) else {
            return self.add_inner(schema, path, doc);
        };
        let definition = self.definitions[&found].clone();
        let doc = if doc.is_empty() { text(&definition, "description") } else { doc };
        if !words(&definition).is_empty() {
            return self.add_inner(&definition, path, doc);
        }
        match self.listed.get(&found).cloned() {
            Some(there) => self.push(path, &format!("as `{there}`"), doc),
            None => {
                self.listed.insert(found, path.to_owned());
                self.add_inner(&definition, path, doc);
            }
        }
    }

    fn properties(&mut self, schema: &Value, path: &str) {
        for (key, inner) in properties(schema) {
            self.add(inner, &below(path, key), text(inner, "description"));
        }
    }

    fn add_inner(&mut self, schema: &Value, path: &str, doc: &str) {
        let kinds = schema.get("type");
        let kinds: Vec<&str> = match kinds.and_then(Value::as_array) {
            Some(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
            None => kinds.and_then(Value::as_str).into_iter().collect(),
        };
        let kind = kinds.into_iter().find(|kind| *kind != "null").unwrap_or_default();
        let words = words(schema);
        if schema.get("properties").is_some() {
            if !path.is_empty() {
                self.push(path, "object", doc);
            }
            self.properties(schema, path);
            self.alternatives(schema, path);
        } else if kind == "array" {
            let items = schema.get("items").filter(|items| items.is_object());
            match items {
                Some(items) => self.add(items, &format!("{path}[]"), doc),
                None => self.push(&format!("{path}[]"), "list", doc),
            }
        } else if let Some(values) = schema.get("additionalProperties").filter(|one| one.is_object()) {
            self.add(values, &format!("{path}.<name>"), doc);
        } else if !alternatives(schema).is_empty() {
            let kind = if words.is_empty() { "object".to_owned() } else { quoted(&words) };
            let doc = format!("{doc} {}", meanings(schema));
            if !path.is_empty() {
                self.push(path, &kind, doc.trim());
            }
            self.alternatives(schema, path);
        } else if words.is_empty() {
            self.push(path, kind, doc);
        } else {
            self.push(path, &quoted(&words), doc);
        }
    }

    /// A row for each key that only some of the alternatives have.
    fn alternatives(&mut self, schema: &Value, path: &str) {
        let mut keys: BTreeMap<String, Value> = BTreeMap::new();
        for one in alternatives(schema) {
            for (key, inner) in properties(one) {
                let known = keys.entry(key.clone()).or_insert_with(|| inner.clone());
                if known != inner && inner.get("const").is_some() {
                    let words: Vec<String> = [words(known), words(inner)].concat();
                    *known = serde_json::json!({ "enum": words });
                }
            }
        }
        for (key, inner) in keys {
            self.add(&inner, &below(path, &key), text(&inner, "description"));
        }
        for one in alternatives(schema) {
            if let Some(found) = name(one) {
                let definition = self.definitions[&found].clone();
                self.properties(&definition, path);
            }
        }
    }
}

fn properties(schema: &Value) -> impl Iterator<Item = (&String, &Value)> {
    schema.get("properties").and_then(Value::as_object).into_iter().flatten()
}

/// What each alternative means that is a word or has one. A longer text is that of a type inside it.
fn meanings(schema: &Value) -> String {
    let mut found = Vec::new();
    for one in alternatives(schema) {
        let inner = properties(one).flat_map(|(_, inner)| words(inner));
        let all: Vec<String> = words(one).into_iter().chain(inner).collect();
        let meaning = text(one, "description");
        if let [word] = all.as_slice()
            && !meaning.is_empty()
            && !meaning.contains(". ")
            && !meaning.contains("\n\n")
        {
            found.push(format!("`{word}`: {meaning}"));
        }
    }
    found.join(" ")
}

fn quoted(words: &[String]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// The definitions, with alternatives in place of one that is itself a definition of alternatives.
fn spliced(schema: &Value) -> Map<String, Value> {
    let all = schema.get("$defs").and_then(Value::as_object).cloned().unwrap_or_default();
    let mut found = all.clone();
    for definition in found.values_mut() {
        let Some(ones) = definition.get_mut("anyOf").and_then(Value::as_array_mut) else {
            continue;
        };
        let inner = |one: &Value| {
            let inner = alternatives(&all[&name(one)?]);
            (!inner.is_empty()).then(|| inner.into_iter().cloned().collect())
        };
        *ones = ones.iter().flat_map(|one| inner(one).unwrap_or_else(|| vec![one.clone()])).collect();
    }
    found
}

/// Key, value and meaning of every key of the output `id`.
pub fn rows(id: &str) -> Vec<[String; 3]> {
    let schema = outputs::schema(id);
    let mut rows = Vec::new();
    let mut all = Rows { definitions: spliced(&schema), listed: BTreeMap::new(), rows: &mut rows };
    all.add_inner(&schema, "", "");
    let cells = |row: Row| [format!("`{}`", row.path), row.kind, row.doc];
    let mut cells: Vec<[String; 3]> = rows.into_iter().map(cells).collect();
    cells.dedup_by(|one, other| one == other);
    cells
}
