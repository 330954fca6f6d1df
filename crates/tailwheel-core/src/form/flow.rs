//! Flows as parameters: events per year, amounts per month, hours per week.
//!
//! In: [`Value`]. Out: [`Intensity`], [`Inflow`], [`MonthlyMoney`], [`WeeklyHours`], [`MonthlyHours`], or
//! faults; a bare number other than 0 is refused.
//! Not here: quantities without time (`number`), time spans (`time`).

use super::field::{Field, Shape, Unit};
use super::number::quantity_of;
use super::remedy::Meant;
use super::scalar::{keep, unreadable};
use super::typed::{MONEY, Typed};
use super::write::written;
use super::{Diagnostic, Value};
use crate::units::{Delay, Inflow, Intensity, MonthlyHours, MonthlyMoney, WeeklyHours};

const NOTHING: Shape = Shape::Number { low: 0.0, high: 0.0 };
const RATE: Shape = Shape::AnyOf(&[
    NOTHING,
    Shape::Text(r"^\s*[0-9_]+(\.[0-9]+)?([eE][-+]?[0-9]+)?\s*(/|per|a)\s*(year|month)\s*$"),
]);
const HOURS: Shape = Shape::AnyOf(&[
    NOTHING,
    Shape::Text(r"^\s*[0-9_]+(\.[0-9]+)?([eE][-+]?[0-9]+)?\s*(h|hours?)\s*(/|per|a)\s*(week|month)\s*$"),
]);

/// Implements `Meant` for numbers per unit of time: name, examples, shape, reader, canonical form, other readings.
macro_rules! flows {
    ($($type:ident, $unit:literal, $examples:expr, $shape:expr, $read:expr, $written:literal, $meant:expr;)*) => {$(
        impl Meant for $type {
            const SPELLED: Unit = Unit { name: $unit, examples: $examples, shape: $shape };

            fn canonical(&self) -> Option<Value> {
                Some(Value::text(format!($written, self.get())))
            }

            fn exact(value: &Value, field: &Field) -> Result<Self, Box<Diagnostic>> {
                let number = match value.as_number() {
                    // A negative number is refused as such, whatever its unit.
                    Some(number) if number <= 0.0 && number.is_finite() => number,
                    _ => $read(value, field)?,
                };
                keep(Self::new(number), value)
            }

            fn meant(typed: &Typed) -> Vec<String> {
                $meant(typed)
            }
        }
    )*};
}

flows! {
    Intensity, "number of events per year", &["\"0.5/year\"", "\"1/month\""], RATE, per_year, "{}/year", rates;
    Inflow, "number per month or year", &["\"12/month\"", "\"30/year\""], RATE, per_year, "{}/year", rates;
    MonthlyMoney, "amount per month", &["\"1750/month\"", "\"21_000/year\""], RATE, per_month, "{}/month", amounts;
    WeeklyHours, "number of hours per week", &["\"7.5 h/week\"", "0"], HOURS, weekly, "{} h/week", |t| hours_of(t, "/week");
    MonthlyHours, "number of hours per month", &["\"2 h/month\"", "0"], HOURS, monthly, "{} h/month", |t| hours_of(t, "/month");
}

/// Reads a number per year; a monthly one is multiplied by 12.
fn per_year(value: &Value, field: &Field) -> Result<f64, Box<Diagnostic>> {
    timed(value, field, |unit| unit, "/year", "/month", |number| number * 12.0)
}

/// Reads an amount per month, of either sign; a yearly one is divided by 12.
pub fn per_month(value: &Value, field: &Field) -> Result<f64, Box<Diagnostic>> {
    timed(value, field, |unit| unit, "/month", "/year", |number| number / 12.0)
}

/// Returns `value` as an amount per month: as typed, else its likeliest reading; `None` if it is no amount.
pub(super) fn monthly_amount(value: &Value) -> Option<String> {
    let field = Field::bare::<MonthlyMoney>("amount");
    match per_month(value, &field) {
        Ok(_) => Some(written(value)),
        Err(_) => MonthlyMoney::readings(value).into_iter().next(),
    }
}

fn weekly(value: &Value, field: &Field) -> Result<f64, Box<Diagnostic>> {
    timed(value, field, time_of_hours, "/week", "/month", |number| number / Delay::WEEKS_PER_MONTH)
}

fn monthly(value: &Value, field: &Field) -> Result<f64, Box<Diagnostic>> {
    timed(value, field, time_of_hours, "/month", "/week", |number| number * Delay::WEEKS_PER_MONTH)
}

