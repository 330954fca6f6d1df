//! Numbers in words, for every output: signs of currencies, units, and digits by the error.
//!
//! In: numbers, half of an interval. Out: texts such as `$271.2k` and `1.1k`. Not here: which figures
//! are shown, to which place an error reaches (`math`).
//!
//! All rounding goes through the exact decimal text of a float, so it is the same everywhere.

use crate::math::digits::{exponent, place_of_error, place_of_figure, rounded, rounded_error};

/// Digits of an amount whose error is not shown.
const DIGITS: i32 = 3;

/// Most decimals of per cent.
const MOST_OF_SHARE: i32 = 3;

/// An error that reaches only beyond so many digits is not shown.
const MOST_DIGITS: i32 = 6;

/// Numbers from here on are powers of ten.
const WRITTEN_OUT: f64 = 1e9;

/// Amounts below this are powers of ten; those below the next are what sums of floats leave of zero.
const SMALL: f64 = 1e-4;
const NOTHING: f64 = 1e-12;

/// U+2212, as wide as a plus.
const MINUS: char = '−';

/// `$`, or the code and a blank where a currency has no sign of its own.
pub fn sign_of(currency: &str) -> String {
    match currency {
        "USD" => "$".to_owned(),
        "EUR" => "€".to_owned(),
        "GBP" => "£".to_owned(),
        "JPY" | "CNY" => "¥".to_owned(),
        other => format!("{other} "),
    }
}

/// `−$1,340` from the digits of an absolute amount; no minus before zero.
pub fn signed(currency: &str, value: f64, digits: &str) -> String {
    let minus = match value < 0.0 && !is_zero(digits) {
        true => MINUS.to_string(),
        false => String::new(),
    };
    format!("{minus}{}{digits}", sign_of(currency))
}

/// `$344k`: three significant digits, and none of them a zero at the end of the decimals.
pub fn money(currency: &str, value: f64) -> String {
    money_to(currency, value, DIGITS)
}

/// The same to another number of digits, by which amounts can be told apart.
pub fn money_to(currency: &str, value: f64, n_digits: i32) -> String {
    let (unit, suffix) = scale(value);
    let digits = match value.abs() < NOTHING {
        true => "0".to_owned(),
        false => fixed(value / unit, n_digits - 1 - exponent(value / unit)),
    };
    let digits = match digits.contains('.') {
        true => digits.trim_end_matches('0').trim_end_matches('.'),
        false => &digits,
    };
    signed(currency, value, &format!("{digits}{suffix}"))
}

/// `$271.2k` and `1.1k`: an amount to the place that its error reaches, at least to its second digit,
/// and the error, rounded up. No error if it reaches only digits that are not shown.
pub fn money_within(currency: &str, value: f64, half: f64) -> (String, Option<String>) {
    let of_float = |value: f64| if value.abs() < NOTHING { 0.0 } else { value };
    let (value, half) = (of_float(value), of_float(half));
    if value == 0.0 && half == 0.0 {
        return (money(currency, value), None);
    }
    let (unit, suffix) = match value == 0.0 {
        true => scale(half),
        false => scale(value),
    };
    let place = place_of_figure(value / unit, half / unit);
    if value != 0.0 && place + exponent(value / unit) >= MOST_DIGITS {
        return (money(currency, value), None);
    }
    let shown = rounded(value / unit, place);
    let text = format!("{}{suffix}", fixed(shown, place));
    let error = match scale(half) {
        (own, own_suffix) if own > unit && half / unit >= 9_999.5 => {
            let place = place_of_error(half / own);
            fixed(rounded_error(half / own, place), place) + &own_suffix
        }
        // in the amount's own unit, unless it has too many digits there
        _ => fixed(rounded_error(half / unit, place), place) + &suffix,
    };
    (signed(currency, shown, &text), Some(error))
}

/// Decimals of a share in per cent: as its error, at least two digits or tenths.
pub fn place_of_share(share: f64, half: f64) -> i32 {
    let (value, half) = (100.0 * share, 100.0 * half);
    let by_error = place_of_error(half);
    let place = by_error.max(place_of_figure(value, half).min(1));
    place.clamp(0, MOST_OF_SHARE)
}

/// That the markets alone go as far as agents' sales begin to feed themselves, `often`: from a fall in
/// calm months on, from one in months of a crisis, or both. A chance that counts months of a crisis
/// alone says so.
pub fn markets_alone(calm: Option<f64>, crisis: Option<f64>, often: &str) -> String {
    match (calm, crisis) {
        (None, Some(_)) => {
            format!("a crisis and that fall of the markets alone come together in {often}")
        }
        (Some(calm), Some(crisis)) if calm != crisis => {
            format!("the markets alone fall as far as that in their regime in {often}")
        }
        _ => format!("the markets alone fall that far in {often}"),
    }
}

