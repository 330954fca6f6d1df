//! What moves the median return: one bar a value, from one end of its range to the other.
//!
//! In: a sensitivity. Out: its picture. Not here: the runs (`study`).

use super::super::sensitivity::{Ranked, SensitivityReport, View};
use super::{Kind, Picture, Sketch, drawn_with, left_out};
use crate::chart::{
    Axis, Ink, Line, Paint, Row, RowMark, Rows, Scale, Shape, Spec, Stamp, TICKS_OF_ROWS, Theme,
};
use crate::figure::{briefest, capital, of_key, rule};
use crate::stats::{Unit, Value};
use std::sync::atomic::AtomicBool;

pub const KIND: Kind = Kind {
    id: "tornado",
    title: "What moves the median return",
    doc: "Change of the real median return per year, in percentage points, below twelve months over the whole horizon. One \
          assumption is at the low end of its range (blue) or at the high end (orange), the others stay as they are. Black \
          lines are 95 % intervals. The assumption that moves the return most comes first. Values of one catalog entry are \
          one assumption. All runs share their random numbers, and joint effects of two assumptions are not seen.",
    of: None, // of several runs,
};

/// Values drawn at most.
const MOST: usize = 10;

const THICKNESS: f64 = 14.0;

/// Inks of the low and of the high end of a range.
const INKS: [Ink; 2] = [Ink::Blue, Ink::Vermilion];

impl SensitivityReport {
    /// The assumptions that move the median return most; `None` if none is moved, or once `stop` is set.
    pub fn picture(&self, theme: Theme, stop: &AtomicBool) -> Option<Picture> {
        let paths = self.found.paths;
        let stamp = Stamp::new(&self.title, self.seeds, paths, &self.model_digest);
        drawn_with(&KIND, &self.tornado()?, &stamp, theme, stop)
    }

    /// The same as the text of an SVG.
    pub(in crate::report) fn sketch(&self) -> Option<Sketch> {
        let paths = self.found.paths;
        let stamp = Stamp::new(&self.title, self.seeds, paths, &self.model_digest);
        Some(KIND.sketch(&self.tornado()?, &stamp))
    }

    pub(in crate::report) fn tornado(&self) -> Option<Spec> {
        let view = View::of(self);
        let base = rule::shown(&view.base_return?, "").value();
        let finding = finding(&view)?;
        let drawn = &view.ranked[..view.ranked.len().min(MOST)];
        let ends = drawn.iter().flat_map(|one| one.moved.ends());
        let effects = ends.filter_map(|end| self.effect_on_return(end));
        let ends = effects.flat_map(|effect| effect.interval.unwrap_or([effect.value; 2]));
        let tick = |value: f64| {
            let tick = Value::certain(Unit::Fraction, value);
            rule::change(&tick, "").number().to_owned()
        };
        let span = if self.months >= 12 { "a year" } else { "in all" };
        let left_out = left_out(view.ranked.len() - drawn.len());
        Some(Spec {
            finding,
            reading: format!(
                "Change of the real median return ({base} {span}), in percentage points; blue: low end of the range, \
                 orange: high end, line: 95 % interval{left_out}"
            ),
            shape: Shape::Rows(Rows {
                x: Axis::new(Scale::holding(ends), TICKS_OF_ROWS, tick),
                pitch: 30.0,
                names: 250.0,
                columns: vec![(100.0, "low", INKS[0]), (100.0, "high", INKS[1])],
                level: None,
                rows: drawn.iter().map(|one| self.row(one)).collect(),
            }),
        })
    }

    fn row(&self, one: &Ranked) -> Row {
        let name = &one.moved.assumption.label;
        let (mut marks, mut figures) = (Vec::new(), Vec::new());
        for (end, ink) in one.moved.ends().into_iter().zip(INKS) {
            let written = match &end.number {
                Some(amount) => of_key(amount.number, &amount.unit.unit, &self.currency),
                None => end.value.clone(),
            };
            if let Some(effect) = self.effect_on_return(end) {
                marks.push(RowMark::Bar {
                    between: [0.0, effect.value],
                    below: 0.0,
                    thickness: THICKNESS,
                    paint: Paint::solid(ink),
                    tooltip: Some(format!("{name} = {written}")),
                });
                let line = Line::new(Ink::Text, 1.2);
                marks.extend(effect.interval.map(|ends| RowMark::Span(ends, line)));
            }
            figures.push((written, ink));
        }
        Row { name: capital(name), marks, figures }
    }
}

/// What moves the median return most and by how much; `None` if nothing was moved.
fn finding(view: &View<'_>) -> Option<String> {
    let first = view.ranked.first()?;
    let name = &first.moved.assumption.label;
    let Some(most) = first.farthest.filter(|_| first.size > 0.0) else {
        return Some("No assumption clearly moves the median return".to_owned());
    };
    let most = format!("up to {} points", rule::points(&most));
    Some(match view.n_winners {
        1 => briefest([
            format!("{} moves the median return {most}", capital(name)),
            format!("Largest effect: {name}, {most}"),
            format!("Largest effect on the median return: {most}"),
        ]),
        _ => briefest([
            format!("Among the largest effects: {name}, {most}"),
            format!("Among the largest: {name}, {most}"),
            format!("Largest effects on the median return: {most}"),
        ]),
    })
}
