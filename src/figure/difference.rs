//! Differences: to the place that their error reaches, and so that zero lies on the right side of it; figures
//! that stand beside each other, to one place.
//!
//! In: figures of a unit. Out: texts such as `−59.6 ± 0.4 pt`. Not here: a run alone (`shown`), which
//! place an error reaches (`math`).

use super::share::place_of_share;
use super::shown::Half;
use super::{MINUS, Quantity, Shown, fixed, grouped_digits, is_zero, scale, signed};
use crate::math::digits::{exponent, place_of_figure, rounded, rounded_error, told};
use crate::stats::Unit;
use crate::units::hundredfold;

/// Significant digits of a difference whose error is not known, and of what is certain.
const UNKNOWN_DIGITS: i32 = 2;
const CERTAIN_DIGITS: i32 = 3;

/// Most decimals of an amount below one.
const MOST_OF_SMALL: i32 = 9;

/// Most decimals of an amount in its unit; with more it is written out.
const MOST_OF_AMOUNT: i32 = 3;

/// One unit and one last place for figures that stand beside each other.
pub struct Ruler<'a> {
    kind: Kind,
    currency: &'a str,
    largest: f64,
    place: i32,
}

impl<'a> Ruler<'a> {
    /// For figures of `unit` about as large as `largest`, known to within `half`.
    pub fn new(unit: Unit, currency: &'a str, largest: f64, half: Option<f64>) -> Self {
        let kind = Kind::of(unit);
        let known = half.filter(|half| *half > 0.0 && half.is_finite());
        let place = match known {
            Some(half) if kind == Kind::Share => place_of_share(largest, half),
            Some(half) => place_of_figure(largest, half).min(kind.most(largest)),
            None if largest == 0.0 => 0,
            None => kind.place_of(largest, false),
        };
        Self {
            kind,
            currency,
            largest,
            place,
        }
    }

    /// To one more place.
    pub fn finer(self) -> Self {
        let place = self.place + 1;
        Self { place, ..self }
    }

    /// `$142.3k`, `17.1 %`
    pub fn shown(&self, value: f64) -> String {
        let shown = self
            .kind
            .shown_beside(value, self.largest, self.place, self.currency);
        match value.is_finite() {
            true => shown + self.kind.sign(),
            false => "–".to_owned(),
        }
    }
}

/// `15 %`, `$100.5k`: a number as somebody would have typed it, with its currency.
pub fn written(unit: Unit, currency: &str, value: f64) -> String {
    let kind = Kind::of(unit);
    let (terms, suffix) = match kind {
        Kind::Money => scale(value),
        Kind::Share | Kind::Number => (1.0, String::new()),
    };
    let digits = match kind {
        Kind::Share => hundredfold(value.abs()),
        Kind::Money | Kind::Number => (value / terms).abs().to_string(),
    };
    let digits = grouped_digits(&digits) + &suffix;
    kind.with_sign(value, &digits, currency) + kind.sign()
}

/// A difference of figures of `unit`.
pub fn difference(unit: Unit, currency: &str, figure: Quantity) -> Shown {
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
    let text = match value > 0.0 && !is_zero(&text) {
        true => format!("+{text}"),
        false => text,
    };
    let shown = match (half, figure.half()) {
        (Some(half), _) => Shown::known(text, kind.magnitude(half, largest, place)),
        (None, Half::Unknown) => Shown::unknown(text),
        (None, _) => Shown::alone(text),
    };
    match kind {
        Kind::Share => shown.in_units("pt"),
        Kind::Money | Kind::Number => shown,
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
    fn of(unit: Unit) -> Self {
        match unit {
            Unit::Money | Unit::MoneyPerMonth => Self::Money,
            Unit::Fraction | Unit::FractionPerYear | Unit::Probability => Self::Share,
            Unit::PerYear | Unit::Correlation | Unit::HoursPerWeek | Unit::Months => Self::Number,
        }
    }

    /// What follows its digits.
    const fn sign(self) -> &'static str {
        match self {
            Self::Share => " %",
            Self::Money | Self::Number => "",
        }
    }

    fn with_sign(self, value: f64, digits: &str, currency: &str) -> String {
        match self {
            Self::Money => signed(currency, value, digits),
            _ if value < 0.0 && !is_zero(digits) => format!("{MINUS}{digits}"),
            _ => digits.to_owned(),
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
            // a tenth of a point, and a whole one of what is large; less where that is all there is
            (Self::Share, false) => {
                let tenths = (digits - 1 - exponent(value)).clamp(0, 1);
                tenths.max(-exponent(value)).min(self.most(value))
            }
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
        self.with_sign(value, &digits, currency)
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
