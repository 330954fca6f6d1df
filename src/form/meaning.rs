//! What a typed quantity may mean for a key that takes fractions, ratios, numbers or amounts.
//!
//! In: [`Typed`]. Out: TOML values, likeliest first; whether a key takes them is for its reader to say.
//! Not here: counts, flows and spans, whose units say it beside their readers.

use super::number::hundredth;
use super::remedy::spelled;
use super::typed::{MONEY, Typed};
use crate::units::hundredfold;

/// Percent in digits: with the sign as typed, without it a fraction below 1 and percent above. 1 may be
/// either.
pub(super) fn per_cents(typed: &Typed) -> Vec<String> {
    let digits = |number: &f64| match number.abs() {
        _ if typed.unit.starts_with('%') => Some(number.to_string()),
        1.0 => None,
        size if size < 1.0 => Some(hundredfold(*number)),
        _ => Some(number.to_string()),
    };
    typed.numbers.iter().filter_map(digits).collect()
}

/// Percent, a year if that was typed.
pub(super) fn fractions(typed: &Typed) -> Vec<String> {
    let per = match typed.unit.as_str() {
        "" | "%" => "",
        "%/year" => "/year",
        _ => return Vec::new(),
    };
    let per_cents = per_cents(typed).into_iter();
    per_cents.map(|digits| format!("\"{digits} %{per}\"")).collect()
}

/// Percent of an amount, which somebody may say per year.
pub(super) fn shares(typed: &Typed) -> Vec<String> {
    let per_cents = per_cents(typed).into_iter();
    match typed.unit.as_str() {
        "%/year" => per_cents.map(|digits| format!("\"{digits} %\"")).collect(),
        _ => fractions(typed),
    }
}

/// Below this nobody leaves out the sign of percent: 1.5 is a multiple or a slip, 45 may be 45 %.
const LEAST_WITHOUT_SIGN: f64 = 10.0;

/// A multiple, a correlation: a number, or percent of one.
pub(super) fn ratios(typed: &Typed) -> Vec<String> {
    let ratio = |number: &f64| match typed.unit.as_str() {
        "%" => Some(hundredth(*number)),
        "" if number.abs() >= LEAST_WITHOUT_SIGN => Some(hundredth(*number)),
        "" => Some(*number),
        _ => None,
    };
    typed.numbers.iter().filter_map(ratio).map(spelled).collect()
}

/// A logarithm: percent of it are not percent of what it is the logarithm of.
pub(super) fn numbers(typed: &Typed) -> Vec<String> {
    let numbers = typed.numbers.iter().filter(|_| typed.unit.is_empty());
    numbers.copied().map(spelled).collect()
}

pub(super) fn amounts(typed: &Typed) -> Vec<String> {
    match typed.unit.as_str() {
        "" | MONEY => vec![spelled(typed.largest())],
        _ => Vec::new(),
    }
}

/// A limit is an amount, a number or percent, by what it is about.
pub(super) fn limits(typed: &Typed) -> Vec<String> {
    match typed.unit.starts_with('%') {
        true => fractions(typed),
        false => amounts(typed),
    }
}
