//! Proposals of what to write instead of a refused value, built only from what was typed.
//!
//! In: a refused [`Value`], its key. Out: the fault with proposals that the key accepts. Not here: notations
//! of quantities (`typed`), their readings for each unit (`number`, `time`, …).

use super::toml::parse_value;
use super::typed::Typed;
use super::{Diagnostic, Faults, Field, Parameter, Unit, Value};

/// A parameter with a strict reader, and with readings of other notations for proposals.
pub(super) trait Meant: Default {
    /// Notation of the parameter in a file: unit, examples and shape.
    const SPELLED: Unit;

    /// Canonical form; `None` if no canonical document contains this type.
    fn canonical(&self) -> Option<Value> {
        None
    }

    /// Reads the value strictly.
    ///
    /// # Errors
    ///
    /// The fault, without a proposal.
    fn exact(value: &Value, field: &Field) -> Result<Self, Box<Diagnostic>>;

    /// Returns possible meanings of `typed` as TOML values, likeliest first. Values that `exact` refuses are
    /// not proposed.
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

/// Adds to `fault` the probable meaning of `value`, else an example.
pub(super) fn proposed<T: Meant>(fault: Diagnostic, value: &Value, field: &Field) -> Diagnostic {
    let is_read = |text: &str| parse_value(text).is_some_and(|value| T::exact(&value, field).is_ok());
    let typed = Typed::of(value);
    let meant = typed.as_ref().map_or_else(Vec::new, T::meant);
    let (accepted, refused): (Vec<String>, Vec<String>) = meant.into_iter().partition(|text| is_read(text));
    // If a number has two readings and one is refused, it is unclear whether the other was meant.
    let is_half_read = !refused.is_empty() && typed.is_some_and(|typed| typed.one().is_none());
    if !accepted.is_empty() && !is_half_read {
        let mut accepted = accepted;
        // If two units are possible, the unit of the key's example is likelier.
        let unit = |text: &str| text.trim_matches(|c: char| !c.is_alphabetic()).to_owned();
        accepted.sort_by_key(|text| unit(text) != unit(field.examples()[0]));
        return fault.replace_by(value.place, accepted);
    }
    // The key may hold a list or a table that contains the value; its example would not fit.
    match is_read(field.examples()[0]) {
        true => illustrated(fault, field),
        false => with_example(fault, T::SPELLED.examples),
    }
}

/// Adds an example to `fault`, as a note: it was not typed, so it is no proposal.
pub fn illustrated(fault: Diagnostic, field: &Field) -> Diagnostic {
    with_example(fault, field.examples())
}

fn with_example(fault: Diagnostic, examples: &[&str]) -> Diagnostic {
    fault.note("such as", examples.join("   or   "))
}

/// Returns all readings of `value` as a number without unit, in any notation.
pub fn numbers_typed(value: &Value) -> Vec<f64> {
    let typed = Typed::of(value).filter(|typed| typed.unit.is_empty());
    typed.map_or_else(Vec::new, |typed| typed.numbers)
}

/// Formats a number as TOML: `80_000`, `0.35`.
pub(super) fn spelled(number: f64) -> String {
    let is_long = number.fract() == 0.0 && (1e4..1e15).contains(&number.abs());
    match is_long {
        true => crate::units::grouped(number, 0).replace(',', "_"),
        false => crate::units::plain(number),
    }
}
