//! Keys of the sections that make several cases of one file, `[[variant]]`, `[[axis]]` and `[[exclude]]`, and
//! of gates, `[[expect]]`.
//!
//! In: declarations. Out: groups for `form::Reader`. Not here: combining them (`dimension`, `selection`).

use super::super::inherit::PathList;
use super::super::names::{Name, Spelled};
use crate::form::{
    At, Data, Diagnostic, Faults, Field, KeyValue, Parameter, Preset, Shape, Unit, Value, fault, illustrated,
    shortened, written,
};
use crate::parameters;
use crate::units::{Confidence, Limit, Tolerance};

parameters! {
    /// Another case of the same file. A file without variants and axes is one case, named after the file.
    /// `run` and `replay` ignore variants and axes.
    pub struct VariantKeys {
        /// Name of the variant; its case is called FILE/NAME.
        name: Name = Preset::Required => "\"bare\"",
        /// Keys as `--set` names them, with their values in this variant. If absent, the variant is the file
        /// as written.
        set: Option<Settings> = Preset::Absent,
        /// Keys and tables that this variant leaves out, before it sets any: keys that another `model` does
        /// not know, an event. A key that is left out is as if nobody had written it: where the catalog has a
        /// value for it, that default holds.
        drop: Option<PathList> = Preset::Absent => "[\"asset.saas.units\"]",
    }
}

parameters! {
    /// Values of one key. Every combination of axis values and variants is a case.
    pub struct AxisKeys {
        /// Name of the axis; its cases are called FILE/NAME=LABEL.
        name: Name = Preset::Required => "\"lockstep\"",
        /// The key that takes the values, as `--set` names it.
        key: String = Preset::Required => "\"crash.lockstep\"",
        /// The values, one case for each. They replace the settings of a variant.
        values: AxisValues = Preset::Required,
        /// Short names of the values, in the same order, of which the names of cases consist; needed if a value is
        /// a list or a table. Otherwise a value is its own name, with a dash for each character other than
        /// letters, digits, dot, `_`, `%`, `+` and `-`.
        labels: Option<Labels> = Preset::Absent,
    }
}

parameters! {
    /// Combinations that are left out. The keys are the names of the axes, or `variant`.
    #[allow(non_snake_case)]
    pub struct ExcludeKeys {
        /// An axis, or `variant`: its value or label, or a list of them. A case is left out if all
        /// keys of one table hold for it.
        AXIS: Option<Chosen> = Preset::Absent,
    }
}

parameters! {
    /// A gate: a limit that a measure must meet in every case, or in some. At least one of `above` and
    /// `below` is needed.
    pub struct ExpectKeys {
        /// Name of the gate; it stays when the limit changes.
        id: At<Name> = Preset::Required => "\"no-ruin\"",
        /// Id of the measure, as in report.json: `tailwheel explain MEASURE`.
        measure: At<String> = Preset::Required => "\"loss.probability\"",
        /// The figure must be greater. With `below`, it must lie between the two.
        above: Option<Limit> = Preset::Absent,
        /// The figure must be less.
        below: Option<Limit> = Preset::Absent,
        /// Cases that the gate applies to: axes or `variant`, each with one value or a list of them. All if
        /// absent.
        r#where: Option<At<Choices>> = Preset::Absent,
        /// Confidence level of the interval of the figure. The whole interval must lie on the right side of
        /// the limit.
        confidence: Confidence = Preset::Is("0.99"),
        /// Relative change from a baseline within which the figure counts as unchanged.
        tolerance: Tolerance = Preset::Is("\"1 %\""),
    }
}

/// Settings of a variant: key paths with their values.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Settings(pub Vec<KeyValue>);

impl Parameter for Settings {
    const UNIT: Unit = Unit {
        name: "table of keys and values",
        examples: &["{ \"owner.cash\" = 0, \"crash.lockstep\" = 1.0 }"],
        shape: Shape::Map(&Shape::Any),
    };

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        entries(value, field, faults).map(|entries| Self(entries.to_vec()))
    }
}

/// Values of an axis, at least one.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct AxisValues(pub Vec<Value>);

impl Parameter for AxisValues {
    const UNIT: Unit = Unit {
        name: "list of values",
        examples: &["[0.0, 0.7, 1.0]"],
        shape: Shape::List(&Shape::Any, 1, super::MAX_CASES),
    };

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        if value.as_list().is_some_and(<[Value]>::is_empty) {
            let fault = fault!("axis", "an axis needs at least one value"; value.place => "this is empty";
                rule: "every value is a case, combined with each value of the other axes");
            return faults.refuse(illustrated(fault, field));
        }
        list(value, field, faults).map(|items| Self(items.to_vec()))
    }
}

