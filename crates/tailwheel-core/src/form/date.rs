//! Calendar months and days as parameters: "2027-01", "2027-01-15".
//!
//! In: [`Value`]. Out: [`YearMonth`], [`Day`], or faults, which propose the month in another notation of a
//! date.
//! Not here: time spans (`time`).

use super::field::{Field, Parameter, Shape, Unit};
use super::number::unreadable;
use super::remedy::illustrated;
use super::scalar::{keep, wrong_sort};
use super::{Data, Diagnostic, Faults, Value};
use crate::units::YearMonth;

impl Parameter for YearMonth {
    const UNIT: Unit = Unit {
        name: "month of the calendar",
        examples: &["\"2027-01\""],
        shape: Shape::Text("^(19|20|21|22)[0-9]{2}-(0[1-9]|1[0-2])$"),
    };

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        match exact(value, field) {
            Ok(month) => Some(month),
            Err(fault) => {
                faults.push(match meant(value) {
                    Some(month) => fault.replace(value.place, month),
                    None => illustrated(*fault, field),
                });
                None
            }
        }
    }

    fn write(&self) -> Option<Value> {
        Some(Value::text(self.to_string()))
    }
}

/// A day that is only printed; nothing is computed with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Day(String);

impl Day {
    /// Returns the day in the form `2027-01-15`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the day if it exists in the Gregorian calendar.
    fn exact(text: &str) -> Option<Self> {
        let (month, day) = text.split_at_checked(7)?;
        let (year, month) = split(month)?;
        YearMonth::new(year, month).ok()?;
        let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let last = match month {
            2 if is_leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        let digits = day.strip_prefix('-').filter(|day| day.len() == 2)?;
        let day: u8 = digits.parse().ok()?;
        (1..=last).contains(&day).then(|| Self(text.to_owned()))
    }
}

impl Parameter for Day {
    const UNIT: Unit = Unit {
        name: "day of the calendar",
        examples: &["\"2027-01-15\""],
        shape: Shape::Text("^(19|20|21|22)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"),
    };

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        let (Data::Text(text) | Data::Moment(text)) = &value.data else {
            faults.push(illustrated(wrong_sort(value, field), field));
            return None;
        };
        let day = Self::exact(text.trim());
        if day.is_none() {
            faults.push(illustrated(unreadable(field, text).place_at(value), field));
        }
        day
    }
}

fn exact(value: &Value, field: &Field) -> Result<YearMonth, Box<Diagnostic>> {
    let Some(text) = value.as_text() else {
        return Err(Box::new(wrong_sort(value, field)));
    };
    let Some((year, month)) = split(text.trim()) else {
        return Err(Box::new(unreadable(field, text).place_at(value)));
    };
    keep(YearMonth::new(year, month), value)
}

/// Returns the month that `value` may mean, as TOML: the month of a day, the first one of a year.
fn meant(value: &Value) -> Option<String> {
    let text = match &value.data {
        Data::Text(text) | Data::Moment(text) => text.trim().to_owned(),
        _ => format!("{}-01", value.as_number()?),
    };
    let (year, month) = split(text.get(..7)?)?;
    let month = YearMonth::new(year, month).ok()?;
    Some(format!("\"{month}\""))
}

fn split(text: &str) -> Option<(u16, u8)> {
    let (year, month) = text.split_once('-')?;
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if year.len() != 4 || month.len() != 2 || !digits(year) || !digits(month) {
        return None;
    }
    Some((year.parse().ok()?, month.parse().ok()?))
}
