//! The error of a quantile's difference where few paths cross it.
//!
//! In: one quantity in two runs. Out: a least variance. Not here: the error by influences, which
//! holds where many paths cross (`paired`).
//!
//! By influences, the quantile of new less that of base varies because paths lie below one and above
//! the other. If the runs differ by less than the distance of two neighbouring samples, no path may
//! do so, and that error is nearly zero although the difference is whatever happened to the one path
//! at the quantile. Among the paths around it let d = y − x, with mean δ:
//!
//! ```text
//! variance ≥ min(Var d, E|d − δ|/(f n))
//! ```
//!
//! the first where one path decides; the second is the influences' own, with the number of crossings
//! that is expected, f·E|d − δ| of all paths, in place of that which was seen.

use super::super::influence::Quantile;
use super::super::sample::Sorted;
use super::paired::Samples;

/// The least that the variance of the difference is.
pub fn variance(samples: &Samples<'_>, base: &Quantile, new: &Quantile) -> f64 {
    let around = around(samples.base, base).chain(around(samples.new, new));
    let changes: Vec<f64> = around
        .map(|path| samples.y[path] - samples.x[path])
        .collect();
    let n = changes.len() as f64;
    let mean = changes.iter().sum::<f64>() / n;
    let distances = || changes.iter().map(|change| (change - mean).abs());
    let distance = distances().sum::<f64>() / n;
    let squares = distances().map(|distance| distance * distance).sum::<f64>() / n;
    let spacing = 0.5 * (base.spacing + new.spacing);
    let variance = squares.min(spacing * distance / samples.x.len() as f64);
    if distance > samples.rounding {
        variance
    } else {
        0.0
    }
}

/// Paths whose samples lie in the interval of the quantile.
fn around<'s>(sample: &'s Sorted, quantile: &Quantile) -> impl Iterator<Item = usize> + 's {
    let (low, high) = quantile.ranks;
    let paths = sample.paths().unwrap_or_default();
    paths[low - 1..high].iter().map(|path| *path as usize)
}
