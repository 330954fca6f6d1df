//! Pictures of a report: one file for each kind, with the numbers that it is drawn from.
//!
//! In: a report; a comparison, a sensitivity. Out: SVG and PNG. Not here: what
//! pictures are drawn with (`chart`), files (`cli`).
//!
//! A title states the finding. It is computed from the numbers, claims a difference only beyond
//! its sampling error, and prints no digit that the error does not support.

use super::Report;
pub use crate::chart::Picture as Drawing;
use crate::chart::{Area, Canvas, Sheet, Stamp, Theme, framed};
use rayon::prelude::*;
use source::Source;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

mod assets;
mod bridge;
mod comparison;
mod crash_anatomy;
mod crash_correlation;
mod crossover;
mod drawdown;
mod event_exceedance;
mod gain_profile;
mod happenings;
mod income;
mod income_sources;
mod loop_fan;
mod loss_by_cause;
mod solve_curve;
mod source;
mod states;
mod survival;
mod terminal;
mod tornado;
mod wealth_fan;

pub(super) use comparison::KIND as COMPARISON;
pub use comparison::{ComparedRow, Comparison, is_same_stake};
pub(super) use crossover::KIND as CROSSOVER;
pub use crossover::{Crossover, IncomeLine};
pub(super) use solve_curve::KIND as SOLVE_CURVE;
pub use solve_curve::SolveCurve;
pub use source::measured;
pub(super) use tornado::KIND as TORNADO;
pub use tornado::{Moved, Tornado};

/// A kind of picture.
pub struct Kind {
    /// Name of its files; prefix of its identifiers.
    pub id: &'static str,
    /// Name for readers.
    pub title: &'static str,
    /// What it shows and how to read it.
    pub doc: &'static str,
    /// The picture of a run, if it has something to show.
    of: fn(&Source<'_>) -> Option<Drawable>,
}

/// Every kind, in the order of the report.
pub const CHARTS: &[Kind] = &[
    wealth_fan::KIND,
    terminal::KIND,
    income::KIND,
    income_sources::KIND,
    drawdown::KIND,
    survival::KIND,
    bridge::KIND,
    loss_by_cause::KIND,
    event_exceedance::KIND,
    loop_fan::KIND,
    gain_profile::KIND,
    crash_correlation::KIND,
    assets::KIND,
    states::KIND,
    crash_anatomy::KIND,
    comparison::KIND,
    crossover::KIND,
    tornado::KIND,
    solve_curve::KIND,
];

/// Data that can be drawn.
pub trait Chart {
    /// The title: what the numbers say.
    fn finding(&self) -> String;

    /// The subtitle: what is drawn and how to read it.
    fn reading(&self) -> String;

    /// Height of the drawing between subtitle and footer, in pixels.
    fn body_height(&self) -> f64 {
        434.0
    }

    /// Draws everything between subtitle and footer.
    fn draw(&self, canvas: &mut Canvas, body: Area);

    /// The display list with title, subtitle and footer.
    fn picture(&self, kind: &Kind, stamp: &Stamp) -> Drawing {
        let around = (self.finding(), self.reading());
        let (mut canvas, body) = framed(
            (kind.id, kind.title),
            (&around.0, &around.1),
            self.body_height(),
            stamp,
        );
        self.draw(&mut canvas, body);
        canvas.finish()
    }
}

/// Kinds that show no distribution and no chance: those that are drawn of a single path.
const OF_ONE: [&str; 6] = [
    wealth_fan::KIND.id,
    income_sources::KIND.id,
    gain_profile::KIND.id,
    assets::KIND.id,
    states::KIND.id,
    crash_anatomy::KIND.id,
];

impl Kind {
    /// Whether so many paths have something that it shows.
    fn is_of(&self, n_paths: u64) -> bool {
        n_paths > 1 || OF_ONE.contains(&self.id)
    }
}

type Drawable = Box<dyn Chart + Sync>;

/// A chart as one of all.
fn boxed<C: Chart + Sync + 'static>(chart: Option<C>) -> Option<Drawable> {
    chart.map(|chart| Box::new(chart) as Drawable)
}

/// A finished picture.
pub struct Picture {
    /// Name of its files, without ending.
    pub name: String,
    pub svg: String,
    pub png: Vec<u8>,
}

/// Draws every chart that has something to show, in the current thread pool. Nothing once `stop` is set: it is looked at between charts
/// and inside each.
pub fn pictures(report: &Report, theme: Theme, stop: &AtomicBool) -> Option<Vec<Picture>> {
    let drawings = drawings(report, stop)?;
    painted(drawings, theme, stop, &|_| {})
}

/// `drawings` as files, in the current thread pool; `progress` gets 1 for each. Nothing once `stop` is set.
pub fn painted(
    drawings: Vec<Drawing>,
    theme: Theme,
    stop: &AtomicBool,
    progress: &(dyn Fn(u64) + Sync),
) -> Option<Vec<Picture>> {
    let sheets = Mutex::new(Vec::new());
    let drawn = drawings.into_par_iter();
    drawn
        .map(|drawing| {
            let held = || sheets.lock().unwrap_or_else(PoisonError::into_inner);
            let mut sheet = held().pop().unwrap_or_default();
            let picture = drawn_until(drawing, theme, &mut sheet, stop);
            held().push(sheet);
            progress(1);
            picture
        })
        .collect()
}

/// The same pictures before they are files.
pub fn drawings(report: &Report, stop: &AtomicBool) -> Option<Vec<Drawing>> {
    let Some(source) = Source::new(report) else {
        return Some(Vec::new());
    };
    let stamp = Stamp {
        scenario: report.scenario.title.clone(),
        seeds: report.run.seeds,
        n_paths: report.run.paths,
        digest: report.scenario.model_digest.clone(),
    };
    let mut charts = Vec::new();
    for kind in CHARTS.iter().filter(|kind| kind.is_of(stamp.n_paths)) {
        if is_set(stop) {
            return None;
        }
        charts.extend((kind.of)(&source).map(|chart| (kind, chart)));
    }
    let drawn = charts.par_iter();
    drawn
        .map(|(kind, chart)| (!is_set(stop)).then(|| chart.picture(kind, &stamp)))
        .collect()
}

fn is_set(stop: &AtomicBool) -> bool {
    stop.load(Ordering::Relaxed)
}

/// A chart of a kind as both of its files; nothing of too few paths, and once `stop` is set.
pub(super) fn drawn_with(
    kind: &Kind,
    chart: &(dyn Chart + Sync),
    stamp: &Stamp,
    theme: Theme,
    stop: &AtomicBool,
) -> Option<Picture> {
    let is_shown = kind.is_of(stamp.n_paths);
    is_shown.then(|| {
        drawn_until(
            chart.picture(kind, stamp),
            theme,
            &mut Sheet::default(),
            stop,
        )
    })?
}

fn drawn_until(
    drawing: Drawing,
    theme: Theme,
    sheet: &mut Sheet,
    stop: &AtomicBool,
) -> Option<Picture> {
    if is_set(stop) {
        return None;
    }
    Some(Picture {
        png: drawing.to_png_until(theme, sheet, stop)?,
        svg: drawing.to_svg(),
        name: drawing.id,
    })
}

#[cfg(test)]
mod tests;