/// Unit and suffix in which an amount has at most four digits before the point; a power of ten
/// beyond what has a letter and below what has few zeros.
pub fn scale(value: f64) -> (f64, String) {
    let (unit, letter) = match value.abs() {
        v if v >= 999.5e12 || (NOTHING..SMALL).contains(&v) => {
            let ten = format!("1e{}", exponent(v));
            let suffix = ten.trim_start_matches('1').replace('-', "−");
            return (ten.parse().unwrap_or(1.0), suffix);
        }
        v if v >= 999.5e9 => (1e12, "T"),
        v if v >= 999.5e6 => (1e9, "B"),
        v if v >= 999.5e3 => (1e6, "M"),
        v if v >= 9_999.5 => (1e3, "k"),
        _ => (1.0, ""),
    };
    (unit, letter.to_owned())
}

/// The digits of a number without its sign.
pub fn fixed(value: f64, decimals: i32) -> String {
    if value.abs() >= WRITTEN_OUT {
        return format!("{:.0e}", value.abs());
    }
    let decimals = usize::try_from(decimals).unwrap_or(0);
    grouped_digits(&format!("{:.decimals$}", value.abs()))
}

/// Whether digits are all zeros.
pub fn is_zero(digits: &str) -> bool {
    !digits.contains(|c: char| ('1'..='9').contains(&c))
}

/// `100,000`
pub fn grouped(number: u64) -> String {
    grouped_digits(&number.to_string())
}

/// `1 gate`, `448 gates`
pub fn counted(n: usize, thing: &str) -> String {
    let plural = match (n, thing.ends_with('s')) {
        (1, _) => "",
        (_, true) => "es",
        _ => "s",
    };
    format!("{} {thing}{plural}", grouped(n as u64))
}

/// Commas between the thousands of a number without a sign.
pub fn grouped_digits(number: &str) -> String {
    let (digits, decimals) = number.split_at(number.find('.').unwrap_or(number.len()));
    let mut text = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text + decimals
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(currency: &str, value: f64, half: f64) -> String {
        match money_within(currency, value, half) {
            (value, Some(error)) => format!("{value} ± {error}"),
            (value, None) => value,
        }
    }

    #[test]
    fn an_amount_is_shown_to_the_place_of_its_error_which_is_rounded_up() {
        let shown = |value, half| shown("USD", value, half);
        assert_eq!(shown(271_234.0, 1_043.0), "$271.2k ± 1.1k");
        assert_eq!(shown(271_234.0, 260.0), "$271.23k ± 0.26k");
        assert_eq!(shown(271_234.0, 31_000.0), "$270k ± 40k");
        assert_eq!(shown(1_518_000.0, 4_000.0), "$1.518M ± 0.004M");
        assert_eq!(shown(1_734.0, 36.0), "$1,730 ± 40");
        assert_eq!(shown(-180.0, 12.0), "−$180 ± 12");
        assert_eq!(shown(0.0, 12.0), "$0 ± 12");
        assert_eq!(shown(0.0, 12_000.0), "$0k ± 12k");
        assert_eq!(shown(0.4, 0.06), "$0.40 ± 0.06");
        assert_eq!(shown(57_562.88, 0.0003), "$57.6k");
    }

    #[test]
    fn no_error_takes_the_second_digit_of_an_amount() {
        let shown = |value, half| shown("USD", value, half);
        assert_eq!(shown(32_892.0, 180_000.0), "$33k ± 180k");
        assert_eq!(shown(104.0, 5e8), "$100 ± 500M");
        assert_eq!(shown(-3.0, 12.0), "−$3.0 ± 12.0");
    }

    #[test]
    fn currencies_of_small_units_have_the_digits_they_need() {
        let shown = |value, half| shown("BTC", value, half);
        assert_eq!(shown(0.537_1, 0.012), "BTC 0.537 ± 0.012");
        assert_eq!(shown(5.2e-7, 2.1e-8), "BTC 5.20e−7 ± 0.21e−7");
        assert_eq!(money("BTC", 0.012_34), "BTC 0.0123");
        assert_eq!(money("BTC", 5.2e-7), "BTC 5.2e−7");
        assert_eq!(money("JPY", 10_200_000.0), "¥10.2M");
    }

    #[test]
    fn an_amount_without_error_has_three_digits_and_no_idle_zeros() {
        assert_eq!(money("USD", 344_000.0), "$344k");
        assert_eq!(money("USD", 50_000.0), "$50k");
        assert_eq!(money("USD", 9_999.0), "$9,999");
        assert_eq!(money("EUR", 1_234_567.0), "€1.23M");
        assert_eq!(money("CHF", 12.0), "CHF 12");
        assert_eq!(money("USD", -1e-13), "$0");
        assert_eq!(money("USD", 2.512e80), "$2.51e80");
    }
}
