//! From the claim to the return: one bar a mechanism, each from where the one before it ends.
//!
//! In: [`Bridge`]. Out: a picture. Not here: the steps themselves (`study`).

use super::{Kind, Source, measured, when};
use crate::chart::{Axis, Ink, Paint, Row, RowMark, Rows, Scale, Shape, Spec, TICKS_OF_ROWS};
use crate::figure::rule::{Shown, change};
use crate::figure::{clearly_above, grouped, per_cent, percent_tick, uncapital};
use crate::stats::Value;
use crate::study::{Bridge, Step};

pub const KIND: Kind = Kind {
    id: "bridge",
    title: "From claim to outcome",
    doc: "Median return a year. Each bar adds one effect to all before it, in a fixed order and on common random \
          numbers: from the claimed return through cash drag, volatility, decay, loss events, agent selling, costs \
          and tax to inflation. The columns on the right have the median and the change in percentage points with \
          its ±. `explain waterfall` has the steps.",
    of: Some(of),
};

const THICKNESS: f64 = 18.0;

/// A return a year at which hardly anything is left, and how far below zero the axis goes then, of its highest value.
const NOTHING: f64 = -0.9;
const CUT: f64 = 0.3;

/// Below this standard error a change is printed to a tenth of a point, without it.
const FINE: f64 = 0.000_25;

fn of(source: &Source<'_>) -> Option<Spec> {
    let claim = source.report.scenario.claim.as_ref();
    let word = match claim.is_some_and(|claim| claim.is_assumed) {
        true => "Assumed",
        false => "Claimed",
    };
    Some(source.report.bridge.as_ref()?.whole()?.spec(word))
}

/// A change in points.
fn shown(step: &Value) -> Shown {
    match measured(step).std_error < FINE {
        true => change(&Value::certain(step.unit, step.value), ""),
        false => change(step, ""),
    }
}

impl Bridge {
    /// From what is claimed, or else assumed, as `word` says.
    pub(super) fn spec(&self, word: &str) -> Spec {
        let (bars, n_steps) = (self.bars(), self.steps.len());
        let first = format!("{word}{}", when(self.has_interest, ", with interest"));
        let bar = |index: usize| {
            let (from, to) = bars[index];
            let paint = Paint::solid(match (index, to < from) {
                (0, _) => Ink::Blue,
                (last, _) if last == n_steps + 1 => Ink::Blue,
                (_, true) => Ink::Vermilion,
                (_, false) => Ink::Green,
            });
            let bar = RowMark::Bar {
                between: [from, to],
                below: 0.0,
                thickness: THICKNESS,
                paint,
                tooltip: None,
            };
            let is_last = index + 1 == bars.len();
            let down = (!is_last).then_some(RowMark::Drop(to, THICKNESS));
            std::iter::once(bar).chain(down).collect()
        };
        let row = |index: usize, name: &str, change: String| {
            let level = per_cent(bars[index].1, 1);
            Row {
                name: name.to_owned(),
                marks: bar(index),
                figures: vec![(level, Ink::Text), (change, Ink::Text)],
            }
        };
        let mut rows = vec![row(0, &first, String::new())];
        rows.extend((1..).zip(&self.steps).map(|(index, step)| {
            let shown = shown(&step.change);
            let shown = format!("{}{}", shown.number(), shown.beside());
            row(index, &step.title, shown)
        }));
        rows.push(row(n_steps + 1, "Median outcome", String::new()));
        let left = bars.iter().map(|bar| bar.1).filter(|level| *level > NOTHING);
        let most = left.clone().fold(0.0, f64::max);
        let is_cut = self.exhausting().is_some();
        let cut = is_cut.then_some(-CUT * most);
        let scale = Scale::holding(left.chain(cut));
        Spec {
            finding: self.finding(word),
            reading: format!(
                "Median return a year; effects added one after another on the same draws, {} paths{}",
                grouped(self.paths),
                when(is_cut, "; cut at the left")
            ),
            shape: Shape::Rows(Rows {
                x: Axis::new(scale, TICKS_OF_ROWS, percent_tick),
                pitch: 34.0,
                names: 212.0,
                columns: vec![(80.0, "return", Ink::Mute), (144.0, "change, pp", Ink::Mute)],
                level: None,
                rows,
            }),
        }
    }

    /// Where every bar begins and ends, the claim first and the outcome last.
    fn bars(&self) -> Vec<(f64, f64)> {
        let mut bars = vec![(0.0, self.claim)];
        for step in &self.steps {
            let from = bars.last().map_or(0.0, |bar| bar.1);
            bars.push((from, step.median.value));
        }
        let end = bars.last().map_or(0.0, |bar| bar.1);
        bars.push((0.0, end));
        bars
    }

    /// The step that leaves nothing of the median, with the return before it.
    fn exhausting(&self) -> Option<(f64, &Step)> {
        let levels = std::iter::once(self.claim).chain(self.steps.iter().map(|s| s.median.value));
        let mut steps = levels.zip(&self.steps);
        steps.find(|(before, step)| *before > NOTHING && step.median.value <= NOTHING)
    }

    /// The step whose change is larger than all others, beyond the errors.
    fn largest(&self) -> Option<&Step> {
        let n = self.steps.len();
        let size = |step: &Step| measured(&step.change).size();
        let is_largest = |step: &&Step| {
            let mut others = self.steps.iter().filter(|one| one.id != step.id);
            others.all(|other| clearly_above(size(step), size(other), n))
        };
        self.steps.iter().find(is_largest).filter(|_| n > 1)
    }

    fn finding(&self, word: &str) -> String {
        let last = self.steps.last();
        let end = last.map_or(self.claim, |step| step.median.value);
        let [claim, last] = [self.claim, end].map(|level| per_cent(level, 1));
        if let Some((before, step)) = self.exhausting() {
            let (before, step) = (per_cent(before, 1), uncapital(&step.title));
            return format!("{word} {claim}; {before} before {step}, then {last}");
        }
        let most = self.largest().map_or(String::new(), |step| {
            let points = shown(&step.change);
            format!("; {}: {} points", uncapital(&step.title), points.number())
        });
        format!("{word} {claim}, median {last}{most}")
    }
}
