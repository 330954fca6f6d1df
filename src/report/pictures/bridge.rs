//! Waterfall from the claimed return to the outcome: one bar per mechanism, each from the end of the last.
//!
//! In: [`Bridge`]. Out: a picture. Not here: the steps themselves (`study`).

use super::super::view::{NOTHING, drawn_steps};
use super::{PictureKind, RunSource, measured, strength, when, without_small};
use crate::chart::{ChartRow, Ink, Paint, RowChart, RowMark, Scale, Spec};
use crate::figure::{
    briefest, capital, grouped, in_words, n_largest, per_cent, percent_tick, signed_points, uncapital,
};
use crate::stats::Value;
use crate::study::{Bridge, Step};

pub const KIND: PictureKind = PictureKind {
    id: "bridge",
    title: "From claim to outcome",
    doc: "Median return a year. The first bar is the claimed or assumed return. Each further bar adds one effect to all \
          before it, in a fixed order and on common random numbers. Effects that the scenario does not have are left \
          out; those below 5 % of the largest are one row.",
    of: Some(of),
};

fn of(source: &RunSource<'_>) -> Option<Spec> {
    let claim = source.report.scenario.claim.as_ref();
    let word = if claim.is_some_and(|claim| claim.is_assumed) { "Assumed" } else { "Claimed" };
    Some(Waterfall(source.report.bridge.as_ref()?.whole()?).spec(word))
}

/// The waterfall chart of one bridge, the steps from claimed return to outcome.
pub(super) struct Waterfall<'b>(pub(super) &'b Bridge);

/// Fraction of the largest step below which steps are merged into one row.
const SMALL: f64 = 0.05;

fn is_unclear(step: &Step) -> bool {
    step.change.interval.is_some_and(|[low, high]| low * high <= 0.0)
}

impl Waterfall<'_> {
    /// Returns the chart; `word`, "Claimed" or "Assumed", names its first bar.
    pub(super) fn spec(&self, word: &str) -> Spec {
        let (all, most) = (drawn_steps(self.0), self.largest());
        let end = all.last().map_or(self.0.claim, |step| step.median.value);
        let share = if end > NOTHING { SMALL } else { 0.0 };
        // steps printed as 0.0 have no row
        let (mut steps, small) = without_small(all, share, |step| step.change.value.abs());
        steps.retain(|step| shown(&step.change) != signed_points(0.0, 1));
        let row = |name: &str, end, paint, figure| ChartRow::bar(name, end, paint, vec![(figure, Ink::Text)]);
        let level = |level: f64| per_cent(level, 1);
        let first = format!("{word}{}", when(self.0.has_interest, " (with cash interest)"));
        let mut levels = vec![self.0.claim];
        let mut rows = vec![row(&first, self.0.claim, Paint::solid(Ink::Blue), level(self.0.claim))];
        let mut add = |name: &str, change: f64, is_unclear: bool, is_named: bool, figure: String| {
            let hue = if change < 0.0 { Ink::Vermilion } else { Ink::Green };
            let ink = if is_unclear || change == 0.0 { Ink::Mute } else { hue };
            levels.push(levels[levels.len() - 1] + change);
            rows.push(row(name, levels[levels.len() - 1], Paint::of(ink, strength(is_named)), figure));
        };
        for step in &steps {
            let is_named = most.is_none_or(|most| most.id == step.id);
            let is_last = step.median.value <= NOTHING && step.change.value < 0.0;
            let figure = if is_last { "the rest".to_owned() } else { shown(&step.change) };
            add(name_of(step), step.change.value, is_unclear(step), is_named, figure);
        }
        if !small.is_empty() {
            let sum = small.iter().map(|step| step.change.value).sum();
            let name = capital(&format!("{} small steps", in_words(small.len() as u64)));
            add(&name, sum, false, false, signed_points(sum, 1));
        }
        ChartRow::waterfall(&mut rows);
        let outcome = if end > NOTHING { level(end) } else { "nothing left".to_owned() };
        let mut outcome = row("Median outcome", end, Paint::solid(Ink::Blue), outcome);
        // no bar is as long as a total loss
        outcome.marks.retain(|_| end > NOTHING);
        outcome.marks.push(RowMark::Divider { is_above: true });
        rows.push(outcome);
        // a bar down to nothing leaves the picture at the left
        let highest = levels.iter().copied().fold(0.0, f64::max);
        let beyond = (end <= NOTHING).then_some(-0.1 * highest);
        let scale = Scale::holding(levels.into_iter().filter(|level| *level > NOTHING).chain(beyond));
        Spec {
            finding: self.finding(word),
            reading: format!(
                "Median return a year on {} paths; changes in points, added one by one{}{}",
                grouped(self.0.paths),
                when(end <= NOTHING, "; the last bar is cut off"),
                when(steps.iter().any(is_unclear), "; gray: within its error")
            ),
            shape: RowChart::new(scale, percent_tick, [("", Ink::Text)], rows).into(),
        }
    }

    /// Returns the only step that clearly moves most; `None` if the sum is 0 or has the other direction.
    fn largest(&self) -> Option<&Step> {
        let end = self.0.steps.last()?.median.value;
        let mut steps: Vec<&Step> = drawn_steps(self.0).iter().collect();
        steps.sort_by(|a, b| b.change.value.abs().total_cmp(&a.change.value.abs()));
        let sizes: Vec<_> = steps.iter().map(|step| measured(&step.change).size()).collect();
        let is_even = per_cent(end, 1) == per_cent(self.0.claim, 1);
        let first = steps.first().copied().filter(|first| first.change.value * (end - self.0.claim) > 0.0);
        first.filter(|_| NOTHING < end && !is_even && n_largest(&sizes) == Some(1))
    }

    fn finding(&self, word: &str) -> String {
        let end = self.0.steps.last().map_or(self.0.claim, |step| step.median.value);
        let claim = per_cent(self.0.claim, 1);
        if end <= NOTHING {
            let last = self.0.steps.iter().find(|step| step.median.value <= NOTHING).map_or("", name_of);
            return format!("{word} return {claim}; nothing left after {}", uncapital(last));
        }
        let reasons = self.largest().map(|step| {
            let [kind, brief] = if step.change.value < 0.0 { ["loss", "worst"] } else { ["gain", "best"] };
            let name = uncapital(name_of(step));
            [format!("; largest {kind}: {name}"), format!("; {brief}: {name}"), String::new()]
        });
        let titles = reasons.unwrap_or_default();
        briefest(titles.map(|why| format!("{word} return {claim} becomes {}{why}", per_cent(end, 1))))
    }
}

/// Returns the name of a step; what an earnings model changes is named by its direction.
fn name_of(step: &Step) -> &str {
    match step.is_of_earnings() {
        true if step.change.value < 0.0 => "Lower modeled earnings",
        true => "Higher modeled earnings",
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
