//! Readings of a number with a unit in everyday notation: "80,000", "$50k", "3,7 %/year".
//!
//! In: a [`Value`] that a key refused. Out: [`Typed`], from which each unit builds its proposals. Not here:
//! the notations that keys accept (`quantity` and the units).

use super::quantity::unit;
use super::{Data, Value};

/// A typed number with its unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Typed {
    /// Possible meanings, the likelier first: two if its only separator may separate thousands or decimals.
    pub(super) numbers: Vec<f64>,
    /// Unit as [`UnitNumber`](super::quantity::UnitNumber) spells it; [`MONEY`] for a currency on either side.
    pub(super) unit: String,
}

/// Unit of amounts with a currency.
pub(super) const MONEY: &str = "money";

const CURRENCIES: [&str; 6] = ["$", "€", "£", "usd", "eur", "gbp"];

impl Typed {
    /// Reads a typed value that is one number; `None` for anything else and for infinite numbers.
    pub(super) fn of(value: &Value) -> Option<Self> {
        let (numbers, unit) = match &value.data {
            Data::Text(text) => parse(text)?,
            Data::List(items) => match items.as_slice() {
                [only] => return Self::of(only),
                _ => return None,
            },
            _ => {
                let number = value.as_number()? + 0.0; // -0.0 is 0
                let thousands = value.is_grouped.then_some((number * 1000.0).round());
                ([number].into_iter().chain(thousands).collect(), String::new())
            }
        };
        let is_counting = !numbers.is_empty() && numbers.iter().all(|number| number.is_finite());
        is_counting.then_some(Self { numbers, unit })
    }

    /// Returns the number if the typed value has only one meaning; else `None`.
    pub(super) fn one(&self) -> Option<f64> {
        match self.numbers[..] {
            [one] => Some(one),
            _ => None,
        }
    }

    /// Returns the largest possible meaning, for amounts and counts, which rarely have three decimals.
    pub(super) fn largest(&self) -> f64 {
        self.numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max)
    }
}

impl Value {
    /// Returns number and unit as they are read, if the decimal point may have been meant as a thousands separator:
    /// 1.8 and `/month` for `"1.800/month"`; else `None`, as for a range or another unit.
    pub fn as_decimal(&self) -> Option<(f64, String)> {
        let typed = Typed::of(self)?;
        match typed.numbers[..] {
            [read, thousands]
                if read.abs() < thousands.abs() && ["", "/month", "/year"].contains(&typed.unit.as_str()) =>
            {
                Some((read, typed.unit))
            }
            _ => None,
        }
    }
}

fn parse(text: &str) -> Option<(Vec<f64>, String)> {
    let text = text.trim().replace('−', "-").to_lowercase();
    let bare = text.trim_start_matches(['$', '€', '£']);
    let is_digits = |c: char| c.is_ascii_digit() || "-+.,_' ".contains(c);
    let end = bare.find(|c| !is_digits(c)).unwrap_or(bare.len());
    let (digits, rest) = bare.split_at(end);
    let (power, rest) = match rest.strip_prefix('k') {
        Some(rest) => ("e3", rest),
        None => ("", rest),
    };
    let unit = match unit(rest) {
        unit if CURRENCIES.contains(&unit.as_str()) => MONEY.to_owned(),
        unit if unit.is_empty() && bare.len() < text.len() => MONEY.to_owned(),
        unit => yearly(&unit),
    };
    Some((readings(digits.trim(), power), unit))
}

/// Replaces abbreviations of "per annum" in `unit` by `/year`.
pub(super) fn yearly(unit: &str) -> String {
    match unit {
        "%p.a." | "%p.a" | "%pa" | "%p./year" => "%/year".to_owned(),
        other => other.to_owned(),
    }
}

/// Returns the numbers that digits with marks may mean, the likelier first: 80,000 probably has a thousands
/// separator, 80.000 probably decimals.
fn readings(digits: &str, power: &str) -> Vec<f64> {
    let parsed = |text: String| format!("{text}{power}").parse::<f64>().ok();
    let plain = parsed(digits.replace('_', ""));
    // 1,5000 may have decimals, or thousands with one digit too many.
    let comma = digits
        .rsplit_once(',')
        .filter(|(_, decimals)| decimals.len() <= 3)
        .and_then(|(whole, decimals)| parsed(format!("{whole}.{decimals}")));
    let mut marks = [(',', '.'), ('.', ','), (' ', ','), ('\'', '.')].into_iter();
    let grouped = marks.find_map(|(mark, point)| parsed(ungrouped(digits, mark, point)?));
    let found = if digits.contains(',') { [grouped, comma] } else { [plain, grouped] };
    found.into_iter().flatten().collect()
}

/// Removes the thousands separator `mark` and writes a dot for the decimal `point`; `None` if the groups do
/// not fit.
fn ungrouped(digits: &str, mark: char, point: char) -> Option<String> {
    let (whole, decimals) = digits.split_once(point).unwrap_or((digits, ""));
    let (first, groups) = whole.trim_start_matches('-').split_once(mark)?;
    let is_first = (1..=3).contains(&first.len()) && !first.starts_with('0');
    let are_thousands = is_first && groups.split(mark).all(|group| group.len() == 3);
    are_thousands.then(|| format!("{}.{decimals}", whole.replace(mark, "")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_every_notation() {
        for (text, numbers, unit) in [
            ("80,000", &[80_000.0, 80.0][..], ""),
            ("80.000", &[80.0, 80_000.0], ""),
            ("$50,000", &[50_000.0, 50.0], MONEY),
            ("1.234.567 EUR", &[1_234_567.0], MONEY),
            ("1.234,5", &[1234.5], ""),
            ("1,234.5", &[1234.5], ""),
            ("80 000 €", &[80_000.0], MONEY),
            ("80'000", &[80_000.0], ""),
            ("50k", &[50_000.0], ""),
            ("-3,7 % a year", &[-3.7], "%/year"),
            ("0,300", &[0.3], ""),
            (".5 months", &[0.5], "month"),
        ] {
            let typed = Typed::of(&Value::text(text)).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((&typed.numbers[..], typed.unit.as_str()), (numbers, unit), "{text}");
        }
    }

    #[test]
    fn a_point_may_separate_thousands_in_amounts_without_another_unit() {
        for (text, read) in [
            ("1.800/month", Some(1.8)),
            ("-1.800/month", Some(-1.8)),
            ("1.800", Some(1.8)),
            ("1.80/month", None),
            ("0.125/month", None),
            ("1.800 – 2.400/month", None),
            ("1.800-2.400/month", None),
            ("1.800 to 2.400/month", None),
            ("1.800e3/month", None),
            ("12.500 %", None),
        ] {
            assert_eq!(Value::text(text).as_decimal().map(|(read, _)| read), read, "{text}");
        }
    }

    #[test]
    fn what_is_no_quantity_is_left_alone() {
        for text in
            ["", "%", "nan", "lots", "1,23,4", "1.2.3", "½", "1,5000", "1'5", "1.500 000", "18 - 28 %"]
        {
            assert_eq!(Typed::of(&Value::text(text)), None, "{text}");
        }
        assert_eq!(Typed::of(&Value::float(f64::NAN)), None);
        assert_eq!(Typed::of(&Value::text("9".repeat(400))), None);
    }
}
