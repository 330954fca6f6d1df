//! Screen and chart of a sensitivity study: assumptions ranked by effect, the ones that clearly matter most, and
//! the range of each.
//!
//! In: the facts of `sensitivity.json`. Out: [`SensitivityView`], [`Range`]. Not here: sentences (`templates`).

use super::SensitivityReport;
use crate::figure::{capital, of_key, plain};
use crate::math::digits::{place_of_error, rounded, rounded_error};
use crate::math::elementary::expm1;
use crate::scenario::{Amount, LabelParts, table_of_key};
use crate::stats::{Value, as_shown};
use crate::study::{End, MOVING, Moved, change_as_shown};
use serde::Serialize;

const MOST_ROWS: usize = 12;

/// Probabilities of ruin at which assumptions are ranked by ruin instead of by the median return.
const DECIDING_RUIN: std::ops::RangeInclusive<f64> = 0.05..=0.95;

/// Largest number of assumptions that the conclusion names.
const MOST_WINNERS: usize = 4;

const RETURN: &str = MOVING[0];
const LOSS: &str = MOVING[1];
const RUIN: &str = MOVING[3];

/// A sensitivity study with the values that its screen derives from it.
#[derive(Serialize)]
pub(in crate::report) struct SensitivityView<'a> {
    #[serde(flatten)]
    facts: &'a SensitivityReport,
    pub base_return: Option<Value>,
    /// Id of the measure that ranks the assumptions: the median return or the probability of ruin.
    pub measure: &'static str,
    /// Id of the second measure: `ruin.probability` if ruin can happen and does not rank, else
    /// `loss.probability`.
    pub risk: &'static str,
    /// All assumptions with an effect, the one with the largest effect first.
    pub ranked: Vec<Ranked<'a>>,
    /// Number of assumptions, the first in `ranked`, that move the measure clearly more than all others.
    pub n_winners: usize,
    pub rows: Vec<Ranked<'a>>,
    /// Largest half width of a 95 % interval on the screen, in percentage points, for `measure` and for
    /// `risk`.
    widest: [Option<f64>; 2],
}

/// An assumption with its effects on the ranking measure and on the risk.
#[derive(Clone, Serialize)]
pub(in crate::report) struct Ranked<'a> {
    #[serde(flatten)]
    pub moved: &'a Moved,
    /// Effects on the ranking measure at the low and at the high end of the range.
    pub at_low: Option<Value>,
    pub at_high: Option<Value>,
    /// The same two effects for the bars: the lower one is `fall`, the higher one is `rise`. A single one is `fall` if it
    /// is negative.
    fall: Option<Value>,
    rise: Option<Value>,
    /// Effects on the risk at the low and at the high end of the range.
    pub risk_at_low: Option<Value>,
    pub risk_at_high: Option<Value>,
    /// Absolute value of `fall` or `rise`: the larger one, but one beyond its error precedes one within it.
    pub farthest: Option<Value>,
    /// Value of `farthest`; zero if it is within its error.
    pub size: f64,
}

impl<'a> SensitivityView<'a> {
    /// Ranks the assumptions by the probability of ruin if it is from 5 % to 95 %, else by the median return. The
    /// median return jumps when half of the paths are ruined, so it would mislead there.
    pub fn of(facts: &'a SensitivityReport) -> Self {
        let ruin = facts.found.base.get(RUIN).map_or(0.0, |ruin| ruin.value);
        let measure = if DECIDING_RUIN.contains(&ruin) { RUIN } else { RETURN };
        let found = &facts.found;
        let is_any = |figure: Option<&Value>| figure.is_some_and(|figure| figure.value != 0.0);
        let mut ends = found.moved.iter().flat_map(Moved::ends);
        let has_ruin = is_any(found.base.get(RUIN)) || ends.any(|end| is_any(end.effects.get(RUIN)));
        let risk = if has_ruin && measure != RUIN { RUIN } else { LOSS };
        let mut ranked: Vec<Ranked> =
            found.moved.iter().map(|moved| Ranked::of(facts, moved, measure, risk)).collect();
        ranked.sort_by(|a, b| b.size.total_cmp(&a.size));
        let rows: Vec<Ranked> = ranked.iter().filter(|one| one.is_seen()).take(MOST_ROWS).cloned().collect();
        Self {
            facts,
            base_return: found
                .base
                .get(RETURN)
                .map(|now| facts.shown(now, |rate| as_shown(rate, facts.months))),
            measure,
            risk,
            n_winners: n_winners(&ranked),
            ranked,
            widest: [
                widest(rows.iter().flat_map(|row| [row.fall, row.rise])),
                widest(rows.iter().flat_map(|row| [row.risk_at_low, row.risk_at_high])),
            ],
            rows,
        }
    }