/// Time unit of a number of hours: `/week` of `hours/week`; empty without hours.
fn time_of_hours(unit: &str) -> &str {
    let time = unit.trim_start_matches(['h', 'o', 'u', 'r', 's']);
    if unit.starts_with('h') { time } else { "" }
}

/// Reads a number whose unit has the time unit `own`, or the `other` one, from which it is converted.
fn timed(
    value: &Value,
    field: &Field,
    time_of: fn(&str) -> &str,
    own: &str,
    other: &str,
    convert: fn(f64) -> f64,
) -> Result<f64, Box<Diagnostic>> {
    let quantity = quantity_of(value, field, "a flow needs its time unit")?;
    match time_of(&quantity.unit) {
        time if time == own => Ok(quantity.number()),
        time if time == other => Ok(convert(quantity.number())),
        _ => Err(unreadable(value, value.as_text().unwrap_or_default(), field)),
    }
}

/// Returns what `typed` may mean as a rate: each possible number with each possible time unit.
fn rates(typed: &Typed) -> Vec<String> {
    let times = times(&typed.unit, ["/year", "/month"]);
    let all = typed.numbers.iter().flat_map(|number| times.iter().map(move |time| (number, time)));
    all.map(|(number, time)| format!("\"{number}{time}\"")).collect()
}

fn amounts(typed: &Typed) -> Vec<String> {
    let unit = if typed.unit == MONEY { "" } else { &typed.unit };
    let (times, number) = (times(unit, ["/month", "/year"]), typed.largest());
    times.iter().map(|time| format!("\"{number}{time}\"")).collect()
}

/// Returns those of the time units `all` that the typed `unit` may mean: all of them if it is empty.
fn times(unit: &str, all: [&'static str; 2]) -> Vec<&'static str> {
    all.into_iter().filter(|time| ["", time].contains(&unit)).collect()
}

fn hours_of(typed: &Typed, time: &str) -> Vec<String> {
    let hours = typed.unit.trim_end_matches(time);
    let number = ["", "h", "hours", "hour"].contains(&hours).then(|| typed.one()).flatten();
    number.map(|number| format!("\"{number} h{time}\"")).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::super::parse_value;
    use super::*;

    /// Reads `value` for a key `rate`; an error is the code of the fault with its proposals.
    fn read<T: Meant>(value: &str) -> Result<T, (&'static str, Vec<String>)> {
        let field = Field::bare::<T>("rate");
        let value = parse_value(value).expect("valid TOML");
        T::exact(&value, &field).map_err(|fault| (fault.code, T::readings(&value)))
    }

    fn code<T: Meant + std::fmt::Debug>(value: &str) -> &'static str {
        read::<T>(value).unwrap_err().0
    }

    #[test]
    fn intensities_are_brought_to_years_and_hours_to_weeks_or_months_and_never_needs_no_unit() {
        let per_year = |text: &str| read::<Intensity>(text).unwrap().get();
        assert_eq!(["\"0.5/year\"", "\"0.5 a month\"", "0"].map(per_year), [0.5, 6.0, 0.0]);
        let weekly = |text: &str| read::<WeeklyHours>(text).unwrap().get();
        assert_eq!(["\"7.5 h/week\"", "\"5 hours a week\"", "0"].map(weekly), [7.5, 5.0, 0.0]);
        assert_eq!(["\"365.25 h/month\"", "\"168 h/week\""].map(weekly), [84.0, 168.0]);
        let monthly = |text: &str| read::<MonthlyHours>(text).unwrap().get();
        assert_eq!(monthly("\"2 h/month\""), 2.0);
        assert!((monthly("\"84 h/week\"") - 365.25).abs() < 1e-9);
    }

    #[test]
    fn a_bare_number_is_no_flow() {
        assert_eq!(
            ["0.5", "\"5/day\"", "true", "\"-1/year\""].map(code::<Intensity>),
            ["unit", "unit", "type", "range"]
        );
        assert_eq!(["\"7.5 h\"", "\"169 h/week\""].map(code::<WeeklyHours>), ["unit", "range"]);
        assert_eq!(code::<MonthlyHours>("\"731 h/month\""), "range");
        assert_eq!(read::<WeeklyHours>("7.5"), Err(("unit", vec!["\"7.5 h/week\"".to_owned()])));
        assert_eq!(read::<MonthlyHours>("2"), Err(("unit", vec!["\"2 h/month\"".to_owned()])));
    }

    #[test]
    fn what_is_written_reads_back_the_same() {
        for number in [0.0, 1.0 / 3.0, 1e-9, 45.678] {
            let flow = Intensity::new(number).unwrap();
            let text = super::super::written(&flow.canonical().unwrap());
            assert_eq!(read::<Intensity>(&text), Ok(flow));
        }
    }
}
