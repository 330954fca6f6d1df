//! Figures as text: never more digits than the error supports.
//!
//! In: measures. Out: texts such as `$271k ± 1k`. Not here: sentences (`text`), columns (`layout`).
//!
//! All rounding goes through the exact decimal text of a float, so it is the same everywhere.

use super::Measure;
pub(super) use crate::math::digits::exponent;
use crate::math::digits::rounded as round_to;
use crate::stats::HALF_WIDTH;

/// Decimals of an amount that is paid; an error below them is none.
const CENTS: i32 = 2;

/// Numbers from here on are powers of ten.
const WRITTEN_OUT: f64 = 1e9;

/// U+2212, as wide as a plus.
const MINUS: char = '−';

/// A figure and what is known about its error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shown {
    value: String,
    error: Error,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Error {
    /// There is none to show.
    None,
    Known(String),
    /// There is one, and these paths cannot tell it.
    Unknown,
}

impl Shown {
    /// A figure that is shown without its error.
    pub fn alone(value: String) -> Self {
        Self {
            value,
            error: Error::None,
        }
    }

    /// The figure alone.
    pub fn value(&self) -> String {
        self.value.clone()
    }

    /// Half the interval without its sign; empty if there is none to show.
    pub fn error(&self) -> String {
        match &self.error {
            Error::None => String::new(),
            Error::Known(half) => half.clone(),
            Error::Unknown => "?".to_owned(),
        }
    }

    /// `$271k ± 1k`
    pub fn whole(&self) -> String {
        match self.error().as_str() {
            "" => self.value(),
            error => format!("{} ± {error}", self.value),
        }
    }

    /// Whether the error is not known.
    pub fn is_unknown(&self) -> bool {
        self.error == Error::Unknown
    }
}

/// `$344k`: three significant digits, and none of them a zero at the end of the decimals.
pub(super) fn money(currency: &str, value: f64) -> String {
    let (unit, suffix) = scale(value);
    let digits = fixed(value / unit, decimals_for_digits(value / unit, 3));
    let digits = match digits.contains('.') {
        true => digits.trim_end_matches('0').trim_end_matches('.'),
        false => &digits,
    };
    signed(currency, value, &format!("{digits}{suffix}"))
}

/// `$271k ± 1k`: the value to the decimal place of its 95 % half-width's first digit.
pub(super) fn money_with_error(currency: &str, measure: &Measure) -> Shown {
    let value = measure.value;
    let half = match half_width(measure) {
        Half::None => return Shown::alone(money(currency, value)),
        Half::Unknown => {
            return Shown {
                value: money(currency, value),
                error: Error::Unknown,
            };
        }
        Half::Known(half) => half,
    };
    let (unit, suffix) = scale(value.abs().max(half));
    let place = -exponent(half / unit);
    if unit == 1.0 && place > CENTS {
        return Shown::alone(money(currency, value));
    }
    let shown = round_to(value / unit, place);
    let error = round_up_to(half / unit, place);
    Shown {
        value: signed(
            currency,
            shown,
            &format!("{}{suffix}", fixed(shown, place.max(0))),
        ),
        error: Error::Known(format!("{}{suffix}", fixed(error, place.max(0)))),
    }
}

/// `25.8 %`
pub(super) fn per_cent(fraction: f64, decimals: usize) -> String {
    let shown = fixed(100.0 * fraction, i32::try_from(decimals).unwrap_or(0));
    let is_zero = !shown.contains(|c: char| c.is_ascii_digit() && c != '0');
    let minus = if fraction < 0.0 && !is_zero {
        "−"
    } else {
        ""
    };
    format!("{minus}{shown} %")
}

/// `25.8 %` with at most `decimals`, fewer if the error is larger.
pub(super) fn per_cent_to_error(measure: &Measure, decimals: usize) -> String {
    let supported = match half_width(measure) {
        Half::Known(half) => usize::try_from(-exponent(100.0 * half)).unwrap_or(0),
        Half::None => decimals,
        Half::Unknown => 0,
    };
    per_cent(measure.value, decimals.min(supported))
}

/// `25.8 % ± 0.3`: a fraction of one (after scaling) in per cent with its 95 % half-width.
pub(super) fn points_with_error(measure: &Measure, scale: f64) -> Shown {
    let value = measure.value * scale;
    let half = match half_width(measure) {
        Half::None => return Shown::alone(per_cent(value, 1)),
        Half::Unknown => {
            return Shown {
                value: per_cent(value, 0),
                error: Error::Unknown,
            };
        }
        Half::Known(half) => 100.0 * half * scale,
    };
    let place = (-exponent(half)).clamp(0, 3);
    Shown {
        value: per_cent(value, usize::try_from(place).unwrap_or(0)),
        error: Error::Known(fixed(round_up_to(half, place), place)),
    }
}

enum Half {
    None,
    Known(f64),
    Unknown,
}

/// Half of the interval if there is one, else 1.96 standard errors.
fn half_width(measure: &Measure) -> Half {
    let half = match (measure.interval, measure.std_error) {
        (Some([low, high]), _) => 0.5 * (high - low),
        (None, Some(error)) => HALF_WIDTH * error,
        (None, None) if measure.is_error_unknown => return Half::Unknown,
        (None, None) => return Half::None,
    };
    match half {
        half if !half.is_finite() => Half::Unknown,
        half if half > 0.0 => Half::Known(half),
        _ => Half::None,
    }
}

