//! A figure and how well it is known.
//!
//! In: values and standard errors. Out: [`Estimate`]. Not here: how many digits are printed.

use super::exact;
use crate::math::normal;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Confidence of every interval of a report.
pub const LEVEL: f64 = 0.95;

/// Φ⁻¹(0.975): half the width of a 95 % interval in standard errors.
pub const HALF_WIDTH: f64 = 1.959963984540054;

/// Φ⁻¹((1 + level)/2): half the width of an interval in standard errors.
pub fn half_width(level: f64) -> f64 {
    if level == LEVEL {
        HALF_WIDTH
    } else {
        normal::quantile(0.5 * (1.0 + level))
    }
}

/// A figure from `n` paths, its standard error and its interval.
///
/// The error is that of sampling alone; wrong assumptions are not in it. It is absent where it
/// would mislead, and then the note says why.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    #[serde(with = "exact")]
    pub value: f64,
    #[serde(with = "exact")]
    pub std_error: Option<f64>,
    /// Lower and upper end at `level`; need not be symmetric.
    #[serde(with = "exact")]
    pub interval: Option<(f64, f64)>,
    #[serde(with = "exact")]
    pub level: f64,
    pub n: usize,
    pub note: Option<Note>,
}

/// What a reader must know about one figure.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Note {
    /// A share of the paths has exactly this value (ruin at 0): it has a probability, not a ±.
    Atom {
        #[serde(with = "exact")]
        probability: f64,
    },
    /// Its law is so skewed, by its quantiles, that a few paths decide it; so many would do.
    HeavyTail {
        #[serde(with = "exact")]
        skewness: f64,
        paths: u64,
    },
    /// Nothing has to be paid, so nothing can fail to be.
    NoObligations,
    /// Too few paths for an interval at this level.
    TooFewPaths,
    /// Too few paths to see whether its tail allows an interval; so many would do.
    TailUnseen { paths: u64 },
    /// Too skewed for an interval of so few paths; so many would do.
    Skewed {
        #[serde(with = "exact")]
        skewness: f64,
        paths: u64,
    },
    /// Too few paths in the tail that it is the mean of; so many in all would do.
    FewInTail { paths: u64 },
    /// Too few of the paths whose months are kept decide a figure of months.
    FewDecide,
    /// Bills that hardly any path meets decide what stays unpaid.
    RareBills,
    /// The same on every path, and chance has more to it than what these paths show.
    NoneDiffers,
}

/// More paths than this no run has.
const MOST_PATHS: u64 = 10_000_000_000;

impl Note {
    /// A tail so heavy that no number of paths is known to do.
    pub const ENDLESS: Self = Self::HeavyTail {
        skewness: f64::INFINITY,
        paths: u64::MAX,
    };

    /// Paths that would do, if the note is about too few of them and tells.
    pub fn paths(self) -> Option<u64> {
        match self {
            Self::TailUnseen { paths }
            | Self::Skewed { paths, .. }
            | Self::HeavyTail { paths, .. }
            | Self::FewInTail { paths } => (paths <= MOST_PATHS).then_some(paths),
            _ => None,
        }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Atom { probability } => {
                write!(
                    f,
                    "{:.1} % of the paths have exactly this value",
                    probability * 100.0
                )
            }
            Self::HeavyTail { .. } => {
                f.write_str("these paths do not bound its tail: trust the quantiles")
            }
            Self::FewInTail { .. } => f.write_str("fewer than 50 paths are in the tail"),
            Self::FewDecide => f.write_str("too few of the paths whose months are kept decide it"),
            Self::NoObligations => f.write_str("no obligations"),
            Self::TooFewPaths => f.write_str("too few paths for an interval"),
            Self::TailUnseen { paths } => write!(
                f,
                "a mean or a spread of what has no bounds takes {paths} paths, to see its tail"
            ),
            Self::Skewed { skewness, .. } => write!(
                f,
                "too skewed for an interval of so few paths (skewness {skewness:.1})"
            ),
            Self::RareBills => f.write_str("a rare bill that stays unpaid may decide this figure"),
            Self::NoneDiffers => {
                f.write_str("the same on every path, which does not prove that it always is")
            }
        }
    }
}

impl Estimate {
    /// A figure without an error.
    pub fn bare(value: f64, n: usize, note: Option<Note>) -> Self {
        Self {
            value,
            std_error: None,
            interval: None,
            level: LEVEL,
            n,
            note,
        }
    }

    /// A figure whose error is normal by the central limit theorem.
    pub fn normal(value: f64, std_error: f64, n: usize) -> Self {
        Self::normal_at(LEVEL, value, std_error, n)
    }

    /// The same with its interval at `level`.
    pub fn normal_at(level: f64, value: f64, std_error: f64, n: usize) -> Self {
        let half = half_width(level) * std_error;
        Self {
            level,
            ..Self::with_interval(value, std_error, (value - half, value + half), n)
        }
    }

    /// The same figure of `n` paths, among them those that this one is of: its error falls with the root of their number.
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

    /// A figure with its own interval.
    pub fn with_interval(value: f64, std_error: f64, interval: (f64, f64), n: usize) -> Self {
        let bare = Self::bare(value, n, None);
        Self {
            std_error: Some(std_error),
            interval: Some(interval),
            ..bare
        }
    }
}
