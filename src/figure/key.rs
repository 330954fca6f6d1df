//! A number of a key as somebody would type it, with commas and its unit.
//!
//! In: a number, its unit, a currency. Out: `$1,198`, `2.5 %`, `6`. Not here: figures of a run (`rule`).

use super::MINUS;
use super::amount::signed;
use super::words::grouped_digits;

/// The number with every digit that it has, without the time that it is counted in.
pub fn of_key(number: f64, unit: &str, currency: &str) -> String {
    let number = match unit {
        "fraction" => 100.0 * number,
        _ => number,
    };
    // ten digits: 100 × 0.07 is 7
    let exact: f64 = format!("{number:.9e}").parse().unwrap_or(number);
    let digits = grouped_digits(&exact.abs().to_string());
    let minus = if exact < 0.0 {
        MINUS.to_string()
    } else {
        String::new()
    };
    match unit {
        "money" => signed(currency, exact, &digits),
        "fraction" | "percent" => format!("{minus}{digits} %"),
        _ => minus + &digits,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_a_key_has_all_its_digits_and_no_more() {
        assert_eq!(of_key(1198.0, "money", "USD"), "$1,198");
        assert_eq!(of_key(-12_000.5, "money", "CHF"), "−CHF 12,000.5");
        assert_eq!(of_key(0.07, "fraction", ""), "7 %");
        assert_eq!(of_key(2.5, "percent", ""), "2.5 %");
        assert_eq!(of_key(-0.15, "", ""), "−0.15");
    }
}
