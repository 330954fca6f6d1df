//! A measure against the values of a key that were tried, with the target and the answer.
//!
//! In: the facts of `solve.json`. Out: a picture. Not here: the search (`study`).

use super::Kind;
use crate::chart::{Axis, End, Ink, Layer, Line, Paint, Plot, Scale, Shape, Spec};
use crate::figure::{capital, of_key};
use crate::scenario::AmountUnit;
use crate::study::{Outcome, Solved, Tried};

pub const KIND: Kind = Kind {
    id: "solve",
    title: "A measure against the value of a key",
    doc: "Every value that `tailwheel solve` simulated, with the measure there and its 95 % interval. The dashed line is the \
          target. The large dot is the answer, the gray dot the value in the file. All values share their random numbers.",
    of: |_| None, // of several runs
};

/// Data of the picture.
pub struct SolveCurve<'a> {
    pub label: &'a str,
    pub unit: &'a AmountUnit,
    pub measure: &'a str,
    pub currency: &'a str,
    pub target: f64,
    /// What the measure counts.
    pub goal: &'a AmountUnit,
    /// The answer to its last known digit.
    pub answer: Option<f64>,
    /// With at least two values, in their order.
    pub found: &'a Solved,
}

impl SolveCurve<'_> {
    pub fn spec(&self) -> Spec {
        let all = &self.found.tried;
        let interval = |tried: &Tried| tried.found.interval.unwrap_or([tried.found.value; 2]);
        let measures = all.iter().flat_map(interval).chain([self.target]);
        let levels = Axis::new(Scale::holding(measures), 7, |value| self.measured(value));
        let first = all.first().map_or(0.0, |tried| tried.value);
        let last = all.last().map_or(1.0, |tried| tried.value);
        let margin = 0.02 * (last - first);
        let values = Scale::linear(first - margin, last + margin);
        let level = [values.low, values.high].map(|value| (value, self.target));
        let curve = all.iter().map(|tried| (tried.value, tried.found.value));
        let mut layers = vec![
            Layer::Line(level.to_vec(), Line::new(Ink::Text, 1.2).dashed(6, 4)),
            Layer::Line(curve.collect(), Line::new(Ink::Blue, 2.0)),
        ];
        layers.extend(all.iter().map(|tried| {
            let ends = interval(tried).map(|end| (tried.value, end));
            Layer::Line(ends.to_vec(), Line::new(Ink::Blue, 1.2))
        }));
        let mut dots = all.clone();
        dots.sort_by(|a, b| self.dot(a.value).1.total_cmp(&self.dot(b.value).1));
        layers.extend(dots.into_iter().map(|Tried { value, found }| {
            let (ink, radius) = self.dot(value);
            Layer::Dot((value, found.value), radius, Paint::solid(ink))
        }));
        let target = format!("target {}", self.measured(self.target));
        let ends = vec![End::bold(self.target, target, Ink::Text)];
        let values = Axis::new(values, 8, |value| self.value(value));
        Spec {
            finding: self.finding(),
            reading: format!(
                "{} against {}{}, with 95 % intervals. Dashed: target. Large dot: answer. Gray dot: file",
                capital(self.measure),
                self.label,
                self.per()
            ),
            shape: Shape::Plots(vec![Plot::new(values, levels, layers, ends)]),
        }
    }

    fn finding(&self) -> String {
        let (target, measure) = (self.measured(self.target), capital(self.measure));
        match self.found.outcome {
            Outcome::Found { value, .. } => {
                let answer = self.value(self.answer.unwrap_or(value));
                format!("{measure} is {target} at {answer}{}", self.per())
            }
            Outcome::AlreadyMet { .. } => format!("{measure} already meets {target}"),
            Outcome::CannotBeMet { .. } => format!("{measure} does not meet {target}"),
        }
    }

    /// Ink and radius of the dot at a value.
    fn dot(&self, value: f64) -> (Ink, f64) {
        match self.found.outcome {
            Outcome::Found { value: found, .. } if found == value => (Ink::Vermilion, 6.0),
            _ if self.found.in_file == Some(value) => (Ink::Mute, 5.0),
            _ => (Ink::Blue, 2.5),
        }
    }

    fn value(&self, value: f64) -> String {
        of_key(value, &self.unit.unit, self.currency)
    }

    fn measured(&self, value: f64) -> String {
        of_key(value, &self.goal.unit, self.currency)
    }

    fn per(&self) -> String {
        let per = self.unit.per.iter();
        per.map(|per| format!(" a {per}")).collect()
    }
}
