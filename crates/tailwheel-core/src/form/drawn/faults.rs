//! Faults of ranges, with proposals.
//!
//! In: a value that is no range, or a range where none is allowed. Out: [`Diagnostic`]s. Not here: reading
//! ranges (`drawn`).

use super::{Ranged, fault};
use crate::form::field::Field;
use crate::form::quantity::QuantityRange;
use crate::form::remedy::{ends_typed, ranges_meant, taken};
use crate::form::scalar::unreadable;
use crate::form::write::written;
use crate::form::{Diagnostic, Value, parse_value};
use crate::math::Evenly;
use crate::units::plain;

/// Reason why two or three numbers are no range.
pub(super) enum NoRange {
    UpsideDown,
    /// The scale of the range cannot represent this number, such as 0 on a logarithmic scale.
    NoPlace(f64),
}

/// Adds a rule to the `faults` of a key that accepts no range, if a range is written there.
pub(in crate::form) fn explain_range<'f>(
    value: &Value,
    field: &Field,
    faults: impl IntoIterator<Item = &'f mut Diagnostic>,
) {
    let Some((ends, unit)) = value.as_text().and_then(|_| ends_typed(value)) else { return };
    let is_range = |example: &str| {
        example.starts_with(['[', '{']) || QuantityRange::parse(example.trim_matches('"')).is_some()
    };
    let takes_end = |end: f64| {
        let end = plain(end);
        let end = if unit.is_empty() { end } else { format!("\"{end} {unit}\"") };
        parse_value(&end).is_some_and(|end| (field.faults)(&end, field).is_empty())
    };
    if field.unit.examples.iter().copied().any(is_range) || !ends.into_iter().any(takes_end) {
        return;
    }
    for fault in faults {
        let why = format!("`{}` is one number, the same on all paths", field.key);
        *fault = fault.clone().rule(why);
    }
}

/// Converts the fault of one end to one of the range, with proposals that `is_read` accepts, else an example.
pub(super) fn of_range<T: Ranged>(
    mut fault: Diagnostic,
    value: &Value,
    field: &Field,
    is_read: &dyn Fn(&str) -> bool,
) -> Diagnostic {
    if fault.patch.is_some() || fault.notes.iter().any(|note| note.name == "such as") {
        return fault; // it is of the whole range
    }
    if let Some(text) = value.as_text().filter(|_| fault.code == "unit") {
        fault.message = unreadable(value, text, field).message;
    }
    let readings = ends_typed(value).map_or_else(Vec::new, |(ends, unit)| ranges_meant::<T>(ends, &unit));
    let taken = taken(readings, value, field, is_read);
    if taken.is_empty() {
        fault.note("such as", T::EXAMPLES.join("   or   "))
    } else {
        fault.replace_by(value.place, taken)
    }
}

/// Returns the fault of two or three numbers that are no range.
pub(super) fn refused<T: Ranged>(why: NoRange, read: &[T], value: &Value, field: &Field) -> Diagnostic {
    let examples = || T::EXAMPLES.join("   or   ");
    let key = field.key;
    match why {
        NoRange::UpsideDown => {
            let fault = fault!("range", "the low end of the range of `{key}` is above its high end";
                value.place => "the low end comes first";
                rule: "a range is a low end and a high end, with an optional median between them");
            let ends: Option<Vec<Value>> = read.iter().rev().map(T::canonical).collect();
            match ends {
                // Of a text both ends are turned round in `of_range`.
                _ if value.as_text().is_some() => fault,
                Some(ends) if read.len() == 2 => fault.replace(value.place, written(&Value::list(ends))),
                _ => fault.note("such as", examples()),
            }
        }
        NoRange::NoPlace(end) => {
            let end = plain(end);
            let rule = match T::SCALE {
                Evenly::Logarithm => {
                    "the ends of a range are above 0: write a small number instead of 0, or a single number"
                }
                Evenly::LogOdds => {
                    "the ends of a range of shares are above 0 and below 1. Write 0.1 % instead of 0 and 99 % instead of 1, or write a single share"
                }
            };
            fault!("range", "the range of `{key}` cannot reach {end}";
                value.place => "{end} cannot be a percentile of the range"; such_as: "{}", examples();
                rule: "{rule}")
        }
    }
}
