//! Quantiles of a quantity over time and the bands between them.
//!
//! In: dates and five quantiles per date. Out: bands and median in a panel, the extent for its
//! axis. Not here: what the quantity is.

use super::canvas::{Canvas, Line, Paint};
use super::panel::Panel;
use super::scale::{Extent, Scale};
use super::theme::Ink;

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
}

impl Quantiles {
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

    /// Which bands are wide enough to be seen at some date, the 50 % and the 90 % one, on an axis
    /// of `height` pixels.
    pub fn seen(&self, scale: &Scale, height: f64) -> [bool; 2] {
        let (bottom, top) = scale.ends();
        let span = |low: f64, high: f64| scale.place(high) - scale.place(low);
        let least = LEAST_SEEN / height * span(bottom, top);
        let is_seen = |low: &[f64], high: &[f64]| {
            let mut ends = low.iter().zip(high);
            ends.any(|(low, high)| span(*low, *high) >= least)
        };
        [is_seen(&self.p25, &self.p75), is_seen(&self.p05, &self.p95)]
    }

    /// Both bands.
    pub fn bands(&self, canvas: &mut Canvas, panel: &Panel, years: &[f64], ink: Ink) {
        let (outer, inner) = BAND_PERCENT;
        let paint = |percent| Paint { ink, percent };
        panel.band(canvas, years, &self.p05, &self.p95, paint(outer));
        panel.band(canvas, years, &self.p25, &self.p75, paint(inner));
    }

    /// The line of medians.
    pub fn median(&self, canvas: &mut Canvas, panel: &Panel, years: &[f64], line: Line) {
        let points = years.iter().copied().zip(self.p50.iter().copied());
        panel.line(canvas, points.collect(), line);
    }
}
