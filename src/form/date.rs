//! Months of the calendar as parameters: "2027-01".
//!
//! In: [`Value`]. Out: [`YearMonth`], or faults; a date as people write one is proposed as a month.
//! Not here: spans (`time`).

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

    fn placeholder() -> Self {
        Self::new(2000, 1).expect("January 2000 is a month")
    }

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        match exact(value, field) {
            Ok(month) => Some(month),
            Err(fault) => {
                let meant = meant(value);
                faults.push(match meant.is_empty() {
                    true => illustrated(*fault, value, field),
                    false => fault.replace_by(value.place, meant),
                });
                None
            }
        }
    }

    fn write(&self) -> Option<Value> {
        Some(Value::text(self.to_string()))
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

/// The months that `value` may mean, as TOML.
fn meant(value: &Value) -> Vec<String> {
    let text = match &value.data {
        Data::Text(text) | Data::Moment(text) => text.to_lowercase(),
        Data::Integer(_) | Data::Float(_) => super::written(value),
        _ => return Vec::new(),
    };
    let mut months: Vec<YearMonth> = Vec::new();
    for (year, month) in months_of(&text) {
        match YearMonth::new(year, month) {
            Ok(month) if !months.contains(&month) => months.push(month),
            _ => {}
        }
    }
    months.iter().map(|month| format!("\"{month}\"")).collect()
}

/// Every year and month that the parts of a date can be; a year alone begins in January.
fn months_of(text: &str) -> Vec<(u16, u8)> {
    let date = text
        .split(['t', ' '])
        .next()
        .filter(|date| split(date.get(..7).unwrap_or("")).is_some());
    let text = date.unwrap_or(text);
    let mut year: Option<u16> = None;
    let mut named = None;
    let mut numbers: Vec<u8> = Vec::new();
    for part in text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty())
    {
        let is_number = part.bytes().all(|byte| byte.is_ascii_digit());
        match part.len() {
            4 if is_number && year.is_none() => year = part.parse().ok(),
            1 | 2 if is_number => numbers.extend(part.parse::<u8>().ok()),
            _ if named.is_none() => match month_named(part) {
                Some(month) => named = Some(month),
                None => return Vec::new(),
            },
            _ => return Vec::new(),
        }
    }
    let Some(year) = year else {
        return Vec::new();
    };
    let begins_with_year = text.trim_start().starts_with(&year.to_string());
    match (named, numbers.as_slice()) {
        (Some(month), [] | [_]) => vec![(year, month)],
        (None, []) => vec![(year, 1)],
        (None, [month]) => vec![(year, *month)],
        (None, [month, _]) if begins_with_year => vec![(year, *month)],
        // day and month in either order
        (None, [first, second]) => vec![(year, *second), (year, *first)],
        _ => Vec::new(),
    }
}

fn month_named(word: &str) -> Option<u8> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    const OTHERS: [(&str, u8); 8] = [
        ("q1", 1),
        ("q2", 4),
        ("q3", 7),
        ("q4", 10),
        ("mär", 3),
        ("mai", 5),
        ("okt", 10),
        ("dez", 12),
    ];
    const WHOLE: &str = "january february march april may june july august september october \
                         november december januar februar märz juni juli oktober dezember sept";
    let is_whole = WHOLE.split(' ').any(|whole| whole == word);
    let begins = |short: &str| word == short || (is_whole && word.starts_with(short));
    let month = MONTHS
        .iter()
        .position(|short| begins(short))
        .map(|index| index as u8 + 1);
    let other = OTHERS.iter().find(|(short, _)| begins(short));
    month.or_else(|| other.map(|(_, month)| *month))
}

fn split(text: &str) -> Option<(u16, u8)> {
    let (year, month) = text.split_once('-')?;
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if year.len() != 4 || month.len() != 2 || !digits(year) || !digits(month) {
        return None;
    }
    Some((year.parse().ok()?, month.parse().ok()?))
}
