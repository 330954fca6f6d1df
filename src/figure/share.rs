//! Shares and chances: per cent to the place of the error.
//!
//! In: fractions, where known with their error. Out: texts such as `25.8 %` and `25.8%`, as pictures
//! have it. Not here: money.

use super::shown::Half;
use super::words::{TICK_DIGITS, power_of_ten, short, without_trailing_zeros};
use super::{MINUS, Quantity, Shown, fixed, in_words, is_zero};
use crate::math::digits::{exponent, place_of_error, place_of_figure, rounded, rounded_error};
use crate::math::elementary::expm1;
use crate::math::ln;

/// Most decimals of per cent, and most digits where it has two before the point or more.
const MOST_OF_SHARE: i32 = 3;
const MOST_DIGITS: i32 = 4;

/// What is left of the chance that an exact 95 % interval leaves on each side.
const BEYOND: f64 = 0.025;

/// `25.8 %`
pub fn per_cent(fraction: f64, decimals: usize) -> String {
    let shown = fixed(100.0 * fraction, i32::try_from(decimals).unwrap_or(0));
    match fraction < 0.0 && !is_zero(&shown) {
        true => format!("{MINUS}{shown} %"),
        false => format!("{shown} %"),
    }
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

/// `25.8 % ± 0.3`: a fraction of one in per cent with half of its 95 % interval.
pub fn points(figure: Quantity) -> Shown {
    let half = match figure.half() {
        Half::None => return Shown::alone(per_cent(figure.value, 1)),
        Half::Unknown => return Shown::unknown(per_cent(figure.value, 1)),
        Half::Known(half) => half,
    };
    let place = place_of_share(figure.value, half);
    let value = per_cent(figure.value, usize::try_from(place).unwrap_or(0));
    // an error that reaches only digits that are not shown
    match is_zero(&fixed(rounded(100.0 * half, place), place)) {
        true => Shown::alone(value),
        false => Shown::known(value, fixed(rounded_error(100.0 * half, place), place)),
    }
}

/// A chance seen on `n` paths: where none or all of them had the event, how large or small it can be; of a single
/// one whether it had.
pub fn chance(figure: Quantity, n: u64, is_certain: bool) -> Shown {
    match figure.value {
        0.0 | 1.0 if is_certain => Shown::alone(per_cent(figure.value, 0)),
        happened if n == 1 => Shown::alone(format!("{happened:.0} of 1")),
        0.0 => Shown::alone(format!("under {}", share_up(at_most(n)))),
        1.0 => Shown::alone(format!("over {}", per_cent_down(1.0 - at_most(n)))),
        _ => points(figure),
    }
}

/// How large the chance may be of what none of `n` draws had: the end of the exact 95 % interval
/// (Clopper & Pearson 1934), 1 − 0.025^(1/n).
pub fn at_most(n: u64) -> f64 {
    match n {
        0 => 1.0,
        n => -expm1(ln(BEYOND) / n as f64),
    }
}

/// `0.0019 %`: two digits, rounded up.
pub fn share_up(share: f64) -> String {
    let value = 100.0 * share;
    let place = (1 - exponent(value)).max(0);
    let text = fixed(rounded_error(value, place), place);
    format!("{text} %")
}

/// What is surely left of a share, to as many nines as it takes.
fn per_cent_down(share: f64) -> String {
    let rest = 100.0 * (1.0 - share);
    let place = (1 - exponent(rest)).max(0);
    let text = fixed(100.0 - rounded_error(rest, place), place);
    format!("{text} %")
}

/// `24 %`, `3.9 %`, `0.034 %`: two digits of a share, nought only if it is nought.
pub fn share_of_all(share: f64) -> String {
    let value = 100.0 * share;
    let two_digits = |value: f64| (1 - exponent(value)).max(0);
    // 0.999 is 1.0 to two digits
    let place = two_digits(rounded(value, two_digits(value)));
    match fixed(rounded(value, place), place) {
        text if is_zero(&text) => "0 %".to_owned(),
        text => format!("{text} %"),
    }
}

/// `25.8%` for the fraction .258: to the place that the error reaches, as the screen has it. What is
/// not certain never reads 100 %, what is possible never 0 %.
pub fn of_chart(fraction: Quantity) -> String {
    match fraction.known_half() {
        Some(half) => match percent_to(fraction.value, place_of_share(fraction.value, half)) {
            // how large it can be, either way
            text if text.starts_with("under") || is_zero(text.trim_end_matches('%')) => {
                let most = share_up(fraction.value.abs() + half);
                format!("under {}%", most.trim_end_matches(" %"))
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
pub fn one_in(probability: Quantity, thing: &str) -> String {
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
    format!("one {thing} in {}", in_words(rounded.round() as u64))
}
