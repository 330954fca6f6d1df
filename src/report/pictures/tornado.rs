//! Tornado chart: the outcome at both ends of the range of each assumption.
//!
//! In: a sensitivity analysis. Out: its picture. Not here: the runs (`study`).

use super::super::sensitivity::{Ranked, SensitivityReport, View};
use super::{Kind, Sketch, left_out};
use crate::chart::{Axis, Bar, Ink, Line, Paint, Row, RowMark, Rows, Scale, Shape, Spec, Stamp};
use crate::figure::{briefest, capital, of_key, percent_tick, plain, rule};
use crate::math::digits::rounded;
use crate::math::elementary::expm1;
use crate::scenario::{Amount, LabelParts};
use crate::stats::Value;
use crate::study::Moved;

pub const KIND: Kind = Kind {
    id: "tornado",
    title: "What moves the outcome",
    doc: "Probability of ruin where that is 5 to 95 %, else the real median return per year, below twelve \
          months over the whole horizon. One \
          assumption is at the low end of its range (blue) or at the high end (orange), the others stay as they are. Bars begin \
          at the outcome as it is now. Black lines are 95 % intervals of the change. The assumption with the largest effect \
          comes first. Values of one catalog entry are \
          one assumption. All runs share their random numbers, and joint effects of two assumptions are not seen.",
    of: None, // of several runs,
};

/// Maximum number of assumptions drawn.
const MOST: usize = 10;

/// Inks of the low and of the high end of a range.
const INKS: [Ink; 2] = [Ink::Blue, Ink::Vermilion];

/// Fraction of the drawn range that stays free on each side, for the figures at the ends of the bars.
const MARGIN: f64 = 0.14;

impl SensitivityReport {
    /// Returns the picture of the assumptions with the largest effect; `None` if none was varied.
    pub fn sketch(&self) -> Option<Sketch> {
        let paths = self.found.paths;
        let stamp = Stamp::new(&self.title, self.seeds, paths, &self.model_digest);
        KIND.sketch(&self.tornado()?, &stamp)
    }

    pub(in crate::report) fn tornado(&self) -> Option<Spec> {
        let view = View::of_picture(self);
        let base = if view.is_of_ruin() { *self.found.base.get(view.measure)? } else { view.base_return? };
        let finding = self.finding(&view, &base)?;
        let drawn = &view.ranked[..view.ranked.len().min(MOST)];
        let ends = drawn.iter().flat_map(|one| one.moved.ends());
        let outcomes = ends.filter_map(|end| Some(after(&base, &self.effect_on(view.measure, end)?)));
        let reaches = outcomes.flat_map(|outcome| outcome.interval.unwrap_or([outcome.value; 2]));
        let grow = |[low, high]: [f64; 2], end: f64| [low.min(end), high.max(end)];
        let [low, high] = reaches.fold([base.value; 2], grow);
        let room = MARGIN * (high - low).max(1e-3);
        let scale = Scale::linear(low - room, high + room);
        let mut x = Axis::new(scale, 7, percent_tick);
        x.ticks.retain(|(tick, _)| !view.is_of_ruin() || (0.0..=1.0).contains(tick));
        let name = match view.is_of_ruin() {
            true => "Probability of ruin",
            false if self.months >= 12 => "Real median return a year",
            false => "Real median return in all",
        };
        let left_out = left_out(view.ranked.len() - drawn.len());
        let headings = [("low", INKS[0]), ("now", Ink::Mute), ("high", INKS[1])];
        Some(Spec {
            finding,
            reading: format!(
                "{name} with one assumption at its low (blue) or high value (orange), longest bar first; line: 95 % \
                 interval{left_out}"
            ),
            shape: Shape::Rows(Rows {
                x,
                origin: (base.value, format!("now {}", rule::shown(&base, "").value())),
                columns: headings.to_vec(),
                rows: drawn.iter().map(|one| self.row(view.measure, &base, one)).collect(),
            }),
        })
    }

