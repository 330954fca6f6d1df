//! States of the assets over time: visits, customers, prices.
//!
//! In: states of a run. Out: a picture: multiples of the start, a fan for one state, medians for several. Not here:
//! units of a fleet (`units`), the states that each asset reports (`asset`).

use super::{PictureKind, RunSource, left_out, one_of_many, peak, tell_apart, when};
use crate::asset::{LEVERED, Whole};
use crate::chart::{Axis, End, Ink, Layer, Quantiles, Scale, Shape, Spec, dated, drawn};
use crate::figure::{
    Quantity, briefest, capital, fold, listed, of_chart as percent, percent_tick, times, times_tick,
};
use crate::math::ln;
use crate::record::STATE;
use crate::report::document::StatePart;
use crate::scenario::label_of_name;
use std::collections::BTreeSet;

pub const KIND: PictureKind = PictureKind {
    id: "states",
    title: "Earnings models over time",
    doc: "Visits, subscribers, products, royalties, leverage and prices relative to their first month; the part of a mix \
          in the market. Medians; for a single state also bands with 50 and 90 % of the paths at each date.",
    of: Some(of),
};

/// Maximum number of states drawn.
const MOST: usize = 6;
/// Top of the axis from which its levels are printed as multiples of the start instead of percentages.
const DOUBLE: f64 = 2.0;
/// States whose names are singular.
const ONE: [&str; 2] = ["price", LEVERED];

/// The course of one state from the month in which it begins on some path.
struct Course {
    /// Asset and state, such as `Songs: royalties`; `royalties` alone if the asset has the same name.
    name: String,
    /// Label of the state, such as `royalties`.
    what: String,
    /// True for a single figure, such as a price: verbs of the title follow.
    is_one: bool,
    whole: Whole,
    ink: Ink,
    years: Vec<f64>,
    quantiles: Quantiles,
    end: Quantity,
}

/// Returns the chart of the states of all assets but fleets in a run; `None` if no asset reports one.
fn of(source: &RunSource<'_>) -> Option<Spec> {
    let is_drawn = |state: &&StatePart| matches!(state.whole, Whole::Start | Whole::Holdings);
    let states = source.report.states.iter().filter(is_drawn);
    let mut courses: Vec<Course> = states.filter_map(|state| Course::of(source, state)).collect();
    courses.sort_by(|a, b| b.moved().abs().total_cmp(&a.moved().abs()));
    let n_all = courses.len();
    // multiples of a start and parts of what an asset holds have no common axis
    let is_multiple = courses.iter().any(|course| course.whole == Whole::Start);
    courses.retain(|course| (course.whole == Whole::Start) == is_multiple);
    courses.truncate(MOST);
    let more = left_out(n_all - courses.len());
    tell_apart(courses.iter_mut().map(|course| &mut course.ink));
    let (most, n) = (courses.first()?, courses.len());
    let highest = |course: &Course| course.quantiles.levels[if n == 1 { 4 } else { 2 }].clone();
    let scale = Scale::holding(courses.iter().flat_map(highest));
    let is_small = scale.high < DOUBLE;
    let level = |end: Quantity| if is_small { percent(end) } else { times(end.value) };
    let mut layers = if n == 1 { most.quantiles.bands(&most.years, most.ink) } else { Vec::new() };
    layers.extend(courses.iter().enumerate().rev().map(|(place, course)| {
        let medians = dated(&course.years, course.quantiles.median()).into_iter();
        // what is launched begins where it is there on most paths
        Layer::Line(
            medians.skip_while(|(_, median)| n > 1 && *median <= 0.0).collect(),
            one_of_many(course.ink, place == 0),
        )
    }));
    let ends = courses.iter().map(|course| {
        let name = if n == 1 { "median" } else { &course.name };
        End::named(course.end.value, name, &level(course.end), course.ink)
    });
    let by = format!(" by {}", source.setting.end());
    let all = if is_small { "100 %" } else { "×1" };
    let base = format!("; on each path the first month is {all}");
    let base = when(most.whole == Whole::Start, &base);
    let bands = when(n == 1, &format!("; {}", drawn(source.setting.n_paths))).to_owned();
    let kinds = Vec::from_iter(courses.iter().map(|course| &course.what).collect::<BTreeSet<_>>());
    let levels = Axis::new(scale, 7, if is_small { percent_tick } else { times_tick });
    Some(Spec {
        finding: briefest([by.as_str(), ""].map(|by| format!("{}{by}", most.finding(level)))),
        reading: format!("{}, median{base}{bands}{more}", capital(&listed(&kinds))),
        shape: Shape::plot(source.setting.dates(11), levels, layers, ends.collect(), Vec::new()),
    })
}

