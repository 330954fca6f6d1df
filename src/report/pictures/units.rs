//! Units of each fleet over time by state.
//!
//! In: states of a run. Out: a picture: shares of the units as a stack. Not here: other states (`states`).

use super::stack::{Stack, StackPart};
use super::states::{Panel, id_of};
use super::{PictureKind, RunSource};
use crate::asset::Whole;
use crate::chart::{Axis, Ink, Paint, Plot, Scale, Spec};
use crate::figure::{Quantity, capital, of_chart as percent, percent_tick};
use crate::report::document::StatePart;
use crate::report::facts::SeriesPart;
use crate::scenario::label_of_name;

pub const KIND: PictureKind = PictureKind {
    id: "units",
    title: "Units of fleets over time",
    doc: "Mean shares of a fleet's units that are healthy, decayed, being re-seeded and closed.",
    of: Some(of),
};

/// Colors of healthy, decayed, re-seeded and closed units.
const STATES: [Ink; 4] = [Ink::Green, Ink::Gold, Ink::Sky, Ink::Vermilion];

/// Returns the chart of the units of all fleets in a run; `None` if there is no fleet.
fn of(source: &RunSource<'_>) -> Option<Spec> {
    let states: Vec<&StatePart> =
        source.report.states.iter().filter(|state| state.whole == Whole::Units).collect();
    let fleets = states.chunk_by(|a, b| a.asset == b.asset);
    let panels = fleets.filter_map(|fleet| panel(source, fleet)).collect();
    Panel::spec(source, "Share of units by state, mean of all paths".to_owned(), panels)
}

/// Creates the panel of the states of one fleet; `None` if the report lacks their series.
fn panel(source: &RunSource<'_>, states: &[&StatePart]) -> Option<Panel> {
    let name = label_of_name(&states[0].asset);
    let of_state = |state: &&StatePart| source.series(&id_of(state));
    let series: Vec<&SeriesPart> = states.iter().map(of_state).collect::<Option<_>>()?;
    let parts = states.iter().zip(&series).zip(STATES).map(|((state, series), ink)| StackPart {
        name: state.label.clone(),
        paint: Paint::of(ink, 75),
        values: series.real.mean.clone(),
    });
    let parts: Vec<StackPart> = parts.collect();
    let share = |value: f64| percent(Quantity::exact(value));
    let stack = Stack::of(&series.first()?.years, &parts, share);
    let most = parts.iter().max_by(|a, b| a.last().total_cmp(&b.last()))?;
    let shares = Axis::new(Scale::linear(0.0, 1.0), 5, percent_tick);
    Some(Panel {
        finding: format!("{} are {} of {name}", capital(&most.name), share(most.last())),
        moved: parts[0].last() - parts[0].values.first()?,
        plot: Plot { heading: name, ..Plot::new(source.setting.dates(11), shares, stack.layers, stack.ends) },
    })
}
