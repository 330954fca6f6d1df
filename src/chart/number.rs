//! Numbers as people read them: money, percent, multiples, counts, spans of time.
//!
//! In: numbers, where known with their standard error. Out: text with at most three significant
//! digits and never more than the error supports, a true minus sign, no trailing zeros. Not here:
//! which numbers are shown.
//!
//! Rounding works on the exact decimal expansion that the standard library prints, so the same
//! number gives the same text on every machine.

use super::distribution::ROUNDING;
use crate::math::digits;
use crate::math::elementary::ln;
use crate::math::normal::from_ln_upper_tail;

/// A figure and the standard error of its estimate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    pub value: f64,
    pub std_error: f64,
}

impl Measured {
    /// A figure known without error.
    pub fn exact(value: f64) -> Self {
        let std_error = 0.0;
        Self { value, std_error }
    }

    /// Half of the 95 % interval.
    pub fn half_width(&self) -> f64 {
        HALF_WIDTH_95 * self.std_error
    }

    /// Whether the 95 % interval leaves out zero: what a title may call a difference.
    pub fn differs_from_zero(&self) -> bool {
        self.value.abs() > self.half_width()
    }

    /// Significant digits, 1 … 3, down to the first digit of the half width.
    fn digits(&self) -> usize {
        let half_width = self.half_width();
        if half_width <= 0.0 || self.value == 0.0 || !half_width.is_finite() {
            return 3;
        }
        let supported = exponent(self.value) - exponent(half_width) + 1;
        supported.clamp(1, 3) as usize
    }
}

/// Standard errors on either side of an estimate that hold 95 % of a normal law.
pub const HALF_WIDTH_95: f64 = 1.959_963_984_540_054;

/// Whether `a` exceeds `b` when the two were picked from `n` estimates by their size: by more
/// than the 95 % intervals of the differences of all pairs together (Bonferroni) allow. The error
/// of the difference is the sum of both, its bound whatever the dependence of the two.
pub fn clearly_above(a: Measured, b: Measured, n: usize) -> bool {
    let n_pairs = (n * n.saturating_sub(1) / 2).max(1) as f64;
    let standard_errors = from_ln_upper_tail(ln(0.025 / n_pairs));
    let error = standard_errors * (a.std_error + b.std_error);
    a.value - b.value > error.max(1e-9 * a.value.abs())
}

/// More digits than a float has are none.
const MOST_DIGITS: i32 = 15;

/// Ticks are round; so many digits print them whole and hide the last bits of their floats.
const TICK_DIGITS: usize = 9;

/// U+2212, as wide as a plus sign.
const MINUS: char = '−';

/// How amounts of the scenario's currency are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Currency {
    sign: String,
}

impl Currency {
    /// From an ISO 4217 code: the usual sign where there is one, else the code and a space.
    pub fn new(code: &str) -> Self {
        let sign = crate::figure::sign_of(code);
        Self { sign }
    }

    /// `$1.52M`: three significant digits.
    pub fn amount(&self, value: f64) -> String {
        self.signed(value, 3)
    }

    /// `$1.25M`: a tick, with every digit that it has.
    pub fn tick(&self, value: f64) -> String {
        self.signed(value, TICK_DIGITS)
    }

    /// `$271k`: as many digits as the error supports.
    pub fn measured(&self, figure: Measured) -> String {
        self.signed(figure.value, figure.digits())
    }

    /// Amounts with three significant digits, or as many more as tell them apart.
    pub fn apart(&self, values: &[f64]) -> Vec<String> {
        self.apart_from(3, values)
    }

    /// Estimates with as many digits as the error of each supports, three at most; with more where
    /// the errors tell two of them apart and the digits do not.
    pub fn measured_apart(&self, figures: [Measured; 2]) -> [String; 2] {
        let texts = figures.map(|figure| self.measured(figure));
        let [a, b] = figures;
        let error = a.half_width() + b.half_width();
        let difference = (a.value - b.value).abs();
        let is_seen = difference > error || !error.is_finite();
        let rounding = ROUNDING * a.value.abs().max(b.value.abs());
        if texts[0] != texts[1] || !is_seen || difference <= rounding {
            return texts;
        }
        let apart = self.apart_from(3, &[a.value, b.value]);
        [apart[0].clone(), apart[1].clone()]
    }

