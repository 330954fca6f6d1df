//! What moves the median return: one bar a value, from one end of its range to the other.
//!
//! In: [`Tornado`]. Out: a chart. Not here: the runs (`study`).

use super::{Chart, Kind};
use crate::chart::{Area, Canvas, EDGE, HPos, Ink, Line, Paint, Panel, Scale, Type, VPos, WIDTH};
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

const ROW: f64 = 30.0;
const BASE: f64 = 44.0;
const THICKNESS: f64 = 14.0;
/// Room for names, and for what stands at the ends of a bar.
const NAMES: f64 = 250.0;
const ENDS: f64 = 90.0;

/// An assumption that was moved.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    pub name: String,
    /// Low and high end of its range, as they are shown.
    pub ends: [String; 2],
    /// By how much the median differs there; none where there is no such scenario.
    pub effects: [Option<Value>; 2],
}

/// Data of the chart, in fractions; the assumption that moves most first, at least one.
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
    fn drawn(&self) -> &[Moved] {
        &self.bars[..self.bars.len().min(MOST)]
    }

    fn scale(&self) -> Scale {
        let effects = self
            .drawn()
            .iter()
            .flat_map(|bar| bar.effects.iter().flatten());
        Scale::holding(effects.flat_map(|effect| effect.interval.unwrap_or([effect.value; 2])))
    }
}

impl Chart for Tornado {
    fn finding(&self) -> String {
        let moved = "the median return most";
        let mut effects = self
            .bars
            .iter()
            .flat_map(|bar| bar.effects.iter().flatten());
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

    fn reading(&self) -> String {
        let span = if self.is_per_year { "a year" } else { "in all" };
        let left_out = match self.bars.len() - self.drawn().len() {
            0 => String::new(),
            n => format!(" {n} more are not drawn."),
        };
        format!(
            "Change of the real median return ({} {span}), pp, at the low (blue) or high (vermilion) end. Lines: 95 %.{left_out}",
            rule::shown(&self.base, "").value()
        )
    }

    fn body_height(&self) -> f64 {
        self.drawn().len() as f64 * ROW + BASE
    }

    fn draw(&self, canvas: &mut Canvas, body: Area) {
        let area = Area {
            left: EDGE + NAMES + ENDS,
            top: body.top,
            right: WIDTH - EDGE - ENDS,
            bottom: body.top + self.drawn().len() as f64 * ROW,
        };
        let panel = Panel::of_rows(canvas, area, self.scale());
        let (zero, _) = panel.at(0.0, 0.0);
        let set = Type::new(12.0, Ink::Text).down(VPos::Center);
        let small = Type::new(10.5, Ink::Mute).down(VPos::Center);
        for (index, bar) in self.drawn().iter().enumerate() {
            let y = area.row(index, ROW);
            canvas.name(&capital(&bar.name), (EDGE, y), &set, NAMES - 8.0);
            let inks = [Ink::Blue, Ink::Vermilion];
            for ((effect, written), ink) in bar.effects.iter().zip(&bar.ends).zip(inks) {
                let Some(effect) = effect else { continue };
                let (x, _) = panel.at(effect.value, 0.0);
                let tooltip = Some(format!("{} = {written}", bar.name));
                let ends = (x.min(zero), x.max(zero));
                canvas.bar(ends, y, THICKNESS, Paint::solid(ink), tooltip);
                if let Some(interval) = effect.interval {
                    let ends = interval.map(|end| (panel.at(end, 0.0).0, y));
                    canvas.line(&ends, Line::new(Ink::Text, 1.2));
                }
            }
            // both ends may move it the same way
            let side = |at: usize| bar.effects[at].map_or(0.0, |effect| effect.value);
            let (left, right) = if side(0) <= side(1) { (0, 1) } else { (1, 0) };
            let at = (area.left - 6.0, y);
            canvas.name(&bar.ends[left], at, &small.across(HPos::Right), ENDS - 8.0);
            canvas.name(&bar.ends[right], (area.right + 6.0, y), &small, ENDS - 8.0);
        }
        panel.zero(canvas);
        panel.base_of_rows(canvas, |value| {
            let tick = Value::certain(Unit::Fraction, value);
            rule::change(&tick, "").number().to_owned()
        });
    }
}