impl Course {
    /// Creates the course of a state; `None` if the report lacks its series.
    fn of(source: &RunSource<'_>, state: &StatePart) -> Option<Self> {
        let id = id_of(state);
        let series = source.series(&id)?;
        let at_end = |level: &str| source.measured(&format!("{id}.{level}"));
        let (mut quantiles, end) = (source.quantiles(series, &at_end)?, at_end("p50")?);
        let begin = quantiles.levels[4].iter().position(|high| *high > 0.0).unwrap_or(0);
        for level in &mut quantiles.levels {
            level.drain(..begin);
        }
        let asset = label_of_name(&state.asset);
        let is_same = asset.eq_ignore_ascii_case(&state.label);
        Some(Self {
            name: if is_same { asset } else { format!("{asset}: {}", state.label) },
            what: state.label.clone(),
            is_one: ONE.contains(&state.state.as_str()),
            whole: state.whole,
            ink: source.ink_of(&state.asset),
            years: series.years[begin..].to_vec(),
            quantiles,
            end,
        })
    }

    fn first(&self) -> Quantity {
        Quantity::exact(self.quantiles.median()[0])
    }

    /// Returns the logarithm of the median at the end, with the sign of its change; 0 within error.
    fn moved(&self) -> f64 {
        let (from, to) = (self.first().value, self.end.value);
        // a median of whole numbers has no known error
        let differs = (to - from).abs() > self.end.known_half().unwrap_or(0.0);
        if differs && from > 0.0 { ln(to.max(f64::MIN_POSITIVE)).abs().copysign(to - from) } else { 0.0 }
    }

    /// Returns the title without a date; `level` formats a fraction of the first month.
    fn finding(&self, level: impl Fn(Quantity) -> String) -> String {
        let (name, moved) = (&self.name, self.moved());
        let s = when(self.is_one, "s");
        let points = dated(&self.years, self.quantiles.median());
        let highest = peak(&points, self.end).filter(|_| self.whole == Whole::Start);
        if let Some((_, highest)) = highest {
            return format!(
                "{name} peak{s} at {}, end{s} at {}",
                level(Quantity::exact(highest)),
                level(self.end)
            );
        }
        match [self.first(), self.end].map(level) {
            _ if self.first().value.max(self.end.value) == 0.0 => format!("{name}, nothing on most paths"),
            [_, end] if self.first().value == 0.0 => format!("{name} end{s} at {end}"),
            [start, end] if start == end || moved == 0.0 => format!("{name}, median unchanged"),
            [start, end] if self.whole == Whole::Holdings => format!("{name} from {start} to {end}"),
            _ if moved < 0.0 => format!("{name} fall{s} to {} of the start", percent(self.end)),
            _ if self.end.value >= DOUBLE => format!("{name} grow{s} {}", fold(self.end.value)),
            _ => format!("{name} rise{s} to {} of the start", percent(self.end)),
        }
    }
}

pub(super) fn id_of(state: &StatePart) -> String {
    format!("{}.{}.{}", STATE.quantity(), state.asset, state.state)
}
