//! Writer of values as TOML in one form: shortest numbers, inline tables, one key per line.
//!
//! In: [`Value`], [`Table`]. Out: TOML text that reads back as an equal tree. Not here: the content.

use std::fmt::Write as _;

use super::{Data, Table, Value};
use crate::units::is_acting;

/// Formats a value as TOML, as it is written behind an equals sign.
pub fn written(value: &Value) -> String {
    match &value.data {
        Data::Text(text) => quoted(text),
        Data::Integer(number) => number.to_string(),
        Data::Float(number) if number.is_nan() => "nan".to_owned(),
        Data::Float(number) => format!("{number:?}"),
        Data::Boolean(truth) => truth.to_string(),
        Data::Moment(moment) => moment.clone(),
        Data::List(items) => {
            let items: Vec<String> = items.iter().map(written).collect();
            format!("[{}]", items.join(", "))
        }
        Data::Table(table) if table.entries.is_empty() => "{}".to_owned(),
        Data::Table(table) => {
            let entries: Vec<String> = table
                .entries
                .iter()
                .map(|entry| format!("{} = {}", key(&entry.key), written(&entry.value)))
                .collect();
            format!("{{ {} }}", entries.join(", "))
        }
    }
}

/// Formats a whole document: plain keys first, then tables and arrays of tables, in the given order.
pub fn document(table: &Table) -> String {
    let mut text = String::new();
    for entry in &table.entries {
        if !is_section(&entry.value) {
            push_line(&mut text, &entry.key, &entry.value);
        }
    }
    for entry in &table.entries {
        match &entry.value.data {
            Data::Table(section) => push_section(&mut text, "[", &entry.key, "]", section),
            Data::List(items) if is_section(&entry.value) => {
                for section in items.iter().filter_map(Value::as_table) {
                    push_section(&mut text, "[[", &entry.key, "]]", section);
                }
            }
            _ => {}
        }
    }
    text
}

fn push_section(text: &mut String, open: &str, name: &str, close: &str, section: &Table) {
    let _ = writeln!(text, "\n{open}{}{close}", key(name));
    for entry in &section.entries {
        push_line(text, &entry.key, &entry.value);
    }
}

fn push_line(text: &mut String, name: &str, value: &Value) {
    let _ = writeln!(text, "{} = {}", key(name), written(value));
}

fn is_section(value: &Value) -> bool {
    match &value.data {
        Data::Table(_) => true,
        Data::List(items) => !items.is_empty() && items.iter().all(|item| item.as_table().is_some()),
        _ => false,
    }
}

/// Formats a key, in quotes if TOML requires them.
pub fn key(name: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if !name.is_empty() && name.chars().all(bare) { name.to_owned() } else { quoted(name) }
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            c if is_acting(c) => {
                let _ = write!(quoted, "\\u{:04X}", c as u32);
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::super::{Faults, SourceMap, parse, parse_value};
    use super::*;

    #[test]
    fn what_is_written_reads_back_the_same() {
        for text in [
            "1e300",
            "0.1",
            "-3",
            "\"a \\\"b\\\" \\\\ \\u0001 ö\"",
            "[1, [2.5, \"x\"], { a = 1, \"b c\" = true }]",
            "1e-320",
        ] {
            let value = parse_value(text).unwrap();
            assert_eq!(parse_value(&written(&value)).unwrap(), value, "{text}");
        }
    }

    #[test]
    fn a_document_reads_back_the_same() {
        let text = "a = 1\n\n[b]\nc = 2\n\n[[d]]\nname = \"x\"\n\n[[d]]\nname = \"y\"\n";
        let mut sources = SourceMap::default();
        let id = sources.add("", text);
        let mut faults = Faults::default();
        let table = parse(&sources, id, &mut faults);
        assert!(faults.is_empty());
        assert_eq!(document(&table), text);
    }
}
