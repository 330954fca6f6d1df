//! Tornado chart: the outcome at both ends of the range of each assumption.
//!
//! In: a sensitivity analysis. Out: its picture. Not here: the runs (`study`).

use super::super::sensitivity::{Range, Ranked, SensitivityReport, SensitivityView, is_beyond_error};
use super::{PictureKind, Sketch, left_out, when};
use crate::chart::{Axis, ChartRow, Ink, Line, Paint, RowChart, RowMark, Scale, Shape, Spec, Stamp};
use crate::figure::{briefest, per_cent, percent_tick, rule};
use crate::stats::Value;

pub const KIND: PictureKind = PictureKind {
    id: "tornado",
    title: "What moves the outcome",
    doc: "Probability of ruin where that is 5 to 95 %, else the real median return per year, below twelve months over \
          the whole horizon. One assumption is at the low or the high end of its range, the others stay as they are. \
          Bars begin at the outcome as it is now; beside the longest on each side stand the outcome and the value that leads to it. Green is \
          better, orange worse, gray within its error. Lines are 95 % intervals of the change. Joint effects of two assumptions are not seen.",
    of: None, // of several runs,
};

/// Maximum number of assumptions drawn.
const MOST: usize = 8;

impl SensitivityReport {
    /// Returns the picture of the assumptions with the largest effect; `None` if none was varied.
    pub fn sketch(&self) -> Option<Sketch> {
        let paths = self.found.paths;
        let stamp = Stamp::new(&self.title, self.seeds, paths, &self.model_digest);
        KIND.sketch(&self.tornado()?, &stamp)
    }

    pub(in crate::report) fn tornado(&self) -> Option<Spec> {
        let view = SensitivityView::of(self);
        let base = if view.is_of_ruin() { *self.found.base.get(view.measure)? } else { view.base_return? };
        let drawn = &view.ranked[..view.ranked.len().min(MOST)];
        let ends = drawn.iter().flat_map(|one| one.moved.ends());
        let outcomes = ends.filter_map(|end| Some(after(&base, &self.effect_on(view.measure, end)?)));
        let outcomes: Vec<Value> = outcomes.collect();
        // all with the digits of the least certain one
        let decimals =
            outcomes.iter().map(rule::percent_decimals).fold(rule::percent_decimals(&base), i32::min);
        let reaches = outcomes.iter().flat_map(|outcome| outcome.interval.unwrap_or([outcome.value; 2]));
        let grow = |[low, high]: [f64; 2], end: f64| [low.min(end), high.max(end)];
        let [low, high] = reaches.fold([base.value; 2], grow);
        // for the labels beside the bars
        let ranges = drawn.iter().flat_map(|one| Range::of(one.moved, &self.currency).values);
        let longest = ranges.map(|value| value.chars().count()).max().unwrap_or(0);
        let room = (0.3 + 0.03 * longest as f64) * (high - low).max(1e-3);
        let mut x = Axis::new(Scale::linear(low - room, high + room), 6, percent_tick);
        // room for a label needs no tick
        x.ticks.retain(|(tick, _)| !view.is_of_ruin() || (0.0..=1.0).contains(tick));
        let name = match self.months {
            _ if view.is_of_ruin() => "Probability of ruin",
            12.. => "Real median return a year",
            _ => "Real median return in all",
        };
        let left_out = left_out(view.ranked.len() - drawn.len());
        let rows: Vec<ChartRow> = drawn.iter().map(|one| self.row(&view, &base, one, decimals)).collect();
        let is_unclear = |mark: &RowMark| matches!(mark, RowMark::Bar(_, paint) if paint.ink == Ink::Mute);
        let has_unclear = rows.iter().flat_map(|row| &row.marks).any(is_unclear);
        Some(Spec {
            finding: self.finding(&view, &base, decimals)?,
            reading: format!(
                "{name} at another value of one assumption; line: 95 % interval{}{left_out}",
                when(has_unclear, "; gray: unclear")
            ),
            shape: Shape::Rows(vec![RowChart {
                x,
                origin: (base.value, format!("now {}", per_cent(base.value, decimals))),
                columns: Vec::new(),
                rows,
            }]),
        })
    }

