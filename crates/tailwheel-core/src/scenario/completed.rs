//! Completes faults from the declarations of all tables: where a key belongs, how a table begins, what a key takes.
//!
//! In: faults, their texts. Out: the faults with other proposals. Not here: faults of one table (`form`).

use super::declaration::{is_list, sections};
use crate::form::{Diagnostic, Field, Place, Section, SourceMap, Value, parse_value};

/// Largest number of tables that a message about an unknown key proposes; more would not help the reader.
const MOST: usize = 4;

/// Completes every fault that depends on other tables than its own.
pub fn completed(faults: Vec<Diagnostic>, sources: &SourceMap) -> Vec<Diagnostic> {
    let complete = |fault: Diagnostic| match (fault.table, fault.code) {
        (Some(table), _) => with_headers(fault, table, sources),
        (None, "syntax") if fault.patch.is_some() => as_taken(fault, sources),
        (None, "syntax") => with_brackets(fault, sources),
        _ => fault,
    };
    faults.into_iter().map(complete).collect()
}

/// Adds to the fault about an unknown key the tables that have this key. A line whose `#` was removed often stands
/// in the wrong table, because its header is still commented out.
fn with_headers(fault: Diagnostic, table: &str, sources: &SourceMap) -> Diagnostic {
    let key = fault.place().map_or("", |place| sources.excerpt(place).trim_matches(['"', '\'']));
    let knows = |section: &&Section| section.fields().any(|field| field.key == key);
    // The key belongs to another kind of the table it stands in.
    let is_there = |of: &&Section| !of.key.is_empty() && of.key == table;
    let known: Vec<&Section> = sections().iter().filter(knows).collect();
    if !(1..=MOST).contains(&known.len()) || known.iter().any(is_there) {
        return fault;
    }
    let place = |section: &&Section| match section.key {
        "" => "at the top of the file".to_owned(),
        _ => format!("below {}", section.header()),
    };
    let places: Vec<String> = known.iter().map(place).collect();
    // It is unclear whether the header or the key is wrong, so neither a similar key nor a replacement is proposed.
    let bare = Diagnostic { notes: Vec::new(), labels: Vec::new(), patch: None, ..fault.clone() };
    bare.at(fault.place(), "unknown here").rule(format!("`{key}` belongs {}", places.join(" or ")))
}

/// Proposes double brackets for the headers of a table that stands there several times and is one of an array. For a
/// key without a value it adds an example.
fn with_brackets(fault: Diagnostic, sources: &SourceMap) -> Diagnostic {
    let is_single = |place: &Place| {
        let name = sources.excerpt(*place).strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        name.is_some_and(is_list)
    };
    let mut places: Vec<Place> = fault.labels.iter().map(|label| label.place).filter(is_single).collect();
    places.sort();
    let Some(first) = places.first().copied() else {
        let field = fault.place().and_then(|place| field_at(place, sources));
        return fault.note("such as", field.map_or_else(String::new, Field::example));
    };
    let header = format!("[{}]", sources.excerpt(first));
    let message = "a table in single brackets can be there only once".to_owned();
    let bare = Diagnostic { message, labels: Vec::new(), notes: Vec::new(), ..fault };
    let fault = places.into_iter().fold(bare, |fault, place| fault.at(place, "single brackets"));
    let rule = format!("a table that can be there several times has double brackets: {header}");
    fault.rule(rule).replace(first, header)
}

/// Replaces the value that a syntax fault proposes by what the reader of its key proposes for it. A proposal that the
/// key refuses is left out.
fn as_taken(mut fault: Diagnostic, sources: &SourceMap) -> Diagnostic {
    let Some(patch) = fault.patch.take() else { return fault };
    let typed = patch.replacement.trim_start_matches([' ', '=']);
    let Some(value) = parse_value(typed) else { return Diagnostic { patch: Some(patch), ..fault } };
    let Some(field) = field_at(patch.place, sources) else {
        // Words without `=` are only a key with its value if the key exists.
        let is_value = typed.len() == patch.replacement.len();
        return Diagnostic { patch: Some(patch).filter(|_| is_value), ..fault };
    };
    let refused = (field.faults)(&Value { place: Some(patch.place), ..value }, field);
    let Some(refused) = refused.iter().next() else { return Diagnostic { patch: Some(patch), ..fault } };
    let Some(meant) = &refused.patch else {
        fault.notes.extend(refused.notes.iter().cloned());
        return fault;
    };
    let before = &patch.replacement[..patch.replacement.len() - typed.len()];
    let all = std::iter::once(&meant.replacement).chain(&meant.others);
    fault.replace_by(patch.place, all.map(|meant| format!("{before}{meant}")).collect())
}

/// Returns the declaration of the key whose line has `place`; `None` if its table has no such key.
fn field_at(place: Place, sources: &SourceMap) -> Option<&'static Field> {
    let (begin, line) = sources.line(place);
    let above = sources.text(place.text).get(..begin)?;
    let header = above.lines().rev().find(|line| line.trim_start().starts_with('['));
    let bare = header.and_then(|header| header.split('#').next()).unwrap_or_default();
    let key = line.get(..place.start - begin)?.trim_matches([' ', '\t', '=']);
    let path = format!("{}.{key}", bare.trim().trim_matches(['[', ']', ' ']));
    let (section, key) = path.trim_start_matches('.').rsplit_once('.').unwrap_or(("", key));
    sections().iter().find(|of| of.key == section)?.fields().find(|field| field.key == key)
}
