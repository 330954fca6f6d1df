//! A measure against the values of a key that were tried, with the target and the answer.
//!
//! In: the facts of `solve.json`. Out: a chart. Not here: the search (`study`).

use super::{Chart, Kind};
use crate::chart::{
    Area, Canvas, EDGE, End, Ink, Line, Paint, Panel, Scale, TICK_SIZE, Weight, label_ends,
    labelled, left_of_labels, room,
};
use crate::figure::{capital, of_key};
use crate::scenario::AmountUnit;
use crate::study::{Outcome, Tried};

pub const KIND: Kind = Kind {
    id: "solve",
    title: "A measure against the value of a key",
    doc: "Every value that `tailwheel solve` simulated, with the measure there and its 95 % interval. The dashed line is the \
          target. The large dot is the answer, the gray dot the value in the file. All values share their random numbers.",
    of: |_| None, // of several runs
};

const ABOVE: f64 = 8.0;
const BELOW: f64 = 40.0;

/// Data of the chart.
#[derive(Clone, Debug)]
pub struct SolveCurve {
    pub label: String,
    pub unit: AmountUnit,
    pub measure: String,
    pub currency: String,
    pub target: f64,
    /// What the measure counts.
    pub goal: AmountUnit,
    pub outcome: Outcome,
    /// The answer to its last known digit.
    pub answer: Option<f64>,
    pub in_file: Option<f64>,
    /// In the order of the values; at least two.
    pub tried: Vec<Tried>,
}

impl SolveCurve {
    fn value(&self, value: f64) -> String {
        of_key(value, &self.unit.unit, &self.currency)
    }

    /// Ink and radius of the dot at a value.
    fn dot(&self, value: f64) -> (Ink, f64) {
        match self.outcome {
            Outcome::Found { value: found, .. } if found == value => (Ink::Vermilion, 6.0),
            _ if self.in_file == Some(value) => (Ink::Mute, 5.0),
            _ => (Ink::Blue, 2.5),
        }
    }

    fn per(&self) -> String {
        let per = self.unit.per.iter();
        per.map(|per| format!(" a {per}")).collect()
    }

    fn measured(&self, value: f64) -> String {
        of_key(value, &self.goal.unit, &self.currency)
    }
}

impl Chart for SolveCurve {
    fn finding(&self) -> String {
        let (target, measure) = (self.measured(self.target), capital(&self.measure));
        match self.outcome {
            Outcome::Found { value, .. } => {
                let answer = self.value(self.answer.unwrap_or(value));
                format!("{measure} is {target} at {answer}{}", self.per())
            }
            Outcome::AlreadyMet { .. } => format!("{measure} already meets {target}"),
            Outcome::CannotBeMet { .. } => format!("{measure} does not meet {target}"),
        }
    }

    fn reading(&self) -> String {
        format!(
            "{} against {}{}, with 95 % intervals. Dashed: target. Large dot: answer. Gray dot: file",
            capital(&self.measure),
            self.label,
            self.per()
        )
    }

    fn draw(&self, canvas: &mut Canvas, body: Area) {
        let ends = |tried: &Tried| tried.found.interval.unwrap_or([tried.found.value; 2]);
        let values = self.tried.iter().flat_map(ends).chain([self.target]);
        let y = Scale::holding(values);
        let first = self.tried.first().map_or(0.0, |tried| tried.value);
        let last = self.tried.last().map_or(1.0, |tried| tried.value);
        let margin = 0.02 * (last - first);
        let target = format!("target {}", self.measured(self.target));
        let labels = [End::new(self.target, target, Ink::Text, Weight::SemiBold)];
        let tick = |value: f64| self.measured(value);
        let ticks = y.ticks(7);
        let area = Area {
            left: left_of_labels(EDGE, &ticks, &tick),
            top: body.top + ABOVE,
            right: body.right - EDGE - room(&labels),
            bottom: body.bottom - BELOW,
        };
        let panel = Panel::new(area, Scale::linear(first - margin, last + margin), y);
        panel.levels(canvas, &ticks, Some(&tick));
        let level = [panel.x.low, panel.x.high].map(|x| (x, self.target));
        panel.line(
            canvas,
            level.to_vec(),
            Line::new(Ink::Text, 1.2).dashed(6, 4),
        );
        let points = self
            .tried
            .iter()
            .map(|tried| (tried.value, tried.found.value));
        panel.line(canvas, points.collect(), Line::new(Ink::Blue, 2.0));
        for tried in &self.tried {
            let interval = ends(tried).map(|end| (tried.value, end));
            panel.line(canvas, interval.to_vec(), Line::new(Ink::Blue, 1.2));
        }
        let mut dots = self.tried.clone();
        dots.sort_by(|a, b| self.dot(a.value).1.total_cmp(&self.dot(b.value).1));
        for Tried { value, found } in dots {
            let (ink, radius) = self.dot(value);
            panel.dot(canvas, (value, found.value), radius, Paint::solid(ink));
        }
        let ticks = labelled(panel.x.ticks(8), |value| self.value(value));
        panel.base(canvas, &ticks, TICK_SIZE);
        label_ends(canvas, &panel, &labels);
    }
}
