//! Figures beside each other in one unit, with no more digits than their error supports.
//!
//! In: values, units, errors. Out: `0.171`, `$142k`, and the same rounded away from a limit. Not
//! here: what is said of them.

use super::super::figure::{MINUS, exponent, grouped_digits, round_to, scale, signed};
use super::gate::half_width;
use super::{Answer, ChangePart};

/// Significant digits of what has no error.
const DIGITS: i32 = 3;

/// Decimals beyond which nothing is written.
const MOST_DECIMALS: i32 = 12;

/// Decimals of an amount of money that has no suffix.
const CENTS: i32 = 2;

/// Half of a 95 % interval in standard errors; the screen of a run rounds to its first digit.
const Z95: f64 = 1.959_963_984_540_054;

/// One unit and one last decimal for figures that stand together.
#[derive(Clone, Debug)]
pub(super) struct Digits {
    unit: f64,
    suffix: String,
    /// Decimals after the unit; negative for tens, hundreds, …
    place: i32,
    currency: Option<String>,
}

impl Digits {
    /// For figures up to `largest` that are known to `half` (95 %); 0 if there is no error.
    pub fn new(unit_word: &str, currency: &str, largest: f64, half: f64) -> Self {
        let is_money = unit_word.starts_with("money");
        let (unit, suffix) = match is_money {
            true => scale(largest),
            false => (1.0, String::new()),
        };
        let place = match half > 0.0 && half.is_finite() {
            true => -exponent(half / unit),
            false if largest == 0.0 => 0,
            false => DIGITS - 1 - exponent(largest / unit),
        };
        let most = match is_money && unit == 1.0 {
            true => CENTS,
            false => MOST_DECIMALS,
        };
        Self {
            unit,
            suffix,
            place: if place < most { place } else { most },
            currency: is_money.then(|| currency.to_owned()),
        }
    }

    /// For an answer and its interval, wide enough that no end is shown on the other side of one of
    /// the `limits`, nor on it.
    pub fn of(answer: &Answer, currency: &str, limits: &[f64]) -> Self {
        let [low, high] = answer.interval.unwrap_or([answer.value; 2]);
        let largest = [answer.value, low, high].map(f64::abs);
        let largest = largest.into_iter().fold(0.0, f64::max);
        let half = 0.5 * (high - low) * Z95 / half_width(answer.level);
        let mut digits = Self::new(&answer.unit, currency, largest, half);
        let hides = |digits: &Self| {
            limits.iter().any(|limit| {
                let (shown_low, shown_high) = (digits.below(low), digits.above(high));
                (low > *limit && shown_low <= *limit) || (high < *limit && shown_high >= *limit)
            })
        };
        while hides(&digits) && digits.place < MOST_DECIMALS {
            digits.place += 1;
        }
        digits
    }

    pub fn text(&self, value: f64) -> String {
        self.written(round_to(value / self.unit, self.place) * self.unit)
    }

    /// With a plus before what is greater than nothing.
    pub fn with_sign(&self, value: f64) -> String {
        let text = self.text(value);
        match value > 0.0 {
            true => format!("+{text}"),
            false => text,
        }
    }

    /// The lower end of an interval, never shown greater than it is.
    pub fn low(&self, value: f64) -> String {
        self.written(self.below(value))
    }

    /// The upper end of an interval, never shown less than it is.
    pub fn high(&self, value: f64) -> String {
        self.written(self.above(value))
    }

    fn above(&self, value: f64) -> f64 {
        -self.below(-value)
    }

    fn below(&self, value: f64) -> f64 {
        let scaled = value / self.unit;
        let rounded = round_to(scaled, self.place);
        let step = (0..self.place.abs()).fold(1.0, |step, _| step * 10.0);
        let step = if self.place > 0 { 1.0 / step } else { step };
        let below = match rounded > scaled {
            true => round_to(rounded - step, self.place),
            false => rounded,
        };
        below * self.unit
    }

    /// `value` as it is, to the last place.
    fn written(&self, value: f64) -> String {
        let scaled = (value / self.unit).abs();
        let decimals = usize::try_from(self.place).unwrap_or(0);
        let digits = match scaled >= 1e12 {
            true => format!("{scaled:.2e}"),
            false => grouped_digits(&format!("{scaled:.decimals$}")),
        };
        with_minus(
            self.currency.as_deref(),
            value,
            &format!("{digits}{}", self.suffix),
        )
    }
}

