//! Flows as parameters: money per month, events per year.
//!
//! In: [`Value`]. Out: [`PerMonth`], [`Intensity`], or faults; a bare number is no flow.
//! Not here: stocks (`number`), spans (`time`).

use super::field::{Field, Parameter, Shape, Unit};
use super::meaning::large_readings;
use super::number::unreadable;
use super::quantity::Quantity;
use super::remedy::{Meant, read, rounded};
use super::scalar::{keep, wrong_sort};
use super::typed::{Clock, Time, Typed};
use super::{Diagnostic, Faults, Value};
use crate::units::{Delay, Intensity, PerMonth};

const FLOW_PATTERN: &str = r"^\s*[-+]?[0-9_]+(\.[0-9]+)?\s*(/|per|a)\s*(month|year|week)\s*$";
const RATE_PATTERN: &str = r"^\s*[0-9_]+(\.[0-9]+)?\s*(/|per|a)\s*(year|month)\s*$";

impl Parameter for PerMonth {
    const UNIT: Unit = Unit {
        name: "amount per month",
        examples: &["\"1750/month\"", "\"21_000/year\""],
        shape: Shape::Text(FLOW_PATTERN),
    };

    fn placeholder() -> Self {
        PerMonth::new(0.0).expect("zero is in range")
    }

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        read::<Self>(value, field, faults)
    }

    fn write(&self) -> Option<Value> {
        Some(Value::text(format!("{}/month", self.get())))
    }
}

impl Meant for PerMonth {
    fn exact(value: &Value, field: &Field) -> Result<Self, Box<Diagnostic>> {
        let number = match flow(value, field, &["/month", "/year", "/week"])? {
            (number, "/year") => number / 12.0,
            (number, "/week") => number * Delay::WEEKS_PER_MONTH,
            (number, _) => number,
        };
        keep(Self::new(number), value)
    }

    fn meant(typed: &Typed) -> Vec<String> {
        let readings = large_readings(typed);
        match typed.clock {
            _ if typed.per_cent || typed.is_times => Vec::new(),
            Clock::Nothing => either(readings, ["month", "year"]),
            Clock::Per(Time::Week) => either(readings, ["week"]),
            Clock::Per(Time::Month) => either(readings, ["month"]),
            Clock::Per(Time::Year) => either(readings, ["year"]),
            _ => Vec::new(),
        }
    }
}

/// Every number per every time.
fn either<const N: usize>(numbers: Vec<f64>, times: [&str; N]) -> Vec<String> {
    let per = |number: f64| times.map(|time| format!("\"{number}/{time}\""));
    numbers.into_iter().flat_map(per).collect()
}

impl Parameter for Intensity {
    const UNIT: Unit = Unit {
        name: "number of events per year",
        examples: &["\"0.5/year\"", "\"1/month\""],
        shape: Shape::AnyOf(&[
            Shape::Number {
                low: 0.0,
                high: 0.0,
            },
            Shape::Text(RATE_PATTERN),
        ]),
    };

    fn placeholder() -> Self {
        Intensity::new(0.0).expect("zero is in range")
    }

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        read::<Self>(value, field, faults)
    }

    fn write(&self) -> Option<Value> {
        Some(Value::text(format!("{}/year", self.get())))
    }
}

impl Meant for Intensity {
    fn exact(value: &Value, field: &Field) -> Result<Self, Box<Diagnostic>> {
        let number = match value.as_number() {
            Some(0.0) => 0.0,
            _ => match flow(value, field, &["/year", "/month"])? {
                (number, "/month") => number * 12.0,
                (number, _) => number,
            },
        };
        keep(Self::new(number), value)
    }

    /// Per cent of an event are no number of them.
    fn meant(typed: &Typed) -> Vec<String> {
        let readings = typed.readings();
        let yearly = |number: f64| format!("\"{}/year\"", rounded(number));
        match typed.clock {
            _ if typed.per_cent || typed.is_money => Vec::new(),
            Clock::Nothing => either(readings, ["year", "month"]),
            Clock::Per(Time::Year) => either(readings, ["year"]),
            Clock::Per(Time::Month) => either(readings, ["month"]),
            Clock::Every(Time::Month) if readings == [1.0] => either(readings, ["month"]),
            Clock::Per(time) => {
                let numbers = readings.into_iter();
                numbers
                    .map(|number| yearly(number * time.per_year()))
                    .collect()
            }
            Clock::Every(time) => {
                let numbers = readings.into_iter();
                numbers
                    .map(|number| yearly(time.per_year() / number))
                    .collect()
            }
            Clock::Of(_) => Vec::new(),
        }
    }
}

/// A number and the one of `units` behind it.
fn flow(
    value: &Value,
    field: &Field,
    units: &[&'static str],
) -> Result<(f64, &'static str), Box<Diagnostic>> {
    let without_time = || {
        let message = format!("`{}` does not say per what", field.key);
        Box::new(Diagnostic::new("unit", message).at(value.place, "a flow needs its time"))
    };
    if value.as_number().is_some_and(f64::is_finite) {
        return Err(without_time());
    }
    let Some(text) = value.as_text() else {
        return Err(Box::new(wrong_sort(value, field)));
    };
    if let Some(quantity) = Quantity::parse(text) {
        if let Some(unit) = units.iter().find(|unit| **unit == quantity.unit) {
            return Ok((quantity.number(), unit));
        }
        if quantity.unit.is_empty() {
            return Err(without_time());
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
            unit: T::UNIT,
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
    fn flows_are_brought_to_months() {
        let per_month = |text: &str| read::<PerMonth>(text).unwrap().get();
        assert_eq!(per_month("\"1750/month\""), 1750.0);
        assert_eq!(per_month("\"1_750 per month\""), 1750.0);
        assert_eq!(per_month("\"21_000/year\""), 1750.0);
        assert_eq!(per_month("\"-84/week\""), -365.25);
    }

    #[test]
    fn intensities_are_brought_to_years_and_never_needs_no_unit() {
        let per_year = |text: &str| read::<Intensity>(text).unwrap().get();
        assert_eq!(per_year("\"0.5/year\""), 0.5);
        assert_eq!(per_year("\"0.5 a month\""), 6.0);
        assert_eq!(per_year("0"), 0.0);
    }

    #[test]
    fn a_bare_number_is_no_flow() {
        let remedy = ["\"1750/month\"", "\"1750/year\""].map(str::to_owned);
        for text in ["1750", "1_750.0", "\"1750\""] {
            assert_eq!(
                read::<PerMonth>(text).unwrap_err(),
                ("unit", remedy.to_vec())
            );
        }
        assert_eq!(read::<Intensity>("0.5").unwrap_err().0, "unit");
        assert_eq!(read::<PerMonth>("\"5/day\"").unwrap_err().0, "unit");
        assert_eq!(read::<PerMonth>("true").unwrap_err().0, "type");
        assert_eq!(read::<Intensity>("\"-1/year\"").unwrap_err().0, "range");
    }

    #[test]
    fn what_is_written_reads_back_the_same() {
        for number in [0.0, 1.0 / 3.0, -1e-9, 123456.789] {
            let flow = PerMonth::new(number).unwrap();
            let text = super::super::written(&flow.write().unwrap());
            assert_eq!(read::<PerMonth>(&text), Ok(flow));
        }
    }
}
