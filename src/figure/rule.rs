//! The one rule that decides the printed digits of a [`Value`].
//!
//! In: a value, a currency. Out: [`Shown`]. Not here: which values are shown.
//!
//! Percentages have one decimal, money has three digits. A figure has no digit beyond the last digit of its
//! ±. The ± is half of the 95 % interval, rounded up to its first digit; to two digits if that is a 1 or a 2.
//! If the ± would cross a bound of the figure, the interval is printed in parentheses instead.

use super::amount::{amount_in, money, most_decimals, scale_of};
use super::scale::{Scale, half_of, place_of_amount, place_of_percent, signed_digits};
use super::{Quantity, fixed, is_zero, signed_fixed};
use crate::math::digits::{exponent, place_of_error, rounded, rounded_error};
use crate::math::elementary::expm1;
use crate::math::ln;
use crate::stats::{Unit, Value};

/// A formatted figure in three parts: number, error and unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    number: String,
    /// The formatted error: ` ± 0.4`; ` ($0 to $43k)` if ± would cross a bound; ` ± ?` if unknown; or empty.
    pub beside: String,
    /// Unit printed after number and error: ` pp`, or empty.
    unit: &'static str,
}

impl Shown {
    /// Returns the figure with its unit and without its error.
    pub fn value(&self) -> String {
        format!("{}{}", self.number, self.unit)
    }

    /// Returns figure, error and unit: `$271k ± 2k`, `−0.6 ± 0.1 pp`.
    pub fn whole(&self) -> String {
        format!("{}{}{}", self.number, self.beside, self.unit)
    }
}

/// Formats a figure with its error.
pub fn shown(value: &Value, currency: &str) -> Shown {
    if let Some(number) = bound(value) {
        return Shown { number, beside: String::new(), unit: "" };
    }
    Shown {
        number: digits(value.unit, value.value, half_of(value), currency),
        // each end gets the digits of its own size
        beside: error_of(value, currency, |end| digits(value.unit, end, None, currency)),
        unit: "",
    }
}

/// Formats an amount with the digits that its error supports, without the error: `$271k`.
pub fn money_measured(currency: &str, figure: Quantity) -> String {
    shown(&figure.in_unit(Unit::Money), currency).value()
}

/// Formats a difference with sign and error. Differences of fractions are in percentage points.
pub fn change(value: &Value, currency: &str) -> Shown {
    let half = half_of(value);
    let is_share = value.unit.is_share();
    let written = |number: f64, half: Option<f64>| change_digits(value.unit, number, half, currency);
    let number = written(value.value, half);
    let plus = if value.value > 0.0 && !is_zero(&number) { "+" } else { "" };
    Shown {
        number: format!("{plus}{number}"),
        beside: error_of(value, currency, |end| written(end, half.filter(|_| is_share))),
        unit: if is_share { " pp" } else { "" },
    }
}

/// Formats a difference without a plus sign and without its unit.
fn change_digits(unit: Unit, number: f64, half: Option<f64>, currency: &str) -> String {
    if unit.is_share() {
        signed_digits(100.0 * number, place_of_percent(number, half))
    } else {
        digits(unit, number, half, currency)
    }
}

/// Returns the decimal place to which a base value and a new value are rounded beside their difference (`change`): −3
/// is thousands, 3 is tenths of a percent. A percentage has the last place of the difference. Amounts have it as well,
/// within three or four digits of the larger value, and the fourth if the rounded values would miss the difference.
pub fn last_decimal_of(change: &Value, base: f64, new: f64) -> i32 {
    match change.unit {
        Unit::Months | Unit::HoursPerWeek => return 1,
        unit if unit.is_share() => return place_of_percent(change.value, half_of(change)) + 2,
        unit if !unit.is_money() => return half_of(change).map_or(1, place_of_error).clamp(0, 2),
        _ => {}
    }
    let size = exponent(base.abs().max(new.abs()));
    let fewest = if size <= 3 { 0 } else { 2 - size };
    let deserved = place_of_amount(change.value, half_of(change));
    let printed = deserved.clamp(fewest, fewest.max(3 - size));
    let difference = |place: i32| rounded(new, place) - rounded(base, place);
    // four digits would hide a small but certain difference
    if change.value != 0.0 && difference(printed) == 0.0 {
        return deserved;
    }
    let is_missed = rounded(difference(printed) - rounded(change.value, printed), printed) != 0.0;
    if is_missed && printed < 3 - size { printed + 1 } else { printed }
}

