//! What the screen of a sensitivity shows: rows by their effect, the winners, the axis of the bars.
//!
//! In: the facts of `sensitivity.json`. Out: [`View`]. Not here: words (`templates`).

use super::SensitivityPart;
use crate::math::digits::{place_of_error, rounded, rounded_error};
use crate::scenario::Amount;
use crate::stats::{Value, as_told};
use crate::study::{End, MOVING, Moved, NotMovedWhy, change_as_told};
use serde::Serialize;

/// Rows of the screen.
const MOST_ROWS: usize = 12;

/// Assumptions that a conclusion names.
const MOST_WINNERS: usize = 4;

const RETURN: &str = MOVING[0];
const LOSS: &str = MOVING[1];
const RUIN: &str = MOVING[3];

/// The facts with what the screen shows of them.
#[derive(Serialize)]
pub(super) struct View<'a> {
    #[serde(flatten)]
    facts: &'a SensitivityPart,
    pub is_per_year: bool,
    pub base_return: Option<Value>,
    /// `ruin.probability` where ruin can happen, else `loss.probability`.
    risk: &'static str,
    base_risk: Option<Value>,
    rows: Vec<Row<'a>>,
    /// Assumptions that clearly move the median return by more than all others.
    pub winners: Vec<&'a str>,
    /// The size of the effect of the last winner, and of the first of the others, in percentage points.
    least_of_winners: Option<f64>,
    most_of_others: Option<f64>,
    /// The key of the assumption with the largest effect.
    first_key: Option<&'a str>,
    /// The farthest fall and rise of the median return among the rows.
    axis: [f64; 2],
    /// The largest half of an interval among the rows, in percentage points.
    widest: [Option<f64>; 2],
    /// Rows that were judged by the interim analysis alone.
    n_interim: usize,
    no_effect: Vec<&'a str>,
    no_range: Vec<&'a str>,
    one_asset: Vec<&'a str>,
    refused: Vec<&'a str>,
    /// All that were moved, the one with the largest effect first; no part of the screen.
    #[serde(skip)]
    pub ranked: Vec<&'a Moved>,
}

/// An assumption as a row.
#[derive(Serialize)]
struct Row<'a> {
    label: &'a str,
    grade: Option<&'a str>,
    base: Option<&'a Amount>,
    low: Option<&'a Amount>,
    high: Option<&'a Amount>,
    /// The lower and the higher effect on the median return; a single one stands on its side of zero.
    fall: Option<Value>,
    rise: Option<Value>,
    risk_low: Option<Value>,
    risk_high: Option<Value>,
}

impl<'a> View<'a> {
    pub fn of(facts: &'a SensitivityPart) -> Self {
        let found = &facts.found;
        let mut ranked: Vec<&Moved> = found.moved.iter().collect();
        let size = |moved: &Moved| {
            let seen = farthest(facts, moved).filter(is_beyond_error);
            seen.map_or(0.0, |effect| effect.value)
        };
        ranked.sort_by(|a, b| size(b).total_cmp(&size(a)));
        let is_any = |figure: Option<&Value>| figure.is_some_and(|figure| figure.value != 0.0);
        let mut ends = found.moved.iter().flat_map(Moved::ends);
        let has_ruin =
            is_any(found.base.get(RUIN)) || ends.any(|end| is_any(end.effects.get(RUIN)));
        let risk = if has_ruin { RUIN } else { LOSS };
        let shown: Vec<&Moved> = ranked
            .iter()
            .filter(|moved| is_seen(facts, moved, risk))
            .take(MOST_ROWS)
            .copied()
            .collect();
        let rows: Vec<Row> = shown
            .iter()
            .map(|moved| Row::of(facts, moved, risk))
            .collect();
        let n_winners = n_winners(facts, &ranked);
        let largest = |place: usize| {
            let moved = ranked.get(place)?;
            Some(rounded(100.0 * size(moved), 1))
        };
        let left = |why: NotMovedWhy| {
            let left = found.not_moved.iter().filter(move |one| one.why == why);
            left.map(|one| one.assumption.label.as_str())
                .collect::<Vec<_>>()
        };
        let told = |rate| as_told(rate, facts.months);
        let of_rows =
            |side: fn(&Row) -> Option<Value>| rows.iter().filter_map(side).map(|end| end.value);
        Self {
            facts,
            is_per_year: facts.months >= 12,
            base_return: found.base.get(RETURN).map(|now| {
                if facts.months < 12 {
                    now.through(told)
                } else {
                    *now
                }
            }),
            risk,
            base_risk: found.base.get(risk).copied(),
            winners: ranked[..n_winners]
                .iter()
                .map(|one| one.assumption.label.as_str())
                .collect(),
            first_key: ranked.first().map(|moved| moved.assumption.path.as_str()),
            least_of_winners: n_winners.checked_sub(1).and_then(largest),
            most_of_others: largest(n_winners),
            axis: [
                of_rows(|row| row.fall).fold(0.0, |most, fall| (-fall).max(most)),
                of_rows(|row| row.rise).fold(0.0, f64::max),
            ],
            widest: [
                widest(rows.iter().flat_map(|row| [row.fall, row.rise])),
                widest(rows.iter().flat_map(|row| [row.risk_low, row.risk_high])),
            ],
            n_interim: shown
                .iter()
                .filter(|moved| moved.paths < found.paths)
                .count(),
            rows,
            no_effect: left(NotMovedWhy::NoEffect),
            no_range: left(NotMovedWhy::NoRange),
            one_asset: left(NotMovedWhy::OneAsset),
            refused: left(NotMovedWhy::Refused),
            ranked,
        }
    }
}

