//! What to write instead, built from what was typed or not at all.
//!
//! In: a refused [`Value`], its key. Out: the fault with proposals that the key's own reader takes. Not
//! here: how people type quantities (`typed`), what each unit makes of them (`number`, `time`, …).

use super::toml::parse_value;
use super::typed::Typed;
use super::{Diagnostic, Faults, Field, Parameter, Unit, Value};

/// A parameter whose strict reader and whose reading of a human's notation stand side by side.
pub(super) trait Meant: Default {
    /// How it is written.
    const SPELLED: Unit;

    /// The one canonical form, if a canonical document has it.
    fn canonical(&self) -> Option<Value> {
        None
    }

    /// The value, or what is wrong with it, without a proposal.
    fn exact(value: &Value, field: &Field) -> Result<Self, Box<Diagnostic>>;

    /// What `typed` may mean here, as TOML values, likeliest first. What `exact` refuses is not
    /// proposed.
    fn meant(_typed: &Typed) -> Vec<String> {
        Vec::new()
    }
}

impl<T: Meant> Parameter for T {
    const UNIT: Unit = T::SPELLED;

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        match T::exact(value, field) {
            Ok(read) => Some(read),
            Err(fault) => {
                faults.push(proposed::<T>(*fault, value, field));
                None
            }
        }
    }

    fn write(&self) -> Option<Value> {
        self.canonical()
    }
}

/// `fault` with what was probably meant by `value`, else with an example.
pub(super) fn proposed<T: Meant>(fault: Diagnostic, value: &Value, field: &Field) -> Diagnostic {
    let is_read =
        |text: &str| parse_value(text).is_some_and(|value| T::exact(&value, field).is_ok());
    let typed = Typed::of(value);
    let meant = typed.as_ref().map_or_else(Vec::new, T::meant);
    let (accepted, refused): (Vec<String>, Vec<String>) =
        meant.into_iter().partition(|text| is_read(text));
    // of two ways to read one number, that one of them is taken does not say which was meant
    let is_half_read = !refused.is_empty() && typed.is_some_and(|typed| typed.one().is_none());
    if !accepted.is_empty() && !is_half_read {
        let mut accepted = accepted;
        // of two units that of the key's own example is likelier
        let unit = |text: &str| text.trim_matches(|c: char| !c.is_alphabetic()).to_owned();
        accepted.sort_by_key(|text| unit(text) != unit(field.examples()[0]));
        return fault.replace_by(value.place, accepted);
    }
    // the key may be that of a list or a table in which the value stands
    match is_read(field.examples()[0]) {
        true => illustrated(fault, field),
        false => with_example(fault, T::SPELLED.examples),
    }
}

/// `fault` with what such a value looks like: an example was not typed, so it is no proposal.
pub fn illustrated(fault: Diagnostic, field: &Field) -> Diagnostic {
    with_example(fault, field.examples())
}

fn with_example(fault: Diagnostic, examples: &[&str]) -> Diagnostic {
    fault.note("such as", examples.join("   or   "))
}

/// Every number that `value` can be read as, in whatever notation, if it is nothing more.
pub fn numbers_typed(value: &Value) -> Vec<f64> {
    let typed = Typed::of(value).filter(|typed| typed.unit.is_empty());
    typed.map_or_else(Vec::new, |typed| typed.numbers)
}

/// A number right of an equals sign: `80_000`, `0.35`.
pub(super) fn spelled(number: f64) -> String {
    let is_long = number.fract() == 0.0 && (1e4..1e15).contains(&number.abs());
    match is_long {
        true => crate::units::grouped(number, 0).replace(',', "_"),
        false => crate::units::plain(number),
    }
}
