//! How many paths will probably decide a gate that these paths cannot.
//!
//! In: an estimate and its limits. Out: a number of paths for `--decide`. Not here: the verdict.

use super::{GatePart, confidence_of_look, half_width, rounded_up};
use crate::stats::{Estimate, Sampling};

/// More paths than this are no advice.
const MOST_PATHS: f64 = 1e9;

/// So many times the paths with which the interval would just miss the limit: the value moves too.
const MARGIN: f64 = 2.0;

/// Nearer to a limit than this part of its error the figure of now tells nothing of the truth.
const NEAREST: f64 = 0.25;

/// Twice the paths whose interval reaches from the value of now to the nearest limit, to two digits up;
/// none if they are more than a billion, the error is not known, or no path moves a figure whose limit is zero.
///
/// ```text
/// N = 2·n·(half width ÷ distance)²
/// ```
///
/// The half width is that at the level of the look at which `--decide N` ends. An event that no path or
/// every path had narrows its exact interval by n, not by √n.
pub(super) fn paths_to_decide(
    gate: &GatePart,
    estimate: &Estimate,
    sampling: Sampling,
    least: u64,
) -> Option<u64> {
    let (n, value) = (estimate.n as f64, estimate.value);
    let error = estimate.std_error?;
    let half = half_width(estimate.level) * error;
    let (low, high) = estimate.interval.unwrap_or((value - half, value + half));
    let ratio = |limit: f64| {
        let half = if limit > value {
            high - value
        } else {
            value - low
        };
        half / (limit - value).abs().max(NEAREST * error)
    };
    let limits = || gate.above.into_iter().chain(gate.below);
    if value == 0.0 && limits().any(|limit| limit == 0.0) {
        // what no path moves tells nothing of how many would
        return None;
    }
    let ratio = limits().map(ratio).fold(0.0, f64::max);
    let is_at_end = value == 0.0 || value == 1.0;
    let is_linear = sampling == Sampling::Share && is_at_end;
    let mut paths = n;
    for _ in 0..3 {
        let wider = half_width(level_of(gate, estimate, paths)) / half_width(estimate.level);
        let ratio = ratio * wider;
        paths = MARGIN * n * if is_linear { ratio } else { ratio * ratio };
    }
    let paths = paths.max(least as f64).max(n + 1.0);
    (paths <= MOST_PATHS).then(|| rounded_up(paths))
}

/// Level of the look at which `--decide paths` ends, if each look doubles the paths of the one before.
fn level_of(gate: &GatePart, estimate: &Estimate, paths: f64) -> f64 {
    let (mut look, mut reached) = (0, estimate.n as f64);
    while confidence_of_look(gate.confidence, look) < estimate.level && look < u32::BITS {
        look += 1;
    }
    while reached < paths.min(MOST_PATHS) {
        (reached, look) = (2.0 * reached, look + 1);
    }
    confidence_of_look(gate.confidence, look)
}

#[cfg(test)]
mod tests;
