//! States of the assets over time: visits, customers, prices.
//!
//! In: states of a run. Out: a picture: multiples of the start, a fan for one state, lines for several. Not here:
//! units of a fleet (`units`), the states that each asset reports (`asset`).

use super::source::{ABOVE, BELOW};
use super::{PictureKind, RunSource, left_out, peak, when};
use crate::asset::{LEVERED, Whole};
use crate::chart::{Axis, End, HUES, Ink, Layer, Line, Quantiles, Scale, Shape, Spec, dated, drawn};
use crate::figure::{
    Quantity, briefest, capital, count, fold, listed, of_chart as percent, percent_tick, plain, times,
    times_tick,
};
use crate::math::ln;
use crate::record::STATE;
use crate::report::document::StatePart;
use crate::scenario::label_of_name;
use std::collections::BTreeSet;

pub const KIND: PictureKind = PictureKind {
    id: "states",
    title: "Earnings models over time",
    doc: "Visits, subscribers, products, royalties, leverage and prices relative to their first month; the part of a \
          mix in the market. Several states are lines, the medians; one has bands, in numbers if that of the start is known.",
    of: Some(of),
};

/// Top of the axis from which its levels are printed as multiples of the start instead of percentages.
const DOUBLE: f64 = 2.0;
/// Number at the start below which a state is drawn without states of other kinds.
const FEW: f64 = 20.0;
/// Least low level that is printed: "below 0.1 %" is true of all lower ones.
const LEAST: f64 = 1e-3;
/// States whose names are singular.
const ONE: [&str; 3] = ["price", LEVERED, "products"];

type Format<T> = fn(T) -> String;

