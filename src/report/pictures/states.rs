//! States of the assets over time: units of a fleet, visits, customers, prices.
//!
//! In: states of a run. Out: a picture: shares of units as a stack, multiples of the start as fans.
//! Not here: the states that each asset reports (`asset`).

use super::stack::{Stack, StackPart};
use super::{PictureKind, RunSource, left_out, when};
use crate::asset::Whole;
use crate::chart::{Axis, End, Ink, Layer, Line, Paint, Plot, Scale, Shape, Spec, dated, drawn};
use crate::figure::{Quantity, briefest, of_chart as percent, percent_tick, times, times_tick};
use crate::math::ln;
use crate::record::STATE;
use crate::report::document::StatePart;
use crate::report::facts::SeriesPart;
use crate::scenario::label_of_name;

pub const KIND: PictureKind = PictureKind {
    id: "states",
    title: "Earnings models over time",
    doc: "Mean shares of a fleet's units that are healthy, decayed, being re-seeded and closed; visits, subscribers, \
          products, royalties, leverage and prices relative to their first month; the part of a mix in the market. \
          Bands contain 50 and 90 % of the paths at each date.",
    of: Some(of),
};

/// Colors of healthy, decayed, re-seeded and closed units of a fleet.
const UNITS: [Ink; 4] = [Ink::Green, Ink::Gold, Ink::Sky, Ink::Vermilion];

/// Maximum number of panels; if there are several, each has the height `HEIGHT` in pixels.
const MOST: usize = 6;
const HEIGHT: f64 = 120.0;

/// Top of an axis from which its levels are printed as multiples of the start instead of percentages.
const DOUBLE: f64 = 2.0;

/// A panel, its finding as a title for the chart, and its log change, by which the title is chosen.
struct Panel {
    plot: Plot,
    finding: String,
    moved: f64,
}

/// Returns the chart of the states of all assets in a run; `None` if no asset reports a state.
fn of(source: &RunSource<'_>) -> Option<Spec> {
    let is_drawn = |state: &&StatePart| state.whole != Whole::Other;
    let states: Vec<&StatePart> = source.report.states.iter().filter(is_drawn).collect();
    let is_unit = |state: &&StatePart| state.whole == Whole::Units;
    let is_one_fleet = |a: &&StatePart, b: &&StatePart| a.asset == b.asset && is_unit(a) && is_unit(b);
    let groups: Vec<&[&StatePart]> = states.chunk_by(is_one_fleet).collect();
    let more = left_out(groups.len().saturating_sub(MOST));
    let groups = &groups[..groups.len().min(MOST)];
    let panels = groups.iter().map(|group| {
        if is_unit(&group[0]) { Panel::of_units(source, group) } else { Panel::of_multiple(source, group[0]) }
    });
    let panels: Vec<Panel> = panels.flatten().collect();
    let most = panels.iter().max_by(|a, b| a.moved.abs().total_cmp(&b.moved.abs()))?;
    let n_lower = panels.iter().filter(|panel| panel.moved < 0.0).count();
    let of_all = format!("{n_lower} of {} end lower; ", panels.len());
    let of_all = if n_lower == panels.len() { "All end lower; " } else { &of_all };
    let end = format!(" by {}", source.setting.end());
    let of_all = when(panels.len() > 1 && n_lower > 0, of_all);
    let titles = [(of_all, end.as_str()), (of_all, ""), ("", &end), ("", "")];
    let finding = briefest(titles.map(|(all, end)| format!("{all}{}{end}", most.finding)));
    let n_fleets = groups.iter().filter(|group| is_unit(&group[0])).count();
    let is_share = states.iter().any(|state| state.whole == Whole::Holdings);
    let base = format!(" relative to the first month{}", when(groups.len() > 1, " of each"));
    let others = format!("Median (line){}; {}", when(!is_share, &base), drawn(source.setting.n_paths));
    let reading = [
        when(n_fleets > 0, "Share of units by state, mean of all paths"),
        when(0 < n_fleets && n_fleets < groups.len(), ". "),
        when(n_fleets < groups.len(), &others),
        &more,
    ];
    let n = panels.len();
    let plots = panels.into_iter().zip(1..).map(|(Panel { mut plot, .. }, place)| {
        if place < n {
            plot.x.ticks.clear();
        }
        // the title already describes a single panel
        match n {
            1 => plot.heading.clear(),
            _ => plot.height = HEIGHT,
        }
        plot
    });
    Some(Spec { finding, reading: reading.concat(), shape: Shape::Plots(plots.collect()) })
}

