//! Flows as parameters: events per year, money per month, hours per week.
//!
//! In: [`Value`]. Out: [`Intensity`], [`Inflow`], [`MonthlyMoney`], [`WeeklyHours`], or faults; a bare number is no flow.
//! Not here: stocks (`number`), spans (`time`).

use super::field::{Field, Shape, Unit};
use super::number::unreadable;
use super::quantity::Quantity;
use super::remedy::Meant;
use super::scalar::{keep, wrong_sort};
use super::typed::{MONEY, Typed};
use super::{Diagnostic, Value};
use crate::units::{Delay, Inflow, Intensity, MonthlyMoney, WeeklyHours, plain};

const RATE_PATTERN: &str = r"^\s*[0-9_]+(\.[0-9]+)?\s*(/|per|a)\s*(year|month)\s*$";

/// A text with its time, or nothing.
const SHAPE: Shape = Shape::AnyOf(&[
    Shape::Number {
        low: 0.0,
        high: 0.0,
    },
    Shape::Text(RATE_PATTERN),
]);

/// Numbers per time, kept per year.
macro_rules! rates {
    ($($type:ident, $unit:literal, $examples:expr;)*) => {$(
        impl Meant for $type {
            const SPELLED: Unit = Unit {
                name: $unit,
                examples: $examples,
                shape: SHAPE,
            };

            fn stand_in() -> Self {
                $type::new(0.0).expect("zero is in range")
            }

            fn canonical(&self) -> Option<Value> {
                Some(Value::text(format!("{}/year", self.get())))
            }

            fn exact(value: &Value, field: &Field) -> Result<Self, Box<Diagnostic>> {
                let number = match value.as_number() {
                    Some(0.0) => 0.0,
                    _ => match flow(value, field)? {
                        Flow::PerYear(number) => number,
                        Flow::PerMonth(number) => number * 12.0,
                    },
                };
                keep(Self::new(number), value)
            }

            fn meant(typed: &Typed) -> Vec<String> {
                let times: &[&str] = match typed.unit.as_str() {
                    "" => &["/year", "/month"],
                    "/year" => &["/year"],
                    "/month" => &["/month"],
                    _ => &[],
                };
                let numbers = typed.numbers.iter();
                let all = numbers.flat_map(|number| times.iter().map(move |time| (number, time)));
                all.map(|(number, time)| format!("\"{number}{time}\""))
                    .collect()
            }
        }
    )*};
}

rates! {
    Intensity, "number of events per year", &["\"0.5/year\"", "\"1/month\""];
    Inflow, "number per month or year", &["\"12/month\"", "\"30/year\""];
}

impl Meant for MonthlyMoney {
    const SPELLED: Unit = Unit {
        name: "amount per month",
        examples: &["\"1750/month\"", "\"21_000/year\""],
        shape: SHAPE,
    };

    fn stand_in() -> Self {
        Self::new(0.0).expect("zero is in range")
    }

    fn canonical(&self) -> Option<Value> {
        Some(Value::text(format!("{}/month", plain(self.get()))))
    }

    fn exact(value: &Value, field: &Field) -> Result<Self, Box<Diagnostic>> {
        let number = match value.as_number() {
            Some(0.0) => 0.0,
            _ => per_month(value, field)?,
        };
        keep(Self::new(number), value)
    }

    fn meant(typed: &Typed) -> Vec<String> {
        let times: &[&str] = match typed.unit.as_str() {
            "" | MONEY => &["/month", "/year"],
            "/month" => &["/month"],
            "/year" => &["/year"],
            _ => &[],
        };
        let number = typed.largest();
        let all = times.iter().map(|time| format!("\"{number}{time}\""));
        all.collect()
    }
}

impl Meant for WeeklyHours {
    const SPELLED: Unit = Unit {
        name: "number of hours per week",
        examples: &["\"7.5 h/week\"", "0"],
        shape: Shape::AnyOf(&[
            Shape::Number {
                low: 0.0,
                high: 0.0,
            },
            Shape::Text(r"^\s*[0-9_]+(\.[0-9]+)?\s*(h|hours?)\s*(/|per|a)\s*(week|month)\s*$"),
        ]),
    };

    fn stand_in() -> Self {
        Self::new(0.0).expect("zero is in range")
    }

    fn canonical(&self) -> Option<Value> {
        Some(Value::text(format!("{} h/week", plain(self.get()))))
    }

