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

/// The month that `value` may mean, as TOML: of a day that one, of a year its first.
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
