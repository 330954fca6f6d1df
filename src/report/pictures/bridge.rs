//! From the claim to the return: one bar a mechanism, each from where the one before it ends.
//!
//! In: [`Bridge`]. Out: a chart. Not here: the steps themselves (`study`).

use super::{Chart, Kind, boxed, measured};
use crate::chart::{Area, Canvas, EDGE, Ink, Line, Paint, Panel, Scale, Type, VPos, WIDTH};
use crate::figure::rule::change;
use crate::figure::{
    Quantity, clearly_above, grouped, of_chart as percent, percent_tick, signed_fixed,
};
use crate::study::{Bridge, Step};

pub const KIND: Kind = Kind {
    id: "bridge",
    title: "From claim to outcome",
    doc: "Median return a year. Each bar adds one effect to all before it, in a fixed order and on common random \
          numbers: from the claimed return through cash drag, volatility, decay, loss events, agent selling, costs \
          and tax to inflation. The columns on the right have the median and the change in percentage points with \
          its ±. `explain waterfall` has the steps.",
    of: |source| boxed(source.report.bridge.as_ref()?.whole().cloned()),
};

const ROW: f64 = 34.0;
const BASE: f64 = 44.0;
const THICKNESS: f64 = 18.0;
/// Room for names, for medians and for changes.
const NAMES: f64 = 212.0;
const MEDIANS: f64 = 80.0;
const CHANGES: f64 = 144.0;

impl Bridge {
    /// Where every bar begins and ends, the claim first.
    fn bars(&self) -> Vec<(f64, f64)> {
        let mut bars = vec![(0.0, self.claim)];
        for step in &self.steps {
            let from = bars.last().map_or(0.0, |bar| bar.1);
            bars.push((from, step.median.value));
        }
        bars
    }

    /// The claim and the medians, in percent.
    pub(super) fn levels(&self) -> Vec<String> {
        let medians = self.steps.iter().map(|step| step.median.value);
        std::iter::once(self.claim)
            .chain(medians)
            .map(|level| format!("{}%", signed_fixed(100.0 * level, 1)))
            .collect()
    }

    /// The changes in percentage points, each with its error.
    pub(super) fn changes(&self) -> Vec<String> {
        let changes = self.steps.iter().map(|step| change(&step.change, ""));
        changes
            .map(|change| format!("{}{}", change.number(), change.beside()))
            .collect()
    }

    fn scale(&self) -> Scale {
        Scale::holding(self.bars().into_iter().map(|bar| bar.1))
    }

    /// The step whose change is larger than all others, beyond the errors.
    fn largest(&self) -> Option<&Step> {
        let n = self.steps.len();
        let is_largest = |step: &&Step| {
            let mut others = self
                .steps
                .iter()
                .filter(|other| !std::ptr::eq(*other, *step));
            let size = |step: &Step| measured(&step.change).size();
            others.all(|other| clearly_above(size(step), size(other), n))
        };
        self.steps.iter().find(is_largest).filter(|_| n > 1)
    }
}

impl Chart for Bridge {
    fn finding(&self) -> String {
        let claim = Quantity::exact(self.claim);
        let end = self
            .steps
            .last()
            .map_or(claim, |step| measured(&step.median));
        let most = self.largest().map_or(String::new(), |step| {
            format!(
                "; most by {}, {}",
                step.title,
                change(&step.change, "").value()
            )
        });
        let claimed = match self.has_interest {
            true => "Claim and interest come to",
            false => "Claimed",
        };
        format!(
            "{claimed} {} a year, the middle path makes {}{most}",
            percent(claim),
            percent(end)
        )
    }

    fn reading(&self) -> String {
        format!(
            "Median return per year, mechanisms switched on in turn on the same random numbers, {} paths; inflation \
             comes last; at the right the change in points",
            grouped(self.paths)
        )
    }

    fn body_height(&self) -> f64 {
        (self.steps.len() + 1) as f64 * ROW + BASE
    }

    fn draw(&self, canvas: &mut Canvas, body: Area) {
        let (bars, levels, changes) = (self.bars(), self.levels(), self.changes());
        let right = WIDTH - EDGE;
        let area = Area {
            left: EDGE + NAMES,
            top: body.top,
            right: right - CHANGES - MEDIANS,
            bottom: body.top + bars.len() as f64 * ROW,
        };
        let panel = Panel::of_rows(canvas, area, self.scale());
        let set = Type::new(12.5, Ink::Text).down(VPos::Center);
        let figure = Type::figure(Ink::Text);
        let x = |value: f64| panel.at(value, 0.0).0;
        for (index, (from, to)) in bars.iter().enumerate() {
            let y = area.row(index, ROW);
            let step = index.checked_sub(1).and_then(|place| self.steps.get(place));
            let ink = match (step, to < from) {
                (None, _) => Ink::Blue,
                (_, true) => Ink::Vermilion,
                (_, false) => Ink::Green,
            };
            let ends = (x(from.min(*to)), x(from.max(*to)));
            canvas.bar(ends, y, THICKNESS, Paint::solid(ink), None);
            // down to where the next one begins
            if index + 1 < bars.len() {
                let (above, below) = (y + THICKNESS / 2.0, y + ROW - THICKNESS / 2.0);
                let line = Line::new(Ink::Axis, 1.0);
                canvas.line(&[(x(*to), above), (x(*to), below)], line);
            }
            let name = step.map_or(self.claim_title(), |step| &step.title);
            canvas.name(name, (EDGE, y), &set, NAMES - 8.0);
            canvas.text(&levels[index], (right - CHANGES, y), &figure);
            if step.is_some() {
                canvas.text(&changes[index - 1], (right, y), &figure);
            }
        }
        panel.zero(canvas);
        panel.base_of_rows(canvas, percent_tick);
    }
}
