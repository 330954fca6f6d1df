//! Figures of a comparison as text: both runs, and their difference to the place that its error
//! reaches.
//!
//! In: values of a unit. Out: texts such as `65.4 %` and `−59.6 ± 0.4 pt`. Not here: rows (`text`),
//! a run alone (`figure` of the report), which place an error reaches (`math`).

use super::super::Measure;
use super::super::figure::{fixed, is_gain, is_money, scale, shown, signed};
use super::document::{ChangePart, DifferencePart};
use crate::math::digits::{exponent, rounded, rounded_error, told};
use crate::stats::HALF_WIDTH;

/// Significant digits of a difference whose error is not known, and of what is certain.
const UNKNOWN_DIGITS: i32 = 2;
const CERTAIN_DIGITS: i32 = 3;

/// Most decimals of an amount below one.
const MOST_OF_SMALL: i32 = 9;

/// Most decimals of an amount in its unit; with more it is written out.
const MOST_OF_AMOUNT: i32 = 3;

/// One measure of a case as it is shown.
pub struct Figures {
    pub base: String,
    pub new: String,
    /// With its sign; its error if it has one.
    pub difference: String,
    pub error: String,
    /// `pt` behind points of per cent.
    pub suffix: &'static str,
}

impl Figures {
    /// `−59.6 ± 0.4 pt`
    pub fn whole(&self) -> String {
        let error = match self.error.as_str() {
            "" => String::new(),
            error => format!(" ± {error}"),
        };
        let suffix = match self.suffix {
            "" => String::new(),
            suffix => format!(" {suffix}"),
        };
        format!("{}{error}{suffix}", self.difference)
    }
}

/// What is known of the error of a figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Spread {
    /// Half of its interval, above zero.
    Half(f64),
    /// There is none.
    Certain,
    Unknown,
}

impl Spread {
    fn of(std_error: Option<f64>, interval: Option<[f64; 2]>) -> Self {
        match (std_error, half_width(interval)) {
            (None, _) => Self::Unknown,
            (Some(_), Some(half)) => Self::Half(half),
            (Some(error), None) if error > 0.0 => Self::Half(HALF_WIDTH * error),
            (Some(_), None) => Self::Certain,
        }
    }

    pub fn of_change(change: &ChangePart) -> Self {
        Self::of(change.std_error, change.interval)
    }

    /// An error too small to show is none.
    fn without_half(self) -> Self {
        match self {
            Self::Half(_) => Self::Certain,
            other => other,
        }
    }
}

/// The figures of `part`, the measure `id`: each run as its own screen shows it, and their difference.
pub fn figures(id: &str, part: &DifferencePart, currency: &str) -> Figures {
    let spread = Spread::of(part.std_error, part.interval);
    let side = |run: &Measure| match is_gain(id, run.value) {
        true => {
            let gain = Measure {
                value: -run.value,
                interval: run.interval.map(|[low, high]| [-high, -low]),
                ..run.clone()
            };
            format!("gain {}", shown(currency, &gain).value())
        }
        false => shown(currency, run).value(),
    };
    let [base, new] = part.runs.each_ref().map(side);
    Figures {
        base,
        new,
        ..change(part.unit, part.difference, spread, currency)
    }
}

/// A difference alone.
pub fn change(unit: &str, difference: f64, spread: Spread, currency: &str) -> Figures {
    let kind = Kind::of(unit);
    let terms = kind.terms();
    let known = match spread {
        Spread::Half(half) if terms * half >= kind.least(difference) => Some(terms * half),
        _ => None,
    };
    let place = match known {
        Some(half) => told(terms * difference, half)
            .place
            .min(kind.most(difference)),
        None => kind.place_of(difference, spread.without_half()),
    };
    let half = known.map(|half| rounded_error(half, place) / terms);
    let largest = difference.abs().max(half.unwrap_or(0.0));
    let text = kind.shown_beside(difference, largest, place, currency);
    let is_zero = !text.contains(|c: char| ('1'..='9').contains(&c));
    let text = text.trim_end_matches(" %");
    Figures {
        base: String::new(),
        new: String::new(),
        difference: match difference > 0.0 && !is_zero {
            true => format!("+{text}"),
            false => text.to_owned(),
        },
        error: match (half, spread) {
            (Some(half), _) => kind.magnitude(half, largest, place),
            (None, Spread::Unknown) => "?".to_owned(),
            (None, _) => String::new(),
        },
        suffix: match kind {
            Kind::Share => "pt",
            _ => "",
        },
    }
}

/// Half of an interval, if it has a width.
pub fn half_width(interval: Option<[f64; 2]>) -> Option<f64> {
    let half = interval.map(|[low, high]| 0.5 * (high - low));
    half.filter(|half| *half > 0.0 && half.is_finite())
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
    fn place_of(self, value: f64, spread: Spread) -> i32 {
        let value = self.terms() * value;
        let digits = match spread {
            Spread::Half(half) => return (-exponent(self.terms() * half)).min(self.most(value)),
            Spread::Certain => CERTAIN_DIGITS,
            Spread::Unknown => UNKNOWN_DIGITS,
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
        let is_zero = !digits.contains(|c: char| ('1'..='9').contains(&c));
        let minus = if value < 0.0 && !is_zero { "−" } else { "" };
        match self {
            Self::Money => signed(currency, value, &digits),
            Self::Share => format!("{minus}{digits} %"),
            Self::Number => format!("{minus}{digits}"),
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
