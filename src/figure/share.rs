//! Fractions and probabilities in percent, as charts print them.
//!
//! In: fractions, with their error if known. Out: texts such as `25.8 %`. Not here: money.

use super::words::{TICK_DIGITS, short, with_minus};
use super::{Quantity, fixed, in_words, is_zero, rule, signed_fixed};
use crate::math::digits::{exponent, rounded_error};
use crate::math::elementary::expm1;
use crate::math::ln;
use crate::stats::Unit;

/// Probability beyond each end of a 95 % interval.
const BEYOND: f64 = 0.025;

/// Formats a fraction in percent with this number of decimals: `25.8 %`.
pub fn per_cent(fraction: f64, decimals: usize) -> String {
    let decimals = i32::try_from(decimals).unwrap_or(0);
    signed_fixed(100.0 * fraction, decimals) + " %"
}

/// Largest probability of an event that none of `n` draws had: the upper end of the exact 95 % interval
/// (Clopper & Pearson 1934), 1 − 0.025^(1/n).
pub fn at_most(n: u64) -> f64 {
    match n {
        0 => 1.0,
        n => -expm1(ln(BEYOND) / n as f64),
    }
}

/// Formats a fraction in percent by the rule: `25.8 %` for 0.258. An uncertain value never reads 100 %, a
/// possible one never 0 %.
pub fn of_chart(fraction: Quantity) -> String {
    let Some(half) = fraction.known_half() else {
        return rule::percent(fraction.value);
    };
    let text = rule::shown(&fraction.in_unit(Unit::Fraction), "").value();
    if is_zero(&text) {
        // the larger end of the interval by size
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

/// Formats a fraction at a tick of a percent axis with all its digits: `2.5 %`.
pub fn percent_tick(fraction: f64) -> String {
    let digits = short((100.0 * fraction).abs(), TICK_DIGITS);
    with_minus(fraction, &digits) + " %"
}

/// Formats a monthly probability as `one month in 40`, or as `45 % of months` above 18 %. `thing` contains the
/// word "month".
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
