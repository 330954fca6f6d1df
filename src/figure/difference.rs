//! Differences: to the place that their error reaches, and so that zero lies on the right side of it.
//!
//! In: differences of a unit. Out: texts such as `−59.6 ± 0.4 pt`. Not here: a run alone (`shown`), which
//! place an error reaches (`math`).

use super::quantity::Half;
use super::{MINUS, Quantity, fixed, is_money, is_zero, scale, signed};
use crate::math::digits::{exponent, rounded, rounded_error, told};

/// Significant digits of a difference whose error is not known, and of what is certain.
const UNKNOWN_DIGITS: i32 = 2;
const CERTAIN_DIGITS: i32 = 3;

/// Most decimals of an amount below one.
const MOST_OF_SMALL: i32 = 9;

/// Most decimals of an amount in its unit; with more it is written out.
const MOST_OF_AMOUNT: i32 = 3;

/// A difference as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// With its sign.
    pub value: String,
    /// Empty if there is none.
    pub error: String,
    /// `pt` behind points of per cent.
    pub suffix: &'static str,
}

impl Difference {
    /// `−59.6 ± 0.4 pt`
    pub fn whole(&self) -> String {
        match self.suffix {
            "" => self.without_suffix(),
            suffix => format!("{} {suffix}", self.without_suffix()),
        }
    }

    /// `−59.6 ± 0.4`
    pub fn without_suffix(&self) -> String {
        match self.error.as_str() {
            "" => self.value.clone(),
            error => format!("{} ± {error}", self.value),
        }
    }
}

/// A difference of figures of the unit called `unit`.
pub fn difference(unit: &str, currency: &str, figure: Quantity) -> Difference {
    let kind = Kind::of(unit);
    let (value, terms) = (figure.value, kind.terms());
    let known = match figure.half() {
        Half::Known(half) if terms * half >= kind.least(value) => Some(terms * half),
        _ => None,
    };
    let place = match known {
        Some(half) => told(terms * value, half).place.min(kind.most(value)),
        None => kind.place_of(value, figure.half() == Half::Unknown),
    };
    let half = known.map(|half| rounded_error(half, place) / terms);
    let largest = value.abs().max(half.unwrap_or(0.0));
    let text = kind.shown_beside(value, largest, place, currency);
    Difference {
        value: match value > 0.0 && !is_zero(&text) {
            true => format!("+{text}"),
            false => text,
        },
        error: match (half, figure.half()) {
            (Some(half), _) => kind.magnitude(half, largest, place),
            (None, Half::Unknown) => "?".to_owned(),
            (None, _) => String::new(),
        },
        suffix: match kind {
            Kind::Share => "pt",
            _ => "",
        },
    }
}

/// How a unit is shown. Places count decimals of its terms: of currency units, of points.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Money,
    /// In per cent.
    Share,
    Number,
}

impl Kind {
    fn of(unit: &str) -> Self {
        match unit {
            word if is_money(word) => Self::Money,
            "fraction" | "fraction per year" | "probability" => Self::Share,
            _ => Self::Number,
        }
    }

    /// A one of its terms.
    const fn terms(self) -> f64 {
        match self {
            Self::Share => 100.0,
            Self::Money | Self::Number => 1.0,
        }
    }

    /// Most decimals; an amount below one may be of a currency of large units.
    fn most(self, value: f64) -> i32 {
        match self {
            Self::Money if value.abs() < 1.0 => MOST_OF_SMALL,
            Self::Money => 2,
            Self::Share | Self::Number => 4,
        }
    }

    /// An error below this is none, in its terms.
    fn least(self, value: f64) -> f64 {
        match self {
            Self::Money if value.abs() < 1.0 => 1e-9,
            Self::Money => 0.005,
            Self::Share | Self::Number => 0.0,
        }
    }

    /// The place that a figure reaches by itself.
    fn place_of(self, value: f64, is_unknown: bool) -> i32 {
        let value = self.terms() * value;
        let digits = match is_unknown {
            true => UNKNOWN_DIGITS,
            false => CERTAIN_DIGITS,
        };
        match (self, value == 0.0) {
            (Self::Money, true) => 0,
            (Self::Share, true) => 1,
            (Self::Number, true) => 2,
            // a tenth of a point, and a whole one of what is large
            (Self::Share, false) => (digits - 1 - exponent(value)).clamp(0, 1),
            (Self::Number, false) => (digits - 1 - exponent(value)).min(2),
            (Self::Money, false) => {
                without_idle_zeros(value, (digits - 1 - exponent(value)).min(self.most(value)))
            }
        }
    }

    /// `value` in the unit of what is as large as `largest`.
    fn shown_beside(self, value: f64, largest: f64, place: i32, currency: &str) -> String {
        let value = rounded(self.terms() * value, place) / self.terms();
        let digits = self.magnitude(value, largest, place);
        match self {
            Self::Money => signed(currency, value, &digits),
            _ if value < 0.0 && !is_zero(&digits) => format!("{MINUS}{digits}"),
            _ => digits,
        }
    }

    /// Digits and suffix without sign.
    fn magnitude(self, value: f64, largest: f64, place: i32) -> String {
        if self != Self::Money {
            return fixed(rounded(self.terms() * value, place), place.max(0));
        }
        let (unit, suffix) = unit_of_amount(largest, place);
        let decimals = place + exponent(unit);
        let digits = fixed(rounded(value / unit, decimals), decimals.max(0));
        digits + &suffix
    }
}

/// Unit and suffix of an amount; a smaller one where it would have too many decimals.
fn unit_of_amount(largest: f64, place: i32) -> (f64, String) {
    const SMALLER: [(f64, &str); 4] = [(1e9, "B"), (1e6, "M"), (1e3, "k"), (1.0, "")];
    let (unit, suffix) = scale(largest);
    let is_few = |unit: f64| unit < 1.0 || place + exponent(unit) <= MOST_OF_AMOUNT;
    if is_few(unit) || unit > 1e12 {
        return (unit, suffix);
    }
    let mut smaller = SMALLER.iter().filter(|(smaller, _)| *smaller < unit);
    let found = smaller.find(|(unit, _)| is_few(*unit) || *unit == 1.0);
    found.map_or((unit, suffix), |(unit, suffix)| {
        (*unit, (*suffix).to_owned())
    })
}

/// `place` without the zeros at the end of `value`.
fn without_idle_zeros(value: f64, place: i32) -> i32 {
    let kept = rounded(value, place);
    let mut place = place;
    while value != 0.0 && rounded(value, place - 1) == kept {
        place -= 1;
    }
    place
}
