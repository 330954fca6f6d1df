//! Quantiles of a quantity over time and the bands between them.
//!
//! In: dates and five quantiles per date. Out: bands and median in a panel, the extent for its
//! axis. Not here: what the quantity is.

use super::canvas::{Canvas, Line, Paint};
use super::panel::Panel;
use super::scale::{Extent, Scale};
use super::theme::Ink;
use crate::figure::grouped;

/// Opacity of the 90 % band and of the 50 % band on top of it, in percent.
const BAND_PERCENT: (u8, u8) = (14, 24);

/// A band of fewer pixels lies below the line of medians.
const LEAST_SEEN: f64 = 3.0;

/// Five quantiles of one quantity, one value of each per date.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantiles {
    pub p05: Vec<f64>,
    pub p25: Vec<f64>,
    pub p50: Vec<f64>,
    pub p75: Vec<f64>,
    pub p95: Vec<f64>,
    /// Paths that all but the last date are of, if not of all.
    pub of_first: Option<u64>,
}

impl Quantiles {
    /// What a reader of the bands must know of the paths that they are of.
    pub fn of_which(&self) -> String {
        let of_first = self
            .of_first
            .map(|n| format!("; before the end, of the first {} paths", grouped(n)));
        of_first.unwrap_or_default()
    }

    /// What an axis for these quantiles has to hold.
    pub fn extent(&self, usual: f64) -> Extent {
        let lowest = self.p05.iter().copied().fold(f64::INFINITY, f64::min);
        let highest = self.p95.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let ratios = self.p05.iter().zip(&self.p95).map(|(low, high)| {
            if *low > 0.0 {
                high / low
            } else if *high > *low {
                f64::INFINITY
            } else {
                1.0
            }
        });
        Extent {
            lowest,
            highest,
            ratio: ratios.fold(1.0, f64::max),
            usual,
        }
    }

    /// Both bands.
    pub fn bands(&self, canvas: &mut Canvas, panel: &Panel, years: &[f64], ink: Ink) {
        let (outer, inner) = BAND_PERCENT;
        let paint = |percent| Paint::of(ink, percent);
        panel.band(canvas, years, &self.p05, &self.p95, paint(outer));
        panel.band(canvas, years, &self.p25, &self.p75, paint(inner));
    }

    /// The line of medians.
    pub fn median(&self, canvas: &mut Canvas, panel: &Panel, years: &[f64], line: Line) {
        panel.line(canvas, dated(years, &self.p50), line);
    }
}

/// Values over the dates that they are of, as the points of a line.
pub fn dated(years: &[f64], values: &[f64]) -> Vec<(f64, f64)> {
    years.iter().copied().zip(values.iter().copied()).collect()
}

/// Years up to the last date of a series.
pub fn horizon(years: &[f64]) -> f64 {
    years.last().copied().unwrap_or(0.0).max(1.0 / 12.0)
}

/// Which bands are wide enough to be seen at some date, the 50 % and the 90 % one, of any of `all` on
/// an axis of `height` pixels.
pub fn seen<'a>(
    all: impl IntoIterator<Item = &'a Quantiles>,
    scale: &Scale,
    height: f64,
) -> [bool; 2] {
    let (bottom, top) = scale.ends();
    let span = |low: f64, high: f64| scale.place(high) - scale.place(low);
    let least = LEAST_SEEN / height * span(bottom, top);
    let is_seen = |low: &[f64], high: &[f64]| {
        let mut ends = low.iter().zip(high);
        ends.any(|(low, high)| span(*low, *high) >= least)
    };
    all.into_iter().fold([false; 2], |[inner, outer], of| {
        [
            inner || is_seen(&of.p25, &of.p75),
            outer || is_seen(&of.p05, &of.p95),
        ]
    })
}

/// What is drawn of quantiles of `n_paths`: bands only where they were `seen`.
pub fn drawn(n_paths: u64, seen: [bool; 2]) -> &'static str {
    match seen {
        _ if n_paths == 1 => "of the one path",
        [true, true] => "median with 50% and 90% bands",
        [true, false] => "median with a 50% band",
        [false, true] => "median with a 90% band; the 50% band is too narrow to see",
        [false, false] => "median; the 50% and 90% bands are too narrow to see",
    }
}

/// The same where 90 % bands alone are drawn, one of each world.
pub fn drawn_of_worlds([_, outer]: [bool; 2]) -> &'static str {
    match outer {
        true => "medians with 90% bands",
        false => "medians (their 90% bands are too narrow to see)",
    }
}