    pub fn is_of_ruin(&self) -> bool {
        self.measure == RUIN
    }
}

impl<'a> Ranked<'a> {
    fn of(facts: &SensitivityReport, moved: &'a Moved, measure: &str, risk: &str) -> Self {
        let [at_low, at_high] = moved.ends().map(|end| facts.effect_on(measure, end));
        let [risk_at_low, risk_at_high] = moved.ends().map(|end| end.effects.get(risk).copied());
        let [fall, rise] = sides([at_low, at_high]);
        let by_size = |a: &Value, b: &Value| {
            let order = is_beyond_error(a).cmp(&is_beyond_error(b));
            order.then(a.value.total_cmp(&b.value))
        };
        let farthest = [fall, rise].into_iter().flatten().map(|one| one.size()).max_by(by_size);
        Self {
            moved,
            at_low,
            at_high,
            fall,
            rise,
            risk_at_low,
            risk_at_high,
            farthest,
            size: farthest.filter(is_beyond_error).map_or(0.0, |effect| effect.value),
        }
    }

    /// True if any effect of the assumption is beyond its error.
    fn is_seen(&self) -> bool {
        let effects = [self.at_low, self.at_high, self.risk_at_low, self.risk_at_high];
        effects.iter().flatten().any(is_beyond_error)
    }
}

/// Orders two effects by value. A single one comes first if it is negative, else second.
fn sides(effects: [Option<Value>; 2]) -> [Option<Value>; 2] {
    match effects {
        [Some(one), Some(other)] if one.value > other.value => [Some(other), Some(one)],
        [Some(one), None] | [None, Some(one)] if one.value < 0.0 => [Some(one), None],
        [Some(one), None] | [None, Some(one)] => [None, Some(one)],
        both => both,
    }
}

impl SensitivityReport {
    /// Converts a yearly return, or its change, to the number on the screen. If the horizon is below 12
    /// months, `over_horizon` converts it to the return of the whole horizon.
    fn shown(&self, per_year: &Value, over_horizon: impl Fn(f64) -> f64) -> Value {
        if self.months < 12 { per_year.through(over_horizon) } else { *per_year }
    }

    /// Returns the change of a measure at one end of an assumption's range, as printed; `None` if unknown.
    pub(in crate::report) fn effect_on(&self, measure: &str, end: &End) -> Option<Value> {
        if measure != RETURN {
            return end.effects.get(measure).copied();
        }
        let now = self.found.base.get(RETURN)?.value;
        let over_horizon = |change| change_as_shown(now, change, self.months);
        Some(self.shown(end.effects.get(RETURN)?, over_horizon))
    }
}

pub(in crate::report) fn is_beyond_error(effect: &Value) -> bool {
    let ends = effect.interval.unwrap_or([effect.value; 2]);
    ends[0] * ends[1] > 0.0
}

