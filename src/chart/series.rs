//! Quantiles of a quantity over time and the bands between them.
//!
//! In: dates and five quantiles per date. Out: bands, the extent for their axis. Not here: what the quantity is.

use super::canvas::Paint;
use super::plot::Layer;
use super::scale::Extent;
use super::theme::Ink;
use crate::figure::grouped;

/// Opacity of the 90 % band and of the 50 % band on top of it, in percent.
const BAND_PERCENT: (u8, u8) = (14, 24);

/// Quantiles of one quantity, one value of each per date.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantiles {
    /// The 5th, 25th, 50th, 75th and 95th percentile.
    pub levels: [Vec<f64>; 5],
    /// Paths that all but the last date are of, if not of all.
    pub of_first: Option<u64>,
}

impl Quantiles {
    /// The 50th percentile.
    pub fn median(&self) -> &[f64] {
        &self.levels[2]
    }

    /// What a reader of the bands must know of the paths that they are of.
    pub fn of_which(&self) -> String {
        let said = |n| format!("; before the end, of the first {} paths", grouped(n));
        self.of_first.map_or(String::new(), said)
    }

    /// What an axis for these quantiles has to hold.
    pub fn extent(&self, usual: f64) -> Extent {
        let [p05, .., p95] = &self.levels;
        let lowest = p05.iter().copied().fold(f64::INFINITY, f64::min);
        let highest = p95.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let ratios = p05.iter().zip(p95).map(|(low, high)| {
            if *low > 0.0 {
                high / low
            } else if *high > *low {
                f64::INFINITY
            } else {
                1.0
            }
        });
        Extent { lowest, highest, ratio: ratios.fold(1.0, f64::max), usual }
    }

    /// Both bands.
    pub fn bands(&self, years: &[f64], ink: Ink) -> Vec<Layer> {
        let (outer, inner) = BAND_PERCENT;
        let [p05, p25, _, p75, p95] = &self.levels;
        vec![
            Layer::between(years, p05, p95, Paint::of(ink, outer)),
            Layer::between(years, p25, p75, Paint::of(ink, inner)),
        ]
    }
}

/// Values over the dates that they are of, as the points of a line.
pub fn dated(years: &[f64], values: &[f64]) -> Vec<(f64, f64)> {
    years.iter().copied().zip(values.iter().copied()).collect()
}

/// What is drawn of quantiles of `n_paths`.
pub fn drawn(n_paths: u64) -> &'static str {
    match n_paths {
        1 => "of the one path",
        _ => "median with 50 % and 90 % bands",
    }
}
