//! Flows as parameters: money per month, events per year.
//!
//! In: [`Value`]. Out: [`PerMonth`], [`Intensity`], or faults; a bare number is no flow.
//! Not here: stocks (`number`), spans (`time`).

use super::field::{Field, Parameter, Shape, Unit};
use super::number::unreadable;
use super::quantity::Quantity;
use super::scalar::{keep, wrong_sort};
use super::{Diagnostic, Faults, Value};
use crate::units::{Delay, Intensity, PerMonth, plain};

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
        let number = match flow(value, field, &["/month", "/year", "/week"], faults)? {
            (number, "/year") => number / 12.0,
            (number, "/week") => number * Delay::WEEKS_PER_MONTH,
            (number, _) => number,
        };
        keep(Self::new(number), value, faults)
    }

    fn write(&self) -> Option<Value> {
        Some(Value::text(format!("{}/month", self.get())))
    }
}

impl Parameter for Intensity {
    const UNIT: Unit = Unit {
        name: "events per year",
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
        let number = if value.as_number() == Some(0.0) {
            0.0
        } else {
            match flow(value, field, &["/year", "/month"], faults)? {
                (number, "/month") => number * 12.0,
                (number, _) => number,
            }
        };
        keep(Self::new(number), value, faults)
    }

    fn write(&self) -> Option<Value> {
        Some(Value::text(format!("{}/year", self.get())))
    }
}

/// A number and the one of `units` behind it.
fn flow(
    value: &Value,
    field: &Field,
    units: &[&'static str],
    faults: &mut Faults,
) -> Option<(f64, &'static str)> {
    if let Some(number) = value.as_number() {
        faults.push(without_time(value, field, units, &plain(number)));
        return None;
    }
    let Some(text) = value.as_text() else {
        faults.push(wrong_sort(value, field));
        return None;
    };
    let quantity = Quantity::parse(text);
    if let Some(quantity) = &quantity {
        if let Some(unit) = units.iter().find(|unit| **unit == quantity.unit) {
            return Some((quantity.number(), unit));
        }
        if quantity.unit.is_empty() {
            faults.push(without_time(value, field, units, quantity.digits()));
            return None;
        }
    }
    faults.push(unreadable(field, text).place_at(value));
    None
}

fn without_time(value: &Value, field: &Field, units: &[&str], digits: &str) -> Diagnostic {
    let proposals: Vec<String> = units
        .iter()
        .take(2)
        .map(|unit| format!("{} = \"{digits}{unit}\"", field.key))
        .collect();
    Diagnostic::new("unit", format!("`{}` does not say per what", field.key))
        .at(value.place, "a flow needs its time")
        .write(proposals.join("   or   "))
}

#[cfg(test)]
mod tests {
    use super::super::{Preset, parse_value};
    use super::*;

    /// What `value` means for a key `rate`, or the code of the fault and what to write instead.
    fn read<T: Parameter>(value: &str) -> Result<T, (&'static str, String)> {
        let field = Field {
            key: "rate",
            doc: "",
            unit: T::UNIT,
            preset: Preset::Required,
            example: None,
        };
        let mut faults = Faults::default();
        let value = parse_value(value).expect("valid TOML");
        let read = T::read(&value, &field, &mut faults);
        read.ok_or_else(|| {
            let fault = faults.iter().next().expect("a fault for every refusal");
            let note = fault.notes.first().map_or("", |note| &note.text);
            (fault.code, note.to_owned())
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
        let remedy = "rate = \"1750/month\"   or   rate = \"1750/year\"";
        for text in ["1750", "1_750.0", "\"1750\""] {
            assert_eq!(
                read::<PerMonth>(text).unwrap_err(),
                ("unit", remedy.to_owned())
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
