//! Conversion of a document to JSON and back.
//!
//! In: [`Table`]s. Out: JSON with the same keys and values; whole numbers stay whole. Not here: files.

use super::{Data, Diagnostic, Table, Value, fault, written};
use serde_json::{Map, Number, Value as Json};

/// Deepest nesting that is read; documents have five levels.
const MAX_DEPTH: usize = 32;

/// Converts a table to a JSON object.
pub fn of_table(table: &Table) -> Json {
    table.entries.iter().map(|entry| (entry.key.clone(), of_value(&entry.value))).collect()
}

/// Converts a value to JSON.
pub fn of_value(value: &Value) -> Json {
    match &value.data {
        Data::Text(text) | Data::Moment(text) => Json::String(text.clone()),
        Data::Integer(number) => Json::Number((*number).into()),
        // Infinite numbers are refused before, so this text is never read again.
        Data::Float(number) => match Number::from_f64(*number) {
            Some(number) => Json::Number(number),
            None => Json::String(written(value)),
        },
        Data::Boolean(truth) => Json::Bool(*truth),
        Data::List(items) => Json::Array(items.iter().map(of_value).collect()),
        Data::Table(table) => of_table(table),
    }
}

/// Converts a JSON object to a table.
///
/// # Errors
///
/// The fault that the value is no document, with the path of the key in its message.
pub fn to_table(json: &Json) -> Result<Table, Box<Diagnostic>> {
    match json {
        Json::Object(entries) => table_of(entries, 0),
        _ => Err(Box::new(fault!("type", "a document is an object"))),
    }
}

fn table_of(entries: &Map<String, Json>, depth: usize) -> Result<Table, Box<Diagnostic>> {
    let mut table = Table::default();
    for (key, value) in entries {
        let value = to_value(value, depth + 1).map_err(|mut fault| {
            fault.message = format!("{key}: {}", fault.message);
            fault
        });
        table.push(key, value?);
    }
    Ok(table)
}

fn to_value(json: &Json, depth: usize) -> Result<Value, Box<Diagnostic>> {
    if depth > MAX_DEPTH {
        return Err(Box::new(fault!("syntax", "nested too deep")));
    }
    Ok(match json {
        Json::Null => return Err(Box::new(fault!("type", "a scenario has no null values"))),
        Json::Bool(truth) => Value::bare(Data::Boolean(*truth)),
        Json::String(text) => Value::text(text.as_str()),
        Json::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => Value::integer(whole),
            (None, Some(float)) if number.is_f64() => Value::float(float),
            _ => return Err(Box::new(fault!("range", "{number} is too large"))),
        },
        Json::Array(items) => {
            Value::list(items.iter().map(|item| to_value(item, depth + 1)).collect::<Result<_, _>>()?)
        }
        Json::Object(entries) => Value::table(table_of(entries, depth)?),
    })
}
