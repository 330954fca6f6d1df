//! How a run is asked for, and why it may have no outcome.
//!
//! In: a SIMD level, a way to stop it. Out: [`Control`], [`RunError`]. Not here: running (`run`).

use crate::stage::Level;
use std::fmt;
use std::sync::atomic::AtomicBool;

/// How a plan is run; nothing in it changes a result.
pub struct Control<'a> {
    /// SIMD level of the path code.
    pub level: Level,
    /// Set it to stop at the next block.
    pub stop: &'a AtomicBool,
    /// Called after every block with the paths it finished.
    pub progress: &'a (dyn Fn(u64) + Sync),
}

impl Default for Control<'_> {
    /// At the best level of this CPU, not to be stopped, without telling how far it is.
    fn default() -> Self {
        static NEVER: AtomicBool = AtomicBool::new(false);
        Self { level: Level::detect(), stop: &NEVER, progress: &|_| {} }
    }
}

/// Why a run has no outcome.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RunError {
    /// It was asked to stop.
    Interrupted,
    /// A number on `path`, the first such path, left the range that can be computed with in
    /// `month`. `is_by_sales`: in the twin world, where nobody sells, it was still there.
    NotFinite { path: u64, month: u32, is_by_sales: bool },
}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Interrupted => write!(f, "interrupted"),
            Self::NotFinite { path, month, .. } => {
                write!(f, "path {path} leaves the range of numbers in month {month}")
            }
        }
    }
}

impl std::error::Error for RunError {}

impl RunError {
    /// The error that is told of two: an interruption, else that of the first path.
    pub(super) fn first(a: Result<(), Self>, b: Result<(), Self>) -> Result<(), Self> {
        match (a, b) {
            (Ok(()), other) | (other, Ok(())) => other,
            (Err(a), Err(b)) => Err(a.min(b)),
        }
    }
}