/// Returns the number of leading assumptions that move the measure clearly more than all others. If several
/// numbers qualify, it takes the one before the largest step down.
fn n_winners(ranked: &[Ranked]) -> usize {
    let sizes: Vec<Value> = ranked.iter().map_while(|one| one.farthest).collect();
    let is_clear = |n: &usize| {
        let nothing = sizes[n - 1].through(|_| 0.0);
        let next = sizes.get(*n).unwrap_or(&nothing);
        sizes[n - 1].is_clearly_above(next, sizes.len().max(2))
    };
    let step = |n: usize| {
        let next = sizes.get(n).map_or(0.0, |next| next.value);
        sizes[n - 1].value - next
    };
    let clear = (1..=sizes.len().min(MOST_WINNERS)).filter(is_clear);
    clear.max_by(|a, b| step(*a).total_cmp(&step(*b)).then(b.cmp(a))).unwrap_or(0)
}

/// Returns the largest half width of the intervals, in percentage points, rounded up; `None` if none is known.
fn widest(effects: impl Iterator<Item = Option<Value>>) -> Option<f64> {
    let halves = effects.flatten().filter_map(|effect| effect.reach()).map(|half| 100.0 * half);
    let widest = halves.filter(|half| half.is_finite()).max_by(f64::total_cmp)?;
    (widest > 0.0).then(|| rounded_error(widest, place_of_error(widest)))
}

/// An assumption in words: its name, the unit to print after it, and its low and high value.
pub(in crate::report) struct Range {
    pub(in crate::report) name: String,
    pub(in crate::report) unit: String,
    /// Value as it is now, without a unit that the others have too; `None` if it is drawn from a range.
    pub(in crate::report) now: Option<String>,
    pub(in crate::report) values: [Option<String>; 2],
}

impl Range {
    /// Formats a range. A rate of a loss event below 1 becomes the probability of at least one event, 1 − e^−rate.
    pub(in crate::report) fn of(moved: &Moved, currency: &str) -> Self {
        let LabelParts { object, word, per } = moved.assumption.parts();
        let amounts = moved.ends().map(|end| end.number.as_ref());
        let is_rare =
            |amount: &Amount| amount.unit.unit.is_empty() && amount.number > 0.0 && amount.number < 1.0;
        let path = &moved.assumption.path;
        let is_key = |table: &str, key: &str| {
            let (of, name) = table_of_key(path);
            of == table && name.is_some_and(|name| *path == format!("{table}.{name}.{key}"))
        };
        let (is_of_event, is_in_income) = (is_key("event", "rate"), is_key("asset", "reseed_cost"));
        let is_chance = is_of_event && amounts.iter().all(|end| end.is_some_and(is_rare));
        let chance = |amount: &Amount| {
            let chance = -100.0 * expm1(-amount.number);
            plain(rounded(chance, if chance < 1.0 { 2 } else { 1 }))
        };
        let written = |amount: &Amount| {
            if is_chance {
                return format!("{} %", chance(amount));
            }
            let number = of_key(amount.number, &amount.unit.unit, currency);
            match amount.unit.unit.as_str() {
                unit @ ("month" | "week" | "day" | "hour") => {
                    let s = if amount.number == 1.0 { "" } else { "s" };
                    // a cost in months of income would read as a delay
                    let of = if is_in_income { " of income" } else { "" };
                    format!("{number} {unit}{s}{of}")
                }
                _ => number,
            }
        };
        let now = |amount: &Amount| {
            let unit = amount.unit.unit.as_str();
            match amounts.iter().flatten().all(|end| end.unit.unit == unit) {
                true if is_chance => chance(amount),
                true if unit == "fraction" => of_key(100.0 * amount.number, "", currency),
                true if unit != "money" => of_key(amount.number, "", currency),
                _ => written(amount),
            }
        };
        let word = if is_chance { "chance" } else { word };
        let per = per.or(amounts[1].and_then(|amount| amount.unit.per.as_deref()));
        Self {
            name: capital(&format!("{object}{word}")),
            unit: per.map_or(String::new(), |per| format!(" a {per}")),
            now: moved.assumption.number.as_ref().map(now),
            values: amounts.map(|amount| amount.map(written)),
        }
    }
}