    fn exact(value: &Value, field: &Field) -> Result<Self, Box<Diagnostic>> {
        if value.as_number() == Some(0.0) {
            return Ok(Self::stand_in());
        }
        if value.as_number().is_some_and(f64::is_finite) {
            return Err(without_time(value, field));
        }
        let Some(text) = value.as_text() else {
            return Err(Box::new(wrong_sort(value, field)));
        };
        let quantity = Quantity::parse(text);
        let hours = quantity.and_then(|quantity| {
            let time = quantity.unit.trim_start_matches(['h', 'o', 'u', 'r', 's']);
            match (quantity.unit.starts_with('h'), time) {
                (true, "/week") => Some(quantity.number()),
                (true, "/month") => Some(quantity.number() / Delay::WEEKS_PER_MONTH),
                _ => None,
            }
        });
        match hours {
            Some(hours) => keep(Self::new(hours), value),
            None => Err(Box::new(unreadable(field, text).place_at(value))),
        }
    }

    fn meant(typed: &Typed) -> Vec<String> {
        let is_hours = ["", "h", "hours", "hour", "/week", "h/week"].contains(&typed.unit.as_str());
        let number = is_hours.then(|| typed.one()).flatten();
        let weekly = number.map(|number| format!("\"{number} h/week\""));
        weekly.into_iter().collect()
    }
}

/// An amount per month, of either sign.
pub fn per_month(value: &Value, field: &Field) -> Result<f64, Box<Diagnostic>> {
    Ok(match flow(value, field)? {
        Flow::PerYear(number) => number / 12.0,
        Flow::PerMonth(number) => number,
    })
}

fn without_time(value: &Value, field: &Field) -> Box<Diagnostic> {
    let message = format!("`{}` does not say per what", field.key);
    Box::new(Diagnostic::new("unit", message).at(value.place, "a flow needs its time"))
}

/// A number with its time.
enum Flow {
    PerYear(f64),
    PerMonth(f64),
}

fn flow(value: &Value, field: &Field) -> Result<Flow, Box<Diagnostic>> {
    if value.as_number().is_some_and(f64::is_finite) {
        return Err(without_time(value, field));
    }
    let Some(text) = value.as_text() else {
        return Err(Box::new(wrong_sort(value, field)));
    };
    if let Some(quantity) = Quantity::parse(text) {
        match quantity.unit.as_str() {
            "/year" => return Ok(Flow::PerYear(quantity.number())),
            "/month" => return Ok(Flow::PerMonth(quantity.number())),
            "" => return Err(without_time(value, field)),
            _ => {}
        }
    }
    Err(Box::new(unreadable(field, text).place_at(value)))
}

#[cfg(test)]
mod tests {
    use super::super::{Preset, parse_value};
    use super::*;

    /// What `value` means for a key `rate`, or the code of the fault and what to write instead.
    fn read<T: Meant>(value: &str) -> Result<T, (&'static str, Vec<String>)> {
        let field = Field {
            key: "rate",
            doc: "",
            unit: T::SPELLED,
            preset: Preset::Required,
            example: None,
        };
        let value = parse_value(value).expect("valid TOML");
        T::exact(&value, &field).map_err(|fault| {
            let meant = Typed::of(&value).map_or_else(Vec::new, |typed| T::meant(&typed));
            (fault.code, meant)
        })
    }

    #[test]
    fn intensities_are_brought_to_years_and_never_needs_no_unit() {
        let per_year = |text: &str| read::<Intensity>(text).unwrap().get();
        assert_eq!(per_year("\"0.5/year\""), 0.5);
        assert_eq!(per_year("\"0.5 a month\""), 6.0);
        assert_eq!(per_year("0"), 0.0);
    }

    #[test]
    fn hours_are_brought_to_weeks() {
        let weekly = |text: &str| read::<WeeklyHours>(text).unwrap().get();
        assert_eq!(weekly("\"7.5 h/week\""), 7.5);
        assert_eq!(weekly("\"5 hours a week\""), 5.0);
        assert_eq!(weekly("\"365.25 h/month\""), 84.0);
        assert_eq!(weekly("0"), 0.0);
        assert_eq!(read::<WeeklyHours>("\"7.5 h\"").unwrap_err().0, "unit");
        let (code, meant) = read::<WeeklyHours>("7.5").unwrap_err();
        assert_eq!((code, meant), ("unit", vec!["\"7.5 h/week\"".to_owned()]));
    }

    #[test]
    fn a_bare_number_is_no_flow() {
        assert_eq!(read::<Intensity>("0.5").unwrap_err().0, "unit");
        assert_eq!(read::<Intensity>("\"5/day\"").unwrap_err().0, "unit");
        assert_eq!(read::<Intensity>("true").unwrap_err().0, "type");
        assert_eq!(read::<Intensity>("\"-1/year\"").unwrap_err().0, "range");
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