    /// Creates the row of one assumption: bars from the present result `base` to that at each end of its range, with
    /// percentages to `decimals` decimals.
    fn row(&self, view: &SensitivityView<'_>, base: &Value, one: &Ranked, decimals: i32) -> ChartRow {
        let Range { name, unit, values: [low, high] } = Range::of(one.moved, &self.currency);
        let for_worse = if view.is_of_ruin() { 1.0 } else { -1.0 };
        let ends = one.moved.ends().into_iter().zip([&low, &high]);
        let moved = ends.filter(|(end, _)| end.value != one.moved.assumption.value);
        let outcomes = moved.map(|(end, value)| {
            let effect = self.effect_on(view.measure, end)?;
            let is_clear = !effect.is_unknown() && is_beyond_error(&effect);
            let hue = if effect.value * for_worse > 0.0 { Ink::Vermilion } else { Ink::Green };
            Some((value, after(base, &effect), if is_clear { hue } else { Ink::Mute }))
        });
        let outcomes: Vec<Option<(&String, Value, Ink)>> = outcomes.collect();
        let outcomes = || outcomes.iter().flatten();
        let bars =
            outcomes().map(|(_, outcome, ink)| RowMark::Bar([base.value, outcome.value], Paint::solid(*ink)));
        let line = Line::new(Ink::Text, 1.2);
        let lines = outcomes().filter_map(|(_, outcome, _)| Some(RowMark::Span(outcome.interval?, line)));
        // the furthest outcome on each side: worse, then better than now
        let furthest = [for_worse, -for_worse].map(|sign| {
            let far = |outcome: &Value| sign * (outcome.value - base.value);
            let most = outcomes().max_by(|a, b| far(&a.1).total_cmp(&far(&b.1)));
            most.filter(|(_, outcome, _)| far(outcome) > 0.0)
        });
        let labels = furthest.into_iter().flatten().map(|(value, outcome, _)| {
            let is_right = outcome.value > base.value;
            let [low, high] = outcome.interval.unwrap_or([outcome.value; 2]);
            let end = if is_right { high.max(outcome.value) } else { low.min(outcome.value) };
            let at = if *value == "–" { String::new() } else { format!(" at {value}") };
            let text = per_cent(outcome.value, decimals) + &at;
            RowMark::Label { end, is_right, text }
        });
        ChartRow { name: name + &unit, marks: bars.chain(lines).chain(labels).collect(), figures: Vec::new() }
    }

    /// Returns the title: the assumption with the largest effect and the result; `None` if none was varied.
    fn finding(&self, view: &SensitivityView<'_>, base: &Value, decimals: i32) -> Option<String> {
        let first = view.ranked.first()?;
        let what = if view.is_of_ruin() { "ruin" } else { "median return" };
        let effects = first.moved.ends().into_iter().enumerate();
        let mut effects = effects.filter_map(|(at, end)| Some((at, self.effect_on(view.measure, end)?)));
        let is_most = |effect: &Value| first.size > 0.0 && effect.value.abs() == first.size;
        let Some((most, effect)) = effects.find(|(_, effect)| is_most(effect)) else {
            return Some(format!("No assumption clearly moves {what}"));
        };
        let Range { name, values, .. } = Range::of(first.moved, &self.currency);
        let moved = after(base, &effect);
        // the change is more certain than either outcome
        let differs = |decimals: &i32| per_cent(base.value, *decimals) != per_cent(moved.value, *decimals);
        let decimals = (decimals..decimals + 3).find(differs).unwrap_or(decimals);
        let [from, to] = [base, &moved].map(|outcome| per_cent(outcome.value, decimals));
        let verb = if effect.value > 0.0 { "raises" } else { "lowers" };
        let value = &values[most];
        let of_value = if value == "–" { String::new() } else { format!(" of {value}") };
        Some(briefest([
            format!("{name}{of_value} {verb} {what} from {from} to {to}"),
            format!("{name}{of_value}: {what} {to} instead of {from}"),
            format!("Largest effect: {what} {to} instead of {from}"),
        ]))
    }
}

/// Returns the result after a change, with the error of the change.
fn after(base: &Value, change: &Value) -> Value {
    let interval = change.interval.map(|ends| ends.map(|end| base.value + end));
    Value { value: base.value + change.value, interval, unit: base.unit, ..*change }
}
