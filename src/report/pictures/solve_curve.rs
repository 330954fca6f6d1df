//! Curve of a measure over the tried values of a key, with the target and the solution.
//!
//! In: the result of a solve. Out: its picture. Not here: the search (`study`).

use super::super::solve::{SolveReport, SolveView, thinned};
use super::{PictureKind, Sketch};
use crate::chart::{Axis, End, Ink, Layer, Line, Paint, Scale, Shape, Spec, Stamp};
use crate::figure::{briefest, capital, clearly_above, of_key, rule, uncapital};
use crate::study::{Outcome, Tried};

pub const KIND: PictureKind = PictureKind {
    id: "solve",
    title: "A measure against the value of a key",
    doc: "Values on the screen of `tailwheel solve`, with the measure there and its 95 % interval. The dashed line is \
          the target, the largest dot the answer or the nearest end of the range, the dark dot the value in the file.",
    of: None, // of several runs
};

impl SolveReport {
    /// Returns the chart of the measure over the tried values; `None` with a single path.
    pub fn sketch(&self) -> Option<Sketch> {
        let stamp = Stamp::new(&self.title, self.seeds, self.paths, &self.model_digest);
        KIND.sketch(&self.curve()?, &stamp)
    }

    pub(super) fn curve(&self) -> Option<Spec> {
        let view = SolveView::of(self);
        let (place, found) = self.nearest();
        let all = self.drawn(view.is_inside);
        let measured = |value: f64| of_key(value, &view.goal.unit, &self.currency);
        let of_key = |value: f64| of_key(value, &self.value_unit.unit, &self.currency);
        let interval = |tried: &Tried| tried.found.interval.unwrap_or([tried.found.value; 2]);
        let measures = all.iter().flat_map(interval).chain([self.target]);
        let levels = Axis::new(Scale::holding(measures), 7, measured);
        let (first, last) = (all.first()?, all.last()?);
        let margin = 0.02 * (last.value - first.value);
        let values = Scale::linear(first.value - margin, last.value + margin);
        let level = [values.low, values.high].map(|value| (value, self.target));
        let curve = all.iter().map(|tried| (tried.value, tried.found.value));
        let mut layers = vec![
            Layer::Line(level.to_vec(), Line::new(Ink::Text, 1.2).dashed(6, 4)),
            Layer::Line(curve.collect(), Line::new(Ink::Blue, 1.4).dashed(2, 3)),
        ];
        layers.extend(all.iter().map(|tried| {
            let ends = interval(tried).map(|end| (tried.value, end));
            Layer::Line(ends.to_vec(), Line::new(Ink::Blue, 1.2).percent(50))
        }));
        let foot = vec![(place, levels.scale.low), (place, found.value)];
        layers.push(Layer::Line(foot, Line::new(Ink::Vermilion, 1.0)));
        let mut dots: Vec<&Tried> = all.iter().collect();
        // the answer covers what was tried beside it
        dots.sort_by(|a, b| self.dot(a.value).1.total_cmp(&self.dot(b.value).1));
        layers.extend(dots.into_iter().map(|Tried { value, found }| {
            let (ink, radius) = self.dot(*value);
            Layer::Dot((*value, found.value), radius, Paint::solid(ink))
        }));
        let is_falling = last.found.value < first.found.value;
        layers.extend(self.labels(&view, if is_falling { -1.0 } else { 1.0 }));
        let (target, measure) = (measured(self.target), capital(&self.measure_label));
        let per: String = self.value_unit.per.iter().map(|per| format!(" a {per}")).collect();
        let ends = vec![End::new(self.target, format!("target {target}"), Ink::Text)];
        let values = Axis::new(values, 8, of_key).named(&format!("{}{per}", self.label));
        let answer = of_key(view.answer.unwrap_or(place));
        let verdict = match self.found.outcome {
            Outcome::Found { .. } => "",
            Outcome::AlreadyMet { .. } => ", target met",
            Outcome::CannotBeMet { .. } => ", target missed",
        };
        let (key, name) = (capital(&self.label), uncapital(&self.measure_label));
        let is_ruin = name == "probability of ruin";
        let (short, meaning) = if is_ruin { ("ruin", " (nothing left to pay with)") } else { (&*name, "") };
        let new = rule::shown(&found, &self.currency).value();
        let alone = format!("{key} {answer}{per}: {name} {new}{verdict}");
        let in_file = self.found.tried.iter().find(|tried| self.found.in_file == Some(tried.value));
        let finding = match in_file.filter(|tried| {
            let [new, old] = [&found, &tried.found].map(super::measured);
            clearly_above(new, old, 2) || clearly_above(old, new, 2)
        }) {
            Some(now) => {
                let plan = of_key(now.value);
                let verb = if found.value < now.found.value { "lowers" } else { "raises" };
                let [long, brief] = [&*per, ""]
                    .map(|per| format!("{key} {answer}{per}, not {plan}, {verb} {short} to {new}{verdict}"));
                briefest([long, brief, alone])
            }
            None => alone,
        };
        Some(Spec {
            finding,
            reading: format!("{measure}{meaning} by {}{per}; lines: margins of error", self.label),
            shape: Shape::plot(values, levels, layers, ends, Vec::new()),
        })
    }

    /// Returns the tried values to draw, those of the screen: up to the solution or the file's value, the larger one;
    /// all without a solution, or if the target is met between two values.
    fn drawn(&self, is_inside: bool) -> Vec<Tried> {
        let mut all = thinned(self);
        if let (Outcome::Found { value, .. }, false) = (&self.found.outcome, is_inside) {
            let most = value.max(self.found.in_file.unwrap_or(*value));
            let n_needed = all.partition_point(|tried| tried.value < most) + 1;
            all.truncate(n_needed.max(2));
        }
        all
    }

    /// Returns the labels of the solution and of the value in the file. With `below` 1 the former is below its dot and the
    /// latter above, with −1 vice versa.
    fn labels(&self, view: &SolveView<'_>, below: f64) -> impl Iterator<Item = Layer> {
        let answer = self.nearest().0;
        self.found.tried.iter().filter_map(move |Tried { value, found }| {
            let key = |value: f64| of_key(value, &self.value_unit.unit, &self.currency);
            let measure = rule::shown(found, &self.currency).value();
            let (at, ink) = ((*value, found.value), self.dot(*value).0);
            if answer == *value {
                let text = format!("{}: {measure}", key(view.answer.unwrap_or(*value)));
                return Some(Layer::Label(at, text, ink, [1.0, below]));
            }
            let text = format!("your plan, {}: {measure}", key(*value));
            let is_in_file = self.found.in_file == Some(*value);
            is_in_file.then_some(Layer::Label(at, text, ink, [-1.0, -below]))
        })
    }

    /// Returns color and radius in pixels of the dot at a tried value.
    fn dot(&self, value: f64) -> (Ink, f64) {
        if self.nearest().0 == value {
            (Ink::Vermilion, 6.0)
        } else if self.found.in_file == Some(value) {
            (Ink::Text, 5.0)
        } else {
            (Ink::Blue, 2.5)
        }
    }
}
