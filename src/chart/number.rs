//! Numbers as people read them: money, percent, multiples, counts, spans of time.
//!
//! In: numbers, where known with their standard error. Out: text with the digits that the screen has
//! for the same figure, a true minus sign. Not here: which numbers are shown, to which digits (`figure`
//! of the crate).
//!
//! Rounding works on the exact decimal expansion that the standard library prints, so the same
//! number gives the same text on every machine.

use super::distribution::ROUNDING;
use crate::figure;
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

    /// Half of the interval, where it is known and not nothing.
    fn known_half_width(&self) -> Option<f64> {
        Some(self.half_width()).filter(|half| *half > 0.0 && half.is_finite())
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

/// Digits of an amount whose error is not known; more than a float has are none.
const DIGITS: i32 = 3;
const MOST_DIGITS: i32 = 15;

/// Ticks are round; so many digits print them whole and hide the last bits of their floats.
const TICK_DIGITS: usize = 9;

/// U+2212, as wide as a plus sign.
const MINUS: char = '−';

/// How amounts of the scenario's currency are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Currency {
    code: String,
}

impl Currency {
    /// From an ISO 4217 code.
    pub fn new(code: &str) -> Self {
        let code = code.to_owned();
        Self { code }
    }

    /// `$1.52M`: three significant digits.
    pub fn amount(&self, value: f64) -> String {
        figure::money(&self.code, value)
    }

    /// `$1.25M`: a tick, with every digit that it has.
    pub fn tick(&self, value: f64) -> String {
        let text = short(value.abs(), TICK_DIGITS);
        figure::signed(&self.code, value, &text)
    }

    /// `$271k`: as the screen shows it, to the place that the error reaches.
    pub fn measured(&self, figure: Measured) -> String {
        match figure.known_half_width() {
            Some(half) => figure::money_within(&self.code, figure.value, half).0,
            None => self.amount(figure.value),
        }
    }

    /// Amounts with three significant digits, or as many more as tell them apart.
    pub fn apart(&self, values: &[f64]) -> Vec<String> {
        let to = |digits: i32| -> Vec<String> {
            let texts = values.iter();
            texts
                .map(|value| figure::money_to(&self.code, *value, digits))
                .collect()
        };
        let are_apart = |texts: &Vec<String>| {
            let mut pairs = texts.windows(2);
            pairs.all(|pair| pair[0] != pair[1])
        };
        let mut found = (DIGITS..=MOST_DIGITS).map(to);
        found.find(are_apart).unwrap_or_else(|| to(DIGITS))
    }

    /// Estimates as [`Self::measured`] has them; with more digits where the errors tell two of them
    /// apart and the digits do not.
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
        let apart = self.apart(&[a.value, b.value]);
        [apart[0].clone(), apart[1].clone()]
    }

    /// `$584.3k`: to `place` decimals of the currency (−2 is hundreds).
    pub fn to_place(&self, value: f64, place: i32) -> String {
        let value = digits::rounded(value, place);
        if value == 0.0 {
            return self.amount(value);
        }
        let (unit, suffix) = figure::scale(value);
        let text = figure::fixed(value / unit, place + exponent(unit));
        figure::signed(&self.code, value, &format!("{text}{suffix}"))
    }
}

/// The smallest multiple that is printed; what lies between it and zero is "under" it.
pub const LEAST_TIMES: f64 = 0.001;

/// `×1.6`: two significant digits, down to a thousandth.
pub fn times(value: f64) -> String {
    let (value, sign) = (value.max(0.0), "×");
    if value > 0.0 && value < LEAST_TIMES {
        return format!("under {sign}{LEAST_TIMES}");
    }
    format!("{sign}{}", short(value, 2))
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

/// `25.8%` for the fraction .258: to the place that the error reaches, as the screen has it. What is
/// not certain never reads 100 %, what is possible never 0 %.
pub fn percent(fraction: Measured) -> String {
    match fraction.known_half_width() {
        Some(half) => percent_to(fraction.value, figure::place_of_share(fraction.value, half)),
        None => {
            let text = percent_to(fraction.value, 1);
            let text = text.trim_end_matches('%');
            format!("{}%", without_trailing_zeros(text))
        }
    }
}

/// The same of a depth, to tenths at most.
pub fn percent_of_depth(depth: Measured) -> String {
    let place = depth.known_half_width();
    let place = place.map_or(1, |half| figure::place_of_share(depth.value, half));
    percent_to(depth.value, place.min(1))
}

fn percent_to(fraction: f64, place: i32) -> String {
    let decimals = usize::try_from(place).unwrap_or(0);
    let text = format!("{:.decimals$}", 100.0 * fraction.abs());
    let least = power_of_ten(-place);
    let sign = if fraction < 0.0 { "−" } else { "" };
    match text.parse() {
        Ok(0.0) if fraction != 0.0 => format!("under {least}%"),
        Ok(100.0) if fraction < 1.0 => format!("over {:.decimals$}%", 100.0 - least),
        Ok(0.0) => format!("{text}%"),
        _ => format!("{sign}{text}%"),
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

/// `one month in 40`: a probability per `thing` (which has "month" in it) to two digits; where it is common `45% of months`.
pub fn one_in(probability: Measured, thing: &str) -> String {
    const COMMON: f64 = 0.18;
    let things = thing.replace("month", "months");
    if probability.value <= 0.0 {
        return format!("no {thing} that was sampled");
    }
    if probability.value > COMMON {
        return format!("{:.0}% of {things}", 100.0 * probability.value);
    }
    let rounded = format!("{:.1e}", 1.0 / probability.value);
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
