//! Values of the catalog with the digits that somebody would type.
//!
//! In: a value as it could be written in a file. Out: the same with short numbers. Not here: the exact ones, which are in
//! `report.json`.

use crate::math::digits::{exponent, rounded};
use crate::units::plain;

/// Longest number that is shown as it is.
const LEGIBLE: usize = 9;

/// Digits of a longer one.
const DIGITS: i32 = 5;

/// `34.483 %` of `34.48275862068966 %`
pub(super) fn legible(value: &str) -> String {
    let is_digit = |c: char| c.is_ascii_digit() || c == '.';
    let (mut text, mut rest) = (String::new(), value);
    while let Some(begin) = rest.find(is_digit) {
        let (before, from) = rest.split_at(begin);
        let end = from.find(|c| !is_digit(c)).unwrap_or(from.len());
        let (number, after) = from.split_at(end);
        let is_long = number.len() > LEGIBLE && number.contains('.');
        let parsed = number.parse::<f64>().ok().filter(|_| is_long);
        text.push_str(before);
        text.push_str(&parsed.map_or(number.to_owned(), |number| {
            plain(rounded(number, (DIGITS - 1 - exponent(number)).max(0)))
        }));
        rest = after;
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_has_the_digits_that_somebody_would_type() {
        for (value, expected) in [
            ("\"34.48275862068966 %\"", "\"34.483 %\""),
            ("321.5520000000001", "321.55"),
            ("1.9000000000000001", "1.9"),
            ("[0.1234567890123, 0.5]", "[0.12346, 0.5]"),
            ("\"23 %/year\"", "\"23 %/year\""),
            ("1_000_000", "1_000_000"),
        ] {
            assert_eq!(legible(value), expected);
        }
    }
}