/// The course of one state from the month in which it begins on some path.
struct Course {
    /// Asset and state, such as `Songs: royalties`; `royalties` alone if the asset has the same name.
    name: String,
    /// Label of the state, such as `royalties`.
    what: String,
    /// True for a single figure, such as a price: verbs of the title follow.
    is_one: bool,
    whole: Whole,
    /// Level at the start. A state is relative to its first month, before the first date of the report; one that begins
    /// later on most paths begins with that date.
    start: f64,
    /// Number at the start, in which levels are printed; `None` if they are relative.
    counted: Option<f64>,
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
    // a state that begins later on most paths has no start to compare with
    if courses.iter().any(|course| course.start > 0.0) {
        courses.retain(|course| course.start > 0.0);
    }
    // a few products are counted, and have no part in an index of visits
    let is_few = |course: &Course| course.counted.is_some_and(|n| n < FEW);
    let (what, are_few) = (courses.first()?.what.clone(), is_few(courses.first()?));
    courses.retain(|course| if are_few { course.what == what } else { !is_few(course) });
    courses.truncate(HUES.len());
    let is_alone = courses.len() == 1;
    for course in &mut courses {
        course.counted = course.counted.filter(|_| is_alone);
        let n = course.counted.unwrap_or(1.0);
        course.quantiles.levels.iter_mut().flatten().for_each(|level| *level *= n);
        (course.start, course.end) = (course.counted.unwrap_or(course.start), course.end.times(n));
    }
    let more = left_out(n_all - courses.len());
    let (most, n) = (courses.first()?, courses.len());
    let highest = |course: &Course| course.quantiles.levels[if n == 1 { 4 } else { 2 }].clone();
    let scale = Scale::holding(courses.iter().flat_map(highest).chain([if is_multiple { 1.0 } else { 0.0 }]));
    let (level, tick): (Format<Quantity>, Format<f64>) = match most.counted.is_some() {
        true => (|end| count(end.value), plain),
        false if scale.high < DOUBLE => (percent, percent_tick),
        false => (|end| times(end.value), times_tick),
    };
    let base = when(most.whole == Whole::Start && most.counted.is_none(), ", relative to the first month");
    let bands = when(n == 1, &format!("; {}", drawn(source.setting.n_paths))).to_owned();
    let kinds = Vec::from_iter(courses.iter().map(|course| &course.what).collect::<BTreeSet<_>>());
    let by = format!(" by {}", source.setting.end());
    Some(Spec {
        finding: briefest([&*by, ""].map(|by| format!("{}{by}", most.finding(level)))),
        reading: format!("{}, median{base}{bands}{more}", capital(&listed(&kinds))),
        shape: match n {
            1 => most.fan(source, Axis::new(scale, 7, tick), level),
            _ => lines(&courses, source, Axis::new(scale, 7, tick), level),
        },
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
        let first = quantiles.median()[0];
        let asset = label_of_name(&state.asset);
        let is_same = asset.eq_ignore_ascii_case(&state.label);
        Some(Self {
            name: if is_same { asset } else { format!("{asset}: {}", state.label) },
            what: state.label.clone(),
            is_one: ONE.contains(&state.state.as_str()),
            whole: state.whole,
            start: if state.whole == Whole::Start && first > 0.5 { 1.0 } else { first },
            counted: state.at_start,
            years: series.years[begin..].to_vec(),
            quantiles,
            end,
        })
    }

    /// Returns the logarithm of the median at the end, with the sign of its change; 0 within error.
    fn moved(&self) -> f64 {
        let (from, to) = (self.start, self.end.value);
        // a median of whole numbers has no known error
        let differs = (to - from).abs() > self.end.known_half().unwrap_or(0.0);
        if differs && from > 0.0 { ln(to.max(f64::MIN_POSITIVE)).abs().copysign(to - from) } else { 0.0 }
    }

    /// Draws bands and median over time, with the axis `levels`; `level` formats a fraction of the first month.
    fn fan(&self, source: &RunSource<'_>, levels: Axis, level: impl Fn(Quantity) -> String) -> Shape {
        let mut layers = self.quantiles.bands(&self.years, Ink::Blue);
        let median = dated(&self.years, self.quantiles.median());
        layers.push(Layer::Line(median, Line::new(Ink::Blue, 2.4)));
        let last = |place: usize| self.quantiles.levels[place].last().copied().unwrap_or(0.0);
        let most = if self.whole == Whole::Holdings { 1.0 } else { f64::INFINITY };
        let parts = ["95 % or more:", "5 % or more:"];
        let named = [(4, ABOVE, parts, 0.0), (0, BELOW, [parts[1], parts[0]], LEAST)];
        let shown = if last(4) > 0.0 { 2 } else { 1 };
        let ends = named.into_iter().take(shown).map(|(place, name, [none, all], least)| {
            let at = level(Quantity::exact(last(place).max(least)));
            let name = if last(place) < most { name } else { all };
            let (name, at) = if last(place) > 0.0 { (name, &*at) } else { (none, "zero") };
            End::named(last(place), name, at, Ink::Mute)
        });
        let median = End::named(self.end.value, "median", &level(self.end), Ink::Blue);
        let ends = ends.chain([median]).collect();
        Shape::plot(source.setting.dates(11), levels, layers, ends, Vec::new())
    }

    /// Returns the title without a date; `level` formats a fraction of the first month.
    fn finding(&self, level: impl Fn(Quantity) -> String) -> String {
        let (name, moved) = (&self.name, self.moved());
        let (s, moves) = (when(self.is_one, "s"), if moved < 0.0 { "fall" } else { "rise" });
        let peak = peak(&dated(&self.years, self.quantiles.median()), self.end);
        // earlier medians have the digits of the last one
        let alike = |value| Quantity { value, ..self.end };
        let peak = peak.map(|(_, highest)| level(alike(highest)));
        match [alike(self.start), self.end].map(level) {
            [_, end] if let Some(peak) = peak.filter(|_| self.whole == Whole::Start) => {
                format!("{name} peak{s} at {peak}, end{s} at {end}")
            }
            _ if self.start.max(self.end.value) == 0.0 => format!("{name}, nothing on most paths"),
            [_, end] if self.start == 0.0 => format!("{name} end{s} at {end}"),
            [start, end] if start == end || moved == 0.0 => format!("{name}, median unchanged"),
            [start, end] if self.counted.is_some() => format!("{name} {moves}{s} from {start} to {end}"),
            [start, end] if self.whole == Whole::Holdings || self.start < 1.0 => {
                format!("{name} from {start} to {end}")
            }
            _ if self.end.value >= DOUBLE => format!("{name} grow{s} {}", fold(self.end.value)),
            _ => format!("{name} {moves}{s} to {} of the start", percent(self.end)),
        }
    }
}

/// Draws the medians of several states over time, the first of them bold.
fn lines(courses: &[Course], source: &RunSource<'_>, levels: Axis, level: Format<Quantity>) -> Shape {
    let inked = || courses.iter().zip(HUES);
    let ends =
        inked().map(|(course, ink)| End::named(course.end.value, &course.name, &level(course.end), ink));
    let lines = inked().zip(0..).map(|((course, ink), place)| {
        let width = if place == 0 { 2.8 } else { 1.4 };
        Layer::Line(dated(&course.years, course.quantiles.median()), Line::new(ink, width))
    });
    Shape::plot(source.setting.dates(11), levels, lines.collect(), ends.collect(), Vec::new())
}

pub(super) fn id_of(state: &StatePart) -> String {
    format!("{}.{}.{}", STATE.quantity(), state.asset, state.state)
}