    /// Creates the row of one assumption: bars from the outcome now to that at each end of its range.
    fn row(&self, measure: &str, base: &Value, one: &Ranked) -> Row {
        let range = Range::of(one.moved, &self.currency);
        let now = &one.moved.assumption.value;
        let moved = one.moved.ends().into_iter().zip(INKS).filter(|(end, _)| end.value != *now);
        let mut outcomes: Vec<(Value, Ink)> =
            moved.filter_map(|(end, ink)| Some((after(base, &self.effect_on(measure, end)?), ink))).collect();
        outcomes.sort_by(|(a, _), (b, _)| a.value.total_cmp(&b.value));
        let bars = outcomes
            .iter()
            .map(|(outcome, ink)| RowMark::Bar(Bar::new([base.value, outcome.value], Paint::solid(*ink))));
        let line = Line::new(Ink::Text, 1.2);
        let lines = outcomes.iter().filter_map(|(outcome, _)| Some(RowMark::Span(outcome.interval?, line)));
        let ends = outcomes.iter().flat_map(|(outcome, _)| outcome.interval.unwrap_or([outcome.value; 2]));
        let [low, high] = ends.fold([base.value; 2], |[low, high], end| [low.min(end), high.max(end)]);
        // the lower outcome is written at the left end of the bars, and the higher one at the right end
        let texts = outcomes.iter().enumerate().map(|(place, (outcome, ink))| {
            let is_right = place > 0 || (outcomes.len() == 1 && outcome.value >= base.value);
            let text = rule::shown(outcome, "").value();
            RowMark::Text { at: if is_right { high } else { low }, text, is_right, ink: *ink }
        });
        let [low, now, high] = range.values;
        Row {
            marks: bars.chain(lines).chain(texts).collect(),
            figures: vec![(low, INKS[0]), (now, Ink::Mute), (high, INKS[1])],
            name: range.name + &range.unit,
        }
    }

    /// Returns the title: the assumption with the largest effect and the outcome; `None` if nothing was varied.
    fn finding(&self, view: &View<'_>, base: &Value) -> Option<String> {
        let first = view.ranked.first()?;
        let what = if view.is_of_ruin() { "ruin" } else { "median return" };
        let effects = first.moved.ends().map(|end| self.effect_on(view.measure, end));
        let is_most = |effect: &Option<Value>| {
            first.size > 0.0 && effect.is_some_and(|effect| effect.value.abs() == first.size)
        };
        let Some((most, effect)) =
            effects.iter().position(is_most).and_then(|most| Some((most, effects[most]?)))
        else {
            return Some(format!("No assumption clearly moves {what}"));
        };
        let Range { name, values, .. } = Range::of(first.moved, &self.currency);
        let [from, to] = [base, &after(base, &effect)].map(|value| rule::shown(value, "").value());
        let change = format!("{what} {to} instead of {from}");
        // the values are low, now and high
        let value = &values[2 * most];
        Some(briefest([
            if value == "–" { format!("{name}: {change}") } else { format!("{name} of {value}: {change}") },
            format!("{name}: {change}"),
            format!("Largest effect: {change}"),
        ]))
    }
}

/// Returns the outcome after a change, with the error of the change.
fn after(base: &Value, change: &Value) -> Value {
    let interval = change.interval.map(|ends| ends.map(|end| base.value + end));
    Value { value: base.value + change.value, interval, unit: base.unit, ..*change }
}

/// Name of an assumption, its unit for the end of the name, and its low value, its value now and its high value.
struct Range {
    name: String,
    unit: String,
    values: [String; 3],
}

impl Range {
    /// Formats a range. The small rate of a loss event is the probability of at least one, 1 − e^−rate.
    fn of(moved: &Moved, currency: &str) -> Self {
        let LabelParts { object, word, per } = moved.assumption.parts();
        let [low, high] = moved.ends();
        let amounts = [&low.number, &moved.assumption.number, &high.number].map(Option::as_ref);
        let is_rare =
            |amount: &Amount| amount.unit.unit.is_empty() && amount.number > 0.0 && amount.number < 1.0;
        let is_chance = word == "rate" && [amounts[0], amounts[2]].iter().all(|end| end.is_some_and(is_rare));
        let written = |amount: &Amount| match is_chance {
            true => {
                let chance = -100.0 * expm1(-amount.number);
                format!("{} %", plain(rounded(chance, if chance < 1.0 { 2 } else { 1 })))
            }
            false => of_key(amount.number, &amount.unit.unit, currency),
        };
        let word = if is_chance { "chance" } else { word };
        let unit = amounts[2].map(|amount| &amount.unit);
        let per = per.or(unit.and_then(|unit| unit.per.as_deref()));
        let unit = match (per, unit.map_or("", |unit| unit.unit.as_str())) {
            (Some(per), _) => format!(" a {per}"),
            (None, unit @ ("month" | "week" | "day" | "hour")) => format!(", {unit}s"),
            _ => String::new(),
        };
        Self {
            name: capital(&format!("{object}{word}")),
            unit,
            values: [0, 1, 2].map(|place| match amounts[place] {
                Some(amount) => written(amount),
                None if place == 1 && amounts[0].is_some() => "varies".to_owned(),
                None => "–".to_owned(),
            }),
        }
    }
}
