//! Charts of a report: one file for each kind, with the numbers that it is drawn from.
//!
//! In: a report, a comparison, a sensitivity study, a solution. Out: SVG and PNG. Not here: chart primitives
//! (`chart`), files (`cli`).
//!
//! A title states the finding. It is computed from the numbers, claims a difference only beyond its sampling
//! error, and prints no digit that the error does not support.

use super::Report;
use super::facts::HistogramPart;
pub use crate::chart::Picture as Drawing;
use crate::chart::{Atom, Axis, Bins, HUES, Ink, NARROW, Spec, Stamp, Theme, WIDTH, labelled};
use crate::figure::{Quantity, in_words, of_chart};
use rayon::prelude::*;
use source::RunSource;
use std::collections::BTreeSet;
use std::sync::atomic::AtomicBool;
use std::sync::{Mutex, PoisonError};

mod bridge;
mod cases;
mod comparison;
mod crash_anatomy;
mod crash_correlation;
mod crossover;
mod drawdown;
mod event_costs;
mod event_exceedance;
mod gain_profile;
mod happenings;
mod holdings;
mod income;
mod income_sources;
mod loop_fan;
mod loss_by_cause;
mod solve_curve;
mod source;
mod stack;
mod states;
mod survival;
mod terminal;
mod timeline;
mod tornado;
mod units;
mod wealth_fan;
mod wealth_levels;

use source::of_levels;
pub use source::{Setting, measured};

/// A kind of chart, such as that of wealth over time.
pub struct PictureKind {
    /// Name of the chart's files, and prefix of its SVG ids.
    pub id: &'static str,
    /// Title of the kind for readers.
    pub title: &'static str,
    /// Description of the chart and of how to read it.
    pub doc: &'static str,
    /// Function that draws the chart of a run, or returns `None` if there is nothing to show. A kind of chart for
    /// several runs has no such function.
    of: Option<fn(&RunSource<'_>) -> Option<Spec>>,
}

/// All kinds of charts, in the order of the report.
pub const CHARTS: &[PictureKind] = &[
    wealth_fan::KIND,
    terminal::KIND,
    wealth_levels::KIND,
    timeline::KIND,
    income::KIND,
    income_sources::KIND,
    drawdown::KIND,
    survival::KIND,
    bridge::KIND,
    loss_by_cause::KIND,
    event_costs::KIND,
    loop_fan::KIND,
    crash_correlation::KIND,
    crash_anatomy::KIND,
    holdings::KIND,
    states::KIND,
    units::KIND,
    event_exceedance::KIND,
    gain_profile::KIND,
    cases::KIND,
    comparison::KIND,
    crossover::KIND,
    tornado::KIND,
    solve_curve::KIND,
];

/// Ids of kinds that show neither a distribution nor a probability, so that a single path is enough.
const OF_ONE: [&str; 7] = [
    wealth_fan::KIND.id,
    income_sources::KIND.id,
    gain_profile::KIND.id,
    holdings::KIND.id,
    states::KIND.id,
    units::KIND.id,
    crash_anatomy::KIND.id,
];

/// Factor by which a peak must exceed start and end for a title to name it.
const PEAK: f64 = 1.1;

/// Returns date and amount of the first highest of `points` if it is clearly above the first one and `end`, beyond the error
/// of the latter.
fn peak(points: &[(f64, f64)], end: Quantity) -> Option<(f64, f64)> {
    let end = end.value + end.known_half().unwrap_or(0.0);
    let highest = points.iter().copied().reduce(|a, b| if b.1 > a.1 { b } else { a })?;
    (highest.1 > PEAK * points[0].1.max(end)).then_some(highest)
}

/// Splits off the amounts whose `size` is below the fraction `share` of the largest one, if there are two or more.
fn without_small<T: Clone>(all: &[T], share: f64, size: impl Fn(&T) -> f64) -> (Vec<T>, Vec<T>) {
    let least = share * all.iter().map(&size).fold(0.0, f64::max);
    let (seen, small): (Vec<T>, Vec<T>) = all.iter().cloned().partition(|one| size(one) >= least);
    if small.len() > 1 { (seen, small) } else { (all.to_vec(), Vec::new()) }
}

/// Opacity in percent of a bar: less if the title is about another one.
const fn strength(is_named: bool) -> u8 {
    if is_named { 100 } else { 45 }
}

/// Replaces the colors of lines by different ones if some are equal.
fn tell_apart<'i>(inks: impl Iterator<Item = &'i mut Ink>) {
    let inks: Vec<&mut Ink> = inks.collect();
    let n = inks.iter().collect::<BTreeSet<_>>().len();
    let new = if n < inks.len() { &HUES[..] } else { &[] };
    inks.into_iter().zip(new).for_each(|(ink, hue)| *ink = *hue);
}