/// Base value, new value and their difference as text.
#[derive(Debug, PartialEq, Eq)]
pub struct Subtracted {
    pub base: String,
    pub new: String,
    /// Difference with its sign: `−$65.5k`, `+1.2 pp`.
    pub change: String,
    /// Difference without its sign: `$65.5k`, `1.2 pp`.
    pub size: String,
}

/// Formats a base value and a new value, both rounded to place `decimal` (2: hundredths). Their difference is rounded
/// to it as well if `is_alike`, else it is formatted as [`change`] does.
pub fn subtracted(
    base: f64,
    new: f64,
    difference: &Value,
    (decimal, is_alike): (i32, bool),
    currency: &str,
) -> Subtracted {
    let unit = difference.unit;
    let [base, new] = [base, new].map(|value| rounded(value, decimal));
    let text_in = |value: f64, like: f64| {
        if unit.is_share() {
            return signed_fixed(100.0 * value, decimal - 2);
        }
        if !unit.is_money() {
            return signed_fixed(value, decimal);
        }
        let (size, suffix) = scale_of(currency, like);
        if value == 0.0 {
            return money(currency, 0.0);
        }
        amount_in(currency, value, size, &suffix, (decimal + exponent(size)).max(0))
    };
    let text = |value: f64| {
        text_in(value, if is_alike && 10.0 * value.abs() >= base.max(new) { base.max(new) } else { value })
    };
    let percent = if unit.is_share() { " %" } else { "" };
    let points = if unit.is_share() { " pp" } else { "" };
    let known = difference.value;
    let (change, size) = if is_alike {
        let [change, size] =
            [known, known.abs()].map(|value| text_in(rounded(value, decimal), base.max(new)) + points);
        (if known > 0.0 && !is_zero(&change) { format!("+{change}") } else { change }, size)
    } else {
        let size = change_digits(unit, known.abs(), half_of(difference), currency) + points;
        (change(difference, currency).value(), size)
    };
    Subtracted { base: text(base) + percent, new: text(new) + percent, change, size }
}

/// Returns the number of decimals with which the fraction `share` is printed in percent, given its error.
pub fn percent_decimals(share: &Value) -> i32 {
    place_of_percent(share.value, half_of(share))
}

/// Formats the error as ` ± 0.4`, or as the interval with its ends written by `end` if ± would cross a bound
/// such as 0 %. Empty for a single path or a certain value.
fn error_of(value: &Value, currency: &str, end: impl Fn(f64) -> String) -> String {
    match (value.interval, half_of(value)) {
        (Some(ends), _) if is_cut(value, ends) => {
            let [low, high] = ends.map(end);
            format!(" ({low} to {high})")
        }
        _ if value.n == 1 => String::new(),
        _ if value.is_unknown() => " ± ?".to_owned(),
        (_, Some(half)) => format!(" ± {}", half_digits(value, half, currency)),
        (_, None) => String::new(),
    }
}

/// Probability beyond each end of a 95 % interval.
const BEYOND: f64 = 0.025;

/// Returns a bound such as `< 0.02 %` for a probability that is 0 or 1 on all n simulated paths; `None` for other
/// values. It is the end of the exact 95 % interval (Clopper & Pearson 1934), 1 − 0.025^(1/n), rounded up to its first
/// digit.
fn bound(value: &Value) -> Option<String> {
    if value.unit != Unit::Probability || value.is_certain() || value.n <= 1 {
        return None;
    }
    let most = -100.0 * expm1(ln(BEYOND) / value.n as f64);
    let place = (-exponent(most)).max(0);
    let most = rounded_error(most, place);
    match value.value {
        0.0 => Some(format!("< {} %", fixed(most, place))),
        1.0 => Some(format!("> {} %", fixed(100.0 - most, place))),
        _ => None,
    }
}

/// True if value ± half width would cross zero, or one for a probability, although the interval does not.
fn is_cut(value: &Value, [low, high]: [f64; 2]) -> bool {
    let half = half_of(value).unwrap_or(0.0);
    let is_over_one = value.unit == Unit::Probability && value.value + half > 1.0;
    half > 0.0 && low * high >= 0.0 && (half > value.value.abs() || is_over_one)
}

fn digits(unit: Unit, number: f64, half: Option<f64>, currency: &str) -> String {
    match (unit, half) {
        _ if !number.is_finite() => "–".to_owned(),
        (unit, None) if unit.is_money() => money(currency, number),
        _ => Scale::of(unit, number, half, currency).text(number, 0, currency),
    }
}

