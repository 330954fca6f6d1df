//! Time spans and waiting times as parameters.
//!
//! In: texts such as "10 years", "6 weeks". Out: [`Span`], [`Delay`], [`HalfLife`], or faults. Not here:
//! dates (`date`), flows per time (`flow`).

use super::field::{Field, Shape, Unit};
use super::number::quantity_of;
use super::remedy::Meant;
use super::scalar::{keep, unreadable};
use super::typed::Typed;
use super::{Diagnostic, Value, fault};
use crate::units::{Delay, HalfLife, Span};

impl Meant for Span {
    const SPELLED: Unit = Unit {
        name: "span of months or years",
        examples: &["\"10 years\"", "\"18 months\""],
        shape: Shape::Text(r"^\s*[0-9_]+(\.[0-9]+)?([eE][-+]?[0-9]+)?\s*(months?|years?)\s*$"),
    };

    fn canonical(&self) -> Option<Value> {
        Some(Value::text(format!("{} months", self.months())))
    }

    fn exact(value: &Value, field: &Field) -> Result<Self, Box<Diagnostic>> {
        let (number, unit) = span(value, field)?;
        let months = match unit {
            "year" => number * 12.0,
            "month" => number,
            // Weeks and days never add up to a whole number of months.
            _ => f64::NAN,
        };
        if months.fract() != 0.0 || months < 0.0 {
            let fault = fault!("unit", "`{}` counts whole months", field.key;
                value.place => "this is not a whole number of months";
                rule: "the step of the simulation is one month");
            return Err(Box::new(fault));
        }
        keep(Self::from_months(months.min(1e9) as u32), value)
    }

    fn meant(typed: &Typed) -> Vec<String> {
        let units: &[&str] = match typed.unit.as_str() {
            "" => &["year", "month"],
            "year" => &["year"],
            "month" => &["month"],
            _ => &[],
        };
        let number = typed.one().filter(|number| *number > 0.0);
        let spans = number.map(|number| units.iter().map(move |unit| counted(number, unit)));
        spans.into_iter().flatten().collect()
    }
}

fn counted(number: f64, unit: &str) -> String {
    let plural = if number == 1.0 { "" } else { "s" };
    format!("\"{number} {unit}{plural}\"")
}

/// No unit is proposed for a number without one: days, weeks and months are equally likely.
impl Meant for Delay {
    const SPELLED: Unit = Unit {
        name: "waiting time",
        examples: &["\"6 weeks\"", "\"2 months\"", "\"10 days\""],
        shape: Shape::Text(r"^\s*[0-9_]+(\.[0-9]+)?([eE][-+]?[0-9]+)?\s*(days?|weeks?|months?|years?)\s*$"),
    };

    fn canonical(&self) -> Option<Value> {
        Some(Value::text(format!("{} months", self.months())))
    }

    fn exact(value: &Value, field: &Field) -> Result<Self, Box<Diagnostic>> {
        keep(Self::from_months(months(value, field)?), value)
    }
}

/// Reads a waiting time and converts it to months.
fn months(value: &Value, field: &Field) -> Result<f64, Box<Diagnostic>> {
    let (number, unit) = span(value, field)?;
    Ok(match unit {
        "year" => number * 12.0,
        "month" => number,
        "week" => number / Delay::WEEKS_PER_MONTH,
        _ => number / (Delay::WEEKS_PER_MONTH * 7.0),
    })
}

/// Word for a half-life without end.
const NEVER: &str = "never";

impl Meant for HalfLife {
    const SPELLED: Unit = Unit {
        name: "half-life",
        examples: &["\"12 months\"", "\"never\""],
        shape: Shape::Text(
            r"^\s*(never|[0-9_]+(\.[0-9]+)?([eE][-+]?[0-9]+)?\s*(days?|weeks?|months?|years?))\s*$",
        ),
    };

    fn canonical(&self) -> Option<Value> {
        let months = self.months();
        Some(Value::text(if months.is_finite() { format!("{months} months") } else { NEVER.to_owned() }))
    }

    fn exact(value: &Value, field: &Field) -> Result<Self, Box<Diagnostic>> {
        if value.as_text().is_some_and(|text| text.trim() == NEVER) {
            return Ok(Self::NEVER);
        }
        keep(Self::from_months(months(value, field)?), value)
    }
}

/// Reads a number with a unit of time, from a day to a year; returns the number and the unit.
fn span(value: &Value, field: &Field) -> Result<(f64, &'static str), Box<Diagnostic>> {
    let quantity = quantity_of(value, field, "a span needs its unit")?;
    let unit = ["year", "month", "week", "day"].into_iter().find(|unit| *unit == quantity.unit);
    let text = value.as_text().unwrap_or_default();
    Ok((quantity.number(), unit.ok_or_else(|| unreadable(value, text, field))?))
}
