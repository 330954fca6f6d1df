//! Measures as text: never more digits than the error supports.
//!
//! In: measures. Out: texts such as `$271.2k ± 1.1k`. Not here: sentences (`text`), columns (`layout`),
//! amounts without a measure (`figure` of the crate).

use super::Measure;
pub use crate::figure::grouped;
pub(super) use crate::figure::{fixed, grouped_digits, money, scale, signed};
use crate::figure::{is_zero, money_within, place_of_share};
pub(super) use crate::math::digits::exponent;
use crate::math::digits::{place_of_figure, rounded, rounded_error};
use crate::math::elementary::expm1;
use crate::math::ln;
use crate::stats::HALF_WIDTH;

/// Most decimals of what is neither money nor a share, and those of one whose error is not known.
const MOST_OF_NUMBER: i32 = 4;
const UNKNOWN_OF_NUMBER: i32 = 2;

/// What is left of the chance that an exact 95 % interval leaves on each side.
const BEYOND: f64 = 0.025;

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

/// `$271.2k ± 1.1k`
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
    match money_within(currency, value, half) {
        (value, Some(half)) => Shown {
            value,
            error: Error::Known(half),
        },
        (value, None) => Shown::alone(value),
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

/// Whether figures of the unit called `word` are amounts.
pub(super) fn is_money(word: &str) -> bool {
    matches!(word, "money" | "money per month")
}

/// Whether the measure `id` is a loss of the run, in money.
pub(super) fn is_loss(id: &str) -> bool {
    let mut families = ["value_at_risk.", "expected_shortfall."].iter();
    families.any(|family| id.starts_with(family))
}

/// Whether a figure of a loss is below zero: a gain, and called one wherever it is shown.
pub(super) fn is_gain(id: &str, value: f64) -> bool {
    is_loss(id) && value < 0.0
}

/// A figure as every screen shows it, by its unit: never to a place that its error does not reach.
pub(super) fn shown(currency: &str, measure: &Measure) -> Shown {
    match measure.unit {
        unit if is_money(unit) => money_with_error(currency, measure),
        "probability" => chance_with_error(measure),
        "fraction" | "fraction per year" => Shown::alone(tenths_of_per_cent(measure)),
        _ => {
            let place = match half_width(measure) {
                Half::Known(half) => place_of_figure(measure.value, half).min(MOST_OF_NUMBER),
                Half::None | Half::Unknown => UNKNOWN_OF_NUMBER,
            };
            let value = rounded(measure.value, place);
            let digits = fixed(value, place);
            let minus = if value < 0.0 { "−" } else { "" };
            Shown::alone(format!("{minus}{digits}"))
        }
    }
}

/// `25.8 %`, without the tenths if the error is larger and two digits remain.
fn tenths_of_per_cent(measure: &Measure) -> String {
    let supported = match half_width(measure) {
        Half::Known(half) => place_of_share(measure.value, half),
        Half::None | Half::Unknown => 1,
    };
    let supported = usize::try_from(supported).unwrap_or(0);
    per_cent(measure.value, supported.min(1))
}

/// `25.8 % ± 0.3`: a fraction of one (after scaling) in per cent with its 95 % half-width.
pub(super) fn points_with_error(measure: &Measure, scale: f64) -> Shown {
    let value = measure.value * scale;
    let half = match half_width(measure) {
        Half::None => return Shown::alone(per_cent(value, 1)),
        Half::Unknown => {
            return Shown {
                value: per_cent(value, 1),
                error: Error::Unknown,
            };
        }
        Half::Known(half) => half * scale.abs(),
    };
    let place = place_of_share(value, half);
    Shown {
        value: per_cent(value, usize::try_from(place).unwrap_or(0)),
        error: Error::Known(fixed(rounded_error(100.0 * half, place), place)),
    }
}

/// A chance: where no path or all of them had the event, how large or small it can still be.
fn chance_with_error(measure: &Measure) -> Shown {
    let n = measure.n as u64;
    match measure.value {
        0.0 | 1.0 if measure.is_certain() => Shown::alone(per_cent(measure.value, 0)),
        0.0 => Shown::alone(format!("under {}", share_up(at_most(n)))),
        1.0 => Shown::alone(format!("over {}", per_cent_down(1.0 - at_most(n)))),
        _ => points_with_error(measure, 1.0),
    }
}

/// How large the chance may be of what none of `n` draws had: the end of the exact 95 % interval
/// (Clopper & Pearson 1934), 1 − 0.025^(1/n).
pub(super) fn at_most(n: u64) -> f64 {
    match n {
        0 => 1.0,
        n => -expm1(ln(BEYOND) / n as f64),
    }
}

/// `0.0019 %`: two digits, rounded up.
pub(super) fn share_up(share: f64) -> String {
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
pub(super) fn share_of_all(share: f64) -> String {
    let value = 100.0 * share;
    let two_digits = |value: f64| (1 - exponent(value)).max(0);
    // 0.999 is 1.0 to two digits
    let place = two_digits(rounded(value, two_digits(value)));
    match fixed(rounded(value, place), place) {
        text if is_zero(&text) => "0 %".to_owned(),
        text => format!("{text} %"),
    }
}

/// What is known of half an interval.
pub(super) enum Half {
    None,
    Known(f64),
    Unknown,
}

/// Half of the interval if there is one, else 1.96 standard errors.
pub(super) fn half_width(measure: &Measure) -> Half {
    if measure.is_atom {
        return Half::None; // it has a probability instead
    }
    let half = match (measure.interval, measure.std_error) {
        (Some([low, high]), _) => 0.5 * (high - low),
        (None, _) if measure.is_error_unknown => return Half::Unknown,
        (None, Some(error)) => HALF_WIDTH * error,
        (None, None) => return Half::None,
    };
    match half {
        half if !half.is_finite() => Half::Unknown,
        half if half > 0.0 => Half::Known(half),
        _ => Half::None,
    }
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
            is_atom: false,
        }
    }

    #[test]
    fn a_share_is_shown_to_the_place_of_its_error() {
        let shown = |value, half| points_with_error(&measure(value, half), 1.0).whole();
        assert_eq!(shown(0.2583, 0.0037), "25.8 % ± 0.4");
        assert_eq!(shown(0.2583, 0.037), "26 % ± 4");
        assert_eq!(shown(0.0083, 0.037), "0.8 % ± 3.7");
        assert_eq!(shown(0.2583, 0.31), "26 % ± 31");
        assert_eq!(tenths_of_per_cent(&measure(0.2583, 0.037)), "26 %");
        assert_eq!(tenths_of_per_cent(&measure(0.2583, 0.0002)), "25.8 %");
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
        assert_eq!(points_with_error(&few, 1e-6).whole(), "6.8 % ± ?");
        assert_eq!(money_with_error("USD", &measure(0.0, 0.0)).whole(), "$0");
    }

    #[test]
    fn what_was_not_seen_is_not_said_to_be_impossible() {
        let of = |value, n| {
            let seen = Measure {
                n,
                ..measure(value, 0.004)
            };
            chance_with_error(&seen).whole()
        };
        // 1 − 0.025^(1/256) = 1.43 %
        assert_eq!(of(0.0, 256), "under 1.5 %");
        assert_eq!(of(1.0, 256), "over 98.5 %");
        assert_eq!(of(0.0, 1), "under 98 %");
        assert_eq!(of(0.5, 256), "50.0 % ± 0.4");
        assert_eq!(share_up(at_most(196_608)), "0.0019 %");
    }
}
