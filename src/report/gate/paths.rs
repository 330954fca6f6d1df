//! Forecast of the number of paths that decide an inconclusive gate. Ten times the paths are proposed if
//! nothing can be forecast.
//!
//! In: an estimate and its limits. Out: [`Advice`]. Not here: the verdict, its words (`templates/gates.j2`).

use super::{GatePart, confidence_of_look, half_width, rounded_up};
use crate::math::normal::cdf;
use crate::stats::Estimate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Advice on how to decide an inconclusive gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Advice {
    /// More paths: the first number of a range decides the gate with probability 50 %, the second with 90 %.
    Paths {
        /// Range of paths for a run that is judged once (`run.paths`).
        run: [u64; 2],
        /// Range of paths for `--decide`, whose interim analyses cost confidence.
        decide: [u64; 2],
    },
    /// The estimate lies within one standard error of the limit, so no number of paths can be forecast.
    #[serde(alias = "limit")]
    TooClose {
        /// Ten times the number of paths of this run, to try.
        #[serde(default)]
        paths: u64,
    },
}

const MOST_PATHS: f64 = 1e10;

/// Probabilities with which the lower and the upper end of an advised range of paths decide the gate.
const CHANCES: [f64; 2] = [0.5, 0.9];

/// Distance from a limit, in standard errors, below which the paths that decide a gate cannot be forecast.
const NEAREST: f64 = 1.0;

/// Multiple of this run's paths that is proposed if the paths that decide a gate cannot be forecast.
const TIMES: f64 = 10.0;

/// Ratio of successive numbers of paths that the search tries.
const STEP: f64 = 1.05;

/// Position of an estimate relative to its nearest limit, in standard errors.
#[derive(Clone, Copy)]
struct LimitDistance {
    distance: f64,
    /// Half width of the estimate's interval on the side of the limit, in standard errors.
    half: f64,
}

/// Returns the advice for `gate`, which `estimate` leaves inconclusive. `least` is the number of paths needed
/// for an interval, 0 if these suffice. `None` if the forecast exceeds the largest run, or if the error is
/// unknown. Also `None` if the figure is 0 on every path and a limit is 0.
pub(super) fn advice(gate: &GatePart, estimate: &Estimate, least: u64) -> Option<Advice> {
    let mut known = LimitDistance::of(gate, estimate)?;
    if known.distance < NEAREST {
        if least == 0 {
            let paths = (TIMES * estimate.n as f64).min(MOST_PATHS);
            return Some(Advice::TooClose { paths: paths as u64 });
        }
        // too few paths for an interval: the error is uncertain as well
        known.distance = NEAREST;
    }
    let range = |level_of: &dyn Fn(f64) -> f64| {
        let paths = |chance| known.paths(chance, estimate, level_of);
        let [low, high] = CHANCES.map(paths);
        Some([low?, high?].map(|paths| rounded_up(paths.max(least as f64))))
    };
    Some(Advice::Paths {
        run: range(&|_| gate.confidence)?,
        decide: range(&|paths| level_of(gate, estimate, paths))?,
    })
}

impl LimitDistance {
    fn of(gate: &GatePart, estimate: &Estimate) -> Option<Self> {
        let (value, error) = (estimate.value, estimate.std_error?);
        let limits = || gate.above.into_iter().chain(gate.below);
        let is_still = value == 0.0 && limits().any(|limit| limit == 0.0);
        if is_still || error.is_nan() || error <= 0.0 {
            // a figure that is the same on every path allows no forecast
            return None;
        }
        let half = half_width(estimate.level) * error;
        let (low, high) = estimate.interval.unwrap_or((value - half, value + half));
        let known = limits().map(|limit| Self {
            distance: (limit - value).abs() / error,
            half: if limit > value { high - value } else { value - low } / error,
        });
        known.min_by(|a, b| a.distance.total_cmp(&b.distance))
    }

    /// Returns the fewest paths that decide the gate with probability `chance` or more, if a run of N paths is judged
    /// at confidence level `level_of(N)`. `None` if these exceed the largest run.
    ///
    /// ```text
    /// Z(r·n) = (√n·z + √((r − 1)·n)·W)/√(r·n),  W ~ N(δ·√(r − 1), 1),  δ ~ N(z, 1)
    ///        ~ N(z·√r, r − 1);  decided if |Z| > h
    /// ```
    ///
    /// The n current paths are part of the larger run of r·n. z, W and Z are the distances of the estimate from the
    /// limit on the current, the added and all paths, each in its own standard errors; h is the half width of the
    /// interval on all. z is the true distance δ plus a standard normal error, as nothing else is known about δ.
    fn paths(&self, chance: f64, estimate: &Estimate, level_of: &dyn Fn(f64) -> f64) -> Option<f64> {
        let n = estimate.n as f64;
        let mut times = 1.0;
        loop {
            times *= STEP;
            let paths = (times * n).max(n + 1.0);
            if paths > MOST_PATHS {
                return None;
            }
            let half = self.half * half_width(level_of(paths)) / half_width(estimate.level);
            let (mean, spread) = (self.distance * times.sqrt(), (times - 1.0).sqrt());
            let found = cdf((mean - half) / spread) + cdf(-(mean + half) / spread);
            if found >= chance {
                return Some(paths);
            }
        }
    }
}

/// Confidence level of the last interim analysis of `--decide`, at `paths` paths; each analysis doubles them.
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
