//! A change between two runs, and the law that decides its interval.
//!
//! In: nothing. Out: [`Change`]. Not here: its interval (`change`).

use super::estimate::Note;
use super::worst_mean::WorstMean;

/// Change of a figure between two runs; a [`Sample`](super::Sample) holds each path's contribution to it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// Change of the figure itself, which need not equal the mean of the contributions.
    pub value: f64,
    pub law: ChangeLaw,
}

/// Kind of figure that changes between two runs, which decides the interval of the change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ChangeLaw {
    /// A quantile, with the movement of paths across it.
    Quantile(Crossings),
    /// Mean of the worst `1 − level` of the losses.
    Tail { level: f64 },
    /// Mean of a column over the paths that lose most.
    OnWorst(WorstMean),
    /// Contribution of each path to a standard deviation over all paths. `heavy` is the reason if its tails rule
    /// out an interval, else `None`.
    Spread { heavy: Option<Note> },
    /// Figure that is itself a change between two runs; its interval requires light tails.
    Twice,
    /// Figure computed over all months of the paths, such as a correlation; `n_decisive` paths can decide it.
    Months { n_decisive: usize },
}

/// Movement of paths across an interval around a quantile, as fractions of its width.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crossings {
    /// Mean over all paths of their movement, upward (`up`) and downward (`down`), neither negative.
    pub up: f64,
    pub down: f64,
    /// Change of the quantile if every path crosses the whole interval.
    pub way: f64,
    /// Number of paths that move within the interval or across it.
    pub n_decisive: usize,
}
