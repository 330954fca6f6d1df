//! Assignments of the command line, applied to a document before it is read.
//!
//! In: `asset.defi.value=0`, parsed as TOML. Out: the document with the new value; tables of an array are
//! addressed by name. Not here: the meaning of keys, which `Reader` checks afterwards.

use super::merge::find_labelled;
use super::text::shortened;
use super::toml::parse;
use super::{Data, Faults, KeyValue, SourceMap, Table, Value, fault, key, written};

/// One assignment of the command line, as the user typed it.
pub struct Assignment<'a> {
    /// Name of the text in messages: `--set`.
    pub origin: &'a str,
    /// Text of the assignment: `asset.defi.value=0`.
    pub text: &'a str,
}

/// Applies `assignment` to `document`; pushes a fault if it cannot be parsed. A right side that is no TOML
/// value is taken as a text, which the reader of the key judges.
pub fn overlay(
    document: &mut Table,
    assignment: &Assignment<'_>,
    sources: &mut SourceMap,
    faults: &mut Faults,
) {
    let text = sources.add(assignment.origin, assignment.text);
    let mut found = Faults::default();
    let assigned = parse(sources, text, &mut found);
    let why = found.iter().next();
    let is_syntax = why.is_some_and(|why| why.code == "syntax");
    if let Some(quoted) = in_quotes(assignment.text).filter(|_| is_syntax) {
        let (origin, text) = (assignment.origin, quoted.as_str());
        overlay(document, &Assignment { origin, text }, sources, faults);
    } else if let (None, false) = (why, assigned.entries.is_empty()) {
        assign(document, assigned, faults);
    } else {
        let (place, why) = why.map_or((None, ""), |why| (why.place(), why.message.as_str()));
        fault!(faults, "set", "this assignment cannot be read"; place => "{why}";
            rule: "an assignment is KEY=VALUE, with a value as in a file. Other words are a text, unless they contain brackets, quotes or #";
            such_as: "--set run.paths=2000");
    }
}

/// Returns the assignment with its right side in quotes; `None` if that cannot be meant as a text.
fn in_quotes(typed: &str) -> Option<String> {
    let (key, value) = typed.split_once('=')?;
    let value = value.trim();
    let is_plain = !value.is_empty() && !value.contains(['{', '}', '[', ']', '"', '\'', '#', '\n']);
    is_plain.then(|| format!("{key}={}", written(&Value::text(value))))
}

/// Assigns values in a document; tables of an array are addressed by name. A table for a section, or for a
/// table of an array, is merged into it. Any other table in braces replaces the old value.
pub fn assign(document: &mut Table, assigned: Table, faults: &mut Faults) {
    lay(document, assigned, false, faults);
}

/// Merges `assigned` into `document`; `is_below` is true if `document` is a section or a table of an array.
fn lay(document: &mut Table, assigned: Table, is_below: bool, faults: &mut Faults) {
    for entry in assigned.entries {
        match document.get_mut(&entry.key) {
            Some(below) => assign_entry(below, entry, is_below, faults),
            None => document.entries.push(entry),
        }
    }
}

/// True if the value is a table written in braces, not by a dotted key.
pub fn is_in_braces(value: &Value) -> bool {
    let Some((table, place)) = value.as_table().zip(value.place) else { return false };
    let mut keys = table.entries.iter().filter_map(|entry| entry.place);
    keys.all(|key| key.text == place.text && place.start < key.start && key.end < place.end)
}

fn assign_entry(below: &mut KeyValue, above: KeyValue, is_below: bool, faults: &mut Faults) {
    let is_all = is_below && is_in_braces(&above.value);
    match (&mut below.value.data, above.value.data) {
        (Data::Table(lower), Data::Table(upper)) if !is_all => lay(lower, upper, true, faults),
        (Data::List(items), Data::Table(upper)) if items.iter().all(|item| item.as_table().is_some()) => {
            for named in upper.entries {
                assign_to_named(items, &below.key, named, faults);
            }
        }
        (_, data) => {
            below.value = Value { data, ..above.value };
            below.place = above.place;
        }
    }
}

/// Assigns `named`, such as `defi = { value = 0 }`, to the list item with the name of its key.
fn assign_to_named(items: &mut [Value], list: &str, named: KeyValue, faults: &mut Faults) {
    if let Some(item) = find_labelled(items, &named.key) {
        match (&mut item.data, named.value.data) {
            (Data::Table(table), Data::Table(upper)) => lay(table, upper, true, faults),
            _ => {
                // The path is of a table: `asset.defi=0` for `asset.defi.value=0`.
                let path = format!("{}.{}", key(list), key(&named.key));
                fault!(faults, "set", "`{}` is a table", shortened(&path);
                    named.place => "one of its keys is needed"; rule: "a value belongs to a key: {path}.KEY");
            }
        }
        return;
    }
    let labels = items.iter().filter_map(|item| item.as_table()?.label());
    let fault = fault!("set", "no {} is named `{}`", shortened(list), shortened(&named.key));
    if labels.clone().next().is_none() {
        let rule = "a list whose items have no names must be assigned whole: [{…}, {…}]";
        return faults.push(fault.at(named.place, "no item of this list has a name").rule(rule));
    }
    faults.push(fault.unknown(&named.key, named.place, "", labels, "no such name"));
}
