//! What a typed quantity may mean for a key that takes fractions, ratios, numbers or amounts.
//!
//! In: [`Typed`]. Out: TOML values, likeliest first; whether a key takes them is for its reader to say.
//! Not here: counts, flows, spans and dates, whose units say it beside their readers.

use super::number::hundredth;
use super::remedy::{rounded, spelled};
use super::typed::{Clock, Time, Typed};
use crate::math::elementary::{expm1, ln_1p};
use crate::units::hundredfold;

/// A rate per period as one per year of so many periods.
pub(super) type Yearly = fn(f64, f64) -> f64;

/// Growth upon growth.
pub(super) fn compounded(rate: f64, periods: f64) -> f64 {
    expm1(periods * ln_1p(rate))
}

/// A spread grows with the square root of time.
pub(super) fn rooted(deviation: f64, periods: f64) -> f64 {
    deviation * periods.sqrt()
}

/// A rate of a continuous loss.
pub(super) fn times(rate: f64, periods: f64) -> f64 {
    rate * periods
}

/// `typed` as per cent, a year if `yearly` says how to get there.
pub(super) fn fractions(typed: &Typed, yearly: Option<Yearly>) -> Vec<String> {
    // neither "monthly" nor "3 months" is a rate
    let is_time = matches!(typed.clock, Clock::Every(_) | Clock::Of(_)) && !typed.per_cent;
    if typed.is_money || typed.is_times || is_time {
        return Vec::new();
    }
    let readings = typed.readings().into_iter();
    match (period(typed), yearly) {
        (Some(Time::Year) | None, Some(_)) if typed.per_cent => texts(readings.map(in_per_cent)),
        (None, None) if typed.per_cent => texts(readings.map(in_per_cent)),
        (Some(Time::Year) | None, Some(_)) | (None, None) => {
            readings.flat_map(|number| shares(number, typed)).collect()
        }
        (Some(time), Some(yearly)) => {
            texts(readings.map(|number| per_year(number, typed, time, yearly)))
        }
        (Some(_), None) => Vec::new(),
    }
}

/// The time that a rate is per, if it is said; of a span and of a rhythm too.
fn period(typed: &Typed) -> Option<Time> {
    match typed.clock {
        Clock::Nothing => None,
        Clock::Per(time) | Clock::Of(time) | Clock::Every(time) => Some(time),
    }
}

/// `"34.64 %/year"`, from what was typed per `time`.
pub(super) fn per_year(number: f64, typed: &Typed, time: Time, yearly: Yearly) -> String {
    let rate = match typed.per_cent {
        true => hundredth(number),
        false => number,
    };
    format!("{} %/year", rounded(yearly(rate, time.per_year()) * 100.0))
}

pub(super) fn in_per_cent(number: f64) -> String {
    format!("{number} %")
}

fn texts(spelled: impl Iterator<Item = String>) -> Vec<String> {
    spelled.map(|text| format!("\"{text}\"")).collect()
}

/// A number without its sign: below 1 a fraction, from 1 on rather per cent; 1.0 is all of it.
fn shares(number: f64, typed: &Typed) -> Vec<String> {
    let hundredfold = format!("\"{} %\"", hundredfold(number));
    if number.abs() < 1.0 {
        return vec![spelled(number), hundredfold];
    }
    if number.abs() == 1.0 && typed.is_decimal {
        return vec![hundredfold];
    }
    let mut both = vec![spelled(hundredth(number)), format!("\"{number} %\"")];
    if typed.is_text {
        both.reverse();
    }
    both.push(hundredfold);
    both
}

/// Below this nobody leaves out the sign of per cent: 1.5 is a multiple or a slip, 45 may be 45 %.
const LEAST_WITHOUT_SIGN: f64 = 10.0;

/// A multiple, a correlation: a number, or per cent of one.
pub(super) fn ratios(typed: &Typed) -> Vec<String> {
    if typed.is_money || typed.clock != Clock::Nothing {
        return Vec::new();
    }
    let readings = typed.readings().into_iter();
    let per_cent = typed.readings().into_iter();
    let per_cent = per_cent.filter(|number| typed.per_cent || number.abs() >= LEAST_WITHOUT_SIGN);
    let hundredths = per_cent.map(hundredth).map(spelled);
    match typed.per_cent {
        true => hundredths.collect(),
        false => readings.map(spelled).chain(hundredths).collect(),
    }
}

/// A logarithm: per cent of it are not per cent of what it is the logarithm of.
pub(super) fn numbers(typed: &Typed) -> Vec<String> {
    match typed.is_plain() {
        true => typed.readings().into_iter().map(spelled).collect(),
        false => Vec::new(),
    }
}

/// An amount: a dot before three digits rather stands between thousands.
pub(super) fn amounts(typed: &Typed) -> Vec<String> {
    if typed.per_cent || typed.is_times || typed.clock != Clock::Nothing {
        return Vec::new();
    }
    large_readings(typed).into_iter().map(spelled).collect()
}

/// The readings of an amount or a count, the larger one first: 80.000 may be a decimal in the way of the
/// file, 80,000 is none in three digits.
pub(super) fn large_readings(typed: &Typed) -> Vec<f64> {
    match typed.readings()[..] {
        [number] if typed.is_grouped => vec![(number * 1000.0).round(), number],
        [number, other] if other.abs() > number.abs() => vec![other, number],
        ref readings => readings.first().copied().into_iter().collect(),
    }
}

/// A limit is an amount, a number or per cent, by what it is about.
pub(super) fn limits(typed: &Typed) -> Vec<String> {
    match (typed.per_cent, typed.is_money) {
        (true, _) => fractions(typed, Some(compounded)),
        (_, true) => amounts(typed),
        _ if typed.is_times => Vec::new(),
        _ => {
            let per_cent = typed.readings().into_iter();
            let is_alone = typed.clock == Clock::Nothing;
            let per_cent =
                per_cent.filter(|number| is_alone && (1.0..100.0).contains(&number.abs()));
            let per_cent = per_cent.map(in_per_cent);
            amounts(typed).into_iter().chain(texts(per_cent)).collect()
        }
    }
}
