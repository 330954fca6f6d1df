//! What moves the median return: one bar a value, from one end of its range to the other.
//!
//! In: [`Tornado`]. Out: a chart. Not here: the runs (`study`).

use super::{Chart, Kind};
use crate::chart::{Area, Canvas, EDGE, HPos, Ink, Paint, Panel, Scale, Type, VPos, WIDTH};
use crate::figure::{Quantity, clearly_above, of_chart as percent, percent_tick};

pub const KIND: Kind = Kind {
    id: "tornado",
    title: "Sensitivity of the median return",
    doc: "Median real return with one assumption at a time at the low end of its range (blue) and at the high end \
          (vermilion). The largest effect is on top. Values of one catalog entry count as one assumption. All runs \
          have common random numbers. Joint effects of two assumptions are not seen.",
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

/// A value that was moved.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    pub name: String,
    /// Low and high end of its range, as they are written.
    pub ends: [String; 2],
    /// By how much the median differs there; none where there is no such scenario.
    pub effects: [Option<Quantity>; 2],
}

/// Data of the chart, in fractions; the value that moves most first, at least one.
#[derive(Clone, Debug, PartialEq)]
pub struct Tornado {
    /// The median return as it is.
    pub base: Quantity,
    /// What returns are told over: `a year after inflation`.
    pub span: &'static str,
    pub bars: Vec<Moved>,
}

impl Moved {
    /// Its farthest effect.
    fn farthest(&self) -> Quantity {
        let effects = self.effects.iter().flatten();
        effects.fold(Quantity::exact(0.0), |most, effect| {
            match effect.value.abs() > most.value {
                true => effect.size(),
                false => most,
            }
        })
    }
}

impl Tornado {
    fn drawn(&self) -> &[Moved] {
        &self.bars[..self.bars.len().min(MOST)]
    }

    fn scale(&self) -> Scale {
        let effects = self.drawn().iter().flat_map(|bar| bar.effects.iter());
        Scale::holding(effects.flatten().map(|effect| effect.value))
    }
}

impl Chart for Tornado {
    fn finding(&self) -> String {
        let base = format!("{} {}", percent(self.base), self.span);
        let mut sizes = self.bars.iter().map(|bar| (&bar.name, bar.farthest()));
        let most = sizes.next();
        let next = sizes.next().map_or(Quantity::exact(0.0), |next| next.1);
        match most {
            Some((name, most)) if clearly_above(most, next, self.bars.len().max(2)) => format!(
                "{name} moves the median return of {base} most: by {} points",
                percent(most).trim_end_matches('%')
            ),
            Some((_, most)) if most.value > 0.0 => {
                format!("No single value moves the median return of {base} clearly most")
            }
            _ => format!("No filled-in value moves the median return of {base}"),
        }
    }

    fn reading(&self) -> String {
        let left_out = match self.bars.len() - self.drawn().len() {
            0 => String::new(),
            n => format!("; {n} more are not drawn"),
        };
        format!(
            "Change of the median return {} with one value at the low (blue) or \
             high (vermilion) end of its range{left_out}",
            self.span
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
            canvas.name(&bar.name, (EDGE, y), &set, NAMES - 8.0);
            let inks = [Ink::Blue, Ink::Vermilion];
            for ((effect, written), ink) in bar.effects.iter().zip(&bar.ends).zip(inks) {
                let Some(effect) = effect else { continue };
                let (x, _) = panel.at(effect.value, 0.0);
                let tooltip = Some(format!("{} = {written}", bar.name));
                let ends = (x.min(zero), x.max(zero));
                canvas.bar(ends, y, THICKNESS, Paint::solid(ink), tooltip);
            }
            // both ends may move it the same way
            let side = |at: usize| bar.effects[at].map_or(0.0, |effect| effect.value);
            let (left, right) = if side(0) <= side(1) { (0, 1) } else { (1, 0) };
            let at = (area.left - 6.0, y);
            canvas.name(&bar.ends[left], at, &small.across(HPos::Right), ENDS - 8.0);
            canvas.name(&bar.ends[right], (area.right + 6.0, y), &small, ENDS - 8.0);
        }
        panel.zero(canvas);
        panel.base_of_rows(canvas, percent_tick);
    }
}
