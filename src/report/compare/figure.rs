//! Figures of a comparison as text: both runs, their difference, never more digits than the error
//! of the difference supports.
//!
//! In: values of a unit. Out: texts such as `65.4 %` and `−59.6 ± 0.4 pt`. Not here: rows (`text`).

use super::super::Measure;
use super::super::figure::{money, money_with_error, per_cent, points_with_error};
use super::document::DifferencePart;

/// Φ⁻¹(0.975).
const HALF_WIDTH: f64 = 1.959_963_984_540_054;

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

/// The figures of `part`, amounts times `times`.
pub fn figures(part: &DifferencePart, currency: &str, times: f64) -> Figures {
    let half = half_width(part.interval).map(|half| half * times);
    let own = |std_error: Option<f64>| {
        std_error
            .map(|error| HALF_WIDTH * error * times)
            .filter(|half| *half > 0.0)
    };
    let change = change(part.unit, part.difference * times, half, currency);
    Figures {
        error: match part.std_error {
            None => "?".to_owned(),
            Some(_) => change.error.clone(),
        },
        base: value(
            part.unit,
            part.base * times,
            own(part.base_std_error),
            currency,
        ),
        new: value(
            part.unit,
            part.new * times,
            own(part.new_std_error),
            currency,
        ),
        ..change
    }
}

/// A difference alone.
pub fn change(unit: &str, difference: f64, half: Option<f64>, currency: &str) -> Figures {
    let measure = measure(difference, half);
    let (text, error, suffix) = match Kind::of(unit) {
        Kind::Money => {
            let shown = money_with_error(currency, &measure);
            (shown.value(), shown.error(), "")
        }
        Kind::Share => {
            let shown = points_with_error(&measure, 1.0);
            let points = shown.value().trim_end_matches(" %").to_owned();
            (points, shown.error(), "pt")
        }
        Kind::Number => (
            number(difference, half),
            half.map_or(String::new(), |half| number(half, Some(half))),
            "",
        ),
    };
    let is_zero = !text.contains(|c: char| ('1'..='9').contains(&c));
    let is_positive = difference > 0.0 && !is_zero;
    Figures {
        base: String::new(),
        new: String::new(),
        difference: match is_positive {
            true => format!("+{text}"),
            false => text,
        },
        error,
        suffix,
    }
}

/// Half of an interval, if it has a width.
pub fn half_width(interval: Option<[f64; 2]>) -> Option<f64> {
    let half = interval.map(|[low, high]| 0.5 * (high - low));
    half.filter(|half| *half > 0.0)
}

/// How a unit is shown.
enum Kind {
    Money,
    /// In per cent.
    Share,
    Number,
}

impl Kind {
    fn of(unit: &str) -> Self {
        match unit {
            "money" | "money per month" => Self::Money,
            "fraction" | "fraction per year" | "probability" => Self::Share,
            _ => Self::Number,
        }
    }
}

/// A figure to the place that its error reaches, and to three digits where that is tiny.
fn value(unit: &str, value: f64, half: Option<f64>, currency: &str) -> String {
    match Kind::of(unit) {
        Kind::Money => match half {
            Some(half) if half > 0.002 * value.abs() => {
                money_with_error(currency, &measure(value, Some(half))).value()
            }
            _ => money(currency, value),
        },
        Kind::Share => match half {
            Some(half) if half >= 0.000_95 => {
                points_with_error(&measure(value, Some(half)), 1.0).value()
            }
            _ => per_cent(value, 1),
        },
        Kind::Number => number(value, half),
    }
}

/// A plain number to the place of its error's first digit, at most four decimals.
fn number(value: f64, half: Option<f64>) -> String {
    let place = half.map_or(2, |half| {
        let exponent = format!("{half:e}");
        let exponent = exponent
            .split_once('e')
            .and_then(|(_, text)| text.parse::<i32>().ok());
        exponent.map_or(2, |exponent| (-exponent).clamp(0, 4))
    });
    let decimals = usize::try_from(place).unwrap_or(0);
    let text = format!("{:.decimals$}", value.abs());
    let is_zero = !text.contains(|c: char| ('1'..='9').contains(&c));
    match value < 0.0 && !is_zero {
        true => format!("−{text}"),
        false => text,
    }
}

fn measure(value: f64, half: Option<f64>) -> Measure {
    Measure {
        value,
        std_error: None,
        interval: half.map(|half| [value - half, value + half]),
        level: 0.95,
        n: 0,
        unit: "",
        note: None,
        is_error_unknown: false,
    }
}
