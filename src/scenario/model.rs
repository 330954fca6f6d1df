//! What an asset is: its class in the catalog, and the kind that `model` names.
//!
//! In: values of the file. Out: [`ClassId`], [`Model`]; faults for keys of other kinds. Not here: what a kind's keys mean
//! (`asset`).

use super::holding::{Around, read_asset};
use crate::asset::{Asset, KINDS, kind_of};
use crate::catalog::{Class, Entry, class, classes, magnitudes};
use crate::form::{
    Diagnostic, Faults, Field, Kind, Parameter, Reader, Shape, Table, Unit, Value, one_of, planned,
    shortened, text_of, unknown_word,
};
use std::sync::Arc;

/// Defaults that say what a class brings at first of which nothing is claimed.
const STAND_INS: [&str; 2] = ["multiple", "mix_return"];

/// How an asset of `class` earns that says nothing but `model = "mechanism"`, and the default that stands for a claim if
/// there is none: the `multiple` at which what it earns is sold, or the `mix_return` that nobody adds to, less the fee. Nothing if
/// it has to say more, or if the class has no mechanism.
pub fn mechanism_of(class: &Class) -> Option<(Arc<dyn Asset>, Option<&Entry>)> {
    class.mechanism.as_ref()?;
    let mut table = Table::default();
    for (key, text) in [("name", "it"), ("class", &class.id), ("model", MECHANISM)] {
        table.push(key, Value::text(text));
    }
    let stand_in = match class.default("roi") {
        Some(_) => None,
        None => Some(STAND_INS.iter().find_map(|key| class.default(key))?),
    };
    table.push("value", Value::float(1.0));
    if let Some(entry) = stand_in {
        let number = |entry: &Entry| magnitudes(&entry.value).map(|(number, _)| number);
        let roi = match entry.key.as_str() {
            "multiple" => 1.0 / number(entry)?,
            _ => number(entry)? - number(class.default("manager_fee")?)?,
        };
        table.push("roi", Value::float(roi));
    }
    let (mut faults, mut filled_in) = (Faults::default(), Vec::new());
    let read = read_asset((&table, Around::default()), None, &mut faults, &mut filled_in);
    faults.is_empty().then_some((read.entry.kind, stand_in))
}

/// The id of a class of the catalog.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct ClassId(pub(super) Option<&'static Class>);

impl ClassId {
    /// Its id in the catalog, if it is there.
    pub fn id(self) -> Option<&'static str> {
        self.0.map(|class| class.id.as_str())
    }
}

impl Parameter for ClassId {
    const UNIT: Unit = Unit {
        name: "class of the catalog",
        examples: &["\"micro-saas-fleet\""],
        shape: Shape::OneOf(class_ids),
    };

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        let id = known(value, field, ("class", "classes", "unknown-class"), class_ids(), faults)?;
        class(id).map(|class| Self(Some(class)))
    }
}

/// The text, if it is one of `ids`; what it is called, one and many, and the code of the fault.
pub(super) fn known<'v>(
    value: &'v Value,
    field: &Field,
    (one, many, code): (&str, &str, &'static str),
    ids: Vec<&'static str>,
    faults: &mut Faults,
) -> Option<&'v str> {
    let rule = format!("the {many} are {}", one_of(ids.iter().copied()));
    let id = match text_of(value, field) {
        Ok(id) if ids.contains(&id) => return Some(id),
        Ok(id) => id,
        Err(fault) => {
            faults.push(fault.rule(rule));
            return None;
        }
    };
    let fault = Diagnostic::new(code, format!("there is no {one} \"{}\"", shortened(id)));
    faults.push(match planned("", id).filter(|_| one == "model") {
        Some(fault) => fault.at(value.place, "unknown here").rule(rule),
        None => unknown_word(fault, value, ids, rule),
    });
    None
}

fn class_ids() -> Vec<&'static str> {
    classes().iter().map(|class| class.id.as_str()).collect()
}

/// What `model` names: a kind, or nothing for that of the class.
#[derive(Clone, Copy)]
pub struct Model(pub(super) Option<&'static Kind<dyn Asset>>);

/// The model that is the mechanism of the asset's class.
pub(super) const MECHANISM: &str = "mechanism";

impl Model {
    fn id(self) -> &'static str {
        self.0.map_or(MECHANISM, |kind| kind.id)
    }

    /// The kind of an asset of `class`; a fault and the first kind if that has no mechanism.
    pub(super) fn kind(
        self,
        class: Option<&Class>,
        reader: &mut Reader<'_>,
    ) -> &'static Kind<dyn Asset> {
        let Some(class) = class.filter(|_| self.0.is_none()) else {
            return self.0.unwrap_or(&KINDS[0]);
        };
        let of_class = class.mechanism.as_ref();
        let found = of_class.and_then(|id| kind_of(id));
        found.unwrap_or_else(|| {
            let message = format!("class \"{}\" has no mechanism", class.id);
            let others = kind_ids().into_iter().filter(|id| *id != MECHANISM);
            let fault = Diagnostic::new("choice", message)
                .at(reader.place_of("model"), "no mechanism")
                .write("model = \"claim\"")
                .rule(format!("the models are {}", one_of(others)));
            reader.fault(fault);
            &KINDS[0]
        })
    }
}

impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id())
    }
}

impl PartialEq for Model {
    fn eq(&self, other: &Self) -> bool {
        self.id() == other.id()
    }
}

impl Default for Model {
    fn default() -> Self {
        Self(Some(&KINDS[0]))
    }
}

impl Parameter for Model {
    const UNIT: Unit =
        Unit { name: "model of an asset", examples: &["\"claim\""], shape: Shape::OneOf(kind_ids) };

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        let id = known(value, field, ("model", "models", "choice"), kind_ids(), faults)?;
        Some(Self(kind_of(id)))
    }
}

fn kind_ids() -> Vec<&'static str> {
    let mut ids: Vec<_> = KINDS.iter().map(|kind| kind.id).collect();
    ids.insert(1, MECHANISM);
    ids
}

/// Keys of other kinds say what this one does not do.
pub(super) fn refuse_keys_of_others(
    own: &'static Kind<dyn Asset>,
    class: Option<&Class>,
    reader: &mut Reader<'_>,
) {
    let mechanism = class.and_then(|class| class.mechanism.as_deref());
    let others = KINDS.iter().filter(|kind| kind.id != own.id);
    // that of the class first: it is the one that is meant
    let (meant, rest): (Vec<_>, Vec<_>) = others.partition(|kind| Some(kind.id) == mechanism);
    for kind in meant.into_iter().chain(rest) {
        for field in kind.fields {
            if !reader.says(field.key) || reader.knows(field.key) {
                continue;
            }
            let id = if Some(kind.id) == mechanism { MECHANISM } else { kind.id };
            let fault =
                Diagnostic::new("model", format!("model \"{}\" has no `{}`", own.id, field.key))
                    .at(reader.place_of(field.key), "has no effect here")
                    .write(format!("model = \"{id}\""))
                    .note("help", reader.without(field.key));
            // of an unknown model nothing is known but that
            if reader.sound(&["model"]) {
                reader.fault(fault);
            }
            reader.raw(field.key);
        }
    }
}
