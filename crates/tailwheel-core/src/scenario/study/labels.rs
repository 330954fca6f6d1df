//! Labels of the values of an axis, as parts of the names of cases.
//!
//! In: values, labels as written. Out: [`Spelled`]s that are valid in file names, no two equal.
//! Not here: names of cases (`cases`).

use super::super::names::Spelled;
use super::keys::Labels;
use crate::form::{Data, Faults, Value, fault, shortened, written};

/// Largest length of a label, so that names of cases remain valid file names.
const MAX_LABEL: usize = 64;

/// Labels of an axis's values: as written, else derived from the values. `noun` is the axis in messages.
pub fn labels(written: Option<&Labels>, values: &[Value], noun: &str, faults: &mut Faults) -> Vec<Spelled> {
    let labels = match written {
        Some(labels) => labels.0.iter().map(|label| own(label, faults)).collect(),
        None => by_values(values, noun, faults),
    };
    refuse_same(values, &labels, noun, faults);
    labels
}

/// Returns the label as written; pushes a fault with a proposal if it is not valid.
fn own(label: &Spelled, faults: &mut Faults) -> Spelled {
    let proposal = label_of(&label.text);
    if proposal != label.text || !is_bearable(&label.text) {
        let shown = shortened(&label.text);
        let fault = fault!("name", "\"{shown}\" cannot be a label";
            label.place => "it cannot be part of the name of a case";
            rule: "a label has 1 to 64 letters from a to z, digits, and . _ % + -");
        faults.push(if is_bearable(&proposal) {
            fault.replace(label.place, format!("\"{proposal}\""))
        } else {
            fault
        });
    }
    label.clone()
}

/// Derives the labels from the values; pushes a fault for values that are no short text or number.
fn by_values(values: &[Value], noun: &str, faults: &mut Faults) -> Vec<Spelled> {
    let mut labels = Vec::new();
    for value in values {
        let text = match &value.data {
            Data::List(_) | Data::Table(_) => String::new(),
            Data::Text(text) => label_of(text),
            _ => label_of(&written(value)),
        };
        if !is_bearable(&text) {
            let label = match &value.data {
                Data::Text(text) if text.is_empty() => "this text is empty".to_owned(),
                Data::Text(_) => "this text is too long for a label".to_owned(),
                _ => format!("this is {}", value.sort()),
            };
            let names: Vec<String> = (1..=values.len()).map(|n| format!("\"name-{n}\"")).collect();
            let fault = fault!("axis", "{noun} needs `labels`"; value.place => "{label}");
            let fault = match names.len() {
                0..=12 => fault.write(format!("labels = [{}]", names.join(", "))),
                _ => fault,
            };
            faults.push(fault.rule(
                "a value that is neither a short text nor a number needs a label for the name of its case",
            ));
        }
        labels.push(Spelled { text, place: value.place });
    }
    labels
}

/// Replaces every character that a label cannot contain by a dash.
fn label_of(text: &str) -> String {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "._%+-".contains(c);
    text.chars().map(|c| if allowed(c) { c } else { '-' }).collect()
}

fn is_bearable(label: &str) -> bool {
    (1..=MAX_LABEL).contains(&label.len())
}

/// Refuses equal values of one axis and equal labels.
fn refuse_same(values: &[Value], labels: &[Spelled], noun: &str, faults: &mut Faults) {
    for (index, later) in labels.iter().enumerate().take(values.len()) {
        let value = &values[index];
        if let Some(first) = values[..index].iter().find(|first| first.means(value)) {
            let shown = written(value);
            fault!(faults, "duplicate", "{noun} has {} twice", shortened(&shown); value.place => "second time";
                first.place => "first here"; rule: "the values of an axis differ");
            continue;
        }
        let first = labels[..index].iter().find(|first| first.text == later.text);
        if let Some(first) = first.filter(|_| is_bearable(&later.text)) {
            fault!(faults, "duplicate", "{noun} has two values called `{}`", later.text;
                later.place => "the same name"; first.place => "first used here";
                such_as: "labels = [\"…\", \"…\"]"; rule: "every value has its own name, which `labels` sets");
        }
    }
}
