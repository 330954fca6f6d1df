//! What a file varies: its variants as one dimension, every axis as another.
//!
//! In: `[[variant]]`, `[[axis]]`. Out: [`Dimension`]s, each with what can be chosen there and what that
//! lays over the document. Not here: which combinations are wanted (`selection`).

use super::super::tables::array_of_tables;
use super::keys::{AxisKeys, Label, VariantKeys};
use super::{Spot, refuse_twins};
use crate::form::{
    Data, Diagnostic, Entry, Faults, Group, Place, Reader, SourceMap, Step, Table, Value, path_of,
    shortened, under, written,
};

/// What the dimension of variants is called where an axis could stand.
pub const VARIANT: &str = "variant";

/// Longest label, so that names of cases stay names of files.
const MAX_LABEL: usize = 64;

/// Sections of a file that no case has any more: keys to them would change nothing.
const NOT_OF_A_CASE: [&str; 6] = ["variant", "axis", "exclude", "expect", "extends", "drop"];

/// One thing that varies.
pub struct Dimension {
    pub name: String,
    /// In the order of the file.
    pub options: Vec<Choice>,
    /// Whether all of it could be read.
    pub is_sound: bool,
}

/// What can be chosen in a dimension.
pub struct Choice {
    pub label: String,
    /// Of an axis.
    pub value: Option<Value>,
    /// What it lays over the document, one after the other.
    pub sets: Vec<Table>,
}

impl Dimension {
    pub fn is_variants(&self) -> bool {
        self.name == VARIANT
    }

    /// What `chosen` names: a label, else a value.
    pub fn find(&self, chosen: &Value) -> Option<usize> {
        let text = chosen.as_text();
        let by_label = self
            .options
            .iter()
            .position(|option| Some(option.label.as_str()) == text);
        by_label.or_else(|| {
            self.options.iter().position(|option| {
                option
                    .value
                    .as_ref()
                    .is_some_and(|value| value.says(chosen))
            })
        })
    }
}

/// A key that something sets.
struct Target {
    /// `owner.cash`, however it was spelled.
    path: Vec<String>,
    place: Option<Place>,
}

/// Reads `[[variant]]` and `[[axis]]`; variants come first.
pub fn read_dimensions(
    sections: &Table,
    sources: &SourceMap,
    faults: &mut Faults,
) -> Vec<Dimension> {
    let mut by_variants = Vec::new();
    let mut dimensions: Vec<Dimension> = Vec::new();
    dimensions.extend(variants(sections, sources, &mut by_variants, faults));
    let mut by_axes: Vec<(String, Target)> = Vec::new();
    let mut spots = Vec::new();
    for (table, place) in array_of_tables(sections, "axis", faults) {
        let (axis, target, spot) = axis(table, place, sources, faults);
        if let Some(target) = target {
            refuse_overwritten(&axis.name, &target, &by_variants, &by_axes, faults);
            by_axes.push((axis.name.clone(), target));
        }
        spots.push(spot);
        dimensions.push(axis);
    }
    refuse_twins("axis", "axes", &spots, faults);
    dimensions
}

/// Two axes for one key, or an axis over what a variant says: one of them would change nothing.
fn refuse_overwritten(
    name: &str,
    target: &Target,
    by_variants: &[Target],
    by_axes: &[(String, Target)],
    faults: &mut Faults,
) {
    let key = shortened(&target.path.join("."));
    let is_same = |other: &Target| other.path == target.path;
    if let Some((other, first)) = by_axes.iter().find(|(_, other)| is_same(other)) {
        faults.push(
            Diagnostic::new("axis", format!("two axes vary `{key}`"))
                .at(target.place, "once more")
                .and(first.place, format!("axis `{other}` varies it"))
                .rule("every axis has a key of its own"),
        );
    }
    if let Some(variant) = by_variants.iter().find(|other| is_same(other)) {
        faults.push(
            Diagnostic::new(
                "variant",
                format!("axis `{name}` would undo what a variant says"),
            )
            .at(variant.place, "every case has the value of the axis here")
            .and(target.place, "the axis varies the same key")
            .rule("values of an axis are laid over what a variant says"),
        );
    }
}

