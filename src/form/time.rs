//! Spans, waiting times and dates as parameters.
//!
//! In: texts such as "10 years", "6 weeks", "2027-01". Out: [`Span`], [`Delay`], [`YearMonth`], or faults.
//! Not here: flows per time (`flow`).

use super::field::{Field, Parameter, Shape, Unit};
use super::number::unreadable;
use super::quantity::Quantity;
use super::scalar::{keep, wrong_sort};
use super::{Data, Diagnostic, Faults, Value};
use crate::units::{Delay, Span, YearMonth, plain};

impl Parameter for Span {
    const UNIT: Unit = Unit {
        name: "span of months or years",
        examples: &["\"10 years\"", "\"18 months\""],
        shape: Shape::Text(r"^\s*[0-9_]+(\.[0-9]+)?\s*(months?|years?)\s*$"),
    };

    fn placeholder() -> Self {
        Self::from_months(1).expect("a month is a span")
    }

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        let (number, unit) = span(value, field, faults)?;
        let months = match unit {
            "year" => number * 12.0,
            "month" => number,
            "week" => {
                faults.push(whole_months(value, field, number / Delay::WEEKS_PER_MONTH));
                return None;
            }
            _ => {
                let days_per_month = Delay::WEEKS_PER_MONTH * 7.0;
                faults.push(whole_months(value, field, number / days_per_month));
                return None;
            }
        };
        if months < 0.0 || months.fract() != 0.0 {
            faults.push(whole_months(value, field, months));
            return None;
        }
        keep(Self::from_months(months.min(1e9) as u32), value, faults)
    }

    fn write(&self) -> Option<Value> {
        Some(Value::text(format!("{} months", self.months())))
    }
}

/// `months` is about what was meant.
fn whole_months(value: &Value, field: &Field, months: f64) -> Diagnostic {
    let nearest = months.abs().round().clamp(1.0, f64::from(Span::MAX_MONTHS));
    let plural = if nearest == 1.0 { "" } else { "s" };
    Diagnostic::new("unit", format!("`{}` counts whole months", field.key))
        .at(value.place, "this is no whole number of months")
        .write(format!("{} = \"{nearest} month{plural}\"", field.key))
        .rule("the step of the simulation is one month")
}

impl Parameter for Delay {
    const UNIT: Unit = Unit {
        name: "waiting time",
        examples: &["\"6 weeks\"", "\"2 months\"", "\"10 days\""],
        shape: Shape::Text(r"^\s*[0-9_]+(\.[0-9]+)?\s*(days?|weeks?|months?|years?)\s*$"),
    };

    fn placeholder() -> Self {
        Self::from_months(0.0).expect("no waiting is a waiting time")
    }

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        let (number, unit) = span(value, field, faults)?;
        let months = match unit {
            "year" => number * 12.0,
            "month" => number,
            "week" => number / Self::WEEKS_PER_MONTH,
            _ => number / (Self::WEEKS_PER_MONTH * 7.0),
        };
        keep(Self::from_months(months), value, faults)
    }

    fn write(&self) -> Option<Value> {
        Some(Value::text(format!("{} months", self.months())))
    }
}

/// A number and its unit of time.
fn span(value: &Value, field: &Field, faults: &mut Faults) -> Option<(f64, &'static str)> {
    if let Some(number) = value.as_number() {
        faults.push(without_unit(value, field, &plain(number)));
        return None;
    }
    let Some(text) = value.as_text() else {
        faults.push(wrong_sort(value, field).write(field.example()));
        return None;
    };
    let Some(quantity) = Quantity::parse(text) else {
        faults.push(unreadable(field, text).place_at(value));
        return None;
    };
    if quantity.unit.is_empty() {
        faults.push(without_unit(value, field, quantity.digits()));
        return None;
    }
    let units = ["year", "month", "week", "day"];
    let Some(unit) = units.into_iter().find(|unit| *unit == quantity.unit) else {
        faults.push(unreadable(field, text).place_at(value));
        return None;
    };
    Some((quantity.number(), unit))
}

fn without_unit(value: &Value, field: &Field, digits: &str) -> Diagnostic {
    let key = field.key;
    Diagnostic::new("unit", format!("`{key}` does not say {digits} of what"))
        .at(value.place, "a span needs its unit")
        .write(format!(
            "{key} = \"{digits} years\"   or   {key} = \"{digits} months\""
        ))
}

impl Parameter for YearMonth {
    const UNIT: Unit = Unit {
        name: "month of the calendar",
        examples: &["\"2027-01\""],
        shape: Shape::Text("^(19|20|21|22)[0-9]{2}-(0[1-9]|1[0-2])$"),
    };

    fn placeholder() -> Self {
        Self::new(2000, 1).expect("January 2000 is a month")
    }

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        let text = match &value.data {
            Data::Text(text) => text,
            Data::Moment(moment) => {
                let fault = wrong_sort(value, field);
                faults.push(
                    match moment.get(..7).filter(|month| split(month).is_some()) {
                        Some(month) => fault.replace(value.place, format!("\"{month}\"")),
                        None => fault.write(field.example()),
                    },
                );
                return None;
            }
            _ => {
                faults.push(wrong_sort(value, field).write(field.example()));
                return None;
            }
        };
        let Some((year, month)) = split(text.trim()) else {
            faults.push(unreadable(field, text).place_at(value));
            return None;
        };
        keep(Self::new(year, month), value, faults)
    }

    fn write(&self) -> Option<Value> {
        Some(Value::text(self.to_string()))
    }
}

fn split(text: &str) -> Option<(u16, u8)> {
    let (year, month) = text.split_once('-')?;
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if year.len() != 4 || month.len() != 2 || !digits(year) || !digits(month) {
        return None;
    }
    Some((year.parse().ok()?, month.parse().ok()?))
}
