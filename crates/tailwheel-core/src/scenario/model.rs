//! Class and earnings model of an asset.
//!
//! In: values of the file. Out: [`ClassId`], [`Model`]; faults for keys of other models. Not here: the
//! meaning of a model's keys (`asset`).

use crate::asset::{Asset, KINDS, kind_of};
use crate::catalog::{Class, class, classes};
use crate::form::{
    Diagnostic, Faults, Field, Kind, Parameter, Preset, Reader, Shape, Unit, Value, fault, nearest, one_of,
    planned, shortened, text_of, unknown_word,
};

/// Class of the catalog, read from its id; the inner value is `None` before that.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct ClassId(pub(super) Option<&'static Class>);

impl ClassId {
    /// Id of the class in the catalog; `None` if no class was read.
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
        let sort = Sort { one: "class", many: "classes", code: "unknown-class", titled: |_| None };
        let id = known(value, field, sort, class_ids(), faults)?;
        class(id).map(|class| Self(Some(class)))
    }

    fn write(&self) -> Option<Value> {
        self.id().map(Value::text)
    }
}

/// Nouns in messages for catalog entries of one sort, and the code of the fault that an id does not exist.
pub(super) struct Sort {
    pub one: &'static str,
    pub many: &'static str,
    pub code: &'static str,
    /// Id of the entry whose title has a word.
    pub titled: fn(&str) -> Option<&'static str>,
}

/// Text of `value` if it is one of `ids`; else `None` after a fault with `code` and the nouns `one` and `many`.
pub(super) fn known<'v>(
    value: &'v Value,
    field: &Field,
    Sort { one, many, code, titled }: Sort,
    ids: Vec<&'static str>,
    faults: &mut Faults,
) -> Option<&'v str> {
    let rule = format!("the {many} are {}", one_of(ids.iter().copied()));
    let id = faults.accept(text_of(value, field).map_err(|fault| fault.rule(rule.as_str())))?;
    if ids.contains(&id) {
        return Some(id);
    }
    let fault = Diagnostic::new(code, format!("there is no {one} \"{}\"", shortened(id)));
    let is_gone = |fault: &Diagnostic| one == "model" || one == "kind of event" && fault.code == "removed";
    faults.refuse(match planned("", id).filter(is_gone) {
        Some(fault) => fault.at(value.place, "unknown here").rule(rule),
        None => {
            let titled = titled(id).filter(|_| nearest(id, ids.iter().copied()).is_none());
            let meant = Value { place: value.place, ..Value::text(titled.unwrap_or(id)) };
            unknown_word(fault, &meant, ids, rule)
        }
    })
}

fn class_ids() -> Vec<&'static str> {
    classes().iter().map(|class| class.id.as_str()).collect()
}

/// Value of the key `model`: an earnings model, or `None` for the mechanism of the asset's class.
#[derive(Clone, Copy)]
pub struct Model(pub(super) Option<&'static Kind<dyn Asset>>);

/// Value of the key `model` that selects the earnings model which the class names as its mechanism.
pub(super) const MECHANISM: &str = "mechanism";

impl Model {
    fn id(self) -> &'static str {
        self.0.map_or(MECHANISM, |kind| kind.id)
    }

    /// Returns the earnings model of an asset of `class`. If it should be the mechanism and the class has
    /// none, pushes a fault and returns the first model.
    pub(super) fn kind(self, class: Option<&Class>, reader: &mut Reader<'_>) -> &'static Kind<dyn Asset> {
        let Some(class) = class.filter(|_| self.0.is_none()) else { return self.0.unwrap_or(&KINDS[0]) };
        class.mechanism.as_ref().and_then(|id| kind_of(id)).unwrap_or_else(|| {
            let others = kind_ids().into_iter().filter(|id| *id != MECHANISM);
            fault!(reader, "choice", "class \"{}\" has no mechanism", class.id; "model" => "no mechanism";
                write: "model = \"claim\""; rule: "the models are {}", one_of(others));
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
        let sort = Sort { one: "model", many: "models", code: "choice", titled: |_| None };
        let id = known(value, field, sort, kind_ids(), faults)?;
        Some(Self(kind_of(id)))
    }
}

fn kind_ids() -> Vec<&'static str> {
    let mut ids: Vec<_> = KINDS.iter().map(|kind| kind.id).collect();
    ids.insert(1, MECHANISM);
    ids
}

/// Refuses keys of other earnings models, which would have no effect.
pub(super) fn refuse_keys_of_others(
    own: &'static Kind<dyn Asset>,
    class: Option<&Class>,
    reader: &mut Reader<'_>,
) {
    let mechanism = class.and_then(|class| class.mechanism.as_deref());
    let others = KINDS.iter().filter(|kind| kind.id != own.id);
    // The mechanism of the class comes first: it is probably the one that is meant.
    let (meant, rest): (Vec<_>, Vec<_>) = others.partition(|kind| Some(kind.id) == mechanism);
    for kind in meant.into_iter().chain(rest) {
        for field in kind.fields {
            if !reader.says(field.key) || reader.knows(field.key) {
                continue;
            }
            let is_needed = |other: &&Field| other.preset == Preset::Required && !reader.says(other.key);
            let needed: Vec<String> = kind.fields.iter().filter(is_needed).map(Field::example).collect();
            let fault = fault!("model", "model \"{}\" has no `{}`", own.id, field.key;
                reader.place_of(field.key) => "has no effect here");
            // Another model than that of the class is another thing, so its name alone is no remedy.
            let fault = if Some(kind.id) == mechanism && needed.is_empty() {
                fault.write(format!("model = \"{MECHANISM}\"")).note("help", reader.without(field.key))
            } else {
                let line = [vec![format!("model = \"{}\"", kind.id)], needed].concat().join("   and   ");
                let fault = fault.note("help", format!("leave `{}` out", field.key));
                // an index fund does not become a pool because somebody borrows for it
                let has_models = class.is_none_or(|class| class.mechanism.is_some());
                let fault = if has_models { fault.note("such as", line) } else { fault };
                fault.rule(format!("`{}` is a key of model \"{}\". {}", field.key, kind.id, kind.doc))
            };
            // If class or model could not be read, it is unknown which keys have an effect.
            if reader.sound(&["class", "model"]) {
                reader.push(fault);
            }
            reader.raw(field.key);
        }
    }
}
