//! Tornado chart: effect of each assumption on the outcome, one bar per end of its range.
//!
//! In: a sensitivity analysis. Out: its picture. Not here: the runs (`study`).

use super::super::sensitivity::{Ranked, SensitivityReport, View};
use super::{Kind, Sketch, left_out, when};
use crate::chart::{Bar, Ink, Line, Paint, Row, RowMark, Scale, Shape, Spec, Stamp};
use crate::figure::{briefest, capital, of_key, plain, rule};
use crate::math::digits::rounded;
use crate::math::elementary::expm1;
use crate::scenario::Amount;
use crate::stats::Value;
use crate::study::Moved;

pub const KIND: Kind = Kind {
    id: "tornado",
    title: "What moves the outcome",
    doc: "Change of the probability of ruin where that is 5 to 95 %, else of the real median return per year, below twelve \
          months over the whole horizon; in percentage points. One \
          assumption is at the low end of its range (blue) or at the high end (orange), the others stay as they are. Black \
          lines are 95 % intervals. The assumption with the largest effect comes first. Values of one catalog entry are \
          one assumption. All runs share their random numbers, and joint effects of two assumptions are not seen.",
    of: None, // of several runs,
};

/// Maximum number of assumptions drawn.
const MOST: usize = 10;

/// Inks of the low and of the high end of a range.
const INKS: [Ink; 2] = [Ink::Blue, Ink::Vermilion];

impl SensitivityReport {
    /// Returns the picture of the assumptions with the largest effect; `None` if none was varied.
    pub fn sketch(&self) -> Option<Sketch> {
        let paths = self.found.paths;
        let stamp = Stamp::new(&self.title, self.seeds, paths, &self.model_digest);
        KIND.sketch(&self.tornado()?, &stamp)
    }

    pub(in crate::report) fn tornado(&self) -> Option<Spec> {
        let view = View::of_picture(self);
        let name = if view.is_of_ruin() { "probability of ruin" } else { "real median return" };
        let base = if view.is_of_ruin() { *self.found.base.get(view.measure)? } else { view.base_return? };
        let base = rule::shown(&base, "").value();
        let finding = self.finding(&view)?;
        let drawn = &view.ranked[..view.ranked.len().min(MOST)];
        let ends = drawn.iter().flat_map(|one| one.moved.ends());
        let effects = ends.filter_map(|end| self.effect_on(view.measure, end));
        let ends = effects.flat_map(|effect| effect.interval.unwrap_or([effect.value; 2]));
        let tick = |value: f64| {
            let sign = if value < 0.0 { "−" } else { when(value > 0.0, "+") };
            format!("{sign}{}", plain(100.0 * value.abs()))
        };
        let span = match view.is_of_ruin() {
            true => "",
            false if self.months >= 12 => " a year",
            false => " in all",
        };
        let left_out = left_out(view.ranked.len() - drawn.len());
        Some(Spec {
            finding,
            reading: format!(
                "Change of the {name} (now {base}{span}) in percentage points; longest bar first; line: 95 % interval{left_out}"
            ),
            shape: Shape::rows(
                Scale::holding(ends),
                tick,
                [("at low value", INKS[0]), ("at high value", INKS[1])],
                drawn.iter().map(|one| self.row(view.measure, one)).collect(),
            ),
        })
    }

    /// Creates the row of one assumption: its name, its range and its effects.
    fn row(&self, measure: &str, one: &Ranked) -> Row {
        let (mut marks, mut figures) = (Vec::new(), Vec::new());
        for (end, ink) in one.moved.ends().into_iter().zip(INKS) {
            let is_as_now = end.value == one.moved.assumption.value;
            let effect = self.effect_on(measure, end).filter(|_| !is_as_now);
            let none = if is_as_now { "as now" } else { "–" };
            let written = effect.map_or(none.to_owned(), |effect| points(&effect));
            figures.push((written, ink));
            let Some(effect) = effect else {
                continue;
            };
            let bar = Bar::new([0.0, effect.value], Paint::solid(ink));
            marks.push(RowMark::Bar(bar));
            let line = Line::new(Ink::Text, 1.2);
            marks.extend(effect.interval.map(|ends| RowMark::Span(ends, line)));
        }
        let (name, chance, [low, high], unit) = self.range(one.moved);
        Row { name: format!("{name}, {chance}{low} to {high}{unit}"), marks, figures }
    }

    /// Returns the name of an assumption, a prefix, both ends of its range and their unit. A small rate of
    /// a loss event is printed as the probability of at least one, 1 − e^−rate.
    fn range(&self, moved: &Moved) -> (String, &'static str, [String; 2], String) {
        let (label, ends) = (capital(&moved.assumption.label), moved.ends());
        let is_rare =
            |amount: &&Amount| amount.unit.unit.is_empty() && amount.number > 0.0 && amount.number < 1.0;
        let rates = ends.map(|end| end.number.as_ref().filter(is_rare));
        let per = ends[1].number.as_ref().and_then(|amount| amount.unit.per.as_deref());
        let rare = label.strip_suffix(": rate").zip(per);
        if let ([Some(low), Some(high)], Some((name, per))) = (rates, rare) {
            let ends = [low, high].map(|rate| {
                let chance = -100.0 * expm1(-rate.number);
                format!("{} %", plain(rounded(chance, if chance < 1.0 { 2 } else { 1 })))
            });
            return (name.to_owned(), "chance ", ends, format!(" a {per}"));
        }
        let ends = ends.map(|end| match &end.number {
            Some(amount) => of_key(amount.number, &amount.unit.unit, &self.currency),
            None => end.value.clone(),
        });
        let (name, per) = match label.strip_suffix(" a year") {
            Some(name) => (name, Some("year")),
            None => (label.as_str(), per),
        };
        let unit = per.map_or(String::new(), |per| format!(" a {per}"));
        (name.to_owned(), "", ends, unit)
    }

    /// Returns the title: the largest effect and the value that causes it; `None` if nothing was varied.
    fn finding(&self, view: &View<'_>) -> Option<String> {
        let first = view.ranked.first()?;
        let what = if view.is_of_ruin() { "ruin" } else { "median return" };
        let effects = first.moved.ends().map(|end| self.effect_on(view.measure, end));
        let is_most = |effect: &Option<Value>| effect.is_some_and(|effect| effect.value.abs() == first.size);
        let most = effects.iter().position(is_most).filter(|_| first.size > 0.0);
        let Some((most, effect)) = most.and_then(|most| Some((most, effects[most]?))) else {
            return Some(format!("No assumption clearly moves {what}"));
        };
        let (name, chance, ends, unit) = self.range(first.moved);
        let (by, value) = (points(&effect), &ends[most]);
        let among = if view.n_winners == 1 { "Largest effect" } else { "Among the largest" };
        Some(briefest([
            format!("{name}, {chance}{value}{unit}: {what} {by} points"),
            format!("{among}: {name}, {by} points"),
            format!("Largest effect on {what}: {by} points"),
        ]))
    }
}

/// Formats an effect in percentage points.
fn points(effect: &Value) -> String {
    rule::change(effect, "").number().to_owned()
}
