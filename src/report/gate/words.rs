//! Figures and gates in words, the same on the screen of a run and in every output of a batch.
//!
//! In: parts of a gate. Out: short plain texts. Not here: a gate in one line (`text`), escaping, tables.

use super::{Answer, GatePart, GateVerdict};
use crate::figure::{grouped, grouped_digits, is_money, is_zero, scale, signed};
use crate::math::digits::{exponent, place_of_figure, rounded, rounded_error, told};
use crate::stats::HALF_WIDTH;

/// Digits of a figure whose error is not known.
const DIGITS: i32 = 3;
/// Decimals beyond which a figure is not written out.
const MOST_DECIMALS: i32 = 9;

/// One unit and one last decimal for figures that stand beside each other.
pub(in crate::report) struct Ruler<'a> {
    currency: Option<&'a str>,
    unit: f64,
    suffix: String,
    decimals: i32,
    most: i32,
}

impl<'a> Ruler<'a> {
    /// For figures about as large as `largest`, known to within `half`.
    pub(in crate::report) fn new(
        unit_word: &str,
        currency: &'a str,
        largest: f64,
        half: Option<f64>,
    ) -> Self {
        let is_money = is_money(unit_word);
        let (unit, suffix) = match is_money {
            true => scale(largest),
            false => (1.0, String::new()),
        };
        let decimals = match half.filter(|half| *half > 0.0 && half.is_finite()) {
            Some(half) => place_of_figure(largest / unit, half / unit),
            None => DIGITS - 1 - exponent(largest / unit),
        };
        // an amount below one may be of a currency of large units
        let most = if is_money && unit == 1.0 && largest.abs() >= 1.0 {
            2
        } else {
            MOST_DECIMALS
        };
        Self {
            currency: is_money.then_some(currency),
            unit,
            suffix,
            decimals: decimals.clamp(0, most),
            most,
        }
    }

    /// For an answer, as the screen of its run shows it, and its interval; with more digits where an
    /// end cannot be told from a limit that it misses.
    fn of_answer(answer: &Answer, currency: &'a str, limits: &[f64]) -> Self {
        let [low, high] = answer.interval.unwrap_or([answer.value; 2]);
        let half = answer.std_error.map(|error| HALF_WIDTH * error);
        let mut ruler = Self::new(&answer.unit, currency, answer.value, half);
        let is_hidden = |ruler: &Self| {
            let pairs = limits
                .iter()
                .flat_map(|limit| [(*limit, low), (*limit, high)]);
            pairs
                .filter(|(limit, end)| limit != end)
                .any(|(limit, end)| ruler.shown(limit) == ruler.shown(end))
        };
        for _ in 0..3 {
            if is_hidden(&ruler) && ruler.decimals < MOST_DECIMALS {
                ruler.decimals += 1;
            }
        }
        ruler
    }

    pub fn shown(&self, value: f64) -> String {
        if !value.is_finite() {
            return "–".to_owned();
        }
        let decimals = usize::try_from(self.decimals).unwrap_or(0);
        let scaled = rounded(value / self.unit, self.decimals);
        let digits = match scaled.abs() >= 1e9 {
            true => format!("{:.2e}", scaled.abs()),
            false => grouped_digits(&format!("{:.decimals$}", scaled.abs())),
        };
        self.with_sign(value, &digits)
    }

    /// Moves to the place to which a difference known to within `half` is told; the error there.
    pub(in crate::report) fn told(&mut self, difference: f64, half: f64) -> String {
        let place = told(difference / self.unit, half / self.unit).place;
        self.decimals = place.min(self.most);
        let error = rounded_error(half / self.unit, self.decimals);
        self.shown(error * self.unit)
    }

    /// With a plus before what is not negative.
    pub(in crate::report) fn with_plus(&self, value: f64) -> String {
        let shown = self.shown(value);
        match value >= 0.0 {
            true => format!("+{shown}"),
            false => shown,
        }
    }

    fn with_sign(&self, value: f64, digits: &str) -> String {
        let digits = format!("{digits}{}", self.suffix);
        match self.currency {
            Some(currency) => signed(currency, value, &digits),
            None => {
                let minus = if value < 0.0 && !is_zero(&digits) {
                    "−"
                } else {
                    ""
                };
                format!("{minus}{digits}")
            }
        }
    }
}

/// `< 0.15`, `> $300k`, `> 0.1 and < 0.2`
pub(in crate::report) fn limits(gate: &GatePart, currency: &str) -> String {
    let unit = gate.answer.as_ref().map_or("", |answer| &answer.unit);
    let sides = [(">", gate.above), ("<", gate.below)];
    let sides = sides.iter().filter_map(|(sign, limit)| {
        let limit = (*limit)?;
        Some(format!("{sign} {}", self::limit(limit, unit, currency)))
    });
    sides.collect::<Vec<_>>().join(" and ")
}

/// A number as somebody would have typed it, with its currency.
pub(in crate::report) fn limit(value: f64, unit_word: &str, currency: &str) -> String {
    let is_money = is_money(unit_word);
    let (unit, suffix) = match is_money {
        true => scale(value),
        false => (1.0, String::new()),
    };
    let ruler = Ruler {
        currency: is_money.then_some(currency),
        unit,
        suffix,
        decimals: 0,
        most: 0,
    };
    ruler.with_sign(value, &grouped_digits(&(value / unit).abs().to_string()))
}

/// `0.171`, and `[0.161, 0.181]` if there is an interval.
pub(in crate::report) fn estimate(
    gate: &GatePart,
    currency: &str,
) -> Option<(String, Option<String>)> {
    let (value, ends) = figure(gate, currency)?;
    let interval = ends.map(|(low, high)| format!("[{low}, {high}]"));
    Some((value, interval))
}

/// The figure and the ends of its interval, told apart from the limits.
pub(in crate::report) fn figure(
    gate: &GatePart,
    currency: &str,
) -> Option<(String, Option<(String, String)>)> {
    let answer = gate.answer.as_ref()?;
    let limits: Vec<f64> = gate.above.into_iter().chain(gate.below).collect();
    let ruler = Ruler::of_answer(answer, currency, &limits);
    let ends = answer
        .interval
        .map(|[low, high]| (ruler.shown(low), ruler.shown(high)));
    Some((ruler.shown(answer.value), ends))
}

/// `99 %`, `99.5 %`
pub(in crate::report) fn level(confidence: f64) -> String {
    let text = format!("{:.4}", 100.0 * confidence);
    format!("{} %", text.trim_end_matches('0').trim_end_matches('.'))
}

/// Level of the interval that a gate is judged by: at a later look it is above its confidence.
pub(in crate::report) fn level_of(gate: &GatePart) -> f64 {
    gate.answer
        .as_ref()
        .map_or(gate.confidence, |answer| answer.level)
}

/// `99.5 % interval of 8,192 paths`, if the gate was judged at a later look.
pub(in crate::report) fn later_look(gate: &GatePart) -> Option<String> {
    let answer = gate.answer.as_ref()?;
    let is_later = answer.interval.is_some() && answer.level > gate.confidence;
    is_later.then(|| {
        format!(
            "{} interval of {} paths",
            level(answer.level),
            grouped(answer.n)
        )
    })
}

/// How many paths decide a gate, if that can be told.
pub(in crate::report) fn remedy(gate: &GatePart) -> Option<String> {
    let paths = gate
        .paths_to_decide
        .filter(|_| gate.verdict == GateVerdict::Inconclusive)?;
    Some(format!(
        "{} paths probably decide it: run.paths, or --decide {paths}",
        grouped(paths)
    ))
}
