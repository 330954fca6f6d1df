//! What decides a gate that these paths cannot: so many more, or ten times as many where nothing can be forecast.
//!
//! In: an estimate and its limits. Out: [`Advice`]. Not here: the verdict, its words (`templates/gates.j2`).

use super::{GatePart, confidence_of_look, half_width, rounded_up};
use crate::math::normal::cdf;
use crate::stats::Estimate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What would decide a gate that is inconclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Advice {
    /// More paths: the first number decides such a gate in half of all cases, the second in nine of ten.
    Paths {
        /// Paths of a run that is judged once (`run.paths`).
        run: [u64; 2],
        /// Paths up to which `--decide` goes: each interim analysis costs confidence.
        decide: [u64; 2],
    },
    /// The estimate is within one standard error of the limit, so its distance is noise and no number of paths can be
    /// forecast.
    #[serde(alias = "limit")]
    TooClose {
        /// Ten times the paths of this run.
        #[serde(default)]
        paths: u64,
    },
}

/// More paths than this no run has.
const MOST_PATHS: f64 = 1e10;

/// Chances that the gate is decided at the ends of the range.
const CHANCES: [f64; 2] = [0.5, 0.9];

/// Nearer to a limit than so many standard errors, the distance is noise.
const NEAREST: f64 = 1.0;

/// What is tried where nothing can be forecast, in paths of this run.
const TIMES: f64 = 10.0;

/// By so much the paths grow from one number that is tried to the next.
const STEP: f64 = 1.05;

/// What these paths know of the limit that is nearest, in standard errors.
#[derive(Clone, Copy)]
struct Known {
    distance: f64,
    /// Half width of the interval on its side.
    half: f64,
}

/// The advice for `gate`, whose `estimate` leaves it open and which takes `least` paths for an interval; `None` if more
/// paths than a run may have are needed, if the error is not known, or if no path moves a figure whose limit is zero.
pub(super) fn advice(gate: &GatePart, estimate: &Estimate, least: u64) -> Option<Advice> {
    let mut known = Known::of(gate, estimate)?;
    if known.distance < NEAREST {
        if least == 0 {
            let paths = (TIMES * estimate.n as f64).min(MOST_PATHS);
            return Some(Advice::TooClose { paths: paths as u64 });
        }
        // the paths are too few for an interval: its error is a guess too
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

impl Known {
    fn of(gate: &GatePart, estimate: &Estimate) -> Option<Self> {
        let (value, error) = (estimate.value, estimate.std_error?);
        let limits = || gate.above.into_iter().chain(gate.below);
        let is_still = value == 0.0 && limits().any(|limit| limit == 0.0);
        if is_still || error.is_nan() || error <= 0.0 {
            // what no path moves says nothing of how many would
            return None;
        }
        let half = half_width(estimate.level) * error;
        let (low, high) = estimate.interval.unwrap_or((value - half, value + half));
        let known = limits().map(|limit| Self {
            distance: (limit - value).abs() / error,
            half: match limit > value {
                true => high - value,
                false => value - low,
            } / error,
        });
        known.min_by(|a, b| a.distance.total_cmp(&b.distance))
    }

    /// The fewest paths that decide with a chance of at least `chance`, where so many paths are judged at `level_of` them.
    ///
    /// ```text
    /// Z(r·n) = (√n·z + √((r − 1)·n)·W)/√(r·n),  W ~ N(δ·√(r − 1), 1),  δ ~ N(z, 1)
    ///        ~ N(z·√r, r − 1);  decided if |Z| > h
    /// ```
    ///
    /// The n paths of now are among those of later. The distance z that they show is the true one δ with a standard
    /// normal error, since nothing else is known of it.
    fn paths(
        &self,
        chance: f64,
        estimate: &Estimate,
        level_of: &dyn Fn(f64) -> f64,
    ) -> Option<f64> {
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
