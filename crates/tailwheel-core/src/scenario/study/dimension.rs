//! Dimensions that a file varies: its variants as one, every axis as another.
//!
//! In: `[[variant]]`, `[[axis]]`. Out: [`Dimension`]s, each with its options and the changes they make to the
//! document. Not here: which combinations are excluded (`selection`).

use super::super::inherit::PathList;
use super::super::names::{Spelled, refuse_twins};
use super::super::tables::array_of_tables;
use super::keys::{AxisKeys, VariantKeys};
use super::labels::labels;
use super::target::{VariedKey, steps_of};
use crate::form::{Faults, Group, KeyValue, Place, Reader, SourceMap, Table, Value, fault, under};

/// Name of the dimension that the variants form; no axis may have it.
pub const VARIANT: &str = "variant";

/// One dimension of a study with its options: all variants, or one axis with its values.
pub struct Dimension {
    pub name: String,
    /// Options in the order of the file.
    pub options: Vec<Choice>,
    /// True if the dimension was read without faults.
    pub is_sound: bool,
}

/// One option of a dimension of a study: a variant, or one value of an axis.
pub struct Choice {
    pub label: String,
    /// Value of an axis; `None` for a variant.
    pub value: Option<Value>,
    /// Changes of the document that the option makes, in the order in which they apply.
    pub sets: Vec<Table>,
}

impl Dimension {
    pub fn is_variants(&self) -> bool {
        self.name == VARIANT
    }

    /// Returns the index of the option with the label, or else the value, `chosen`; `None` if there is none.
    pub fn find(&self, chosen: &Value) -> Option<usize> {
        let text = chosen.as_text();
        self.options.iter().position(|option| Some(option.label.as_str()) == text).or_else(|| {
            self.options
                .iter()
                .position(|option| option.value.as_ref().is_some_and(|value| value.says(chosen)))
        })
    }
}

/// Reads `[[variant]]` and `[[axis]]`; variants come first.
pub fn read_dimensions(sections: &Table, sources: &SourceMap, faults: &mut Faults) -> Vec<Dimension> {
    let before = faults.len();
    let tables = array_of_tables(sections, "variant", "variants", usize::MAX, faults);
    let variants: Vec<Variant> =
        tables.into_iter().map(|(table, place)| Variant::read(table, place, sources, faults)).collect();
    refuse_twins("variant", variants.iter().map(|one| one.name.clone()), faults);
    refuse_same(&variants, faults);
    let is_sound = faults.len() == before;
    let tables = array_of_tables(sections, "axis", "axes", usize::MAX, faults);
    let axes: Vec<Axis> =
        tables.into_iter().map(|(table, place)| read_axis(table, place, sources, faults)).collect();
    refuse_twins("axis", axes.iter().map(|axis| axis.name.clone()), faults);
    for (index, axis) in axes.iter().enumerate() {
        refuse_two_axes(axis, &axes[..index], faults);
        refuse_undone(axis, &variants, faults);
    }
    let mut dimensions = Vec::new();
    if !variants.is_empty() || !is_sound {
        let named = variants.into_iter().filter(|variant| !variant.name.text.is_empty());
        dimensions.push(Dimension {
            name: VARIANT.to_owned(),
            options: named.map(|one| Choice { label: one.name.text, value: None, sets: one.sets }).collect(),
            is_sound,
        });
    }
    dimensions.extend(axes.into_iter().map(|axis| axis.dimension));
    dimensions
}

/// Refuses two variants with equal settings, one of which must be a mistake.
fn refuse_same(variants: &[Variant], faults: &mut Faults) {
    for (index, later) in variants.iter().enumerate() {
        let same = variants[..index].iter().find(|first| first.sets_same(later));
        if let Some(first) = same {
            let (own, other) = (&later.name.text, &first.name.text);
            fault!(faults, "duplicate", "variants `{other}` and `{own}` are the same";
                later.name.place => "it has the same settings"; first.name.place => "as this variant";
                rule: "every variant must differ from the others");
        }
    }
}

/// Refuses two axes of one key, because the later one would replace the values of the earlier.
fn refuse_two_axes(axis: &Axis, earlier: &[Axis], faults: &mut Faults) {
    for other in earlier {
        let twin = |own: &VariedKey| other.targets.iter().find(|first| first.meets(own)).cloned();
        let met = axis.targets.iter().find_map(|own| Some((own, twin(own)?)));
        if let Some((own, first)) = met {
            let name = &other.name.text;
            fault!(faults, "axis", "two axes vary `{}`", own.key(); own.place => "second time";
                first.place => "axis `{name}` varies it"; rule: "every axis has its own key");
            return;
        }
    }
}

