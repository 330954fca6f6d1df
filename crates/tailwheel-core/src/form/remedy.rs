//! Proposals of what to write instead of a refused value, built only from what was typed.
//!
//! In: a refused [`Value`], its key. Out: the fault with proposals that the key accepts. Not here: notations
//! of quantities (`typed`), their readings for each unit (`number`, `time`, …).

use super::quantity::QuantityRange;
use super::toml::parse_value;
use super::typed::{Typed, yearly};
use super::{Diagnostic, Faults, Field, Parameter, Unit, Value};
use crate::units::hundredfold;

/// A parameter that is read strictly, and that proposes how a refused value in other notations may be meant.
pub trait Meant: Default {
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

    /// Returns possible meanings of a typed number as TOML values, likeliest first.
    fn meant(_typed: &Typed) -> Vec<String> {
        Vec::new()
    }

    /// Returns possible meanings of `value` as TOML values, likeliest first. Those that `exact` refuses are not
    /// proposed.
    fn readings(value: &Value) -> Vec<String> {
        Typed::of(value).map_or_else(Vec::new, |typed| Self::meant(&typed))
    }
}

impl<T: Meant> Parameter for T {
    const UNIT: Unit = T::SPELLED;

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        faults.accept(T::exact(value, field).map_err(|fault| proposed::<T>(*fault, value, field)))
    }

    fn write(&self) -> Option<Value> {
        self.canonical()
    }
}

/// Adds to `fault` a proposal with the probable meaning of `value`, else an example.
pub(super) fn proposed<T: Meant>(fault: Diagnostic, value: &Value, field: &Field) -> Diagnostic {
    let is_read = |text: &str| parse_value(text).is_some_and(|value| T::exact(&value, field).is_ok());
    let taken = taken(T::readings(value), value, field, &is_read);
    if !taken.is_empty() {
        return fault.replace_by(value.place, taken);
    }
    // The key may hold a list or a table that contains the value; its example would not fit.
    let fits = is_read(field.examples()[0]);
    with_example(fault, if fits { field.examples() } else { T::SPELLED.examples })
}

/// Returns the `readings` of `value` for which `is_read`, the key's own reader, is true, likeliest first.
/// The reader is behind a pointer, as in the rest of this module: a copy for each type is a tenth of the
/// crate's code.
pub(super) fn taken(
    readings: Vec<String>,
    value: &Value,
    field: &Field,
    is_read: &dyn Fn(&str) -> bool,
) -> Vec<String> {
    let (mut taken, refused): (Vec<String>, Vec<String>) =
        readings.into_iter().partition(|text| is_read(text));
    // If a number has two readings and one is refused, it is unclear whether the other was meant.
    if !refused.is_empty() && Typed::of(value).is_some_and(|typed| typed.one().is_none()) {
        return Vec::new();
    }
    // If two units are possible, the unit of the key's example is likelier.
    taken.sort_by_key(|text| unit_of(text) != unit_of(field.examples()[0]));
    taken
}

/// Returns the unit in a value typed as TOML, such as `years` in `"6 years"`; empty if it has none.
pub(super) fn unit_of(typed: &str) -> &str {
    typed.trim_matches(|c: char| !c.is_alphabetic())
}

/// Returns what two numbers with a `unit` behind them may mean as a range of `T`, the lower one first.
pub fn ranges_meant<T: Meant>(ends: [f64; 2], unit: &str) -> Vec<String> {
    let needs_sign = unit.is_empty() && T::SPELLED.examples.iter().any(|example| example.contains('%'));
    ranges_of(ends, unit, needs_sign, T::meant)
}

fn ranges_of(
    [one, other]: [f64; 2],
    unit: &str,
    needs_sign: bool,
    meant: fn(&Typed) -> Vec<String>,
) -> Vec<String> {
    let (low, high) = (one.min(other), one.max(other));
    let unit = if needs_sign { "%" } else { unit };
    // Without a percent sign both numbers are fractions if one of them is below 1.
    let is_fraction = needs_sign && low.abs().min(high.abs()) < 1.0;
    let end = |number: f64| {
        let number = if is_fraction { hundredfold(number).parse().unwrap_or(f64::NAN) } else { number };
        meant(&Typed { numbers: vec![number], unit: unit.to_owned() })
    };
    let digits = |text: &str| text.trim_matches(|c: char| !c.is_ascii_digit() && c != '-').to_owned();
    let range = |(low, high): (String, String)| format!("\"{}-{}\"", digits(&low), high.trim_matches('"'));
    end(low).into_iter().zip(end(high)).map(range).collect()
}

/// Returns the two numbers of a range, and the unit behind them; `None` if `value` is no range.
pub fn ends_typed(value: &Value) -> Option<([f64; 2], String)> {
    if let Some([low, high]) = value.as_list() {
        return Some(([low.as_number()?, high.as_number()?], String::new()));
    }
    let text = value.as_text()?;
    let range = QuantityRange::parse(text).or_else(|| with_commas(text))?;
    Some(([range.low.number(), range.high.number()], yearly(&range.high.unit)))
}

/// Parses a range with decimal commas, `7,5-12,5 %`; `None` if a comma may separate thousands.
pub(super) fn with_commas(text: &str) -> Option<QuantityRange> {
    let n_digits = |after: &str| after.chars().take_while(char::is_ascii_digit).count();
    let are_decimals = text.split(',').skip(1).all(|after| n_digits(after) != 3);
    QuantityRange::parse(&text.replace(',', ".")).filter(|_| are_decimals && !text.contains('.'))
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
    if is_long { crate::units::grouped(number, 0).replace(',', "_") } else { crate::units::plain(number) }
}
