//! Tornado chart: the outcome after one change of one assumption, for the changes with the largest effects.
//!
//! In: a sensitivity analysis. Out: its picture. Not here: the runs (`study`).

use super::super::sensitivity::{Range, SensitivityReport, SensitivityView, is_beyond_error};
use super::{PictureKind, Sketch, strength, when};
use crate::chart::{ChartRow, Ink, Line, Paint, RowChart, RowMark, Scale, Spec, Stamp};
use crate::figure::{briefest, n_words, per_cent, percent_tick, quoted, rule};
use crate::stats::Value;

pub const KIND: PictureKind = PictureKind {
    id: "tornado",
    title: "What moves the outcome",
    doc: "Probability of ruin where that is 5 to 95 %, else the real median return a year, below twelve months in all. \
          Each row sets one assumption to the low or the high end of its range. Bars begin at the outcome now; lines \
          are 95 % intervals. Green is better, orange worse, gray within its error.",
    of: None, // of several runs,
};

/// Maximum number of changes drawn.
const MOST: usize = 6;

/// An assumption at one end of its range, with the effect on the ranking measure and the result.
struct Change {
    /// Names for the title: the assumption with the value that the change sets, and alone.
    titles: [String; 2],
    /// Name for the row, with the present value as well: `SaaS decay from 15 % to 35 % a year`.
    row: String,
    effect: Value,
    outcome: Value,
}

impl Change {
    fn is_clear(&self) -> bool {
        !self.effect.is_unknown() && is_beyond_error(&self.effect)
    }

    /// Creates the row: a bar from the present result `base`, and the result to `decimals` decimals of a percentage.
    fn row(&self, base: &Value, is_worse: bool, is_named: bool, decimals: i32) -> ChartRow {
        let outcome = &self.outcome;
        let hue = if is_worse { Ink::Vermilion } else { Ink::Green };
        let ink = if self.is_clear() { hue } else { Ink::Mute };
        let bar = RowMark::Bar([base.value, outcome.value], Paint::of(ink, strength(is_named)));
        let line = outcome.interval.map(|ends| RowMark::Span(ends, Line::new(Ink::Text, 1.0).percent(60)));
        let marks = [bar].into_iter().chain(line).collect();
        ChartRow { name: self.row.clone(), marks, figures: vec![(per_cent(outcome.value, decimals), ink)] }
    }
}

impl SensitivityReport {
    /// Returns the picture of the changes with the largest effects; `None` if no assumption was varied.
    pub fn sketch(&self) -> Option<Sketch> {
        let paths = self.found.paths;
        let stamp = Stamp::new(&self.title, self.seeds, paths, &self.model_digest);
        KIND.sketch(&self.tornado()?, &stamp)
    }

    pub(in crate::report) fn tornado(&self) -> Option<Spec> {
        let view = SensitivityView::of(self);
        let base = if view.is_of_ruin() { *self.found.base.get(view.measure)? } else { view.base_return? };
        let mut drawn = self.changes(&view, &base);
        if drawn.first()?.is_clear() {
            drawn.retain(Change::is_clear);
        }
        let n_all = drawn.len();
        drawn.truncate(MOST);
        // all with the digits of the least certain one
        let outcomes = drawn.iter().map(|change| &change.outcome).chain([&base]);
        let decimals = outcomes.map(rule::percent_decimals).min()?;
        let finding = Self::finding(&view, drawn.first()?, &base, decimals);
        // a staircase that begins with the largest effect
        let sign = drawn[0].effect.value.signum();
        drawn.sort_by(|a, b| (sign * b.effect.value).total_cmp(&(sign * a.effect.value)));
        let reaches = drawn.iter().flat_map(|one| one.outcome.interval.unwrap_or([one.outcome.value; 2]));
        let grow = |[low, high]: [f64; 2], end: f64| [low.min(end), high.max(end)];
        let [low, high] = reaches.fold([base.value; 2], grow);
        let room = 0.02 * (high - low).max(1e-3);
        let end = |end: f64| if view.is_of_ruin() { end.clamp(0.0, 1.0) } else { end };
        let (name, heading) = match self.months {
            _ if view.is_of_ruin() => ("Probability of ruin (nothing left to pay with)", "ruin"),
            12.. => ("Real median return a year", "median return"),
            _ => ("Real median return in all", "median return"),
        };
        let is_worse = |change: &Change| (change.effect.value > 0.0) == view.is_of_ruin();
        let has_unclear = drawn.iter().any(|change| !change.is_clear());
        let of_all = when(n_all > MOST, ", six largest");
        let is_clear = drawn[0].is_clear();
        let rows = drawn
            .iter()
            .zip(0..)
            .map(|(change, place)| change.row(&base, is_worse(change), place == 0 || !is_clear, decimals));
        let scale = Scale::linear(end(low - room), end(high + room));
        Some(Spec {
            finding,
            reading: format!(
                "{name} after one change at a time{of_all}; line: margin of error{}",
                when(has_unclear, "; gray: unclear")
            ),
            shape: RowChart::new(scale, percent_tick, [(heading, Ink::Text)], rows.collect())
                .from(base.value, format!("now {}", per_cent(base.value, decimals)))
                .into(),
        })
    }

