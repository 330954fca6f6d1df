//! An estimate: a value with its sampling error.
//!
//! In: values and standard errors. Out: [`Estimate`]. Not here: the number of digits printed (`figure`).

use super::exact;
use crate::math::normal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Confidence level of every interval in a report.
pub const LEVEL: f64 = 0.95;

/// Half the width of a 95 % interval in standard errors: Φ⁻¹(0.975).
pub const HALF_WIDTH: f64 = 1.959963984540054;

/// Least number of samples that must differ from the most common value for a large-sample interval. Chosen by
/// judgment.
pub(super) const FEW: usize = 50;

/// Least number of losses in the tail for an interval of their mean: fewer are too skewed. Chosen by judgment.
const FEWEST: f64 = 50.0;

/// Returns half the width of an interval at `level` in standard errors: Φ⁻¹((1 + level)/2).
pub fn half_width(level: f64) -> f64 {
    if level == LEVEL { HALF_WIDTH } else { normal::quantile(0.5 * (1.0 + level)) }
}

/// Returns the standard error of a normally distributed estimate with this 95 % interval.
pub(super) fn error_of((low, high): (f64, f64)) -> f64 {
    0.5 * (high - low) / HALF_WIDTH
}

/// A value estimated from `n` paths, with its standard error and interval.
///
/// The error covers sampling only, not wrong assumptions. It is absent where it would mislead; the note then
/// gives the reason.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    #[serde(with = "exact")]
    pub value: f64,
    #[serde(with = "exact")]
    pub std_error: Option<f64>,
    /// Lower and upper end at the confidence `level`; need not be symmetric.
    #[serde(with = "exact")]
    pub interval: Option<(f64, f64)>,
    #[serde(with = "exact")]
    pub level: f64,
    pub n: usize,
    pub note: Option<Note>,
}

/// A caveat that the reader of one figure must know.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Note {
    /// Many paths have exactly this value, such as 0 without ruin: the value has a probability and no ±.
    Atom {
        #[serde(rename = "share")]
        probability: f64,
    },
    /// The quantiles show so heavy a tail that the mean or spread of so few paths has no reliable interval.
    HeavyTail { skewness: Option<f64>, paths: Option<u64> },
    /// Nothing has to be paid, so no payment can fail: the value 0 is by definition.
    NoObligations,
    /// There are too few paths for an interval at this level.
    TooFewPaths,
    /// Fewer than `paths` paths are too few to see if the tail allows an interval.
    TailUnseen { paths: u64 },
    /// The interval would hold less often than its level claims; more paths fix it (gates only).
    Skewed { skewness: f64, paths: u64 },
    /// A mean over the worst paths has no interval if fewer than 50 paths are in the tail.
    FewInTail { paths: u64 },
    /// Too few paths decide the figure. A figure over months needs an effective number of 80 paths.
    /// Correlations in crash months and effects of agent selling need 50 paths with a crash.
    FewDecide,
    /// An unpaid amount can be a tax or the bill of a very rare event. Until a path meets that event, its
    /// size is unknown, so the mean has no reliable interval.
    RareBills,
    /// A loss event that the scenario allows cost nothing on any path. As long as no path shows what it takes, a mean
    /// or a spread that includes it has no reliable interval.
    EventUnseen,
    /// The figure or the difference is equal on every path. A rare event that happened on none of them could
    /// still change it by an unknown amount.
    NoneDiffers,
}

/// Largest number of paths that a caveat suggests; no run has more.
const MOST_PATHS: u64 = 10_000_000_000;

impl Note {
    /// Caveat for a tail so heavy that no number of paths is known to suffice.
    pub const ENDLESS: Self = Self::HeavyTail { skewness: None, paths: None };

    /// Returns a caveat if the worst `1 − level` of `n` losses are too few for an interval of their mean; else `None`.
    pub fn few_in_tail(n: usize, level: f64) -> Option<Self> {
        // rounding in n(1 − p) must not count as a missing loss
        let is_few = n as f64 * (1.0 - level) < FEWEST * (1.0 - 1e-9);
        let paths = (FEWEST / (1.0 - level) * (1.0 - 1e-9)).ceil() as u64;
        is_few.then_some(Self::FewInTail { paths })
    }

    /// Returns the number of paths that would suffice, if this caveat is about too few paths and that number is known.
    pub fn paths(self) -> Option<u64> {
        let paths = match self {
            Self::TailUnseen { paths } | Self::Skewed { paths, .. } | Self::FewInTail { paths } => {
                Some(paths)
            }
            Self::HeavyTail { paths, .. } => paths,
            _ => None,
        };
        paths.filter(|paths| *paths <= MOST_PATHS)
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Atom { probability } => {
                write!(f, "{:.1} % of the paths have exactly this value", probability * 100.0)
            }
            Self::HeavyTail { .. } => f.write_str("these paths do not bound its tail: trust the quantiles"),
            Self::FewInTail { .. } => f.write_str("fewer than 50 paths are in the tail"),
            Self::FewDecide => f.write_str("too few paths decide it"),
            Self::NoObligations => f.write_str("no obligations"),
            Self::TooFewPaths => f.write_str("too few paths for an interval"),
            Self::TailUnseen { paths } => {
                write!(f, "a mean or a spread of what has no bounds takes {paths} paths, to see its tail")
            }
            Self::Skewed { skewness, .. } => {
                write!(f, "too skewed for an interval of so few paths (skewness {skewness:.1})")
            }
            Self::RareBills => f.write_str("a rare bill that stays unpaid may decide this figure"),
            Self::EventUnseen => {
                f.write_str("a loss event that took nothing on any path may decide this figure")
            }
            Self::NoneDiffers => {
                f.write_str("the same on every path, which does not prove that it always is")
            }
        }
    }
}

impl Estimate {
    /// Creates an estimate without an error; `note` gives the reason.
    pub fn bare(value: f64, n: usize, note: Option<Note>) -> Self {
        Self { value, std_error: None, interval: None, level: LEVEL, n, note }
    }

    /// Creates an estimate with a normal error (central limit theorem) and a 95 % interval.
    pub fn normal(value: f64, std_error: f64, n: usize) -> Self {
        Self::normal_at(LEVEL, value, std_error, n)
    }

    /// Creates an estimate with a normal error and its interval at `level`.
    pub fn normal_at(level: f64, value: f64, std_error: f64, n: usize) -> Self {
        let half = half_width(level) * std_error;
        Self { level, ..Self::with_interval(value, std_error, (value - half, value + half), n) }
    }

    /// Turns an estimate from the first paths into one of `value` from all `n` paths: the error falls with
    /// the root of the number of paths.
    pub(super) fn of_more(self, value: f64, n: usize) -> Self {
        let scale = (self.n as f64 / n as f64).sqrt();
        let moved = |end: f64| value + scale * (end - self.value);
        Self {
            value,
            std_error: self.std_error.map(|error| scale * error),
            interval: self.interval.map(|(low, high)| (moved(low), moved(high))),
            n,
            ..self
        }
    }

    /// Creates an estimate with a given standard error and 95 % interval.
    pub fn with_interval(value: f64, std_error: f64, interval: (f64, f64), n: usize) -> Self {
        let bare = Self::bare(value, n, None);
        Self { std_error: Some(std_error), interval: Some(interval), ..bare }
    }
}
