//! The scale of a figure: unit, suffix and last digit. Related numbers, such as a limit or the ends of its
//! interval, are printed on the same scale.
//!
//! In: a [`Value`] and numbers in its unit. Out: texts, and the extra digits needed to distinguish two
//! numbers. Not here: which errors are shown (`rule`).

use super::amount::{amount_in, scale_of};
use super::{Quantity, signed_fixed};
use crate::math::ROUNDING;
use crate::math::digits::{exponent, place_of_error, rounded};
use crate::stats::{Unit, Value};

/// Number of decimals of a percentage of 0.1 % or more.
const OF_PERCENT: i32 = 1;
/// Number of significant digits of a percentage below 0.1 %.
const DIGITS_OF_SMALL: i32 = 2;

/// Significant digits of an amount of money.
const OF_MONEY: i32 = 3;

/// Largest number of decimals that are added until two numbers print differently.
const FURTHER: i32 = 3;

/// Format of the numbers of one unit: factor, divisor, suffix and decimals.
pub(super) struct Scale {
    is_money: bool,
    /// Factor before printing: 100 for a fraction shown in percent, else 1.
    times: f64,
    /// Divisor of an amount, such as 1e3 for `k`; 1 for other units.
    unit: f64,
    suffix: String,
    place: i32,
}

impl Scale {
    /// Derives the format of numbers from the size of `number` and, if known, from `half` the width of its interval.
    pub(super) fn of(unit: Unit, number: f64, half: Option<f64>, currency: &str) -> Self {
        let is_money = unit.is_money();
        let (scale, suffix) = match unit {
            _ if is_money => scale_of(currency, number),
            _ if unit.is_share() => (1.0, " %".to_owned()),
            _ => (1.0, String::new()),
        };
        let place = match unit {
            _ if is_money => place_of_amount(number / scale, half.map(|half| half / scale)),
            _ if unit.is_share() => place_of_percent(number, half),
            Unit::Months if number.fract() == 0.0 => 0,
            Unit::Months | Unit::HoursPerWeek => 1,
            _ => half.map_or(2, |half| place_of_error(half).clamp(0, 2)),
        };
        Self { is_money, times: if unit.is_share() { 100.0 } else { 1.0 }, unit: scale, suffix, place }
    }

    fn of_figure(value: &Value, currency: &str) -> Self {
        Self::of(value.unit, value.value, half_of(value), currency)
    }

    /// Formats a number in this format, with `further` additional decimals.
    pub(super) fn text(&self, number: f64, further: i32, currency: &str) -> String {
        let place = self.place + further;
        if self.is_money {
            amount_in(currency, number, self.unit, &self.suffix, place)
        } else {
            signed_digits(self.times * number, place) + &self.suffix
        }
    }
}

/// Formats amounts with the digits that their errors support. Those with the same suffix, such as `k`, have equal
/// decimals: the fewest of them.
pub fn money_alike(currency: &str, amounts: &[Quantity]) -> Vec<String> {
    let scale = |amount: &Quantity| Scale::of(Unit::Money, amount.value, amount.known_half(), currency);
    let scales: Vec<Scale> = amounts.iter().map(scale).collect();
    let texts = amounts.iter().zip(&scales).map(|(amount, scale)| {
        let alike = scales.iter().filter(|other| other.unit == scale.unit).map(|other| other.place);
        let place = scale.place.min(alike.fold(scale.place, i32::min).max(0));
        amount_in(currency, amount.value, scale.unit, &scale.suffix, place)
    });
    texts.collect()
}

/// Formats `number` with the unit and decimals of the figure `value`, and `further` decimals more.
pub fn beside(value: &Value, number: f64, further: i32, currency: &str) -> String {
    Scale::of_figure(value, currency).text(number, further, currency)
}

/// Returns the number of extra decimals, 0 to 3, that make both numbers of every pair print differently when
/// they are formatted like `value`. Equal numbers need none.
pub fn further_digits(value: &Value, pairs: &[[f64; 2]]) -> i32 {
    let scale = Scale::of_figure(value, "");
    let is_hidden = |further: i32, [one, other]: [f64; 2]| {
        let [a, b] =
            [one, other].map(|number| rounded(scale.times * number / scale.unit, scale.place + further));
        one != other && a == b
    };
    let is_enough = |further: &i32| !pairs.iter().any(|pair| is_hidden(*further, *pair));
    (0..FURTHER).find(is_enough).unwrap_or(FURTHER)
}

/// Distance from the value to the farther end of its interval. `None` if it is unknown, zero or only the rounding of
/// floating point, or if the value is an atom, which many paths have exactly.
pub(super) fn half_of(value: &Value) -> Option<f64> {
    let half = value.reach().filter(|_| !value.is_atom())?;
    (half > ROUNDING * value.value.abs() && half.is_finite()).then_some(half)
}

/// Decimals of an amount after division by its unit, such as 1e3: enough for three significant digits, fewer
/// if the error `half` is large.
pub(super) fn place_of_amount(number: f64, half: Option<f64>) -> i32 {
    if number == 0.0 {
        return 0;
    }
    let first = exponent(number);
    let most = OF_MONEY - 1 - first;
    half.map_or(most, |half| place_of_error(half).clamp(1 - first, most))
}

/// Decimals of the fraction `share` in percent: 1; 0 if its error `half` is large; two digits below 0.1 %.
pub(super) fn place_of_percent(share: f64, half: Option<f64>) -> i32 {
    let percent = (100.0 * share).abs();
    match half.map(|half| place_of_error(100.0 * half)) {
        None if percent > 0.0 && percent < 0.095 => DIGITS_OF_SMALL - 1 - exponent(percent),
        Some(place) if percent > 0.0 && percent < 0.095 => {
            place.clamp(OF_PERCENT, DIGITS_OF_SMALL - 1 - exponent(percent))
        }
        Some(place) => place.clamp(0, OF_PERCENT),
        None => OF_PERCENT,
    }
}

/// Formats a number with `place` decimals; a number that rounds to zero gets no minus.
pub(super) fn signed_digits(number: f64, place: i32) -> String {
    signed_fixed(rounded(number, place), place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Estimate;

    fn value(unit: Unit, value: f64, half: f64) -> Value {
        let ends = (value - half, value + half);
        Value::new(unit, &Estimate::with_interval(value, half / 2.0, ends, 10_000))
    }

    #[test]
    fn an_end_that_misses_the_limit_is_told_from_it() {
        let share = value(Unit::Probability, 0.145, 0.003);
        let text = |number, further| beside(&share, number, further, "USD");
        assert_eq!(further_digits(&share, &[[0.148, 0.15]]), 0);
        assert_eq!((text(0.148, 0), text(0.15, 0)), ("14.8 %".to_owned(), "15.0 %".to_owned()));
        assert_eq!(further_digits(&share, &[[0.149_96, 0.15]]), 2);
        assert_eq!(text(0.149_96, 2), "14.996 %");
        assert_eq!(further_digits(&share, &[[0.15, 0.15]]), 0);
    }

    #[test]
    fn an_amount_beside_a_figure_has_its_unit() {
        let money = value(Unit::Money, 142_345.0, 2_000.0);
        assert_eq!(beside(&money, 99_000.0, 0, "USD"), "$99k");
        assert_eq!(further_digits(&money, &[[100_400.0, 100_100.0]]), 1);
    }
}