fn half_digits(value: &Value, half: f64, currency: &str) -> String {
    match value.unit {
        unit if unit.is_money() => {
            let (unit, suffix) = scale_of("", value.value.abs().max(half));
            let place = place_of_error(half / unit);
            // the error has no more decimals than the figure
            let most = place_of_amount(value.value.abs().max(half), None);
            let place = if unit == 1.0 { place.min(most).min(most_decimals(currency)) } else { place };
            format!("{}{suffix}", fixed(rounded_error(half / unit, place), place))
        }
        unit if unit.is_share() => {
            let place = place_of_percent(value.value, Some(half));
            fixed(rounded_error(100.0 * half, place), place)
        }
        _ => {
            let place = place_of_error(half).clamp(0, 2);
            fixed(rounded_error(half, place), place)
        }
    }
}

/// Formats a fraction in percent without an error: `14.5 %`. Exactly 0 and 1 have no decimals.
pub fn percent(share: f64) -> String {
    let is_bound = share == 0.0 || share == 1.0;
    let place = if is_bound { 0 } else { place_of_percent(share, None) };
    signed_fixed(100.0 * share, place) + " %"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{Estimate, Note};

    fn of(unit: Unit, value: f64, half: f64) -> Value {
        let ends = (value - half, value + half);
        Value::new(unit, &Estimate::with_interval(value, half / 2.0, ends, 1_000))
    }

    #[test]
    fn a_figure_has_the_digits_of_the_guide() {
        let whole = |unit, value, half| shown(&of(unit, value, half), "USD").whole();
        let money = |value, half| whole(Unit::Money, value, half);
        assert_eq!(money(135_800.0, 1_430.0), "$136k ± 1.5k");
        assert_eq!(money(729_000.0, 9_000.0), "$729k ± 9k");
        assert_eq!(money(1_518_000.0, 4_000.0), "$1.52M ± 0.004M");
        assert_eq!(money(1_734.0, 36.0), "$1,730 ± 40");
        assert_eq!(money(0.0, 12.0), "$0 ± 12");
        assert_eq!(money(13.16, 0.31), "$13.2 ± 0.4");
        // rounding of floating point is no error
        assert_eq!(money(86_500.0, 3e-8), "$86.5k");
        assert_eq!(money(3.54, 0.04), "$3.54 ± 0.04");
        assert_eq!(money(0.4, 0.013), "$0.40 ± 0.02");
        assert_eq!(shown(&of(Unit::Money, 0.7012, 0.0253), "BTC").whole(), "BTC 0.701 ± 0.026");
        let share = |value, half| whole(Unit::Probability, value, half);
        assert_eq!(share(0.1446, 0.0022), "14.5 % ± 0.3");
        assert_eq!(share(0.496, 0.0031), "49.6 % ± 0.4");
        assert_eq!(share(0.00034, 0.0001), "0.034 % ± 0.010");
    }

    #[test]
    fn a_change_has_its_sign_and_points() {
        let change = |unit, value, half| change(&of(unit, value, half), "USD").whole();
        assert_eq!(change(Unit::Probability, -0.017, 0.0015), "−1.7 ± 0.2 pp");
        assert_eq!(change(Unit::Money, 22_800.0, 1_900.0), "+$22.8k ± 1.9k");
        assert_eq!(change(Unit::FractionPerYear, 0.0, 0.0), "0.0 pp");
        let ends = (-0.74, -0.19);
        let lopsided = Estimate::with_interval(-0.32, 0.14, ends, 1_000);
        let lopsided = super::change(&Value::new(Unit::Probability, &lopsided), "USD");
        assert_eq!(lopsided.whole(), "−32 (−74 to −19) pp");
        assert_eq!(change(Unit::Probability, -0.32, 0.42), "−32 ± 42 pp");
    }

    #[test]
    fn what_no_error_can_say_is_a_bound_an_interval_or_a_question_mark() {
        let interval = Estimate::with_interval;
        for (unit, found, text) in [
            (Unit::Probability, interval(0.0, 0.0, (0.0, 1e-4), 20_000), "< 0.02 %"),
            (Unit::Probability, interval(1.0, 0.0, (0.9, 1.0), 20_000), "> 99.98 %"),
            (Unit::Money, Estimate::bare(5.0, 9, Some(Note::TooFewPaths)), "$5 ± ?"),
            // an error would reach over a bound
            (Unit::Probability, interval(0.004, 0.002, (0.0011, 0.0102), 1_000), "0.4 % (0.1 % to 1.0 %)"),
        ] {
            assert_eq!(shown(&Value::new(unit, &found), "USD").whole(), text);
        }
    }
}
