//! Waterfall from the claimed return to the outcome: one bar per mechanism, each from the end of the last.
//!
//! In: [`Bridge`]. Out: a picture. Not here: the steps themselves (`study`).

use super::super::view::{NOTHING, drawn_steps};
use super::{PictureKind, RunSource, measured, when};
use crate::chart::{ChartRow, Ink, Paint, RowMark, Scale, Shape, Spec};
use crate::figure::{fixed, grouped, is_zero, per_cent, percent_tick, signed_fixed};
use crate::stats::Value;
use crate::study::Bridge;
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
        let first = format!("{word}{}", when(self.0.has_interest, ", with interest"));
        let row = |name: &str, end: f64, ink: Ink, change: String| {
            let level = if end <= NOTHING { "nothing left".to_owned() } else { per_cent(end, 1) };
            let figures = vec![(level, Ink::Text), (change, Ink::Text)];
            let mut row = ChartRow::bar(name, end, Paint::solid(ink), figures);
            row.marks.retain(|_| end > NOTHING);
            row
        };
        let levels: Vec<f64> = once(self.0.claim).chain(steps.iter().map(|step| step.median.value)).collect();
        let mut rows = vec![row(&first, levels[0], Ink::Blue, String::new())];
        rows.extend(steps.iter().zip(levels.windows(2)).map(|(step, ends)| {
            let is_unclear = step.change.interval.is_some_and(|[low, high]| low * high <= 0.0);
            let hue = if ends[1] < ends[0] { Ink::Vermilion } else { Ink::Green };
            let ink = if is_unclear || ends[1] == ends[0] { Ink::Mute } else { hue };
            let change = if ends[1] <= NOTHING { String::new() } else { shown(&step.change) };
            row(&step.title, ends[1], ink, change)
        }));
        ChartRow::waterfall(&mut rows);
        let end = levels[levels.len() - 1];
        // the last step says already that nothing is left
        let mut outcome = row("Median outcome", end, Ink::Blue, String::new());
        outcome.marks.push(RowMark::Divider { is_above: true });
        rows.extend((end > NOTHING).then_some(outcome));
        let scale = Scale::holding(levels.into_iter().filter(|level| *level > NOTHING));
        Spec {
            finding: self.finding(word),
            reading: format!(
                "Median return a year, effects added one by one; ± sampling error of {} paths",
                grouped(self.0.paths)
            ),
            shape: Shape::rows(
                scale,
                percent_tick,
                [("return a year", Ink::Mute), ("change, points", Ink::Mute)],
                rows,
            ),
        }
    }

    fn finding(&self, word: &str) -> String {
        let end = self.0.steps.last().map_or(self.0.claim, |step| step.median.value);
        let claim = per_cent(self.0.claim, 1);
        if end <= NOTHING {
            return format!("{word} {claim} a year; median path has nothing left");
        }
        format!("{word} {claim} a year; median outcome {}", per_cent(end, 1))
    }
}

/// Formats a change in percentage points, with its error if that does not round to zero.
fn shown(change: &Value) -> String {
    let half = measured(change).known_half().map_or(String::new(), |half| fixed(100.0 * half, 1));
    // an error far beyond the change says only that it is unknown
    let is_unknown = measured(change).half_width() > 3.0 * change.value.abs();
    if is_unknown && !is_zero(&half) {
        return "unclear".to_owned();
    }
    let error = if is_zero(&half) { String::new() } else { format!(" ± {half}") };
    let digits = signed_fixed(100.0 * change.value, 1);
    format!("{}{digits}{error}", when(change.value > 0.0 && !is_zero(&digits), "+"))
}
