//! What moves the median return: one bar a value, from one end of its range to the other.
//!
//! In: [`Tornado`]. Out: a picture. Not here: the runs (`study`).

use super::{Kind, left_out};
use crate::chart::{Axis, Ink, Line, Paint, Row, RowMark, Rows, Scale, Shape, Spec, TICKS_OF_ROWS};
use crate::figure::{capital, rule};
use crate::stats::{Unit, Value};

pub const KIND: Kind = Kind {
    id: "tornado",
    title: "What moves the median return",
    doc: "Change of the real median return per year, in percentage points, below twelve months over the whole horizon. One \
          assumption is at the low end of its range (blue) or at the high end (vermilion), the others stay as they are. Black \
          lines are 95 % intervals. The assumption that moves the return most comes first. Values of one catalog entry are \
          one assumption. All runs share their random numbers, and joint effects of two assumptions are not seen.",
    of: |_| None, // of several runs,
};

/// Values drawn at most.
const MOST: usize = 16;

const THICKNESS: f64 = 14.0;

/// Inks of the low and of the high end of a range.
const INKS: [Ink; 2] = [Ink::Blue, Ink::Vermilion];

/// An assumption that was moved.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    pub name: String,
    /// Low and high end of its range, as they are shown.
    pub ends: [String; 2],
    /// By how much the median differs there; none where there is no such scenario.
    pub effects: [Option<Value>; 2],
}

/// Data of the picture, in fractions; the assumption that moves most first, at least one.
#[derive(Clone, Debug, PartialEq)]
pub struct Tornado {
    /// The median return as it is.
    pub base: Value,
    /// True if returns are per year, false if over the whole of a horizon below a year.
    pub is_per_year: bool,
    pub bars: Vec<Moved>,
    /// How many of the first clearly move more than the others.
    pub n_winners: usize,
}

impl Tornado {
    pub fn spec(&self) -> Spec {
        let drawn = &self.bars[..self.bars.len().min(MOST)];
        let effects = drawn.iter().flat_map(|bar| bar.effects.iter().flatten());
        let ends = effects.flat_map(|effect| effect.interval.unwrap_or([effect.value; 2]));
        let tick = |value: f64| {
            let tick = Value::certain(Unit::Fraction, value);
            rule::change(&tick, "").number().to_owned()
        };
        Spec {
            finding: self.finding(),
            reading: self.reading(self.bars.len() - drawn.len()),
            shape: Shape::Rows(Rows {
                x: Axis::new(Scale::holding(ends), TICKS_OF_ROWS, tick),
                pitch: 30.0,
                names: 250.0,
                columns: vec![(100.0, "low", INKS[0]), (100.0, "high", INKS[1])],
                level: None,
                rows: drawn.iter().map(Moved::row).collect(),
            }),
        }
    }

    fn finding(&self) -> String {
        let moved = "the median return most";
        let bars = self.bars.iter();
        let mut effects = bars.flat_map(|bar| bar.effects.iter().flatten());
        let is_any = effects.any(|effect| effect.value != 0.0);
        match (self.n_winners, self.bars.as_slice()) {
            (1, [one, ..]) => format!("{} moves {moved}", capital(&one.name)),
            (2, [one, other, ..]) => {
                format!("{} and {} move {moved}", capital(&one.name), other.name)
            }
            (n @ 3.., [one, ..]) => {
                format!("{} and {} more move {moved}", capital(&one.name), n - 1)
            }
            _ if is_any => "No assumption clearly moves the median return most".to_owned(),
            _ => "No assumption moves the median return".to_owned(),
        }
    }

    fn reading(&self, n_left: usize) -> String {
        let span = if self.is_per_year { "a year" } else { "in all" };
        let (base, left_out) = (rule::shown(&self.base, "").value(), left_out(n_left));
        format!(
            "Change of the real median return ({base} {span}), pp, at the low (blue) or high (vermilion) end. Lines: 95 %{left_out}"
        )
    }
}

impl Moved {
    fn row(&self) -> Row {
        let mut marks = Vec::new();
        for ((effect, written), ink) in self.effects.iter().zip(&self.ends).zip(INKS) {
            let Some(effect) = effect else { continue };
            marks.push(RowMark::Bar {
                between: [0.0, effect.value],
                below: 0.0,
                thickness: THICKNESS,
                paint: Paint::solid(ink),
                tooltip: Some(format!("{} = {written}", self.name)),
            });
            let interval = effect.interval;
            let line = Line::new(Ink::Text, 1.2);
            marks.extend(interval.map(|ends| RowMark::Span(ends, line)));
        }
        let ends = self.ends.iter().cloned().zip(INKS);
        Row {
            name: capital(&self.name),
            marks,
            figures: ends.collect(),
        }
    }
}
