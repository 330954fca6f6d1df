//! States of the assets over time: visits, customers, prices.
//!
//! In: states of a run. Out: a picture: multiples of the start as fans. Not here: units of a fleet (`units`), the
//! states that each asset reports (`asset`).

use super::{PictureKind, RunSource, left_out, when};
use crate::asset::Whole;
use crate::chart::{Axis, End, Layer, Line, Plot, Scale, Shape, Spec, dated, drawn};
use crate::figure::{Quantity, briefest, fold, of_chart as percent, percent_tick, times, times_tick};
use crate::math::ln;
use crate::record::STATE;
use crate::report::document::StatePart;
use crate::scenario::label_of_name;

pub const KIND: PictureKind = PictureKind {
    id: "states",
    title: "Earnings models over time",
    doc: "Visits, subscribers, products, royalties, leverage and prices relative to their first month; the part of a mix \
          in the market. Bands contain 50 and 90 % of the paths at each date.",
    of: Some(of),
};

/// Maximum number of panels; if there are several, each has the height `HEIGHT` in pixels.
const MOST: usize = 6;
const HEIGHT: f64 = 120.0;

/// Top of an axis from which its levels are printed as multiples of the start instead of percentages.
const DOUBLE: f64 = 2.0;

/// A panel, its finding as a title for the chart, and its change, by which panels are sorted.
pub(super) struct Panel {
    pub(super) plot: Plot,
    pub(super) finding: String,
    pub(super) moved: f64,
}

/// Returns the chart of the states of all assets but fleets in a run; `None` if no asset reports one.
fn of(source: &RunSource<'_>) -> Option<Spec> {
    let is_drawn = |state: &&StatePart| matches!(state.whole, Whole::Start | Whole::Holdings);
    let states: Vec<&StatePart> = source.report.states.iter().filter(is_drawn).collect();
    let is_share = states.iter().any(|state| state.whole == Whole::Holdings);
    let base = format!(" relative to the first month{}", when(states.len() > 1, " of each"));
    let reading = format!("Median (line){}; {}", when(!is_share, &base), drawn(source.setting.n_paths));
    let panels = states.iter().filter_map(|state| Panel::of_multiple(source, state));
    Panel::spec(source, reading, panels.collect())
}

impl Panel {
    /// Returns the chart of at most six panels, the one that changes most first; `None` without any.
    pub(super) fn spec(source: &RunSource<'_>, reading: String, mut panels: Vec<Self>) -> Option<Spec> {
        panels.sort_by(|a, b| b.moved.abs().total_cmp(&a.moved.abs()));
        let more = left_out(panels.len().saturating_sub(MOST));
        panels.truncate(MOST);
        let (by, most) = (format!(" by {}", source.setting.end()), panels.first()?);
        let finding = briefest([by.as_str(), ""].map(|by| format!("{}{by}", most.finding)));
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
        Some(Spec { finding, reading: reading + &more, shape: Shape::Plots(plots.collect()) })
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
        let name = label_of_name(&state.asset);
        let heading =
            if name.eq_ignore_ascii_case(&state.label) { name } else { format!("{name}: {}", state.label) };
        let mut layers = quantiles.bands(years, ink);
        let line = dated(years, quantiles.median());
        layers.push(Layer::Line(line, Line::new(ink, 2.2)));
        let scale = Scale::holding(quantiles.levels[4].iter().copied());
        let tick = if scale.high < DOUBLE { percent_tick } else { times_tick };
        let level_of = |end: Quantity| if scale.high < DOUBLE { percent(end) } else { times(end.value) };
        let first = Quantity::exact(*quantiles.median().first()?);
        // a median of whole numbers has no known error
        let differs = (end.value - first.value).abs() > end.known_half().unwrap_or(0.0);
        let change_size = moved(end.value).abs().copysign(end.value - first.value);
        let change = match [first, end].map(level_of) {
            _ if first.value.max(end.value) == 0.0 => format!("{heading}, nothing on most paths"),
            [start, end] if start == end || !differs => format!("{heading}, median unchanged"),
            [start, end] if state.whole == Whole::Holdings => format!("{heading} from {start} to {end}"),
            _ if change_size > 0.0 && end.value >= DOUBLE => format!("{heading} grown {}", fold(end.value)),
            _ => {
                let how = if change_size < 0.0 { "fallen" } else { "risen" };
                format!("{heading} {how} to {} of the start", percent(end))
            }
        };
        let ends = vec![End::new(end.value, format!("median {}", level_of(end)), ink)];
        let (dates, levels) = (source.setting.dates(11), Axis::new(scale, 4, tick));
        Some(Self {
            finding: change,
            moved: if differs && first.value > 0.0 { change_size } else { 0.0 },
            plot: Plot { heading, ..Plot::new(dates, levels, layers, ends) },
        })
    }
}

fn moved(level: f64) -> f64 {
    ln(level.max(f64::MIN_POSITIVE))
}

pub(super) fn id_of(state: &StatePart) -> String {
    format!("{}.{}.{}", STATE.quantity(), state.asset, state.state)
}
