//! Waterfall from the claimed return to the outcome: one bar per mechanism, each from the end of the last.
//!
//! In: [`Bridge`]. Out: a picture. Not here: the steps themselves (`study`).

use super::super::view::{NOTHING, drawn_steps};
use super::{PictureKind, RunSource, measured, when};
use crate::chart::{ChartRow, Ink, Paint, RowMark, Scale, Shape, Spec};
use crate::figure::{briefest, fixed, grouped, is_zero, per_cent, percent_tick, signed_fixed, uncapital};
use crate::stats::Value;
use crate::study::{Bridge, Step};
use std::iter::once;

pub const KIND: PictureKind = PictureKind {
    id: "bridge",
    title: "From claim to outcome",
    doc: "Median return a year. The first bar is the claimed or assumed return. Each further bar adds one effect to all \
          before it, in a fixed order and on common random numbers. Effects that the scenario does not have are left out.",
    of: Some(of),
};

fn of(source: &RunSource<'_>) -> Option<Spec> {
    let claim = source.report.scenario.claim.as_ref();
    let word = if claim.is_some_and(|claim| claim.is_assumed) { "Assumed" } else { "Claimed" };
    Some(Waterfall(source.report.bridge.as_ref()?.whole()?).spec(word))
}

/// The waterfall chart of one bridge, the steps from claimed return to outcome.
pub(super) struct Waterfall<'b>(pub(super) &'b Bridge);

impl Waterfall<'_> {
    /// Returns the chart; `word`, "Claimed" or "Assumed", names its first bar.
    pub(super) fn spec(&self, word: &str) -> Spec {
        let steps = drawn_steps(self.0);
        let first = format!("{word}{}", when(self.0.has_interest, " (with cash interest)"));
        let row = |name: &str, end: f64, ink: Ink, figure: String| {
            let figure =
                if end > NOTHING { (figure, Ink::Text) } else { ("nothing left".to_owned(), Ink::Vermilion) };
            let mut row = ChartRow::bar(name, end, Paint::solid(ink), vec![figure]);
            row.marks.retain(|_| end > NOTHING);
            row
        };
        let level = |level: f64| per_cent(level, 1);
        let is_unclear = |step: &Step| step.change.interval.is_some_and(|[low, high]| low * high <= 0.0);
        let levels: Vec<f64> = once(self.0.claim).chain(steps.iter().map(|step| step.median.value)).collect();
        let mut rows = vec![row(&first, levels[0], Ink::Blue, level(levels[0]))];
        rows.extend(steps.iter().zip(levels.windows(2)).map(|(step, ends)| {
            let hue = if ends[1] < ends[0] { Ink::Vermilion } else { Ink::Green };
            let ink = if is_unclear(step) || ends[1] == ends[0] { Ink::Mute } else { hue };
            row(name_of(step), ends[1], ink, shown(&step.change))
        }));
        ChartRow::waterfall(&mut rows);
        let end = levels[levels.len() - 1];
        // the last step says already that nothing is left
        let mut outcome = row("Median outcome", end, Ink::Blue, level(end));
        outcome.marks.push(RowMark::Divider { is_above: true });
        rows.extend((end > NOTHING).then_some(outcome));
        let scale = Scale::holding(levels.into_iter().filter(|level| *level > NOTHING));
        Spec {
            finding: self.finding(word),
            reading: format!(
                "Median return a year on {} paths; changes in points, added one by one{}",
                grouped(self.0.paths),
                when(steps.iter().any(is_unclear), "; gray: unclear")
            ),
            shape: Shape::rows(scale, percent_tick, [("", Ink::Text)], rows),
        }
    }

    fn finding(&self, word: &str) -> String {
        let end = self.0.steps.last().map_or(self.0.claim, |step| step.median.value);
        let claim = per_cent(self.0.claim, 1);
        if end <= NOTHING {
            return format!("{word} {claim} a year; median path has nothing left");
        }
        // the only step that takes more than half of the way
        let is_most =
            |step: &&Step| step.change.interval.is_some_and(|[_, high]| high < 0.5 * (end - self.0.claim));
        let mut most = drawn_steps(self.0).iter().filter(is_most).filter(|_| end < self.0.claim);
        let why = most.next().filter(|_| most.next().is_none());
        let why = why.map(|step| format!(", mostly by {}", uncapital(name_of(step))));
        let title = format!("{word} {claim} a year becomes {}", per_cent(end, 1));
        briefest([format!("{title}{}", why.unwrap_or_default()), title])
    }
}

/// Returns the name of a step; what an earnings model changes is named by its direction.
fn name_of(step: &Step) -> &str {
    match step.is_of_earnings() {
        true if step.change.value < 0.0 => "Earnings below claim",
        true => "Earnings above claim",
        false => &step.title,
    }
}

/// Formats a change in percentage points; `unclear` if its error is far larger.
fn shown(change: &Value) -> String {
    let half = measured(change).known_half().unwrap_or(0.0);
    if half > 3.0 * change.value.abs() && !is_zero(&fixed(100.0 * half, 1)) {
        return if half < 0.005 { "about 0" } else { "unclear" }.to_owned();
    }
    let digits = signed_fixed(100.0 * change.value, 1);
    format!("{}{digits}", when(change.value > 0.0 && !is_zero(&digits), "+"))
}
