//! Units of a fleet over time by state.
//!
//! In: states of a run. Out: a picture: shares of the units as a stack. Not here: other states (`states`).

use super::stack::{Stack, StackPart};
use super::states::id_of;
use super::{PictureKind, RunSource, left_out};
use crate::asset::Whole;
use crate::chart::{Axis, Ink, Paint, Scale, Shape, Spec};
use crate::figure::{Quantity, briefest, of_chart as percent, percent_tick, quoted};
use crate::report::document::StatePart;
use crate::report::facts::SeriesPart;
use crate::scenario::label_of_name;

pub const KIND: PictureKind = PictureKind {
    id: "units",
    title: "Units of a fleet over time",
    doc: "Mean shares of the first fleet's units that are healthy, decayed, being rebuilt and closed.",
    of: Some(of),
};

/// Colors of healthy, decayed, rebuilt and closed units.
const STATES: [Ink; 4] = [Ink::Green, Ink::Gold, Ink::Sky, Ink::Vermilion];
/// Words for these states in the title.
const WORDS: [&str; 4] = ["healthy", "decayed", "being rebuilt", "closed"];

/// Returns the chart of the first fleet in a run; `None` without a fleet.
fn of(source: &RunSource<'_>) -> Option<Spec> {
    let states: Vec<&StatePart> =
        source.report.states.iter().filter(|state| state.whole == Whole::Units).collect();
    let mut fleets = states.chunk_by(|a, b| a.asset == b.asset);
    let fleet = fleets.next()?;
    let of_state = |state: &&StatePart| source.series(&id_of(state));
    let series: Vec<&SeriesPart> = fleet.iter().map(of_state).collect::<Option<_>>()?;
    let parts = WORDS.iter().zip(&series).zip(STATES).map(|((word, series), ink)| StackPart {
        name: (*word).to_owned(),
        paint: Paint::of(ink, 75),
        values: series.real.mean.clone(),
    });
    let parts: Vec<StackPart> = parts.collect();
    let share = |value: f64| percent(Quantity::exact(value));
    let stack = Stack::of(&series.first()?.years, &parts, share);
    let (most, state) = parts.iter().zip(WORDS).max_by(|(a, _), (b, _)| a.last().total_cmp(&b.last()))?;
    let all = label_of_name(&fleet[0].asset);
    let shares = Axis::new(Scale::linear(0.0, 1.0), 5, percent_tick);
    Some(Spec {
        finding: briefest([all.clone(), quoted(&all)].map(|all| {
            format!("{} of products in {all} are {state} by {}", share(most.last()), source.setting.end())
        })),
        reading: format!("Share of products by state, mean of all paths{}", left_out(fleets.count())),
        shape: Shape::plot(source.setting.dates(11), shares, stack.layers, stack.ends, Vec::new()),
    })
}
