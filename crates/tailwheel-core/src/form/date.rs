//! Calendar months and days as parameters: "2027-01", "2027-01-15".
//!
//! In: [`Value`]. Out: [`YearMonth`], [`Day`], or faults, which propose the month in another notation of a
//! date.
//! Not here: time spans (`time`).

use super::field::{Field, Shape, Unit};
use super::remedy::Meant;
use super::scalar::{keep, text_of, unreadable, wrong_sort};
use super::{Data, Diagnostic, Value};
use crate::units::YearMonth;

impl Meant for YearMonth {
    const SPELLED: Unit = Unit {
        name: "month of the calendar",
        examples: &["\"2027-01\""],
        shape: Shape::Text("^(19|20|21|22)[0-9]{2}-(0[1-9]|1[0-2])$"),
    };

    fn canonical(&self) -> Option<Value> {
        Some(Value::text(self.to_string()))
    }

    fn exact(value: &Value, field: &Field) -> Result<Self, Box<Diagnostic>> {
        let text = text_of(value, field)?;
        let (year, month) = split(text.trim()).ok_or_else(|| unreadable(value, text, field))?;
        keep(Self::new(year, month), value)
    }

    /// Proposes the month of a date in another notation, or the first month of a year, as TOML; empty for anything
    /// else.
    fn readings(value: &Value) -> Vec<String> {
        let text = match (&value.data, value.as_number()) {
            (Data::Text(text) | Data::Moment(text), _) => text.trim().to_owned(),
            (_, Some(year)) => format!("{year}-01"),
            (_, None) => return Vec::new(),
        };
        let month = text
            .get(..7)
            .and_then(split)
            .or_else(|| spoken(&text))
            .and_then(|(year, month)| Self::new(year, month).ok());
        month.map(|month| format!("\"{month}\"")).into_iter().collect()
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

    /// Parses a day such as `2027-01-15`; `None` if it does not exist in the Gregorian calendar.
    fn of(text: &str) -> Option<Self> {
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
        let day: u8 = day.strip_prefix('-').filter(|day| day.len() == 2)?.parse().ok()?;
        (1..=last).contains(&day).then(|| Self(text.to_owned()))
    }
}

impl Meant for Day {
    const SPELLED: Unit = Unit {
        name: "day of the calendar",
        examples: &["\"2027-01-15\""],
        shape: Shape::Text("^(19|20|21|22)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"),
    };

    fn exact(value: &Value, field: &Field) -> Result<Self, Box<Diagnostic>> {
        match &value.data {
            Data::Text(text) | Data::Moment(text) => {
                Self::of(text.trim()).ok_or_else(|| unreadable(value, text, field))
            }
            _ => Err(Box::new(wrong_sort(value, field))),
        }
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

const MONTHS: &str = "january february march april may june july august september october november december";

/// Returns year and month of "January 2027", "01/2027" or "2027/1"; `None` for anything else.
fn spoken(text: &str) -> Option<(u16, u8)> {
    let lower = text.to_lowercase();
    let mut parts = lower.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    let (first, second) = (parts.next()?, parts.next().filter(|_| parts.next().is_none())?);
    let is_year_first = first.parse::<u16>().is_ok() && first.len() == 4;
    let (year, month) = if is_year_first { (first, second) } else { (second, first) };
    let is_it = |name: &str| month.len() > 2 && name.starts_with(month);
    let by_name = || (1..).zip(MONTHS.split(' ')).find(|(_, name)| is_it(name)).map(|(number, _)| number);
    Some((year.parse().ok().filter(|_| year.len() == 4)?, month.parse().ok().or_else(by_name)?))
}
