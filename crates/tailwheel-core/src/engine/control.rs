//! Settings of a run that do not affect results, and the errors of a run.
//!
//! In: a SIMD level, a way to stop it. Out: [`Control`], [`RunError`]. Not here: running (`run`).

use crate::stage::Level;
use std::fmt;
use std::sync::atomic::AtomicBool;

/// Settings of a run; none of them changes a result.
pub struct Control<'a> {
    /// SIMD level of the code that simulates paths.
    pub level: Level,
    /// Flag that stops the run at the next block.
    pub stop: &'a AtomicBool,
    /// Callback after every block, with the number of paths finished in it.
    pub progress: &'a (dyn Fn(u64) + Sync),
}

impl Default for Control<'_> {
    /// Best SIMD level of this CPU, never stopped, no progress callback.
    fn default() -> Self {
        static NEVER: AtomicBool = AtomicBool::new(false);
        Self { level: Level::detect(), stop: &NEVER, progress: &|_| {} }
    }
}

/// Reason why a run has no outcome.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RunError {
    /// The run was asked to stop.
    Interrupted,
    /// A number on `path`, the first such path, left the computable range in `month`. `is_by_sales` is true
    /// if it stayed in range in the paired run without agents.
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
    /// Combines two results: an interruption comes first, then the error of the smallest path number.
    pub(super) fn first(a: Result<(), Self>, b: Result<(), Self>) -> Result<(), Self> {
        match (a, b) {
            (Ok(()), other) | (other, Ok(())) => other,
            (Err(a), Err(b)) => Err(a.min(b)),
        }
    }
}