/// Labels of the values of an axis, in their order.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Labels(pub Vec<Spelled>);

impl Parameter for Labels {
    const UNIT: Unit = Unit {
        name: "list of texts",
        examples: &["[\"alone\", \"as-now\", \"one-limit\"]"],
        shape: Shape::List(&Shape::Text("^[A-Za-z0-9._%+-]{1,64}$"), 1, super::MAX_CASES),
    };

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        let before = faults.len();
        let mut labels = Vec::new();
        for item in list(value, field, faults)? {
            match Spelled::of(item) {
                Some(label) => labels.push(label),
                None => {
                    let fault = fault!("type", "a label is a text"; item.place => "this is {}", item.sort());
                    faults.push(match item.data {
                        Data::List(_) | Data::Table(_) => fault,
                        _ => fault.replace(item.place, format!("\"{}\"", written(item))),
                    });
                }
            }
        }
        (faults.len() == before).then_some(Self(labels))
    }
}

/// Options of one dimension that a condition names: values or labels of an axis, or names of variants.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Chosen(pub Vec<Value>);

impl Parameter for Chosen {
    const UNIT: Unit = Unit {
        name: "value, label, or list of them",
        examples: &["0.7", "[0.0, 0.7]", "\"bare\""],
        shape: Shape::Any,
    };

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        Self::under(field.key, value, faults)
    }
}

impl Chosen {
    /// Reads the options that a condition names for `axis`, one or a list; an empty list is a fault.
    pub fn under(axis: &str, value: &Value, faults: &mut Faults) -> Option<Self> {
        match value.as_list() {
            Some([]) => {
                fault!(faults, "type", "no value of `{}` is named", shortened(axis);
                    value.place => "this is empty";
                    rule: "name at least one value of the axis, or leave the axis out");
                None
            }
            Some(items) => Some(Self(items.to_vec())),
            None => Some(Self(vec![value.clone()])),
        }
    }
}

/// Condition on a combination of variant and axis values: names of axes or `variant`, with the allowed options.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Choices(pub Vec<(KeyValue, Chosen)>);

impl Parameter for Choices {
    const UNIT: Unit = Unit {
        name: "table of axes and values",
        examples: &["{ lockstep = [0.0, 0.7] }", "{ variant = \"bare\" }"],
        shape: Shape::Map(&Shape::Any),
    };

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        let before = faults.len();
        let choices = Self::of(entries(value, field, faults)?, faults);
        (faults.len() == before).then_some(choices)
    }
}

impl Choices {
    /// Reads the options that each of `entries` names; leaves out those with faults.
    pub fn of(entries: &[KeyValue], faults: &mut Faults) -> Self {
        let chosen =
            |entry: &KeyValue| Some((entry.clone(), Chosen::under(&entry.key, &entry.value, faults)?));
        Self(entries.iter().filter_map(chosen).collect())
    }
}

/// Returns the entries of the table `value`; anything else and an empty table are faults.
fn entries<'v>(value: &'v Value, field: &Field, faults: &mut Faults) -> Option<&'v [KeyValue]> {
    match &value.data {
        Data::Table(table) if !table.entries.is_empty() => Some(&table.entries),
        _ => faults.refuse(not_that(value, field)),
    }
}

/// Returns the items of the list `value`; anything else and an empty list are faults.
fn list<'v>(value: &'v Value, field: &Field, faults: &mut Faults) -> Option<&'v [Value]> {
    match value.as_list() {
        Some(items) if !items.is_empty() => Some(items),
        _ => faults.refuse(not_that(value, field)),
    }
}

fn not_that(value: &Value, field: &Field) -> Diagnostic {
    let is_empty = match &value.data {
        Data::List(items) => items.is_empty(),
        Data::Table(table) => table.entries.is_empty(),
        _ => false,
    };
    let (message, label) = if is_empty {
        (format!("`{}` says nothing", field.key), "this is empty".to_owned())
    } else {
        (format!("`{}` is a {}", field.key, field.unit.name), format!("this is {}", value.sort()))
    };
    illustrated(fault!("type", "{message}"; value.place => "{label}"), field)
}
