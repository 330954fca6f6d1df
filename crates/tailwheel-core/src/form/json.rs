//! Conversion of a document to JSON and back.
//!
//! In: [`Table`]s. Out: JSON with the same keys and values; whole numbers stay whole. Not here: files.

use super::{Data, Table, Value, written};
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
/// The key and the reason why the value is no document.
pub fn to_table(json: &Json) -> Result<Table, String> {
    match json {
        Json::Object(entries) => table_of(entries, 0),
        _ => Err("a document is an object".to_owned()),
    }
}

fn table_of(entries: &Map<String, Json>, depth: usize) -> Result<Table, String> {
    let mut table = Table::default();
    for (key, value) in entries {
        let value = to_value(value, depth + 1).map_err(|why| format!("{key}: {why}"))?;
        table.push(key, value);
    }
    Ok(table)
}

fn to_value(json: &Json, depth: usize) -> Result<Value, String> {
    if depth > MAX_DEPTH {
        return Err("nested too deep".to_owned());
    }
    Ok(match json {
        Json::Null => return Err("a scenario has no null values".to_owned()),
        Json::Bool(truth) => Value::bare(Data::Boolean(*truth)),
        Json::String(text) => Value::text(text.as_str()),
        Json::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => Value::integer(whole),
            (None, Some(float)) if number.is_f64() => Value::float(float),
            _ => return Err(format!("{number} is too large")),
        },
        Json::Array(items) => {
            Value::list(items.iter().map(|item| to_value(item, depth + 1)).collect::<Result<_, _>>()?)
        }
        Json::Object(entries) => Value::table(table_of(entries, depth)?),
    })
}
