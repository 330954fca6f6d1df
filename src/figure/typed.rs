//! Numbers in full, as a user would type them, with currency or percent sign: limits, targets, rates, values
//! of keys.

use super::words::with_minus;
use super::{grouped_digits, scale, signed};
use crate::math::digits::{exponent, rounded};
use crate::stats::Unit;
use crate::units::hundredfold;

/// Formats a number in its unit with all its digits: `15 %`, `$100.5k`, `−2`.
pub fn written(unit: Unit, currency: &str, value: f64) -> String {
    match unit {
        Unit::Money | Unit::MoneyPerMonth => {
            let (terms, suffix) = scale(value);
            let digits = grouped_digits(&(value / terms).abs().to_string()) + &suffix;
            signed(currency, value, &digits)
        }
        Unit::Fraction | Unit::FractionPerYear | Unit::Probability => {
            with_minus(value, &grouped_digits(&hundredfold(value.abs()))) + " %"
        }
        Unit::PerYear | Unit::Correlation | Unit::HoursPerWeek | Unit::Months => {
            with_minus(value, &grouped_digits(&value.abs().to_string()))
        }
    }
}

/// Formats the number of a scenario key with all its digits and the sign of its `unit` (`money`, `fraction`,
/// `percent`): `$1,198`, `2.5 %`, `6`. The period (`/month`) is left out.
pub fn of_key(number: f64, unit: &str, currency: &str) -> String {
    let number = match unit {
        "fraction" => 100.0 * number,
        _ => number,
    };
    // ten digits hide the rounding of floats: 100 × 0.07 prints as 7
    let exact: f64 = format!("{number:.9e}").parse().unwrap_or(number);
    let digits = grouped_digits(&exact.abs().to_string());
    match unit {
        "money" => signed(currency, exact, &digits),
        "fraction" | "percent" => with_minus(exact, &digits) + " %",
        _ => with_minus(exact, &digits),
    }
}

/// Number of characters above which a decimal number is shortened, and its significant digits then.
const LONG: usize = 7;
const SIGNIFICANT: i32 = 4;

/// Shortens every long decimal number in the text of a value to four significant digits, but to no fewer than it has
/// before the point: `34.48 %`.
pub fn shortened(value: &str) -> String {
    let is_numeric = |sign: char| sign.is_ascii_digit() || sign == '.';
    let mut text = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(begin) = rest.find(is_numeric) {
        let (before, from) = rest.split_at(begin);
        let (number, after) = from.split_at(from.find(|sign| !is_numeric(sign)).unwrap_or(from.len()));
        text += before;
        match number.parse::<f64>() {
            // the part behind a comma is no number of its own
            Ok(exact) if number.contains('.') && number.len() > LONG && !before.ends_with(',') => {
                text += &rounded(exact, (SIGNIFICANT - 1 - exponent(exact)).max(0)).to_string();
            }
            _ => text += number,
        }
        rest = after;
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_every_digit_that_was_typed() {
        assert_eq!(written(Unit::Probability, "", 0.15), "15 %");
        assert_eq!(written(Unit::Money, "USD", 100_500.0), "$100.5k");
        assert_eq!(written(Unit::Money, "USD", -1_250.0), "−$1,250");
        assert_eq!(written(Unit::Correlation, "", -0.25), "−0.25");
    }

    #[test]
    fn long_numbers_inside_a_value_have_four_digits() {
        for (value, text) in [
            ("26267.039999999994", "26267"),
            ("\"34.48275862068966 %\"", "\"34.48 %\""),
            ("[0.0123456789, 12]", "[0.01235, 12]"),
            ("\"2027-01\"", "\"2027-01\""),
            ("1250000.0", "1250000"),
            ("0.5", "0.5"),
            ("1.0", "1.0"),
            ("$1,005.517241", "$1,005.517241"),
        ] {
            assert_eq!(shortened(value), text);
        }
    }

    #[test]
    fn a_number_of_a_key_has_all_its_digits_and_no_more() {
        assert_eq!(of_key(1198.0, "money", "USD"), "$1,198");
        assert_eq!(of_key(-12_000.5, "money", "CHF"), "−CHF 12,000.5");
        assert_eq!(of_key(0.07, "fraction", ""), "7 %");
        assert_eq!(of_key(2.5, "percent", ""), "2.5 %");
        assert_eq!(of_key(-0.15, "", ""), "−0.15");
    }
}
