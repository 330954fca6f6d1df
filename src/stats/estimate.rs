//! A figure and how well it is known.
//!
//! In: values and standard errors. Out: [`Estimate`]. Not here: how many digits are printed.

use super::exact;
use crate::math::normal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Confidence of every interval of a report.
pub const LEVEL: f64 = 0.95;

/// Φ⁻¹(0.975): half the width of a 95 % interval in standard errors.
pub const HALF_WIDTH: f64 = 1.959963984540054;

/// Φ⁻¹((1 + level)/2): half the width of an interval in standard errors.
pub fn half_width(level: f64) -> f64 {
    if level == LEVEL { HALF_WIDTH } else { normal::quantile(0.5 * (1.0 + level)) }
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
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Note {
    /// A share of the paths has exactly this value, as of ruin at 0: the value has a probability and no ±.
    Atom {
        #[serde(rename = "share")]
        probability: f64,
    },
    /// The quantiles tell of a law so skewed that the mean or the spread of so few paths has no interval that would
    /// hold.
    HeavyTail { skewness: Option<f64>, paths: Option<u64> },
    /// Nothing has to be paid, so nothing can fail to be: the value 0 is by definition.
    NoObligations,
    /// No interval of this level can be made of so few paths.
    TooFewPaths,
    /// With fewer paths than that nobody can see whether the tail allows an interval.
    TailUnseen { paths: u64 },
    /// The interval would hold less often than its level says; more paths mend it (gates only).
    Skewed { skewness: f64, paths: u64 },
    /// A mean of the worst paths has no interval while they are fewer than 50.
    FewInTail { paths: u64 },
    /// A figure of months has no interval while 80 paths of one size would tell more of its spread; nor has one of
    /// crash months, or of what a loop adds, while fewer than 50 paths have a crash.
    FewDecide,
    /// What stays unpaid can be a tax, or the bill of an event that hardly any path meets. The paths do not show
    /// its size before one of them meets it, so its mean has no interval that would hold.
    RareBills,
    /// The figure or the difference is the same on every path; a rare event that happened on none of them could
    /// still change it by an unknown amount.
    NoneDiffers,
}

/// More paths than this no run has.
const MOST_PATHS: u64 = 10_000_000_000;

impl Note {
    /// A tail so heavy that no number of paths is known to do.
    pub const ENDLESS: Self = Self::HeavyTail { skewness: None, paths: None };

    /// Paths that would do, if the note is about too few of them and tells.
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
            Self::HeavyTail { .. } => {
                f.write_str("these paths do not bound its tail: trust the quantiles")
            }
            Self::FewInTail { .. } => f.write_str("fewer than 50 paths are in the tail"),
            Self::FewDecide => f.write_str("too few paths decide it"),
            Self::NoObligations => f.write_str("no obligations"),
            Self::TooFewPaths => f.write_str("too few paths for an interval"),
            Self::TailUnseen { paths } => write!(
                f,
                "a mean or a spread of what has no bounds takes {paths} paths, to see its tail"
            ),
            Self::Skewed { skewness, .. } => {
                write!(f, "too skewed for an interval of so few paths (skewness {skewness:.1})")
            }
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
        Self { value, std_error: None, interval: None, level: LEVEL, n, note }
    }

    /// A figure whose error is normal by the central limit theorem.
    pub fn normal(value: f64, std_error: f64, n: usize) -> Self {
        Self::normal_at(LEVEL, value, std_error, n)
    }

    /// The same with its interval at `level`.
    pub fn normal_at(level: f64, value: f64, std_error: f64, n: usize) -> Self {
        let half = half_width(level) * std_error;
        Self { level, ..Self::with_interval(value, std_error, (value - half, value + half), n) }
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
        Self { std_error: Some(std_error), interval: Some(interval), ..bare }
    }
}
