//! Numbers that stand beside a figure, such as its limit and the ends of its interval: in its unit, to its last digit.
//!
//! In: a [`Value`] and numbers in its unit. Out: texts, and how many digits more tell numbers apart. Not here: the rule by
//! which the figure itself has its digits (`rule`).

use super::amount::{amount_in, scale_of};
use super::rule::{half_of, is_share, place_of_amount, place_of_percent, signed_digits};
use crate::math::digits::rounded;
use crate::stats::{Unit, Value};

/// Digits that are added at most to tell two numbers apart.
const FURTHER: i32 = 3;

/// Unit, suffix and decimals of a printed number.
struct Scale {
    unit: f64,
    suffix: String,
    place: i32,
}

impl Scale {
    fn of(value: &Value, currency: &str) -> Self {
        let half = half_of(value);
        match value.unit {
            Unit::Money | Unit::MoneyPerMonth => {
                let (unit, suffix) = scale_of(currency, value.value);
                let place = place_of_amount(value.value / unit, half.map(|half| half / unit));
                Self {
                    unit,
                    suffix,
                    place,
                }
            }
            unit if is_share(unit) => Self {
                unit: 0.01,
                suffix: " %".to_owned(),
                place: place_of_percent(value.value, half),
            },
            unit => Self {
                unit: 1.0,
                suffix: String::new(),
                place: match unit {
                    Unit::Months => 0,
                    Unit::HoursPerWeek => 1,
                    _ => 2,
                },
            },
        }
    }
}

/// `number` in the unit of `value`, with `further` digits more than the value has.
pub fn beside(value: &Value, number: f64, further: i32, currency: &str) -> String {
    let scale = Scale::of(value, currency);
    let place = scale.place + further;
    match value.unit {
        Unit::Money | Unit::MoneyPerMonth => {
            amount_in(currency, number, (scale.unit, &scale.suffix), place)
        }
        _ => signed_digits(number / scale.unit, place) + &scale.suffix,
    }
}

/// The digits beyond those of `value` that tell the numbers of every pair apart, at most three.
pub fn further_digits(value: &Value, pairs: &[[f64; 2]]) -> i32 {
    let scale = Scale::of(value, "");
    let is_hidden = |further: i32, [one, other]: [f64; 2]| {
        let [a, b] = [one, other].map(|number| rounded(number / scale.unit, scale.place + further));
        one != other && a == b
    };
    let is_enough = |further: &i32| !pairs.iter().any(|pair| is_hidden(*further, *pair));
    (0..FURTHER).find(is_enough).unwrap_or(FURTHER)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Estimate;

    fn value(unit: Unit, value: f64, half: f64) -> Value {
        let ends = (value - half, value + half);
        Value::new(
            unit,
            &Estimate::with_interval(value, half / 2.0, ends, 10_000),
        )
    }

    #[test]
    fn an_end_that_misses_the_limit_is_told_from_it() {
        let share = value(Unit::Probability, 0.145, 0.003);
        let text = |number, further| beside(&share, number, further, "USD");
        assert_eq!(further_digits(&share, &[[0.148, 0.15]]), 0);
        assert_eq!(
            (text(0.148, 0), text(0.15, 0)),
            ("14.8 %".to_owned(), "15.0 %".to_owned())
        );
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
