//! Quantiles of a quantity over time and the bands between them.
//!
//! In: dates and five quantiles per date. Out: bands, their axis extent. Not here: the quantity's meaning.

use super::canvas::Paint;
use super::plot::Layer;
use super::scale::Extent;
use super::theme::Ink;

/// Opacity in percent of the 90 % band, and of the 50 % band on top.
const BAND_PERCENT: (u8, u8) = (14, 24);

/// Quantiles of one quantity over paths at several dates.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantiles {
    /// Values of the 5th, 25th, 50th, 75th and 95th percentile, each at every date.
    pub levels: [Vec<f64>; 5],
}

impl Quantiles {
    /// Returns the 50th percentile at each date.
    pub fn median(&self) -> &[f64] {
        &self.levels[2]
    }

    /// Returns the range and spread that an axis for these quantiles must cover.
    pub fn extent(&self) -> Extent {
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
        Extent { lowest, highest, ratio: ratios.fold(1.0, f64::max) }
    }

    /// Returns the 90 % and the 50 % band as surfaces.
    pub fn bands(&self, years: &[f64], ink: Ink) -> Vec<Layer> {
        let (outer, inner) = BAND_PERCENT;
        let [p05, p25, _, p75, p95] = &self.levels;
        vec![
            Layer::between(years, p05, p95, Paint::of(ink, outer)),
            Layer::between(years, p25, p75, Paint::of(ink, inner)),
        ]
    }
}

/// Pairs dates in years with values, as the points of a line.
pub fn dated(years: &[f64], values: &[f64]) -> Vec<(f64, f64)> {
    years.iter().copied().zip(values.iter().copied()).collect()
}

/// Describes a chart over time for a subtitle: its bands, or a single path if `n_paths` is 1.
pub fn drawn(n_paths: u64) -> &'static str {
    match n_paths {
        1 => "the one path",
        _ => "dark band: half of paths, light: 90 %",
    }
}
