//! A figure and the error of its estimate, and both by their unit as they are shown.
//!
//! In: numbers, units. Out: [`Quantity`], [`Shown`], whether one figure is above another. Not here: sentences.

use super::share::{place_of_share, share_of_all};
use super::{MINUS, chance, fixed, is_zero, money_with_error, per_cent};
use crate::math::digits::{place_of_figure, rounded};
use crate::math::elementary::ln;
use crate::math::normal::from_ln_upper_tail;
use crate::stats::{HALF_WIDTH, Unit};

/// Most decimals of what is neither money nor a share, and those of one whose error is not known.
const MOST_OF_NUMBER: i32 = 4;
const UNKNOWN_OF_NUMBER: i32 = 2;

/// What is shown of an error that these paths cannot tell.
const UNKNOWN: &str = "?";

/// A figure and what is known about its error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    value: String,
    error: String,
    /// `pt` behind points of per cent.
    suffix: &'static str,
}

impl Shown {
    /// A figure that is shown without its error.
    pub fn alone(value: String) -> Self {
        Self::known(value, String::new())
    }

    /// With half of its interval.
    pub fn known(value: String, error: String) -> Self {
        let suffix = "";
        Self {
            value,
            error,
            suffix,
        }
    }

    /// With an error that these paths cannot tell.
    pub fn unknown(value: String) -> Self {
        Self::known(value, UNKNOWN.to_owned())
    }

    /// With its interval in place of a symmetric error.
    pub fn within(self, [low, high]: [Self; 2]) -> Self {
        let error = format!("({} to {})", low.value, high.value);
        Self { error, ..self }
    }

    /// With a word behind it.
    pub(super) fn in_units(self, suffix: &'static str) -> Self {
        Self { suffix, ..self }
    }

    /// The figure alone.
    pub fn value(&self) -> String {
        self.value.clone()
    }

    /// Half the interval without its sign, or `($0 to $43k)`; empty if there is none to show.
    pub fn error(&self) -> String {
        self.error.clone()
    }

    /// `$271k ± 1k`, `−59.6 ± 0.4 pt`
    pub fn whole(&self) -> String {
        match self.suffix {
            "" => self.without_suffix(),
            suffix => format!("{} {suffix}", self.without_suffix()),
        }
    }

    /// `−59.6 ± 0.4`
    pub fn without_suffix(&self) -> String {
        self.value() + &self.beside()
    }

    /// What stands behind the figure: ` ± 0.4`, ` ($0 to $43k)` or nothing.
    pub fn beside(&self) -> String {
        match self.error.as_str() {
            "" => String::new(),
            interval if self.is_interval() => format!(" {interval}"),
            error => format!(" ± {error}"),
        }
    }

    /// Whether an interval stands in place of the error.
    pub fn is_interval(&self) -> bool {
        self.error.starts_with('(')
    }

    /// Whether the error is not known.
    pub fn is_unknown(&self) -> bool {
        self.error == UNKNOWN
    }
}

/// A figure of `unit` on `n` paths, as every output shows it: never to a place that its
/// error does not reach.
pub fn shown(unit: Unit, currency: &str, figure: Quantity, (n, is_certain): (u64, bool)) -> Shown {
    match unit {
        Unit::Money | Unit::MoneyPerMonth => money_with_error(currency, figure),
        Unit::Probability => chance(figure, n, is_certain),
        Unit::Fraction | Unit::FractionPerYear => Shown::alone(tenths_of_per_cent(figure)),
        Unit::PerYear | Unit::Correlation | Unit::HoursPerWeek | Unit::Months => {
            let place = match figure.half() {
                // whole months are counted
                _ if unit == Unit::Months && figure.value.fract() == 0.0 => 0,
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

/// An end of the interval of `figure`, which has digits of it as the figure has; what is above nothing does not read so.
pub fn shown_end(
    unit: Unit,
    currency: &str,
    figure: Quantity,
    end: f64,
    seen: (u64, bool),
) -> Shown {
    let of_end = match end {
        0.0 => Quantity::exact(end),
        value => Quantity { value, ..figure },
    };
    if unit == Unit::Probability && (end == 0.0 || end == 1.0) {
        return Shown::alone(per_cent(end, 0));
    }
    let told = shown(unit, currency, of_end, seen);
    match unit == Unit::Probability && is_zero(told.value.trim_end_matches(" %")) {
        true => Shown::alone(share_of_all(end)),
        false => told,
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

/// A figure and the standard error of its estimate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantity {
    pub value: f64,
    /// 0 if there is none, infinite if it is not known.
    pub std_error: f64,
}

/// What is to be shown of an error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Half {
    None,
    /// To the farther end of the 95 % interval, above zero.
    Known(f64),
    Unknown,
}

impl Quantity {
    /// A figure known without error.
    pub fn exact(value: f64) -> Self {
        let std_error = 0.0;
        Self { value, std_error }
    }

    /// A figure known to within `half`, with 95 %.
    pub fn within(value: f64, half: f64) -> Self {
        let std_error = half / HALF_WIDTH;
        Self { value, std_error }
    }

    /// A figure with a 95 % interval: within its farther end, so that value ± half covers all of it.
    pub fn between(value: f64, [low, high]: [f64; 2]) -> Self {
        Self::within(value, (high - value).max(value - low))
    }

    /// The same in another unit.
    pub fn times(self, factor: f64) -> Self {
        Self {
            value: factor * self.value,
            std_error: factor.abs() * self.std_error,
        }
    }

    /// Without its sign.
    pub fn size(self) -> Self {
        let value = self.value.abs();
        Self { value, ..self }
    }

    /// From the figure to the farther end of its 95 % interval.
    pub fn half_width(&self) -> f64 {
        HALF_WIDTH * self.std_error
    }

    /// Whether the 95 % interval leaves out zero: what a title may call a difference.
    pub fn differs_from_zero(&self) -> bool {
        self.value.abs() > self.half_width()
    }

    /// The same, as far as it is known.
    pub fn half(&self) -> Half {
        match self.half_width() {
            half if !half.is_finite() => Half::Unknown,
            half if half > 0.0 => Half::Known(half),
            _ => Half::None,
        }
    }

    /// The same, where it is known and not nothing.
    pub fn known_half(&self) -> Option<f64> {
        match self.half() {
            Half::Known(half) => Some(half),
            Half::None | Half::Unknown => None,
        }
    }
}

/// Whether `a` exceeds `b` when the two were picked from `n` estimates by their size: by more
/// than the 95 % intervals of the differences of all pairs together (Bonferroni) allow. The error
/// of the difference is the sum of both, its bound whatever the dependence of the two.
pub fn clearly_above(a: Quantity, b: Quantity, n: usize) -> bool {
    let n_pairs = (n * n.saturating_sub(1) / 2).max(1) as f64;
    let standard_errors = from_ln_upper_tail(ln(0.025 / n_pairs));
    let error = standard_errors * (a.std_error + b.std_error);
    a.value - b.value > error.max(1e-9 * a.value.abs())
}