fn variants(
    sections: &Table,
    sources: &SourceMap,
    targets: &mut Vec<Target>,
    faults: &mut Faults,
) -> Option<Dimension> {
    let before = faults.len();
    let tables = array_of_tables(sections, "variant", faults);
    let mut spots = Vec::new();
    let mut options = Vec::new();
    for (table, place) in &tables {
        let name = table.label().unwrap_or_default();
        let mut reader = Reader::new(table, *place, "variant", faults)
            .named(format!("variant.{name}"), noun("variant", name));
        let keys = VariantKeys::take(&mut reader);
        let name_place = reader.place_of("name");
        reader.finish();
        let settings = keys.set.map_or_else(Vec::new, |set| set.0);
        let sets = settings
            .into_iter()
            .filter_map(|entry| setting(entry, sources, targets, faults))
            .collect();
        let label = keys.name.as_str().to_owned();
        if label.is_empty() {
            continue;
        }
        spots.push(Spot {
            name: label.clone(),
            place: name_place,
        });
        options.push(Choice {
            label,
            value: None,
            sets,
        });
    }
    refuse_twins("variant", "variants", &spots, faults);
    (!tables.is_empty()).then(|| Dimension {
        name: VARIANT.to_owned(),
        options,
        is_sound: faults.len() == before,
    })
}

/// `variant `bare``, or the one without a name.
pub fn noun(sort: &str, name: &str) -> String {
    match name {
        "" => format!("this {sort}"),
        name => format!("{sort} `{}`", shortened(name)),
    }
}

/// What one entry of `set` lays over the document.
fn setting(
    entry: Entry,
    sources: &SourceMap,
    targets: &mut Vec<Target>,
    faults: &mut Faults,
) -> Option<Table> {
    let steps = steps_of(&entry.key, entry.place, sources, faults)?;
    targets.push(Target {
        path: steps.iter().map(|step| step.key.clone()).collect(),
        place: entry.place,
    });
    Some(under(&steps, entry.value))
}

/// The steps of a key that a case can have.
fn steps_of(
    key: &str,
    place: Option<Place>,
    sources: &SourceMap,
    faults: &mut Faults,
) -> Option<Vec<Step>> {
    let Some(steps) = path_of(key, place, sources) else {
        faults.push(
            Diagnostic::new("set", format!("\"{}\" is no key", shortened(key)))
                .at(place, "cannot be read as one")
                .write("\"asset.defi.value\"")
                .rule("a key is written as after --set; array tables are addressed by name"),
        );
        return None;
    };
    if let Some(section) = NOT_OF_A_CASE.iter().find(|known| **known == steps[0].key) {
        faults.push(
            Diagnostic::new("set", format!("a case cannot change `{section}`"))
                .at(steps[0].place, "not part of what is simulated")
                .rule("variants and axes change the scenario, not which cases there are or what is expected of them"),
        );
        return None;
    }
    Some(steps)
}

fn axis(
    table: &Table,
    place: Option<Place>,
    sources: &SourceMap,
    faults: &mut Faults,
) -> (Dimension, Option<Target>, Spot) {
    let before = faults.len();
    let name = table.label().unwrap_or_default();
    let noun = noun("axis", name);
    let mut reader =
        Reader::new(table, place, "axis", faults).named(format!("axis.{name}"), noun.clone());
    let keys = AxisKeys::take(&mut reader);
    let places = ["name", "key", "values", "labels"].map(|key| reader.place_of(key));
    let [name_place, key_place, values_place, labels_place] = places;
    let (has_key, has_values) = (reader.sound(&["key"]), reader.sound(&["values"]));
    let has_labels = reader.sound(&["labels"]);
    reader.finish();
    let spot = Spot {
        name: keys.name.as_str().to_owned(),
        place: name_place,
    };
    if spot.name == VARIANT {
        faults.push(
            Diagnostic::new("name", "no axis can be named `variant`")
                .at(name_place, "choose another name")
                .rule("`variant` stands for the variants of the file in `where` and [[exclude]]"),
        );
    }
    let steps = match has_key {
        true => steps_of(&keys.key, key_place, sources, faults),
        false => None,
    };
    let labels = match (has_values, has_labels, &keys.labels) {
        (true, true, Some(labels)) if labels.0.len() != keys.values.0.len() => {
            let (n_labels, n_values) = (labels.0.len(), keys.values.0.len());
            faults.push(
                Diagnostic::new(
                    "axis",
                    format!("{noun} has {n_labels} labels for {n_values} values"),
                )
                .at(labels_place, "not as many")
                .and(values_place, "the values")
                .rule("every value has one label, in the same order"),
            );
            None
        }
        (true, true, Some(labels)) => {
            Some(labels.0.iter().map(|label| own(label, faults)).collect())
        }
        (true, true, None) => Some(by_values(&keys.values.0, &noun, faults)),
        _ => None,
    };
    let labels: Vec<Label> = labels.unwrap_or_default();
    refuse_same(&keys.values.0, &labels, &noun, faults);
    let values = keys.values.0.into_iter();
    let options = values.zip(labels).filter_map(|(value, label)| {
        Some(Choice {
            label: label.text,
            sets: vec![under(steps.as_ref()?, value.clone())],
            value: Some(value),
        })
    });
    let dimension = Dimension {
        name: spot.name.clone(),
        options: options.collect(),
        is_sound: faults.len() == before,
    };
    let target = steps.map(|steps| Target {
        path: steps.into_iter().map(|step| step.key).collect(),
        place: key_place,
    });
    (dimension, target, spot)
}

