//! What to write instead, built from what was typed or not at all.
//!
//! In: a refused [`Value`], its key. Out: the fault with proposals that the key's own reader takes. Not
//! here: how people type quantities (`typed`), what each unit makes of them (`number`, `time`, …).

use super::toml::parse_value;
use super::typed::Typed;
use super::{Data, Diagnostic, Faults, Field, Parameter, Unit, Value};

/// A parameter whose strict reader and whose reading of a human's notation stand side by side.
pub(super) trait Meant: Sized {
    /// How it is written.
    const SPELLED: Unit;

    /// What reading goes on with after a fault.
    fn stand_in() -> Self;

    /// The one canonical form.
    fn canonical(&self) -> Option<Value>;

    /// The value, or what is wrong with it, without a proposal.
    fn exact(value: &Value, field: &Field) -> Result<Self, Box<Diagnostic>>;

    /// What `typed` may mean here, as TOML values, likeliest first. What `exact` refuses is not
    /// proposed.
    fn meant(typed: &Typed) -> Vec<String>;

    /// The value, or at least one fault, with what was probably meant.
    fn read_or_propose(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        read(value, field, faults)
    }
}

impl<T: Meant> Parameter for T {
    const UNIT: Unit = T::SPELLED;

    fn placeholder() -> Self {
        T::stand_in()
    }

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        T::read_or_propose(value, field, faults)
    }

    fn write(&self) -> Option<Value> {
        self.canonical()
    }
}

/// Most readings that one fault proposes.
const MOST: usize = 3;

pub(super) fn read<T: Meant>(value: &Value, field: &Field, faults: &mut Faults) -> Option<T> {
    match T::exact(value, field) {
        Ok(read) => Some(read),
        Err(fault) => {
            faults.push(proposed::<T>(*fault, value, field));
            None
        }
    }
}

/// `fault` with what was probably meant by `value`, else with an example.
pub(super) fn proposed<T: Meant>(fault: Diagnostic, value: &Value, field: &Field) -> Diagnostic {
    let is_read =
        |text: &str| parse_value(text).is_some_and(|value| T::exact(&value, field).is_ok());
    let typed = Typed::of(value);
    let meant = typed.as_ref().map_or_else(Vec::new, T::meant);
    let mut accepted: Vec<String> = Vec::new();
    let mut is_any_refused = false;
    for text in meant {
        let is_kept = accepted.len() < MOST && is_read(&text);
        is_any_refused |= !is_kept;
        if is_kept && !accepted.contains(&text) {
            accepted.push(text);
        }
    }
    // of two ways to read one number, that one of them is taken does not say which was meant
    if is_any_refused && typed.is_some_and(|typed| typed.other.is_some()) {
        accepted.clear();
    }
    if !accepted.is_empty() {
        return fault.replace_by(value.place, accepted);
    }
    // the key may be that of a list or a table in which the value stands
    let own = field.examples().first().filter(|example| is_read(example));
    let examples = own.map_or(T::SPELLED.examples, |_| field.examples());
    with_example(fault, value, examples)
}

/// `fault` with what such a value looks like: an example was not typed, so it is no proposal.
pub fn illustrated(fault: Diagnostic, value: &Value, field: &Field) -> Diagnostic {
    with_example(fault, value, field.examples())
}

fn with_example(fault: Diagnostic, value: &Value, examples: &[&str]) -> Diagnostic {
    let has_rule = fault.notes.iter().any(|note| note.name == "rule");
    match has_rule && has_number(value) {
        true => fault,
        false => fault.note("such as", examples.join("   or   ")),
    }
}

/// Every number that `value` can be read as, in whatever notation, if it is nothing more.
pub fn numbers_typed(value: &Value) -> Vec<f64> {
    let typed = Typed::of(value).filter(Typed::is_plain);
    typed.map_or_else(Vec::new, |typed| typed.readings())
}

fn has_number(value: &Value) -> bool {
    match &value.data {
        Data::Integer(_) | Data::Moment(_) => true,
        Data::Float(number) => number.is_finite(),
        Data::Text(text) => text.contains(|c: char| c.is_ascii_digit()),
        Data::List(items) => items.iter().any(has_number),
        Data::Table(table) => table.entries.iter().any(|entry| has_number(&entry.value)),
        Data::Boolean(_) => false,
    }
}

/// A number right of an equals sign: `80_000`, `0.35`.
pub(super) fn spelled(number: f64) -> String {
    let is_long = number.fract() == 0.0 && (1e4..1e15).contains(&number.abs());
    match is_long {
        true => crate::units::grouped(number, 0).replace(',', "_"),
        false => crate::units::plain(number),
    }
}

/// `number` with as many digits as a conversion is worth.
pub(super) fn rounded(number: f64) -> f64 {
    format!("{number:.3e}").parse().unwrap_or(number)
}