    fn apart_from(&self, least: usize, values: &[f64]) -> Vec<String> {
        let to = |digits: usize| -> Vec<String> {
            values
                .iter()
                .map(|value| self.signed(*value, digits))
                .collect()
        };
        let are_apart = |texts: &Vec<String>| {
            let mut pairs = texts.windows(2);
            pairs.all(|pair| pair[0] != pair[1])
        };
        let mut found = (least..=MOST_DIGITS as usize).map(to);
        found.find(are_apart).unwrap_or_else(|| to(least))
    }

    /// `$584.3k`: to `place` decimals of the currency (−2 is hundreds).
    pub fn to_place(&self, value: f64, place: i32) -> String {
        let value = digits::rounded(value, place);
        let exponent = digits::exponent(value);
        let n_digits = (exponent + place + 1).clamp(1, MOST_DIGITS);
        let text = self.signed(value, n_digits as usize);
        if value == 0.0 || !(0..15).contains(&exponent) {
            return text;
        }
        // zeros behind the point are known as well as other digits
        let (number, suffix) = match text.strip_suffix(char::is_alphabetic) {
            Some(number) => (number, &text[number.len()..]),
            None => (text.as_str(), ""),
        };
        let shown = number.split_once('.').map_or(0, |(_, after)| after.len());
        let n_decimals = usize::try_from(place + exponent / 3 * 3).unwrap_or(0);
        let zeros = "0".repeat(n_decimals.saturating_sub(shown));
        let point = if shown == 0 && !zeros.is_empty() {
            "."
        } else {
            ""
        };
        format!("{number}{point}{zeros}{suffix}")
    }

    fn signed(&self, value: f64, digits: usize) -> String {
        let text = short(value.abs(), digits);
        let minus = if value < 0.0 && text != "0" {
            MINUS.to_string()
        } else {
            String::new()
        };
        format!("{minus}{}{text}", self.sign)
    }
}

/// The smallest multiple that is printed; what lies between it and zero is "under" it.
pub const LEAST_TIMES: f64 = 0.001;

/// `×1.6`: two significant digits, down to a thousandth.
pub fn times(value: f64) -> String {
    times_measured(Measured::exact(value))
}

/// The same with one digit where the error supports no second one.
pub fn times_measured(figure: Measured) -> String {
    let (value, sign) = (figure.value.max(0.0), "×");
    if value > 0.0 && value < LEAST_TIMES {
        return format!("under {sign}{LEAST_TIMES}");
    }
    format!("{sign}{}", short(value, figure.digits().min(2)))
}

/// `×1.25`: a tick, with every digit that it has.
pub fn times_tick(value: f64) -> String {
    format!("×{}", short(value.max(0.0), TICK_DIGITS))
}

/// `.25`, `−.08`, `1`: a correlation in two decimals without the leading zero.
pub fn correlation(value: f64) -> String {
    let text = format!("{:.2}", value.abs());
    let text = match text.as_str() {
        "1.00" => "1",
        "0.00" => "0",
        other => other.trim_start_matches('0'),
    };
    let minus = if value < 0.0 && text != "0" {
        MINUS.to_string()
    } else {
        String::new()
    };
    format!("{minus}{text}")
}

/// `.4` for .41 ± .12: one decimal where the error supports no second.
pub fn correlation_measured(figure: Measured) -> String {
    if figure.half_width() >= 0.1 {
        let coarse = (10.0 * figure.value).round() / 10.0;
        let text = correlation(coarse);
        return text
            .strip_suffix('0')
            .filter(|rest| rest.contains('.'))
            .unwrap_or(&text)
            .to_string();
    }
    correlation(figure.value)
}

/// `25.8%` for the fraction .258: at most one decimal, fewer when the error is larger. What is
/// not certain never reads 100 %, what is possible never 0 %.
pub fn percent(fraction: Measured) -> String {
    let half_width = 100.0 * fraction.half_width();
    let decimals = if half_width > 0.0 {
        (-exponent(half_width)).clamp(0, 1) as usize
    } else {
        1
    };
    let text = format!("{:.decimals$}", 100.0 * fraction.value.abs());
    let text = without_trailing_zeros(&text);
    let least = if decimals == 1 { "0.1" } else { "1" };
    let most = if decimals == 1 { "99.9" } else { "99" };
    let sign = if fraction.value < 0.0 { "−" } else { "" };
    match text {
        "0" if fraction.value != 0.0 => format!("under {least}%"),
        "100" if fraction.value < 1.0 => format!("over {most}%"),
        text => format!("{sign}{text}%"),
    }
}