impl<'a> Row<'a> {
    fn of(facts: &'a SensitivityPart, moved: &'a Moved, risk: &str) -> Self {
        let [fall, rise] = sides(moved.ends().map(|end| effect_on_return(facts, end)));
        let [risk_low, risk_high] = sides(moved.ends().map(|end| end.effects.get(risk).copied()));
        Self {
            label: &moved.assumption.label,
            grade: moved.assumption.grade.as_deref(),
            base: moved.assumption.number.as_ref(),
            low: moved.low.number.as_ref(),
            high: moved.high.number.as_ref(),
            fall,
            rise,
            risk_low,
            risk_high,
        }
    }
}

/// Both effects by size; a single one on its side of zero.
fn sides(effects: [Option<Value>; 2]) -> [Option<Value>; 2] {
    match effects {
        [Some(one), Some(other)] if one.value > other.value => [Some(other), Some(one)],
        [Some(one), None] | [None, Some(one)] if one.value < 0.0 => [Some(one), None],
        [Some(one), None] | [None, Some(one)] => [None, Some(one)],
        both => both,
    }
}

/// The change of the median return at one end: per year, or of all months of a horizon below a year.
pub(super) fn effect_on_return(facts: &SensitivityPart, end: &End) -> Option<Value> {
    let (change, now) = (
        end.effects.get(RETURN)?,
        facts.found.base.get(RETURN)?.value,
    );
    let told = |change| change_as_told(now, change, facts.months);
    Some(if facts.months < 12 {
        change.through(told)
    } else {
        *change
    })
}

/// The farthest effect on the median return, without its sign; one beyond its error counts before one within.
fn farthest(facts: &SensitivityPart, moved: &Moved) -> Option<Value> {
    let effects = moved
        .ends()
        .into_iter()
        .filter_map(|end| effect_on_return(facts, end));
    let by_size = |a: &Value, b: &Value| {
        let order = is_beyond_error(a).cmp(&is_beyond_error(b));
        order.then(a.value.total_cmp(&b.value))
    };
    effects.map(|effect| effect.size()).max_by(by_size)
}

fn is_beyond_error(effect: &Value) -> bool {
    let ends = effect.interval.unwrap_or([effect.value; 2]);
    ends[0] * ends[1] > 0.0
}

/// True if an effect of the row is beyond its error.
fn is_seen(facts: &SensitivityPart, moved: &Moved, risk: &str) -> bool {
    let mut effects = moved
        .ends()
        .into_iter()
        .flat_map(|end| [effect_on_return(facts, end), end.effects.get(risk).copied()]);
    effects.any(|effect| effect.as_ref().is_some_and(is_beyond_error))
}

/// How many of the first assumptions clearly move the median return by more than the others: of several such numbers the
/// one where the step to the next assumption is the largest.
fn n_winners(facts: &SensitivityPart, ranked: &[&Moved]) -> usize {
    let sizes: Vec<Value> = ranked
        .iter()
        .map_while(|moved| farthest(facts, moved))
        .collect();
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
    clear
        .max_by(|a, b| step(*a).total_cmp(&step(*b)).then(b.cmp(a)))
        .unwrap_or(0)
}

/// The largest half of an interval, in percentage points, rounded up.
fn widest(effects: impl Iterator<Item = Option<Value>>) -> Option<f64> {
    let halves = effects.flatten().filter_map(|effect| {
        let [low, high] = effect.interval?;
        Some(100.0 * (high - effect.value).max(effect.value - low))
    });
    let widest = halves
        .filter(|half| half.is_finite())
        .max_by(f64::total_cmp)?;
    (widest > 0.0).then(|| rounded_error(widest, place_of_error(widest)))
}
