//! Monthly probability as a parameter: "3 %/month".
//!
//! In: [`Value`]. Out: [`MonthlyProbability`], or faults; a probability without its time unit is refused.
//! Not here: probabilities of single events (`number`), events per year (`flow`).

use super::field::{Field, Shape, Unit};
use super::meaning::per_cents;
use super::number::{beyond, quantity_of, without_unit};
use super::remedy::Meant;
use super::scalar::unreadable;
use super::typed::Typed;
use super::{Diagnostic, Value, fault};
use crate::units::{MonthlyProbability, hundredfold};

const PATTERN: &str = r"^\s*[0-9_]+(\.[0-9]+)?([eE][-+]?[0-9]+)?\s*%\s*(/|per|a)\s*month\s*$";

impl Meant for MonthlyProbability {
    const SPELLED: Unit = Unit {
        name: "chance per month",
        examples: &["\"3 %/month\""],
        shape: Shape::AnyOf(&[Shape::Number { low: 0.0, high: 0.0 }, Shape::Text(PATTERN)]),
    };

    fn canonical(&self) -> Option<Value> {
        Some(Value::text(format!("{} %/month", hundredfold(self.get()))))
    }

    fn exact(value: &Value, field: &Field) -> Result<Self, Box<Diagnostic>> {
        if value.as_number() == Some(0.0) {
            return Ok(Self::default());
        }
        let needs = "a probability needs its time unit";
        let quantity = quantity_of(value, field, needs)?;
        let text = value.as_text().unwrap_or_default();
        match quantity.unit.as_str() {
            "%/month" => Self::new(quantity.hundredths())
                .map_err(|refused| beyond(value, &quantity, &Self::MEASURE, refused)),
            "%/year" => Err(Box::new(fault!("unit", "`{}` is per month, not per year", field.key;
                value.place => "per month is expected"))),
            "%" => Err(without_unit(value, field, needs, &quantity.digits())),
            _ => Err(unreadable(value, text, field)),
        }
    }

    fn meant(typed: &Typed) -> Vec<String> {
        match typed.unit.as_str() {
            "" | "%" | "%/month" => {
                per_cents(typed).into_iter().map(|digits| format!("\"{digits} %/month\"")).collect()
            }
            _ => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{parse_value, written};
    use super::*;

    /// Reads `value` for a key `begins`; an error holds the code of the fault and its proposals.
    fn read(value: &str) -> Result<f64, (&'static str, String)> {
        let field = Field::bare::<MonthlyProbability>("begins");
        let value = parse_value(value).expect("valid TOML");
        MonthlyProbability::exact(&value, &field)
            .map(MonthlyProbability::get)
            .map_err(|fault| (fault.code, MonthlyProbability::readings(&value).join(" ")))
    }

    #[test]
    fn a_chance_says_per_month_unless_it_is_none() {
        for text in ["\"3 %/month\"", "\"3% per month\"", "\"3 % a month\""] {
            assert_eq!(read(text), Ok(0.03), "{text}");
        }
        assert_eq!(read("0"), Ok(0.0));
        let remedy = ("unit", "\"3 %/month\"".to_owned());
        assert_eq!(read("0.03"), Err(remedy.clone()));
        assert_eq!(read("\"3 %\""), Err(remedy));
        assert_eq!(read("\"30 %/year\""), Err(("unit", String::new())));
        let codes = ["true", "\"often\"", "\"101 %/month\""].map(|text| read(text).unwrap_err().0);
        assert_eq!(codes, ["type", "unit", "range"]);
    }

    #[test]
    fn what_is_written_reads_back_the_same() {
        for number in [0.0, 0.03, 1.0 / 3.0, 1.0] {
            let chance = MonthlyProbability::new(number).unwrap();
            assert_eq!(read(&written(&chance.canonical().unwrap())), Ok(number));
        }
    }
}
