//! Documents as JSON: sorted keys, shortest round-trip floats, null for non-finite numbers.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Significant digits of errors and intervals in files. Further digits may depend on a statistics library,
/// and nobody reads them.
const DIGITS_OF_ERRORS: usize = 12;

/// Keys whose numbers, at any depth, are rounded to [`DIGITS_OF_ERRORS`].
const ROUNDED: [&str; 6] =
    ["std_error", "interval", "base_std_error", "new_std_error", "p_value", "sharpness"];

/// Formats a document as the text of its file, with rounded errors; the same on every machine.
pub fn to_json(document: &impl Serialize) -> String {
    let mut value = serde_json::to_value(document).expect("a report has text keys and plain values only");
    round_errors(&mut value, false);
    text_of(&value)
}

/// Formats a document as its file and parses it again, so that a screen shows exactly the values of the file.
pub(super) fn reread<T: Serialize + DeserializeOwned>(document: &T) -> T {
    serde_json::from_str(&to_json(document)).expect("what was written can be read")
}

/// Formats JSON with a line for each key and item, and one line for an array of numbers.
pub(super) fn text_of(document: &Value) -> String {
    let mut text = String::new();
    write(document, 1, &mut text);
    text + "\n"
}

fn write(value: &Value, depth: usize, text: &mut String) {
    let is_flat = |item: &Value| item.is_number() || item.is_null();
    let key = |name: &str| Value::from(name).to_string() + ": ";
    let (entries, [begin, end]): (Vec<(String, &Value)>, _) = match value {
        Value::Object(map) if !map.is_empty() => {
            let entries = map.iter().map(|(name, entry)| (key(name), entry));
            (entries.collect(), ["{", "}"])
        }
        Value::Array(items) if !items.iter().all(is_flat) => {
            let entries = items.iter().map(|item| (String::new(), item));
            (entries.collect(), ["[", "]"])
        }
        flat => return text.push_str(&flat.to_string()),
    };
    let indent = |depth: usize| format!("\n{}", "  ".repeat(depth));
    text.push_str(begin);
    for (index, (key, entry)) in entries.into_iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        text.push_str(&(indent(depth) + &key));
        write(entry, depth + 1, text);
    }
    text.push_str(&indent(depth - 1));
    text.push_str(end);
}

fn round_errors(value: &mut Value, rounded: bool) {
    match value {
        Value::Object(map) => {
            for (key, entry) in map {
                round_errors(entry, rounded || ROUNDED.contains(&key.as_str()));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| round_errors(item, rounded)),
        Value::Number(number) if rounded => {
            if let Some(exact) = number.as_f64() {
                *value = Value::from(rounded_error(exact));
            }
        }
        _ => {}
    }
}

/// Rounds an error, or an end of an interval, to 12 significant digits, as files contain it.
pub(super) fn rounded_error(value: f64) -> f64 {
    rounded_to(value, DIGITS_OF_ERRORS)
}

/// Rounds `value` to `digits` significant decimal digits, by way of its exact decimal text.
pub(super) fn rounded_to(value: f64, digits: usize) -> f64 {
    format!("{value:.*e}", digits - 1).parse().expect("a printed number can be read")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_reads_back_and_numbers_share_a_line() {
        let value = serde_json::json!({
            "a": [0.1, null, -3], "b": [], "c": {}, "d": [["x", 1], [2.5e-300, 1e21]], "e \"q\"": {"f": true}
        });
        let text = text_of(&value);
        assert_eq!(serde_json::from_str::<Value>(&text).expect("JSON"), value);
        assert!(text.contains("\n  \"a\": [0.1,null,-3],\n  \"b\": [],\n"), "{text}");
    }

    #[test]
    fn errors_are_rounded_and_values_are_not() {
        let mut value = serde_json::json!({
            "value": 0.1234567890123456_f64,
            "std_error": 0.1234567890123456_f64,
            "interval": [0.1234567890123456_f64, null],
        });
        round_errors(&mut value, false);
        assert_eq!(value["value"], 0.1234567890123456);
        assert_eq!(value["std_error"], 0.123456789012);
        assert_eq!(value["interval"][0], 0.123456789012);
        assert!(value["interval"][1].is_null());
    }
}
