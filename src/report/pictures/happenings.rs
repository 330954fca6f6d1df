//! Dated changes, drawn as vertical lines over time.
//!
//! In: certain dates. Out: named lines. Not here: the effects of events and moves.

use super::source::mid_month;
use super::{RunSource, when};
use crate::book::Cause;
use crate::chart::{Ink, NamedLine};
use crate::figure::{Quantity, in_words};
use crate::record::id;
use crate::report::facts::HappeningPart;

/// Maximum number of dates that a chart marks with vertical lines.
const MOST: usize = 4;
/// Part of the money invested from which on a loss at purchase is marked.
const SEEN: f64 = 0.05;

/// Returns the dates as a chart of wealth marks them, preceded by what the owner paid above the resale value.
pub(super) fn of_wealth(source: &RunSource<'_>) -> Vec<HappeningPart> {
    let overpaid = source.measured(&id::of(id::CAUSE_MEAN, Cause::Overpaid.id()));
    let overpaid = overpaid.filter(|cost| -cost.value > SEEN * source.report.scenario.money_in);
    let label =
        |cost: Quantity| format!("Overpaid at purchase: {} on average", source.setting.measured(cost.size()));
    let overpaid = overpaid.map(|cost| HappeningPart::new(1, label(cost)));
    overpaid.into_iter().chain(source.report.happenings.iter().map(HappeningPart::of_wealth)).collect()
}

/// Returns a vertical line in the middle of each of the first four months in which something happens.
pub fn marked(all: &[HappeningPart]) -> Vec<NamedLine> {
    let in_month = |all: &[HappeningPart]| {
        let more = format!(" and {} more", in_words(all.len() as u64 - 1));
        let name = format!("{}{}", all[0].label, when(all.len() > 1, &more));
        NamedLine { x: mid_month(f64::from(all[0].month) / 12.0), name, ink: Ink::Mute }
    };
    let months = all.chunk_by(|a, b| a.month == b.month);
    months.take(MOST).map(in_month).collect()
}

/// Returns a note for a chart's subtitle if some dates have no line; empty if all have one.
pub fn said(all: &[HappeningPart]) -> String {
    let first = in_words(MOST as u64);
    match all.chunk_by(|a, b| a.month == b.month).count() {
        n if n > MOST => format!("; the first {first} of {n} dates are marked"),
        _ => String::new(),
    }
}