/// Refuses an axis of a key that a variant sets, because it would replace that setting.
fn refuse_undone(axis: &Axis, variants: &[Variant], faults: &mut Faults) {
    let by_variants = variants.iter().flat_map(|variant| &variant.targets);
    let undone = |target: &&VariedKey| axis.targets.iter().any(|own| own.meets(target));
    for target in by_variants.filter(undone) {
        let own = axis.targets.first().and_then(|target| target.place);
        fault!(faults, "variant", "axis `{}` would replace the value of a variant", axis.name.text;
            target.place => "the variant sets this key"; own => "the axis varies the same key";
            rule: "the values of an axis replace the settings of a variant");
    }
}

struct Variant {
    name: Spelled,
    sets: Vec<Table>,
    targets: Vec<VariedKey>,
}

impl Variant {
    fn read(table: &Table, place: Option<Place>, sources: &SourceMap, faults: &mut Faults) -> Self {
        let mut reader = Reader::new(table, place, "variant", faults).one_of("variant", "name");
        let noun = reader.noun().to_owned();
        let keys = VariantKeys::take(&mut reader);
        let mut variant = Self { name: reader.spelled("name"), sets: Vec::new(), targets: Vec::new() };
        reader.finish();
        variant.sets.extend(keys.drop.map(PathList::into_set));
        for entry in keys.set.map_or_else(Vec::new, |set| set.0) {
            variant.set(entry, &noun, sources, faults);
        }
        variant
    }

    fn set(&mut self, entry: KeyValue, noun: &str, sources: &SourceMap, faults: &mut Faults) {
        let Some(steps) = steps_of(&entry.key, entry.place, sources, faults) else { return };
        for target in VariedKey::of(&steps, entry.place, &entry.value) {
            if let Some(first) = self.targets.iter().find(|first| first.meets(&target)) {
                fault!(faults, "set", "{noun} sets `{}` twice", target.key(); target.place => "second time";
                    first.place => "first here"; rule: "a variant sets each key once");
            }
            self.targets.push(target);
        }
        self.sets.push(under(&steps, entry.value));
    }

    /// True if both variants could be read and set the same keys to the same values, in any order.
    fn sets_same(&self, other: &Self) -> bool {
        let is_in = |set: &Table| other.sets.iter().any(|twin| set.means(twin));
        let (own, others) = (&self.name.text, &other.name.text);
        // A missing or repeated name has been reported.
        !(own.is_empty() || others.is_empty() || own == others)
            && self.sets.len() == other.sets.len()
            && self.sets.iter().all(is_in)
    }
}

/// An `[[axis]]` of the file, with the keys that it sets.
struct Axis {
    dimension: Dimension,
    targets: Vec<VariedKey>,
    name: Spelled,
}

/// Reads one `[[axis]]` table. An axis without a readable key has no options.
fn read_axis(table: &Table, place: Option<Place>, sources: &SourceMap, faults: &mut Faults) -> Axis {
    let before = faults.len();
    let mut reader = Reader::new(table, place, "axis", faults).one_of("axis", "name");
    let noun = reader.noun().to_owned();
    let keys = AxisKeys::take(&mut reader);
    let named = reader.spelled("name");
    if named.text == VARIANT {
        fault!(reader, "name", "no axis can be named `variant`"; named.place => "choose another name";
            rule: "`variant` stands for the variants of the file in `where` and [[exclude]]");
    }
    let has_labels = reader.sound(&["values", "labels"]) && as_many(&keys, &noun, &mut reader);
    let (has_key, key_place) = (reader.sound(&["key"]), reader.place_of("key"));
    reader.finish();
    let steps =
        has_key.then(|| steps_of(&keys.key, key_place, sources, faults)).flatten().unwrap_or_default();
    let values = keys.values.0;
    let labels = if has_labels { labels(keys.labels.as_ref(), &values, &noun, faults) } else { Vec::new() };
    let of_value = |value| VariedKey::of(&steps, key_place, value);
    let targets = if steps.is_empty() { Vec::new() } else { values.iter().flat_map(of_value).collect() };
    let choices = values.into_iter().zip(labels).map(|(value, label)| Choice {
        label: label.text,
        sets: vec![under(&steps, value.clone())],
        value: Some(value),
    });
    Axis {
        dimension: Dimension {
            name: named.text.clone(),
            // Without a key, the values of the axis could not be applied.
            options: choices.filter(|_| !steps.is_empty()).collect(),
            is_sound: faults.len() == before,
        },
        targets,
        name: named,
    }
}

/// True if there are as many labels as values, or no labels.
fn as_many(keys: &AxisKeys, noun: &str, reader: &mut Reader<'_>) -> bool {
    let n_values = keys.values.0.len();
    let Some(n_labels) = keys.labels.as_ref().map(|labels| labels.0.len()) else { return true };
    if n_labels != n_values {
        fault!(reader, "axis", "{noun} has {n_labels} labels for {n_values} values";
            "labels" => "the number must be equal"; "values" => "the values";
            rule: "every value has one label, in the same order");
    }
    n_labels == n_values
}