/// Returns the kinds of charts that are drawn for a single run.
pub fn charts_of_runs() -> impl Iterator<Item = &'static PictureKind> {
    CHARTS.iter().filter(|kind| kind.of.is_some())
}

impl PictureKind {
    /// True if the chart can be drawn from this number of paths.
    fn is_of(&self, n_paths: u64) -> bool {
        n_paths > 1 || OF_ONE.contains(&self.id)
    }

    /// Draws both sizes of the chart; `None` if the paths are too few.
    fn sketch(&self, spec: &Spec, stamp: &Stamp) -> Option<Sketch> {
        // both drawings are on one page, so their ids must differ
        let id = format!("{}-narrow", self.id);
        self.is_of(stamp.n_paths).then(|| Sketch {
            wide: spec.picture(self.id, self.title, stamp, WIDTH),
            narrow: spec.picture(&id, self.title, stamp, NARROW),
        })
    }
}

/// A chart in two drawings: wide for a page, narrow for a phone.
#[derive(Clone, Debug, PartialEq)]
pub struct Sketch {
    pub wide: Drawing,
    pub narrow: Drawing,
}

/// Builds the histogram of `part`. `name` and `tick` label its axis, `value` its bin edges. Its atom is labeled by its
/// share of paths and the text `atom`.
fn binned(
    part: &HistogramPart,
    atom: &str,
    name: &str,
    tick: impl Fn(f64) -> String,
    value: impl Fn(f64) -> String,
) -> Bins {
    let share = part.at_atom();
    let bar = Atom {
        value: part.atom.value,
        share: share.value,
        label: format!("{} {atom}", of_chart(share)),
        tick: tick(part.atom.value),
    };
    Bins {
        counts: part.counts.clone(),
        n: part.paths,
        edges: labelled(part.edges.clone(), value),
        x: Axis::new(part.axis, 11, tick).named(name),
        atom: (share.value > 0.0).then_some(bar),
        divide: 0.0,
        figures: Vec::new(),
    }
}

/// Returns `said` if `is_so`, else an empty text.
fn when(is_so: bool, said: &str) -> &str {
    if is_so { said } else { "" }
}

/// Returns a note for the subtitle that `n` further lines or rows are not drawn; empty for 0.
fn left_out(n: usize) -> String {
    if n == 0 { String::new() } else { format!("; {} more not drawn", in_words(n as u64)) }
}

/// A finished chart as the contents of its files.
pub struct Picture {
    /// Name of the chart's files without extension.
    pub name: String,
    pub svg: String,
    /// SVG drawing that is narrow enough for a phone.
    pub narrow: String,
    pub png: Vec<u8>,
}

/// Renders `sketches` to SVG and PNG in the current thread pool, and calls `progress` with 1 for each. `None`
/// once `stop` is set.
pub fn painted(
    sketches: Vec<Sketch>,
    theme: Theme,
    stop: &AtomicBool,
    progress: &(dyn Fn(u64) + Sync),
) -> Option<Vec<Picture>> {
    let sheets = Mutex::new(Vec::new());
    let drawn = sketches.into_par_iter();
    drawn
        .map(|sketch| {
            let held = || sheets.lock().unwrap_or_else(PoisonError::into_inner);
            let mut sheet = held().pop().unwrap_or_default();
            let png = sketch.wide.to_png_until(theme, &mut sheet, stop);
            held().push(sheet);
            progress(1);
            let [svg, narrow] = [&sketch.wide, &sketch.narrow].map(Drawing::to_svg);
            Some(Picture { png: png?, svg, narrow, name: sketch.wide.id })
        })
        .collect()
}

/// Draws the charts of the kinds `named` by id (of all kinds if none is named) that have something to show.
/// Runs in the current thread pool.
pub fn sketches(report: &Report, named: &[String]) -> Vec<Sketch> {
    let Some(source) = RunSource::new(report) else {
        return Vec::new();
    };
    let (of, run) = (&report.scenario, &report.run);
    let stamp = Stamp::new(&of.title, run.seeds, run.paths, &of.model_digest);
    let is_asked = |kind: &PictureKind| named.is_empty() || named.iter().any(|id| id == kind.id);
    let kinds = CHARTS.par_iter().filter(|kind| kind.is_of(stamp.n_paths) && is_asked(kind));
    let drawn = kinds.filter_map(|kind| kind.sketch(&kind.of?(&source)?, &stamp));
    drawn.collect()
}

#[cfg(test)]
mod tests;
