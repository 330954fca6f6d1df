//! Flows as parameters: events per year, money per month, hours per week.
//!
//! In: [`Value`]. Out: [`Intensity`], [`Inflow`], [`MonthlyMoney`], [`WeeklyHours`], [`MonthlyHours`], or faults; a
//! bare number is no flow.
//! Not here: stocks (`number`), spans (`time`).

use super::field::{Field, Shape, Unit};
use super::number::unreadable;
use super::quantity::Quantity;
use super::remedy::Meant;
use super::scalar::{keep, wrong_sort};
use super::typed::{MONEY, Typed};
use super::{Diagnostic, Value};
use crate::units::{Delay, Inflow, Intensity, MonthlyHours, MonthlyMoney, WeeklyHours, plain};

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
        impl Default for $type {
            fn default() -> Self {
                $type::new(0.0).expect("zero is in range")
            }
        }

        impl Meant for $type {
            const SPELLED: Unit = Unit {
                name: $unit,
                examples: $examples,
                shape: SHAPE,
            };

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

impl Default for MonthlyMoney {
    fn default() -> Self {
        Self::new(0.0).expect("zero is in range")
    }
}

impl Meant for MonthlyMoney {
    const SPELLED: Unit = Unit {
        name: "amount per month",
        examples: &["\"1750/month\"", "\"21_000/year\""],
        shape: SHAPE,
    };

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

/// Hours per time: what it is called, that time, examples, hours of the type in one of a week.
macro_rules! hours {
    ($($type:ident, $unit:literal, $time:literal, $examples:expr, $of_week:expr;)*) => {$(
        impl Default for $type {
            fn default() -> Self {
                Self::new(0.0).expect("zero is in range")
            }
        }

        impl Meant for $type {
            const SPELLED: Unit = Unit {
                name: $unit,
                examples: $examples,
                shape: Shape::AnyOf(&[
                    Shape::Number {
                        low: 0.0,
                        high: 0.0,
                    },
                    Shape::Text(HOURS_PATTERN),
                ]),
            };

            fn canonical(&self) -> Option<Value> {
                Some(Value::text(format!("{} h{}", plain(self.get()), $time)))
            }

            fn exact(value: &Value, field: &Field) -> Result<Self, Box<Diagnostic>> {
                let number = match value.as_number() {
                    Some(0.0) => 0.0,
                    _ => match hours(value, field)? {
                        (number, time) if time == $time => number,
                        (number, "/week") => number * $of_week,
                        (number, _) => number / Delay::WEEKS_PER_MONTH,
                    },
                };
                keep(Self::new(number), value)
            }

            fn meant(typed: &Typed) -> Vec<String> {
                let hours = typed.unit.trim_end_matches($time);
                let is_hours = ["", "h", "hours", "hour"].contains(&hours);
                let number = is_hours.then(|| typed.one()).flatten();
                let all = number.map(|number| format!("\"{number} h{}\"", $time));
                all.into_iter().collect()
            }
        }
    )*};
}

hours! {
    WeeklyHours, "number of hours per week", "/week", &["\"7.5 h/week\"", "0"], 1.0;
    MonthlyHours, "number of hours per month", "/month", &["\"2 h/month\"", "0"], Delay::WEEKS_PER_MONTH;
}

const HOURS_PATTERN: &str = r"^\s*[0-9_]+(\.[0-9]+)?\s*(h|hours?)\s*(/|per|a)\s*(week|month)\s*$";

/// A number of hours and `/week` or `/month`.
fn hours(value: &Value, field: &Field) -> Result<(f64, &'static str), Box<Diagnostic>> {
    if value.as_number().is_some_and(f64::is_finite) {
        return Err(without_time(value, field));
    }
    let Some(text) = value.as_text() else {
        return Err(Box::new(wrong_sort(value, field)));
    };
    let quantity = Quantity::parse(text);
    let found = quantity.and_then(|quantity| {
        let time = quantity.unit.trim_start_matches(['h', 'o', 'u', 'r', 's']);
        let time = ["/week", "/month"].into_iter().find(|known| *known == time);
        let is_hours = quantity.unit.starts_with('h');
        Some((quantity.number(), time.filter(|_| is_hours)?))
    });
    found.ok_or_else(|| Box::new(unreadable(field, text).place_at(value)))
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
        assert!(read::<WeeklyHours>("\"168 h/week\"").is_ok());
        assert_eq!(
            read::<WeeklyHours>("\"169 h/week\"").unwrap_err().0,
            "range"
        );
    }

    #[test]
    fn hours_are_brought_to_months() {
        let monthly = |text: &str| read::<MonthlyHours>(text).unwrap().get();
        assert_eq!(monthly("\"2 h/month\""), 2.0);
        assert!((monthly("\"84 h/week\"") - 365.25).abs() < 1e-9);
        assert_eq!(
            read::<MonthlyHours>("\"731 h/month\"").unwrap_err().0,
            "range"
        );
        let (code, meant) = read::<MonthlyHours>("2").unwrap_err();
        assert_eq!((code, meant), ("unit", vec!["\"2 h/month\"".to_owned()]));
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
