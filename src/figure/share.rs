//! Shares and chances: per cent to the place of the error.
//!
//! In: fractions, where known with their error. Out: texts such as `25.8 %` and `25.8%`, as pictures
//! have it. Not here: money.

use super::words::{TICK_DIGITS, power_of_ten, short, without_trailing_zeros};
use super::{Quantity, fixed, in_words, is_zero, signed_fixed};
use crate::math::digits::{exponent, place_of_error, place_of_figure, rounded_error};
use crate::math::elementary::expm1;
use crate::math::ln;

/// Most decimals of per cent, and most digits where it has two before the point or more.
const MOST_OF_SHARE: i32 = 3;
const MOST_DIGITS: i32 = 4;

/// What is left of the chance that an exact 95 % interval leaves on each side.
const BEYOND: f64 = 0.025;

/// `25.8 %`
pub fn per_cent(fraction: f64, decimals: usize) -> String {
    let decimals = i32::try_from(decimals).unwrap_or(0);
    signed_fixed(100.0 * fraction, decimals) + " %"
}

/// Decimals of a share in per cent: as its error, at least two digits or tenths.
pub(super) fn place_of_share(share: f64, half: f64) -> i32 {
    let (value, half) = (100.0 * share, 100.0 * half);
    let by_error = place_of_error(half);
    let place = by_error.max(place_of_figure(value, half).min(1));
    let most = match exponent(value) {
        large @ 1.. => (MOST_DIGITS - 1 - large).clamp(0, MOST_OF_SHARE),
        _ => MOST_OF_SHARE,
    };
    place.clamp(0, most)
}

/// How large the chance may be of what none of `n` draws had: the end of the exact 95 % interval
/// (Clopper & Pearson 1934), 1 − 0.025^(1/n).
pub fn at_most(n: u64) -> f64 {
    match n {
        0 => 1.0,
        n => -expm1(ln(BEYOND) / n as f64),
    }
}

/// `25.8%` for the fraction .258: to the place that the error reaches, as the screen has it. What is
/// not certain never reads 100 %, what is possible never 0 %.
pub fn of_chart(fraction: Quantity) -> String {
    match fraction.known_half() {
        Some(half) => match percent_to(fraction.value, place_of_share(fraction.value, half)) {
            // how large it can be, either way
            text if text.starts_with("under") || is_zero(text.trim_end_matches('%')) => {
                let most = 100.0 * (fraction.value.abs() + half);
                let place = (1 - exponent(most)).max(0);
                format!("under {}%", fixed(rounded_error(most, place), place))
            }
            text => text,
        },
        None => {
            let text = percent_to(fraction.value, 1);
            let text = text.trim_end_matches('%');
            format!("{}%", without_trailing_zeros(text))
        }
    }
}

/// The same of a depth, to tenths at most.
pub fn of_depth(depth: Quantity) -> String {
    let place = depth.known_half();
    let place = place.map_or(1, |half| place_of_share(depth.value, half));
    percent_to(depth.value, place.min(1))
}

fn percent_to(fraction: f64, place: i32) -> String {
    let decimals = usize::try_from(place).unwrap_or(0);
    let text = format!("{:.decimals$}", 100.0 * fraction.abs());
    let least = power_of_ten(-place);
    let sign = if fraction < 0.0 { "−" } else { "" };
    match text.parse() {
        Ok(0.0) if fraction != 0.0 => format!("under {least}%"),
        Ok(100.0) if (0.0..1.0).contains(&fraction) => {
            format!("over {:.decimals$}%", 100.0 - least)
        }
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

/// `one month in 40`: a probability per `thing` (which has "month" in it) to two digits; where it is common `45% of months`.
pub fn one_in(probability: f64, thing: &str) -> String {
    const COMMON: f64 = 0.18;
    let things = thing.replace("month", "months");
    if probability <= 0.0 {
        return format!("no {thing} that was sampled");
    }
    if probability > COMMON {
        return format!("{:.0}% of {things}", 100.0 * probability);
    }
    let rounded = format!("{:.1e}", 1.0 / probability);
    let rounded: f64 = rounded.parse().expect("a number in scientific notation");
    format!("one {thing} in {}", in_words(rounded.round() as u64))
}