impl Panel {
    /// Creates the panel with the shares of a fleet's units by state; `None` if the report lacks their series.
    fn of_units(source: &RunSource<'_>, group: &[&StatePart]) -> Option<Self> {
        let (setting, asset) = (&source.setting, &group[0].asset);
        let of_state = |state: &&StatePart| source.series(&id_of(state));
        let series: Vec<&SeriesPart> = group.iter().map(of_state).collect::<Option<_>>()?;
        let parts = group.iter().zip(&series).zip(UNITS).map(|((state, series), ink)| StackPart {
            name: state.label.clone(),
            paint: Paint::of(ink, 75),
            values: series.real.mean.clone(),
        });
        let parts: Vec<StackPart> = parts.collect();
        let share = |value: f64| percent(Quantity::exact(value));
        let stack = Stack::of(&series.first()?.years, &parts, share);
        let ends = parts.iter().map(StackPart::last).zip(group);
        let (most, state) = ends.max_by(|a, b| a.0.total_cmp(&b.0))?;
        let most = share(most);
        let state = if state.state == "down" { "being re-seeded" } else { &state.state };
        let shares = Axis::new(Scale::linear(0.0, 1.0), 5, percent_tick);
        Some(Self {
            finding: format!("{most} of {} units are {state}", label_of_name(asset)),
            moved: moved(parts[0].last()) - moved(parts[0].values[0]),
            plot: Plot {
                heading: format!("{}: units", label_of_name(asset)),
                ..Plot::new(setting.dates(12), shares, stack.layers, stack.ends)
            },
        })
    }

    /// Creates the panel of a state as a multiple of its start; `None` if the report lacks its series.
    fn of_multiple(source: &RunSource<'_>, state: &StatePart) -> Option<Self> {
        let (id, ink) = (id_of(state), source.ink_of(&state.asset));
        let series = source.series(&id)?;
        let at_end = |level: &str| source.measured(&format!("{id}.{level}"));
        let (mut quantiles, end) = (source.quantiles(series, &at_end)?, at_end("p50")?);
        // what begins later is drawn from its first month on
        let begin = quantiles.levels[4].iter().position(|high| *high > 0.0).unwrap_or(0);
        for level in &mut quantiles.levels {
            level.drain(..begin);
        }
        let years = &series.years[begin..];
        let heading = format!("{}: {}", label_of_name(&state.asset), state.label);
        let mut layers = quantiles.bands(years, ink);
        let line = dated(years, quantiles.median());
        layers.push(Layer::Line(line, Line::new(ink, 2.2)));
        let scale = Scale::holding(quantiles.levels[4].iter().copied());
        let tick = if scale.high < DOUBLE { percent_tick } else { times_tick };
        let level_of = |end: Quantity| if scale.high < DOUBLE { percent(end) } else { times(end.value) };
        let first = Quantity::exact(*quantiles.median().first()?);
        // a median of whole numbers has no known error
        let differs = (end.value - first.value).abs() > end.known_half().unwrap_or(0.0);
        let change = match [first, end].map(level_of) {
            _ if first.value.max(end.value) == 0.0 => format!("{heading}, nothing on most paths"),
            [start, end] if start == end || !differs => format!("{heading}, median unchanged"),
            [start, end] => format!("{heading} from {start} to {end}"),
        };
        let change_size = moved(end.value).abs().copysign(end.value - first.value);
        let named = [("95th percentile", Ink::Mute), ("median", ink), ("5th percentile", Ink::Mute)];
        let ends = named.iter().zip(["p95", "p50", "p05"]).filter_map(|((name, ink), level)| {
            let end = at_end(level)?;
            Some(End::new(end.value, format!("{name} {}", level_of(end)), *ink))
        });
        let (dates, levels) = (source.setting.dates(12), Axis::new(scale, 4, tick));
        Some(Self {
            finding: change,
            moved: if differs && first.value > 0.0 { change_size } else { 0.0 },
            plot: Plot { heading, ..Plot::new(dates, levels, layers, ends.collect()) },
        })
    }
}

fn moved(level: f64) -> f64 {
    ln(level.max(f64::MIN_POSITIVE))
}

fn id_of(state: &StatePart) -> String {
    format!("{}.{}.{}", STATE.quantity(), state.asset, state.state)
}
