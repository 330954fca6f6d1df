//! Shares and chances in percent, as pictures have them.
//!
//! In: fractions, where known with their error. Out: texts such as `25.8 %`. Not here: money.

use super::words::{TICK_DIGITS, short, with_minus};
use super::{Quantity, fixed, in_words, is_zero, rule, signed_fixed};
use crate::math::digits::{exponent, rounded_error};
use crate::math::elementary::expm1;
use crate::math::ln;
use crate::stats::Unit;

/// What is left of the chance that an exact 95 % interval leaves on each side.
const BEYOND: f64 = 0.025;

/// `25.8 %`
pub fn per_cent(fraction: f64, decimals: usize) -> String {
    let decimals = i32::try_from(decimals).unwrap_or(0);
    signed_fixed(100.0 * fraction, decimals) + " %"
}

/// How large the chance may be of what none of `n` draws had: the end of the exact 95 % interval
/// (Clopper & Pearson 1934), 1 − 0.025^(1/n).
pub fn at_most(n: u64) -> f64 {
    match n {
        0 => 1.0,
        n => -expm1(ln(BEYOND) / n as f64),
    }
}

/// `25.8 %` for the fraction .258, by the rule. What is not certain never reads 100 %, what is possible never 0 %.
pub fn of_chart(fraction: Quantity) -> String {
    let Some(half) = fraction.known_half() else {
        return rule::percent(fraction.value);
    };
    let text = rule::shown(&fraction.in_unit(Unit::Fraction), "").value();
    if is_zero(&text) {
        // how large it can be, either way
        let most = 100.0 * (fraction.value.abs() + half);
        let place = |percent: f64| (-exponent(percent)).max(0);
        let most = rounded_error(most, place(most));
        return format!("under {} %", fixed(most, place(most)));
    }
    match text.as_str() {
        "100 %" | "100.0 %" if fraction.value < 1.0 => "over 99.9 %".to_owned(),
        _ => text,
    }
}

/// A tick of a percent axis, with every digit that it has: `2.5 %`.
pub fn percent_tick(fraction: f64) -> String {
    let digits = short((100.0 * fraction).abs(), TICK_DIGITS);
    with_minus(fraction, &digits) + " %"
}

/// `one month in 40`: a probability per `thing` (which has "month" in it) to two digits; where it is common `45 % of months`.
pub fn one_in(probability: f64, thing: &str) -> String {
    const COMMON: f64 = 0.18;
    let things = thing.replace("month", "months");
    if probability <= 0.0 {
        return format!("no {thing} that was sampled");
    }
    if probability > COMMON {
        return format!("{:.0} % of {things}", 100.0 * probability);
    }
    let rounded = format!("{:.1e}", 1.0 / probability);
    let rounded: f64 = rounded.parse().expect("a number in scientific notation");
    format!("one {thing} in {}", in_words(rounded.round() as u64))
}
