//! A chance per month as a parameter: "3 %/month".
//!
//! In: [`Value`]. Out: [`MonthlyProbability`], or faults; without its time a chance says nothing.
//! Not here: chances of what happens once (`number`), events per year (`flow`).

use super::field::{Field, Parameter, Shape, Unit};
use super::number::{found, out_of_range_text, unreadable};
use super::quantity::Quantity;
use super::scalar::wrong_sort;
use super::{Diagnostic, Faults, Value};
use crate::math::elementary::{expm1, ln_1p};
use crate::units::{MonthlyProbability, grouped, hundredfold};

const PATTERN: &str = r"^\s*[0-9_]+(\.[0-9]+)?\s*%\s*(/|per|a)\s*month\s*$";

impl Parameter for MonthlyProbability {
    const UNIT: Unit = Unit {
        name: "chance per month",
        examples: &["\"3 %/month\""],
        shape: Shape::AnyOf(&[
            Shape::Number {
                low: 0.0,
                high: 0.0,
            },
            Shape::Text(PATTERN),
        ]),
    };

    fn placeholder() -> Self {
        Self::new(0.0).expect("zero is in range")
    }

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        if value.as_number() == Some(0.0) {
            return Self::new(0.0).ok();
        }
        let fault = match (value.as_number(), value.as_text()) {
            (Some(number), _) if !number.is_finite() => {
                wrong_sort(value, field).write(field.example())
            }
            (Some(number), _) => without_time(value, field, &hundredfold(number)),
            (None, None) => wrong_sort(value, field).write(field.example()),
            (None, Some(text)) => match of_text(text, value, field) {
                Ok(chance) => return Some(chance),
                Err(fault) => *fault,
            },
        };
        faults.push(fault);
        None
    }

    fn write(&self) -> Option<Value> {
        Some(Value::text(format!("{} %/month", hundredfold(self.get()))))
    }
}

fn of_text(
    text: &str,
    value: &Value,
    field: &Field,
) -> Result<MonthlyProbability, Box<Diagnostic>> {
    let placed = |found: Box<super::number::Found>| Box::new(found.place_at(value));
    let quantity = Quantity::parse(text).ok_or_else(|| placed(unreadable(field, text)))?;
    match quantity.unit.as_str() {
        "%/month" => MonthlyProbability::new(quantity.hundredths()).map_err(|refused| {
            let measure = &MonthlyProbability::MEASURE;
            placed(out_of_range_text(&quantity, measure, refused))
        }),
        "%/year" => Err(Box::new(per_year(&quantity, value, field))),
        "%" | "" => Err(Box::new(without_time(value, field, quantity.digits()))),
        _ => Err(placed(unreadable(field, text))),
    }
}

fn without_time(value: &Value, field: &Field, per_cent: &str) -> Diagnostic {
    Diagnostic::new("unit", format!("`{}` does not say per what", field.key))
        .at(value.place, "a chance needs its time")
        .write(format!("{} = \"{per_cent} %/month\"", field.key))
}

fn per_year(quantity: &Quantity, value: &Value, field: &Field) -> Diagnostic {
    let message = format!("`{}` is per month, not per year", field.key);
    let fault = found("unit", message, "per month is expected").place_at(value);
    let yearly = quantity.hundredths();
    if !(0.0..1.0).contains(&yearly) {
        return fault.write(field.example());
    }
    let monthly = -expm1(ln_1p(-yearly) / 12.0);
    fault.write(format!(
        "{} = \"{} %/month\"   (as likely within a year)",
        field.key,
        grouped(monthly * 100.0, 3)
    ))
}

#[cfg(test)]
mod tests {
    use super::super::{Preset, parse_value, written};
    use super::*;

    /// What `value` means for a key `begins`, or the code of the fault and its first note.
    fn read(value: &str) -> Result<f64, (&'static str, String)> {
        let field = Field {
            key: "begins",
            doc: "",
            unit: MonthlyProbability::UNIT,
            preset: Preset::Required,
            example: None,
        };
        let mut faults = Faults::default();
        let value = parse_value(value).expect("valid TOML");
        let chance = MonthlyProbability::read(&value, &field, &mut faults);
        chance.map(MonthlyProbability::get).ok_or_else(|| {
            let fault = faults.iter().next().expect("a fault for every refusal");
            let note = fault.notes.first().map_or("", |note| &note.text);
            (fault.code, note.to_owned())
        })
    }

    #[test]
    fn a_chance_says_per_month_unless_it_is_none() {
        for text in ["\"3 %/month\"", "\"3% per month\"", "\"3 % a month\""] {
            assert_eq!(read(text), Ok(0.03), "{text}");
        }
        assert_eq!(read("0"), Ok(0.0));
        let remedy = ("unit", "begins = \"3 %/month\"".to_owned());
        assert_eq!(read("0.03"), Err(remedy.clone()));
        assert_eq!(read("\"3 %\""), Err(remedy));
        assert_eq!(read("true").unwrap_err().0, "type");
        assert_eq!(read("\"often\"").unwrap_err().0, "unit");
        assert_eq!(read("\"101 %/month\"").unwrap_err().0, "range");
    }

    #[test]
    fn a_chance_per_year_is_turned_into_the_same_per_month() {
        let (code, remedy) = read("\"30 %/year\"").unwrap_err();
        assert_eq!(code, "unit");
        assert!(remedy.starts_with("begins = \"2.929 %/month\""), "{remedy}");
        let without = (0..12).fold(1.0, |none, _| none * (1.0 - 0.02929));
        assert!((1.0 - without - 0.3_f64).abs() < 1e-4);
    }

    #[test]
    fn what_is_written_reads_back_the_same() {
        for number in [0.0, 0.03, 1.0 / 3.0, 1.0] {
            let chance = MonthlyProbability::new(number).unwrap();
            assert_eq!(read(&written(&chance.write().unwrap())), Ok(number));
        }
    }
}