/// Unit and suffix in which an amount has at most four digits before the point; a power of ten
/// beyond what has a letter.
pub(super) fn scale(value: f64) -> (f64, String) {
    let (unit, letter) = match value.abs() {
        v if v >= 999.5e12 => {
            let suffix = format!("e{}", exponent(v));
            return (format!("1{suffix}").parse().unwrap_or(1.0), suffix);
        }
        v if v >= 999.5e9 => (1e12, "T"),
        v if v >= 999.5e6 => (1e9, "B"),
        v if v >= 999.5e3 => (1e6, "M"),
        v if v >= 9_999.5 => (1e3, "k"),
        _ => (1.0, ""),
    };
    (unit, letter.to_owned())
}

/// `−$1,340` from the digits of an absolute amount; no sign before zero.
pub(super) fn signed(currency: &str, value: f64, digits: &str) -> String {
    let is_zero = !digits.contains(|c: char| c.is_ascii_digit() && c != '0');
    let minus = match value < 0.0 && !is_zero {
        true => MINUS.to_string(),
        false => String::new(),
    };
    let symbol = match currency {
        "USD" => "$",
        "EUR" => "€",
        "GBP" => "£",
        other => return format!("{minus}{other} {digits}"),
    };
    format!("{minus}{symbol}{digits}")
}

fn decimals_for_digits(value: f64, digits: i32) -> i32 {
    (digits - 1 - exponent(value)).clamp(0, CENTS)
}

/// Rounds an error; one that would vanish shows one unit of the last place.
fn round_up_to(value: f64, place: i32) -> f64 {
    let rounded = round_to(value, place);
    let unit = if place >= 0 {
        1.0 / power_of_ten(place)
    } else {
        power_of_ten(-place)
    };
    rounded.max(unit)
}

fn power_of_ten(exponent: i32) -> f64 {
    (0..exponent).fold(1.0, |power, _| power * 10.0)
}

pub(super) fn fixed(value: f64, decimals: i32) -> String {
    if value.abs() >= WRITTEN_OUT {
        return format!("{:.0e}", value.abs());
    }
    let decimals = usize::try_from(decimals).unwrap_or(0);
    grouped_digits(&format!("{:.decimals$}", value.abs()))
}

/// `100,000`
pub fn grouped(number: u64) -> String {
    grouped_digits(&number.to_string())
}

/// Commas between the thousands of a number without a sign.
pub(super) fn grouped_digits(number: &str) -> String {
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

    fn measure(value: f64, half: f64) -> Measure {
        Measure {
            value,
            std_error: None,
            interval: Some([value - half, value + half]),
            level: 0.95,
            n: 1000,
            unit: "money",
            note: None,
            is_error_unknown: false,
        }
    }

    #[test]
    fn an_amount_is_shown_to_the_place_of_its_error() {
        let shown = |value, half| money_with_error("USD", &measure(value, half)).whole();
        assert_eq!(shown(271_234.0, 1_043.0), "$271k ± 1k");
        assert_eq!(shown(271_234.0, 260.0), "$271.2k ± 0.3k");
        assert_eq!(shown(271_234.0, 26_000.0), "$270k ± 30k");
        assert_eq!(shown(1_518_000.0, 4_000.0), "$1.518M ± 0.004M");
        assert_eq!(shown(1_734.0, 26.0), "$1,730 ± 30");
        assert_eq!(shown(-180.0, 12.0), "−$180 ± 10");
        assert_eq!(shown(-3.0, 12.0), "$0 ± 10");
        assert_eq!(shown(0.4, 0.06), "$0.40 ± 0.06");
        assert_eq!(shown(0.0002, 0.0001), "$0");
    }

    #[test]
    fn a_share_is_shown_to_the_place_of_its_error() {
        let shown = |value, half| points_with_error(&measure(value, half), 1.0).whole();
        assert_eq!(shown(0.2583, 0.0027), "25.8 % ± 0.3");
        assert_eq!(shown(0.2583, 0.027), "26 % ± 3");
        assert_eq!(per_cent_to_error(&measure(0.2583, 0.027), 1), "26 %");
        assert_eq!(per_cent_to_error(&measure(0.2583, 0.0002), 1), "25.8 %");
        assert_eq!(per_cent(26.0, 0), "2,600 %");
    }

    #[test]
    fn an_error_that_is_not_known_is_not_shown_as_none() {
        let few = Measure {
            interval: None,
            is_error_unknown: true,
            ..measure(68_123.0, 0.0)
        };
        assert_eq!(money_with_error("USD", &few).whole(), "$68.1k ± ?");
        assert_eq!(points_with_error(&few, 1e-6).whole(), "7 % ± ?");
        assert_eq!(money_with_error("USD", &measure(0.0, 0.0)).whole(), "$0");
    }

    #[test]
    fn an_amount_without_error_has_three_digits_and_no_idle_zeros() {
        assert_eq!(money("USD", 344_000.0), "$344k");
        assert_eq!(money("USD", 50_000.0), "$50k");
        assert_eq!(money("USD", 9_999.0), "$9,999");
        assert_eq!(money("EUR", 1_234_567.0), "€1.23M");
        assert_eq!(money("CHF", 12.0), "CHF 12");
        assert_eq!(money("USD", 1_000_000.0), "$1M");
        assert_eq!(money("USD", -0.001), "$0");
        assert_eq!(money("USD", 2.512e80), "$2.51e80");
    }
}
