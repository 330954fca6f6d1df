//! Tornado chart: the outcome at both ends of the range of each assumption.
//!
//! In: a sensitivity analysis. Out: its picture. Not here: the runs (`study`).

use super::super::sensitivity::{Range, Ranked, SensitivityReport, SensitivityView, is_beyond_error};
use super::{PictureKind, Sketch, left_out};
use crate::chart::{Axis, ChartRow, Ink, Line, Paint, RowChart, RowMark, Scale, Shape, Spec, Stamp};
use crate::figure::{briefest, per_cent, percent_tick, rule};
use crate::stats::Value;

pub const KIND: PictureKind = PictureKind {
    id: "tornado",
    title: "What moves the outcome",
    doc: "Probability of ruin where that is 5 to 95 %, else the real median return per year, below twelve months over \
          the whole horizon. One assumption is at the low or the high end of its range, the others stay as they are. \
          The value stands beside its bar. Bars begin at the outcome as it is now; green is better, orange worse, gray \
          within its error. Black lines are 95 % intervals of the change. Joint effects of two assumptions are not seen.",
    of: None, // of several runs,
};

/// Maximum number of assumptions drawn.
const MOST: usize = 10;

impl SensitivityReport {
    /// Returns the picture of the assumptions with the largest effect; `None` if none was varied.
    pub fn sketch(&self) -> Option<Sketch> {
        let paths = self.found.paths;
        let stamp = Stamp::new(&self.title, self.seeds, paths, &self.model_digest);
        KIND.sketch(&self.tornado()?, &stamp)
    }

    pub(in crate::report) fn tornado(&self) -> Option<Spec> {
        let view = SensitivityView::of_picture(self);
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
        // for the values beside the bars
        let ranges = drawn.iter().flat_map(|one| Range::of(one.moved, &self.currency).values);
        let longest = ranges.map(|value| value.chars().count()).max().unwrap_or(0);
        let room = (0.05 + 0.025 * longest as f64) * (high - low).max(1e-3);
        let x = Axis::new(Scale::linear(low - room, high + room), 6, percent_tick);
        let name = match self.months {
            _ if view.is_of_ruin() => "Probability of ruin",
            12.. => "Real median return a year",
            _ => "Real median return in all",
        };
        let left_out = left_out(view.ranked.len() - drawn.len());
        let headings = match view.is_of_ruin() {
            true => ["lowest ruin", "highest ruin"],
            false => ["lowest return", "highest return"],
        };
        Some(Spec {
            finding: self.finding(&view, &base, decimals)?,
            reading: format!(
                "{name} if one assumption takes the value beside its bar; green: better, orange: worse, gray: unclear; \
                 line: 95 % interval{left_out}"
            ),
            shape: Shape::Rows(vec![RowChart {
                x,
                origin: (base.value, format!("now {}", per_cent(base.value, decimals))),
                columns: headings.map(|heading| (heading, Ink::Mute)).to_vec(),
                rows: drawn.iter().map(|one| self.row(&view, &base, one, decimals)).collect(),
            }]),
        })
    }

    /// Creates the row of one assumption: bars from the present result `base` to that at each end of its range, with
    /// percentages to `decimals` decimals.
    fn row(&self, view: &SensitivityView<'_>, base: &Value, one: &Ranked, decimals: i32) -> ChartRow {
        let Range { name, unit, values: [low, now, high] } = Range::of(one.moved, &self.currency);
        let ends = one.moved.ends().map(|end| {
            let is_moved = end.value != one.moved.assumption.value;
            let effect = self.effect_on(view.measure, end).filter(|_| is_moved)?;
            let is_clear = !effect.is_unknown() && is_beyond_error(&effect);
            let ink = match (effect.value > 0.0) == view.is_of_ruin() {
                _ if !is_clear => Ink::Mute,
                true => Ink::Vermilion,
                false => Ink::Green,
            };
            Some((after(base, &effect), ink))
        });
        let outcomes = || ends.iter().flatten();
        let bar = |value: f64, ink: Ink| RowMark::Bar([base.value, value], Paint::solid(ink));
        let bars = outcomes().map(|(outcome, ink)| bar(outcome.value, *ink));
        let line = Line::new(Ink::Text, 1.2);
        let lines = outcomes().filter_map(|(outcome, _)| Some(RowMark::Span(outcome.interval?, line)));
        let figure = |value: &String, end: &Option<(Value, Ink)>| match end {
            Some((outcome, ink)) => (per_cent(outcome.value, decimals), *ink),
            None => (if *value == now { "as now" } else { "–" }.to_owned(), Ink::Mute),
        };
        let label = |value: &String, outcome: Value| {
            let is_right = outcome.value > base.value;
            let [low, high] = outcome.interval.unwrap_or([outcome.value; 2]);
            let end = if is_right { high.max(outcome.value) } else { low.min(outcome.value) };
            RowMark::Label { end, is_right, text: value.clone() }
        };
        let reached = |end: &Option<(Value, Ink)>| end.map_or(base.value, |(outcome, _)| outcome.value);
        // of two bars to the same side only the longer one has room beside it
        let [low_end, high_end] = ends.each_ref().map(|end| reached(end) - base.value);
        let is_one_side = ends.iter().all(Option::is_some) && (low_end > 0.0) == (high_end > 0.0);
        let longer = usize::from(low_end.abs() <= high_end.abs());
        let labels = [&low, &high].into_iter().zip(ends).enumerate().filter_map(|(place, (value, end))| {
            let has_room = *value != "–" && (!is_one_side || place == longer);
            end.filter(|_| has_room).map(|(outcome, _)| label(value, outcome))
        });
        let mut figures = vec![figure(&low, &ends[0]), figure(&high, &ends[1])];
        // the lower outcome on the left
        if low_end > high_end {
            figures.reverse();
        }
        ChartRow {
            marks: bars.chain(lines).chain(labels).collect(),
            figures,
            name: match now.as_str() {
                "–" => name + &unit,
                "varies" => format!("{name}{unit}, varies"),
                now => format!("{name}{unit}, now {now}"),
            },
        }
    }

    /// Returns the title: the assumption with the largest effect and the result; `None` if none was varied.
    fn finding(&self, view: &SensitivityView<'_>, base: &Value, decimals: i32) -> Option<String> {
        let first = view.ranked.first()?;
        let what = if view.is_of_ruin() { "ruin" } else { "median return" };
        let effects = first.moved.ends().into_iter().zip([0, 2]);
        let mut effects = effects.filter_map(|(end, at)| Some((at, self.effect_on(view.measure, end)?)));
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
        // the values are low, now and high
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
