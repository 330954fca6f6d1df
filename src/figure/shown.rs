//! A figure by its unit, with what is known of its error.
//!
//! In: quantities, words of units. Out: [`Shown`]. Not here: sentences.

use super::quantity::Half;
use super::share::place_of_share;
use super::{MINUS, Quantity, chance, fixed, money_with_error, per_cent};
use crate::math::digits::{place_of_figure, rounded};

/// Most decimals of what is neither money nor a share, and those of one whose error is not known.
const MOST_OF_NUMBER: i32 = 4;
const UNKNOWN_OF_NUMBER: i32 = 2;

/// A figure and what is known about its error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
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

    /// With half of its interval.
    pub fn known(value: String, half: String) -> Self {
        let error = Error::Known(half);
        Self { value, error }
    }

    /// With an error that these paths cannot tell.
    pub fn unknown(value: String) -> Self {
        let error = Error::Unknown;
        Self { value, error }
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

/// Whether figures of the unit called `word` are amounts.
pub fn is_money(word: &str) -> bool {
    matches!(word, "money" | "money per month")
}

/// A figure of the unit called `unit` on `n` paths, as every output shows it: never to a place that its
/// error does not reach.
pub fn shown(unit: &str, currency: &str, figure: Quantity, (n, is_certain): (u64, bool)) -> Shown {
    match unit {
        word if is_money(word) => money_with_error(currency, figure),
        "probability" => chance(figure, n, is_certain),
        "fraction" | "fraction per year" => Shown::alone(tenths_of_per_cent(figure)),
        _ => {
            let place = match figure.half() {
                Half::Known(half) => place_of_figure(figure.value, half).min(MOST_OF_NUMBER),
                Half::None | Half::Unknown => UNKNOWN_OF_NUMBER,
            };
            let value = rounded(figure.value, place);
            let digits = fixed(value, place);
            Shown::alone(match value < 0.0 {
                true => format!("{MINUS}{digits}"),
                false => digits,
            })
        }
    }
}

/// `25.8 %`, without the tenths if the error is larger and two digits remain.
fn tenths_of_per_cent(figure: Quantity) -> String {
    let supported = match figure.half() {
        Half::Known(half) => place_of_share(figure.value, half),
        Half::None | Half::Unknown => 1,
    };
    per_cent(figure.value, usize::try_from(supported.min(1)).unwrap_or(0))
}
