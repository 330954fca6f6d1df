//! What moves the outcome: one bar a value, from one end of its range to the other.
//!
//! In: a sensitivity. Out: its picture. Not here: the runs (`study`).

use super::super::sensitivity::{Ranked, SensitivityReport, View};
use super::{Kind, Sketch, left_out, when};
use crate::chart::{Bar, Ink, Line, Paint, Row, RowMark, Scale, Shape, Spec, Stamp};
use crate::figure::{briefest, capital, of_key, plain, rule};
use crate::stats::Value;

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

/// Values drawn at most.
const MOST: usize = 10;

/// Inks of the low and of the high end of a range.
const INKS: [Ink; 2] = [Ink::Blue, Ink::Vermilion];

impl SensitivityReport {
    /// The assumptions that move the outcome most; `None` if none is moved.
    pub fn sketch(&self) -> Option<Sketch> {
        let paths = self.found.paths;
        let stamp = Stamp::new(&self.title, self.seeds, paths, &self.model_digest);
        KIND.sketch(&self.tornado()?, &stamp)
    }

    pub(in crate::report) fn tornado(&self) -> Option<Spec> {
        let view = View::of_picture(self);
        let name = if view.is_of_ruin() { "probability of ruin" } else { "real median return" };
        let base =
            if view.is_of_ruin() { *self.found.base.get(view.measure)? } else { view.base_return? };
        let base = rule::shown(&base, "").value();
        let finding = finding(&view)?;
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
                "Change of the {name} (now {base}{span}), in points, with an assumption at the low (blue) and the high end \
                 (orange) of its range; line: 95 % interval{left_out}"
            ),
            shape: Shape::rows(
                Scale::holding(ends),
                tick,
                [("low end", INKS[0]), ("high end", INKS[1])],
                drawn.iter().map(|one| self.row(view.measure, one)).collect(),
            ),
        })
    }

    /// An assumption by name and range, with its effects.
    fn row(&self, measure: &str, one: &Ranked) -> Row {
        let (mut marks, mut figures) = (Vec::new(), Vec::new());
        for (end, ink) in one.moved.ends().into_iter().zip(INKS) {
            let effect = self.effect_on(measure, end);
            let written = effect.map_or("–".to_owned(), |effect| points(&effect));
            figures.push((written, ink));
            let Some(effect) = effect else {
                continue;
            };
            let bar = Bar::new([0.0, effect.value], Paint::solid(ink));
            marks.push(RowMark::Bar(bar));
            let line = Line::new(Ink::Text, 1.2);
            marks.extend(effect.interval.map(|ends| RowMark::Span(ends, line)));
        }
        let [low, high] = one.moved.ends().map(|end| match &end.number {
            Some(amount) => of_key(amount.number, &amount.unit.unit, &self.currency),
            None => end.value.clone(),
        });
        let per = one.moved.high.number.iter().flat_map(|amount| &amount.unit.per);
        let per: String = per.map(|per| format!("/{per}")).collect();
        let name = capital(&one.moved.assumption.label);
        Row { name: format!("{name}, {low} to {high}{per}"), marks, figures }
    }
}

/// An effect in percentage points.
fn points(effect: &Value) -> String {
    rule::change(effect, "").number().to_owned()
}

/// What moves the outcome most and by how much; `None` if nothing was moved.
fn finding(view: &View<'_>) -> Option<String> {
    let first = view.ranked.first()?;
    let name = &first.moved.assumption.label;
    let what = if view.is_of_ruin() { "ruin" } else { "the median return" };
    if first.size == 0.0 {
        return Some(format!("No assumption clearly moves {what}"));
    }
    let ends: Vec<String> = first.clear_ends().map(points).collect();
    let by = format!("{} points", ends.join(" to "));
    let is_alone = view.n_winners == 1;
    Some(briefest([
        format!("{} moves {what} by {by}", capital(name)),
        format!("{} {name}, {by}", if is_alone { "Largest effect:" } else { "Among the largest:" }),
        format!("Largest effects on {what}: {by}"),
    ]))
}
