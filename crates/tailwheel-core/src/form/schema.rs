//! JSON Schema of a file, derived from the declarations that read it.
//!
//! In: [`Section`]s. Out: JSON text for editors (draft 2020-12). Not here: rules between several keys, which
//! the reader checks.

use serde_json::{Map, Value as Json, json};

use super::json::of_value;
use super::{Field, Preset, Section, Shape};

/// Returns the JSON Schema of a file with these sections; the first one is the top of the file.
pub fn schema(title: &str, sections: &[Section]) -> String {
    let mut properties = Map::new();
    for section in sections {
        if section.key.is_empty() {
            properties.extend(section.fields().map(property));
        } else {
            properties.insert(section.key.to_owned(), table(section));
        }
    }
    let whole = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
        // A file that extends another may leave out required keys.
        "if": { "not": { "required": ["extends"] } },
        "then": complete(sections),
    });
    let text = serde_json::to_string_pretty(&whole).unwrap_or_default();
    format!("{text}\n")
}

/// Returns the schema of what a file must have if it extends no other.
fn complete(sections: &[Section]) -> Json {
    let mut needed: Vec<&str> = Vec::new();
    let mut properties = Map::new();
    for section in sections {
        // Keys of a kind are required by that kind only.
        let common = section.groups.first().into_iter().flat_map(|(_, fields)| *fields);
        let keys: Vec<&str> =
            common.filter(|f| is_required(f) && !section.names_its_keys).map(|f| f.key).collect();
        if section.key.is_empty() {
            needed.extend(&keys);
        } else if !keys.is_empty() {
            let required = json!({ "required": keys });
            let required = match (section.is_array, section.is_optional) {
                (true, true) => json!({ "items": required }),
                (true, false) => json!({ "items": required, "minItems": 1 }),
                (false, _) => required,
            };
            if !section.is_optional {
                needed.push(section.key);
            }
            properties.insert(section.key.to_owned(), required);
        }
    }
    json!({ "required": needed, "properties": properties })
}

fn is_required(field: &Field) -> bool {
    field.preset == Preset::Required
}

fn table(section: &Section) -> Json {
    let properties: Map<String, Json> = section.fields().map(property).collect();
    let object = match (section.names_its_keys, properties.values().next()) {
        (true, Some(each)) => json!({
            "type": "object",
            "description": section.doc,
            "additionalProperties": each,
            "minProperties": 1,
        }),
        _ => json!({
            "type": "object",
            "description": section.doc,
            "properties": properties,
            "additionalProperties": false,
        }),
    };
    if section.is_array { json!({ "type": "array", "items": object }) } else { object }
}

fn property(field: &Field) -> (String, Json) {
    let mut described = match of_shape(&field.unit.shape) {
        Json::Object(described) => described,
        _ => Map::new(),
    };
    described.insert("description".to_owned(), json!(field.said()));
    if let Preset::Is(text) = field.preset
        && let Some(default) = super::parse_value(text)
    {
        described.insert("default".to_owned(), of_value(&default));
    }
    (field.key.to_owned(), Json::Object(described))
}

fn of_shape(shape: &Shape) -> Json {
    match shape {
        Shape::Text("") => json!({ "type": "string" }),
        Shape::Text(pattern) => json!({ "type": "string", "pattern": pattern }),
        Shape::Number { low, high } => {
            json!({ "type": "number", "minimum": low, "maximum": high })
        }
        Shape::Count { low, high } => {
            json!({ "type": "integer", "minimum": low, "maximum": high })
        }
        Shape::Any => json!({}),
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Choice(words) => json!({ "enum": words }),
        Shape::OneOf(words) => json!({ "enum": words() }),
        Shape::AnyOf(shapes) => {
            let shapes: Vec<Json> = shapes.iter().map(of_shape).collect();
            json!({ "anyOf": shapes })
        }
        Shape::List(item, least, most) => {
            json!({ "type": "array", "items": of_shape(item), "minItems": least, "maxItems": most })
        }
        Shape::Row(items) => {
            let count = items.len();
            let items: Vec<Json> = items.iter().map(of_shape).collect();
            json!({ "type": "array", "prefixItems": items, "minItems": count, "maxItems": count })
        }
        Shape::Map(value) => {
            let value = of_shape(value);
            json!({ "type": "object", "additionalProperties": value, "minProperties": 1 })
        }
        Shape::Table(fields) => {
            let properties: Map<String, Json> = fields.iter().map(property).collect();
            let required: Vec<&str> = fields.iter().filter(|f| is_required(f)).map(|f| f.key).collect();
            json!({
                "type": "object",
                "properties": properties,
                "required": required,
                "additionalProperties": false,
            })
        }
    }
}
