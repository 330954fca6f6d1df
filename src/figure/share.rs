//! Fractions and probabilities in percent, as charts print them, and counted fractions of the paths.
//!
//! In: fractions, with their error if known; counts. Out: texts such as `25.8 %`. Not here: money.
//!
//! A quantile alone misleads if many paths end at the same amount. If 40 % of paths end at one amount that is
//! the 5th percentile, fewer than 5 % end below it. "At least 5 % end at or below it" is always true.

use super::words::{TICK_DIGITS, power_of_ten, short, with_minus};
use super::{Quantity, fixed, is_zero, rule, signed_fixed};
use crate::math::digits::{exponent, rounded_error};
use crate::stats::Unit;

/// Formats a fraction in percent with this number of decimals: `25.8 %`.
pub fn per_cent(fraction: f64, decimals: i32) -> String {
    signed_fixed(100.0 * fraction, decimals) + " %"
}

/// Size below which a fraction without a known error is not printed.
const TINY: f64 = 1e-4;

/// Formats a fraction in percent with the digits that its error supports: `25.8 %` for 0.258. An uncertain value never
/// reads 100 % or 0 %, but `over 99.9 %` or `under 0.1 %`.
pub fn of_chart(fraction: Quantity) -> String {
    let Some(half) = fraction.known_half() else {
        return match fraction.value.abs() {
            tiny if tiny > 0.0 && tiny < TINY => "under 0.01 %".to_owned(),
            _ => rule::percent(fraction.value),
        };
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

/// Formats a change of a fraction in percentage points: `+1.5`, `−11.9`, `0.0`.
pub fn signed_points(change: f64, decimals: i32) -> String {
    let digits = signed_fixed(100.0 * change, decimals);
    if change > 0.0 && !is_zero(&digits) { format!("+{digits}") } else { digits }
}

/// Formats a relative change with its sign: `−7.7 %`, `+0.3 %`, `0 %`.
pub fn signed_share(change: Quantity) -> String {
    // no fall is larger than 100 %
    let size = if change.value < -0.999 { "100 %".to_owned() } else { of_chart(change.size()) };
    if (1_000.0 * change.value.abs()).round() == 0.0 {
        return "0 %".to_owned();
    }
    format!("{}{size}", if change.value < 0.0 { "−" } else { "+" })
}

/// Returns a formatter of fractions of `n` paths in percent with the same decimals; with different ones a column could not
/// be compared. A positive fraction never reads as 0 %, one below 1 never as 100 %.
pub fn shares_alike(n: u64, mut shares: impl Iterator<Item = f64>) -> impl Fn(f64) -> String {
    let is_rare = shares.any(|share| (f64::MIN_POSITIVE..0.001).contains(&share));
    let decimals = (exponent(n as f64) - 2).clamp(0, if is_rare { 2 } else { 1 });
    let least = 0.01 / power_of_ten(decimals);
    move |share| match per_cent(share, decimals) {
        zero if share > 0.0 && is_zero(&zero) => format!("< {}", per_cent(least, decimals)),
        all if share < 1.0 && all == per_cent(1.0, decimals) => {
            format!("> {}", per_cent(1.0 - least, decimals))
        }
        text => text,
    }
}

/// Formats a fraction at a tick of a percent axis with all its digits: `2.5 %`.
pub fn percent_tick(fraction: f64) -> String {
    let digits = short((100.0 * fraction).abs(), TICK_DIGITS);
    with_minus(fraction, &digits) + " %"
}

/// Number of paths below which a title counts paths instead of stating a percentage.
const FEW_PATHS: u64 = 40;

/// Formats `hits` of `n` paths with a verb in singular (`ends`) and plural (`end`): `12 % of paths end`, or
/// `3 of 10 paths end`.
pub fn hits(hits: u64, n: u64, ends: &str, end: &str) -> String {
    if n < FEW_PATHS {
        let verb = if hits == 1 { ends } else { end };
        format!("{hits} of {n} paths {verb}")
    } else {
        format!("{} of paths {end}", of_chart(share_of(hits, n)))
    }
}

/// Returns the fraction `hits / n` of the paths with its sampling error.
pub fn share_of(hits: u64, n: u64) -> Quantity {
    let value = hits as f64 / n.max(1) as f64;
    let std_error = (value * (1.0 - value) / n.max(1) as f64).sqrt();
    Quantity { value, std_error }
}