/// A tick of a percent axis, with every digit that it has: `2.5%`.
pub fn percent_tick(fraction: f64) -> String {
    let text = short((100.0 * fraction).abs(), TICK_DIGITS);
    let minus = if fraction < 0.0 && text != "0" {
        "−"
    } else {
        ""
    };
    format!("{minus}{text}%")
}

/// `2.5`: a tick of a plain number, with every digit that it has.
pub fn plain(value: f64) -> String {
    short(value.max(0.0), TICK_DIGITS)
}

/// `one month in 40`: a probability per `thing` (which has "month" in it) to at most two digits and
/// no more than the error supports; where it is common `45% of months`.
pub fn one_in(probability: Measured, thing: &str) -> String {
    const COMMON: f64 = 0.18;
    let things = thing.replace("month", "months");
    if probability.value <= 0.0 {
        return format!("no {thing} that was sampled");
    }
    if probability.value > COMMON {
        return format!("{:.0}% of {things}", 100.0 * probability.value);
    }
    let (value, square) = (probability.value, probability.value * probability.value);
    let wait = Measured {
        value: 1.0 / value,
        std_error: probability.std_error / square,
    };
    let rounded = format!("{:.*e}", wait.digits().min(2) - 1, wait.value);
    let rounded: f64 = rounded.parse().expect("a number in scientific notation");
    format!("one {thing} in {}", counted(rounded.round() as u64))
}

/// `20,000`.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `ten years`, `18 months`.
pub fn span(years: f64) -> String {
    let months = (years * 12.0).round() as u64;
    match (months / 12, months % 12) {
        (1, 0) => "one year".to_string(),
        (whole, 0) if whole > 0 => format!("{} years", counted(whole)),
        _ if months == 1 => "one month".to_string(),
        _ => format!("{} months", counted(months)),
    }
}

/// Small numbers in words.
pub fn counted(number: u64) -> String {
    const WORDS: [&str; 13] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    WORDS
        .get(number as usize)
        .map_or_else(|| count(number), |word| (*word).to_string())
}

/// Exponent of ten of the first significant digit: 2 for 363, −1 for 0.5, 0 for 0.
pub fn exponent(value: f64) -> i32 {
    scientific(value, 17).1
}

/// The float nearest to 10ᵏ.
pub fn power_of_ten(k: i32) -> f64 {
    let text = format!("1e{k}");
    text.parse().expect("a number in scientific notation")
}

/// The first `digits` significant digits, rounded, and the exponent of the first.
fn scientific(value: f64, digits: usize) -> (String, i32) {
    let text = format!("{:.*e}", digits - 1, value.abs());
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let digits = mantissa.replace('.', "");
    (digits, exponent.parse().unwrap_or(0))
}

/// A non-negative number with a suffix for thousands, millions …; powers of ten beyond 10¹⁵ and
/// below 10⁻⁴.
fn short(value: f64, n_digits: usize) -> String {
    const SUFFIXES: [&str; 5] = ["", "k", "M", "B", "T"];
    if value == 0.0 {
        return "0".to_string();
    }
    if !value.is_finite() {
        return "–".to_string();
    }
    let (digits, exponent) = scientific(value, n_digits);
    if (0..15).contains(&exponent) {
        let group = (exponent / 3) as usize;
        let text = point_after(&digits, (exponent % 3) as usize + 1);
        format!("{text}{}", SUFFIXES[group])
    } else if (-4..0).contains(&exponent) {
        let zeros = "0".repeat(-exponent as usize - 1);
        without_trailing_zeros(&format!("0.{zeros}{digits}")).to_string()
    } else {
        let sign = if exponent < 0 { "−" } else { "" };
        format!("{}e{sign}{}", point_after(&digits, 1), exponent.abs())
    }
}

/// Sets the decimal point after `whole` digits, filling up with zeros.
fn point_after(digits: &str, whole: usize) -> String {
    if digits.len() <= whole {
        return format!("{digits:0<whole$}");
    }
    let (before, after) = digits.split_at(whole);
    without_trailing_zeros(&format!("{before}.{after}")).to_string()
}

fn without_trailing_zeros(text: &str) -> &str {
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.')
    } else {
        text
    }
}

#[cfg(test)]
mod tests;
