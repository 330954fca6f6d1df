//! Waterfall from the claimed return to the outcome: one bar per mechanism, each from the end of the last.
//!
//! In: [`Bridge`]. Out: a picture. Not here: the steps themselves (`study`).

use super::super::view::{NOTHING, drawn_steps};
use super::{PictureKind, RunSource, measured, when};
use crate::chart::{ChartRow, Ink, Paint, RowChart, RowMark, Scale, Spec};
use crate::figure::{briefest, grouped, n_largest, per_cent, percent_tick, signed_points, uncapital};
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
        let row = |name: &str, end, ink, figure| {
            ChartRow::bar(name, end, Paint::solid(ink), vec![(figure, Ink::Text)])
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
        let outcome = if end > NOTHING { level(end) } else { "nothing left".to_owned() };
        let mut outcome = row("Median outcome", end, Ink::Blue, outcome);
        outcome.marks.push(RowMark::Divider { is_above: true });
        rows.push(outcome);
        // a bar down to nothing leaves the picture at the left
        let highest = levels.iter().copied().fold(0.0, f64::max);
        let beyond = levels.iter().any(|level| *level <= NOTHING).then_some(-0.1 * highest);
        let scale = Scale::holding(levels.into_iter().filter(|level| *level > NOTHING).chain(beyond));
        Spec {
            finding: self.finding(word),
            reading: format!(
                "Median return a year on {} paths; changes in points, added one by one{}",
                grouped(self.0.paths),
                when(steps.iter().any(is_unclear), "; gray: unclear")
            ),
            shape: RowChart::new(scale, percent_tick, [("", Ink::Text)], rows).into(),
        }
    }

    fn finding(&self, word: &str) -> String {
        let end = self.0.steps.last().map_or(self.0.claim, |step| step.median.value);
        let claim = per_cent(self.0.claim, 1);
        if end <= NOTHING {
            return format!("{word} {claim} a year; median path has nothing left");
        }
        // the only step that clearly takes most, if the sum falls
        let mut steps: Vec<&Step> =
            drawn_steps(self.0).iter().filter(|step| step.change.value < 0.0).collect();
        steps.sort_by(|a, b| a.change.value.total_cmp(&b.change.value));
        let sizes: Vec<_> = steps.iter().map(|step| measured(&step.change).size()).collect();
        let most = steps.first().filter(|_| end < self.0.claim && n_largest(&sizes) == Some(1));
        let why: String =
            most.map(|step| format!("; largest step: {}", uncapital(name_of(step)))).into_iter().collect();
        let titles = [(" a year", &*why), ("", &*why), (" a year", "")];
        briefest(titles.map(|(per, why)| format!("{word} {claim}{per} becomes {}{why}", per_cent(end, 1))))
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
    if half > 3.0 * change.value.abs() && half >= 0.0005 {
        return if half < 0.005 { "about 0" } else { "unclear" }.to_owned();
    }
    signed_points(change.value, 1)
}