/// No minus before zero.
fn with_minus(currency: Option<&str>, value: f64, digits: &str) -> String {
    let is_zero = !digits.contains(|c: char| c.is_ascii_digit() && c != '0');
    match currency {
        Some(currency) => signed(currency, value, digits),
        None if value < 0.0 && !is_zero => format!("{MINUS}{digits}"),
        None => digits.to_owned(),
    }
}

/// A limit as somebody wrote it: every digit of it.
pub(super) fn exact(value: f64, unit_word: &str, currency: &str) -> String {
    let currency = unit_word.starts_with("money").then_some(currency);
    let digits = match value.abs() {
        small if small > 0.0 && small < 1e-6 => format!("{small:e}"),
        other => grouped_digits(&other.to_string()),
    };
    with_minus(currency, value, &digits)
}

/// What a figure was, what it is, and by how much it moved: `0.081 -> 0.094`, `+0.013 ± 0.006`.
pub(super) fn moved(change: &ChangePart, currency: &str) -> (String, String) {
    let half = Z95 * change.std_error;
    let largest = match change.base.abs() > change.new.abs() {
        true => change.base.abs(),
        false => change.new.abs(),
    };
    let known = match half > 0.0 {
        true => half,
        false => 0.1 * change.difference.abs(),
    };
    let digits = Digits::new(&change.unit, currency, largest, known);
    let error = match half > 0.0 && half.is_finite() {
        true => format!(" ± {}", digits.high(half)),
        false => String::new(),
    };
    (
        format!(
            "{} -> {}",
            digits.text(change.base),
            digits.text(change.new)
        ),
        format!("{}{error}", digits.with_sign(change.difference)),
    )
}

#[cfg(test)]
mod tests {
    use super::super::samples::{answer, change};
    use super::*;

    fn of(value: f64, half: f64, limits: &[f64]) -> (String, String, String) {
        let answer = answer(value, half);
        let digits = Digits::of(&answer, "USD", limits);
        let [low, high] = answer.interval.expect("an interval");
        (digits.text(value), digits.low(low), digits.high(high))
    }

    fn texts(value: &str, low: &str, high: &str) -> (String, String, String) {
        (value.to_owned(), low.to_owned(), high.to_owned())
    }

    #[test]
    fn figures_end_where_their_error_begins() {
        assert_eq!(of(0.1712, 0.0098, &[]), texts("0.171", "0.161", "0.181"));
        assert_eq!(
            of(0.1302, 0.0018, &[0.15]),
            texts("0.130", "0.128", "0.132")
        );
        assert_eq!(of(-0.25, 0.14, &[]), texts("−0.2", "−0.4", "−0.1"));
    }

    #[test]
    fn an_end_is_never_shown_on_a_limit_that_it_misses() {
        assert_eq!(
            of(0.1402, 0.0097, &[0.15]),
            texts("0.1402", "0.1305", "0.1499")
        );
        assert_eq!(
            of(0.14028, 0.009_71, &[0.15]),
            texts("0.14028", "0.13057", "0.14999")
        );
    }

    #[test]
    fn money_has_its_unit_and_a_limit_every_digit() {
        let digits = Digits::new("money", "USD", 142_345.0, 2_000.0);
        assert_eq!(digits.text(142_345.0), "$142k");
        assert_eq!(digits.high(142_345.0), "$143k");
        let digits = Digits::new("money per month", "CHF", 9_512.0, 30.0);
        assert_eq!(digits.text(-9_512.0), "−CHF 9,510");
        assert_eq!(exact(100_500.0, "money", "USD"), "$100,500");
        assert_eq!(exact(0.15, "probability", "USD"), "0.15");
        assert_eq!(exact(-1e-9, "fraction", "USD"), "−1e-9");
    }

    #[test]
    fn a_change_is_shown_to_the_digit_of_its_error() {
        let found = moved(&change("loss.probability", 0.0812, 0.0941, 0.0014), "USD");
        assert_eq!(
            found,
            ("0.081 -> 0.094".to_owned(), "+0.013 ± 0.003".to_owned())
        );
        let certain = moved(&change("loss.probability", 0.5, 0.25, 0.0), "USD");
        assert_eq!(certain, ("0.50 -> 0.25".to_owned(), "−0.25".to_owned()));
    }
}
