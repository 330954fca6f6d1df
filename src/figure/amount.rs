//! Amounts of money as text: currency signs, suffixes such as `k`.
//!
//! In: amounts. Out: texts such as `$271.2k`. Not here: other units, digits that an error supports (`rule`).

use super::MINUS;
use super::words::{TICK_DIGITS, fixed, is_zero, short, signed_fixed, without_trailing_zeros};
use crate::math::digits::{exponent, rounded};

/// Significant digits of an amount that is printed without its error.
const DIGITS: i32 = 3;
const DIGITS_OF_FLOAT: i32 = 15;

/// Absolute amount below which an amount is printed as a power of ten.
const SMALL: f64 = 1e-4;
/// Absolute amount below which an amount is a rounding error of a sum and counts as zero.
const NOTHING: f64 = 1e-12;

/// Returns the currency sign such as `$`, or the code and a space if the currency has no sign.
fn sign_of(currency: &str) -> String {
    match currency {
        "USD" => "$".to_owned(),
        "EUR" => "€".to_owned(),
        "GBP" => "£".to_owned(),
        "JPY" | "CNY" => "¥".to_owned(),
        other => format!("{other} "),
    }
}

/// Returns the plural name of the currency with this ISO code (`dollars`), or the code if none is known.
pub fn money_name(currency: &str) -> &str {
    match currency {
        "USD" => "dollars",
        "EUR" => "euros",
        "GBP" => "pounds",
        "JPY" => "yen",
        other => other,
    }
}

/// Largest number of decimals of an amount without a suffix such as `k`: 2 for currencies with a sign, so that no
/// fraction of a cent is printed.
pub(super) fn most_decimals(currency: &str) -> i32 {
    if sign_of(currency).ends_with(' ') { DIGITS_OF_FLOAT } else { 2 }
}

/// Returns divisor and suffix with which an amount in `currency` is printed, as [`scale`] does. Amounts below
/// 1 in a currency with a sign are not scaled, so that no fraction of a cent is printed.
pub fn scale_of(currency: &str, value: f64) -> (f64, String) {
    if value.abs() < 1.0 && most_decimals(currency) < DIGITS_OF_FLOAT {
        (1.0, String::new())
    } else {
        scale(value)
    }
}

/// Puts minus and currency sign before the digits of an absolute amount: `−$1,340`. Zero gets no minus.
pub fn signed(currency: &str, value: f64, digits: &str) -> String {
    let minus = if value < 0.0 && !is_zero(digits) { MINUS.to_string() } else { String::new() };
    format!("{minus}{}{digits}", sign_of(currency))
}

/// Formats an amount such as `$1.25M`: `value` divided by `unit`, with `suffix` and at most `place` decimals.
pub fn amount_in(currency: &str, value: f64, unit: f64, suffix: &str, place: i32) -> String {
    let place = if unit == 1.0 { place.min(most_decimals(currency)) } else { place };
    let shown = rounded(value / unit, place);
    signed(currency, shown, &format!("{}{suffix}", fixed(shown, place)))
}

/// Formats an amount with three significant digits and no trailing zeros after the point: `$344k`.
pub fn money(currency: &str, value: f64) -> String {
    let (unit, suffix) = scale_of(currency, value);
    let place = DIGITS - 1 - exponent(value / unit);
    let place = if unit == 1.0 { place.min(most_decimals(currency)) } else { place };
    let digits = if value.abs() < NOTHING { "0".to_owned() } else { fixed(value / unit, place) };
    let digits = if is_zero(&digits) { &digits } else { without_trailing_zeros(&digits) };
    signed(currency, value, &format!("{digits}{suffix}"))
}

/// Returns divisor and suffix that leave at most four digits before the point: 1e6 and `M` for millions.
/// Above trillions and below 1e-4 both are a power of ten.
pub fn scale(value: f64) -> (f64, String) {
    let (unit, letter) = match value.abs() {
        v if v >= 999.5e12 || (NOTHING..SMALL).contains(&v) => {
            let power = exponent(v);
            let suffix = format!("e{}", signed_fixed(f64::from(power), 0));
            return (format!("1e{power}").parse().unwrap_or(1.0), suffix);
        }
        v if v >= 999.5e9 => (1e12, "T"),
        v if v >= 999.5e6 => (1e9, "B"),
        v if v >= 999.5e3 => (1e6, "M"),
        v if v >= 9_999.5 => (1e3, "k"),
        _ => (1.0, ""),
    };
    (unit, letter.to_owned())
}

/// Returns a formatter of amounts in the unit of the largest of `amounts`, with the decimals that give it three digits.
pub fn amounts_alike(currency: &str, amounts: impl Iterator<Item = f64>) -> Box<dyn Fn(f64) -> String> {
    let largest = amounts.fold(0.0, |most: f64, amount| most.max(amount.abs()));
    let (unit, suffix) = scale(largest);
    let decimals = if largest > 0.0 { (DIGITS - 1 - exponent(largest / unit)).max(0) } else { 0 };
    let currency = currency.to_owned();
    Box::new(move |amount| match rounded(amount / unit, decimals) {
        0.0 => money(&currency, 0.0),
        _ => amount_in(&currency, amount, unit, &suffix, decimals),
    })
}

/// Formats an amount at an axis tick with all its digits: `$1.25M`.
pub fn money_tick(currency: &str, value: f64) -> String {
    let text = short(value.abs(), TICK_DIGITS);
    signed(currency, value, &text)
}

#[cfg(test)]
mod tests {
    use super::super::{Quantity, money_measured};

    #[test]
    fn currencies_of_small_units_have_the_digits_they_need() {
        let shown = |value, half| money_measured("BTC", Quantity::within(value, half));
        assert_eq!(shown(0.537_1, 0.012), "BTC 0.537");
        assert_eq!(shown(5.2e-7, 2.1e-8), "BTC 5.20e−7");
    }

    #[test]
    fn no_amount_is_told_to_parts_of_a_cent() {
        let shown = |value, half| money_measured("USD", Quantity::within(value, half));
        assert_eq!(shown(0.012_3, 0.001_1), "$0.01");
        assert_eq!(shown(0.4, 0.013), "$0.40");
    }
}