    /// Returns all changes of a single assumption, those beyond their error first, by the size of their effects.
    fn changes(&self, view: &SensitivityView<'_>, base: &Value) -> Vec<Change> {
        let mut changes = Vec::new();
        for moved in view.ranked.iter().map(|one| one.moved) {
            let Range { name, unit, now, values } = Range::of(moved, &self.currency);
            for ((end, value), only) in moved.ends().into_iter().zip(values).zip(["Only ", ""]) {
                let effect = self.effect_on(view.measure, end);
                let Some(effect) = effect.filter(|_| end.value != moved.assumption.value) else { continue };
                let to = value.unwrap_or_else(|| end.value.clone());
                // a return that lowers a return would be a riddle
                let claim = |owner: &str| [0; 2].map(|_| format!("{only}{to} claimed for {owner}"));
                let titles = match moved.assumption.parts().owner() {
                    _ if !moved.assumption.is_claim() => [format!("{name} of {to}"), name.clone()],
                    long if n_words(long) > 1 => claim(&quoted(long)),
                    owner => claim(owner),
                };
                let row = match &now {
                    Some(now) => format!("{name} from {now} to {to}{unit}"),
                    None => format!("{name} fixed at {to}{unit}"),
                };
                changes.push(Change { titles, row, effect, outcome: after(base, &effect) });
            }
        }
        let size = |change: &Change| change.effect.value.abs();
        changes.sort_by(|a, b| b.is_clear().cmp(&a.is_clear()).then(size(b).total_cmp(&size(a))));
        changes
    }

    /// Returns the title: the change `first` with the largest effect and its result, if the effect is clear.
    fn finding(view: &SensitivityView<'_>, first: &Change, base: &Value, decimals: i32) -> String {
        let (what, short) = if view.is_of_ruin() { ("ruin", "ruin") } else { ("median return", "return") };
        if !first.is_clear() {
            return format!("No assumption clearly moves {what}");
        }
        let Change { titles: [title, alone], effect, outcome, .. } = first;
        // the change is more certain than either outcome
        let differs = |decimals: &i32| per_cent(base.value, *decimals) != per_cent(outcome.value, *decimals);
        let decimals = (decimals..decimals + 3).find(differs).unwrap_or(decimals);
        let to = per_cent(outcome.value, decimals);
        if !differs(&decimals) {
            return format!("No assumption visibly moves {what}");
        }
        let verb = if effect.value > 0.0 { "raise" } else { "lower" };
        briefest([
            format!("{title} {verb}s {what} to {to}"),
            format!("{title} {verb}s {short} to {to}"),
            format!("{alone} can {verb} {short} to {to}"),
            format!("{title}: {short} {to}"),
            format!("Largest effect: {what} {to}"),
        ])
    }
}

/// Returns the result after a change, with the error of the change.
fn after(base: &Value, change: &Value) -> Value {
    let interval = change.interval.map(|ends| ends.map(|end| base.value + end));
    Value { value: base.value + change.value, interval, unit: base.unit, ..*change }
}
