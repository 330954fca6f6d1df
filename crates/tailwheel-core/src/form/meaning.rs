//! Readings of a typed quantity for keys that take fractions, ratios, numbers or amounts.
//!
//! In: [`Typed`]. Out: TOML values, likeliest first; the reader of the key checks them.
//! Not here: counts, flows and time spans, whose readings stand beside their readers.

use super::remedy::spelled;
use super::typed::{MONEY, Typed};
use crate::units::hundredfold;

/// Returns what `typed` may mean in percent, as digits. Without a percent sign, numbers below 1 are fractions
/// and those above 1 are percent. The number 1 may mean both and is left out.
pub(super) fn per_cents(typed: &Typed) -> Vec<String> {
    let digits = |number: &f64| match number.abs() {
        _ if typed.unit.starts_with('%') => Some(number.to_string()),
        1.0 => None,
        size if size < 1.0 => Some(hundredfold(*number)),
        _ => Some(number.to_string()),
    };
    typed.numbers.iter().filter_map(digits).collect()
}

/// Returns the possible meanings of `typed` as a fraction, in percent, or in percent per year if a time unit
/// was typed.
pub(super) fn fractions(typed: &Typed) -> Vec<String> {
    let per = match typed.unit.as_str() {
        "" | "%" => "",
        "%/year" => "/year",
        _ => return Vec::new(),
    };
    per_cents(typed).into_iter().map(|digits| format!("\"{digits} %{per}\"")).collect()
}

/// Returns what `typed` may mean as a share of an amount, in percent; drops a typed "per year".
pub(super) fn shares(typed: &Typed) -> Vec<String> {
    let per_cents = per_cents(typed).into_iter();
    match typed.unit.as_str() {
        "%/year" => per_cents.map(|digits| format!("\"{digits} %\"")).collect(),
        _ => fractions(typed),
    }
}

/// From this number on a percent sign may have been left out: 45 may be 45 %, 1.5 is a multiple.
const LEAST_WITHOUT_SIGN: f64 = 10.0;

/// Returns what `typed` may mean as a ratio, such as a multiple or a correlation: a plain number.
pub(super) fn ratios(typed: &Typed) -> Vec<String> {
    let ratio = |number: &f64| match typed.unit.as_str() {
        "%" => Some(hundredth(*number)),
        "" if number.abs() >= LEAST_WITHOUT_SIGN => Some(hundredth(*number)),
        "" => Some(*number),
        _ => None,
    };
    typed.numbers.iter().filter_map(ratio).map(spelled).collect()
}

/// Returns what `typed` may mean as a logarithm: a plain number, because percent have no meaning.
pub(super) fn numbers(typed: &Typed) -> Vec<String> {
    typed.numbers.iter().filter(|_| typed.unit.is_empty()).copied().map(spelled).collect()
}

pub(super) fn amounts(typed: &Typed) -> Vec<String> {
    match typed.unit.as_str() {
        "" | MONEY => vec![spelled(typed.largest())],
        _ => Vec::new(),
    }
}

/// Returns what `typed` may mean as a limit: percent if typed so, else an amount or a number.
pub(super) fn limits(typed: &Typed) -> Vec<String> {
    if typed.unit.starts_with('%') { fractions(typed) } else { amounts(typed) }
}

/// Returns a hundredth of the number, correctly rounded.
pub(super) fn hundredth(number: f64) -> f64 {
    format!("{number}e-2").parse().unwrap_or(f64::NAN)
}