/// The label as it was written, if it can be one.
fn own(label: &Label, faults: &mut Faults) -> Label {
    let proposal = label_of(&label.text);
    if proposal != label.text || !is_bearable(&label.text) {
        let shown = shortened(&label.text);
        let fault = Diagnostic::new("name", format!("\"{shown}\" cannot be a label"))
            .at(label.place, "not usable in the name of a case")
            .rule("a label has 1 to 64 letters from a to z, digits, and . _ % + -");
        faults.push(match is_bearable(&proposal) {
            true => fault.replace(label.place, format!("\"{proposal}\"")),
            false => fault,
        });
    }
    label.clone()
}

/// The labels that the values have by themselves.
fn by_values(values: &[Value], noun: &str, faults: &mut Faults) -> Vec<Label> {
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
            let names: Vec<String> = (1..=values.len())
                .map(|n| format!("\"name-{n}\""))
                .collect();
            let names = match names.len() {
                0..=4 => names.join(", "),
                _ => format!("{}, …", names[..4].join(", ")),
            };
            faults.push(
                Diagnostic::new("axis", format!("{noun} needs `labels`"))
                    .at(value.place, label)
                    .write(format!("labels = [{names}]"))
                    .rule("a value that is no short text or number is called by a label in the name of its case"),
            );
        }
        labels.push(Label {
            text,
            place: value.place,
        });
    }
    labels
}

/// The text with a dash for whatever does not belong into the name of a case.
fn label_of(text: &str) -> String {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "._%+-".contains(c);
    let letters = text.chars().map(|c| if allowed(c) { c } else { '-' });
    letters.collect()
}

fn is_bearable(label: &str) -> bool {
    (1..=MAX_LABEL).contains(&label.len())
}

/// Two values of one axis that are the same, or are called the same.
fn refuse_same(values: &[Value], labels: &[Label], noun: &str, faults: &mut Faults) {
    for (index, later) in labels.iter().enumerate().take(values.len()) {
        let value = &values[index];
        if let Some(first) = values[..index].iter().find(|first| first.says(value)) {
            let shown = written(value);
            faults.push(
                Diagnostic::new(
                    "duplicate",
                    format!("{noun} has {} twice", shortened(&shown)),
                )
                .at(value.place, "once more")
                .and(first.place, "first here")
                .rule("every case of an axis is another one"),
            );
            continue;
        }
        let first = labels[..index]
            .iter()
            .find(|first| first.text == later.text);
        if let Some(first) = first.filter(|_| is_bearable(&later.text)) {
            let message = format!("{noun} has two values called `{}`", later.text);
            faults.push(
                Diagnostic::new("duplicate", message)
                    .at(later.place, "called the same")
                    .and(first.place, "as this one")
                    .write("labels = [\"…\", \"…\"]")
                    .rule("every value has a name of its own; `labels` gives them"),
            );
        }
    }
}
