//! Sorted numbers, in memory or streamed.
//!
//! In: [`Values`]. Out: the number of a rank, counts below a value, all numbers in rising order. Not here:
//! their meaning (`stats`).

mod streamed;
mod views;

use super::bisect::first;
use super::order::in_order;
use super::sum::Sum;
use super::values::Values;
use std::ops::Range;
use std::sync::Arc;
use streamed::Streamed;
pub use views::{Mapped, Squares};

/// Queries on numbers in rising order; −0 comes before +0.
pub trait Rising {
    /// Returns how many numbers there are.
    fn n(&self) -> usize;

    /// Returns the number with `rank`, from 0. Panics if there are not that many.
    fn at(&self, rank: usize) -> f64;

    /// Counts the numbers less than `value`.
    fn n_below(&self, value: f64) -> usize {
        first(self.n(), 0, |rank| self.at(rank) >= value)
    }

    /// Counts the numbers that are at most `value`.
    fn n_up_to(&self, value: f64) -> usize {
        first(self.n(), 0, |rank| self.at(rank) > value)
    }

    /// Passes the numbers with these `ranks` (from 0) to `take`, in rising order, one slice after another.
    fn rise(&self, ranks: Range<usize>, take: impl FnMut(&[f64]));

    /// Returns the exact sum of `of(number)` over the numbers with these `ranks` (from 0).
    fn sum(&self, ranks: Range<usize>, of: impl Fn(f64) -> f64 + Sync + Send) -> f64 {
        let mut sum = Sum::new();
        self.rise(ranks, |piece| sum.extend(piece.iter().map(|value| of(*value))));
        sum.value()
    }

    /// True if all numbers are equal, or if there are none.
    fn is_even(&self) -> bool {
        self.n() == 0 || self.at(0) == self.at(self.n() - 1)
    }
}

impl Rising for [f64] {
    fn n(&self) -> usize {
        self.len()
    }

    fn at(&self, rank: usize) -> f64 {
        self[rank]
    }

    fn rise(&self, ranks: Range<usize>, mut take: impl FnMut(&[f64])) {
        take(&self[ranks]);
    }
}

/// Finite numbers in rising order: `Held` in memory or `Streamed` in pieces.
#[derive(Clone, Debug)]
pub enum Ordered {
    Held(Arc<Vec<f64>>),
    Streamed(Arc<Streamed>),
}

impl Ordered {
    /// Sorts finite numbers; streamed ones stay out of memory.
    pub fn of(values: &Values) -> Self {
        if values.is_streamed() {
            Self::Streamed(Arc::new(Streamed::of(values.clone())))
        } else {
            Self::held(in_order(&values.all()))
        }
    }

    /// Wraps numbers that are already in rising order and stay in memory.
    pub fn held(rising: Vec<f64>) -> Self {
        Self::Held(Arc::new(rising))
    }

    /// Prepares look-ups of `ranks` (from 0): streamed numbers are loaded for all of them in one pass.
    pub fn prepare(&self, ranks: &[usize]) {
        if let Self::Streamed(streamed) = self {
            streamed.prepare(ranks);
        }
    }
}

impl Rising for Ordered {
    fn n(&self) -> usize {
        match self {
            Self::Held(values) => values.len(),
            Self::Streamed(values) => values.n(),
        }
    }

    fn at(&self, rank: usize) -> f64 {
        match self {
            Self::Held(values) => values[rank],
            Self::Streamed(values) => values.at(rank),
        }
    }

    fn n_below(&self, value: f64) -> usize {
        match self {
            Self::Held(values) => values.as_slice().n_below(value),
            Self::Streamed(values) => values.n_below(value),
        }
    }

    fn n_up_to(&self, value: f64) -> usize {
        match self {
            Self::Held(values) => values.as_slice().n_up_to(value),
            Self::Streamed(values) => values.n_up_to(value),
        }
    }

    fn rise(&self, ranks: Range<usize>, mut take: impl FnMut(&[f64])) {
        match self {
            Self::Held(values) => take(&values[ranks]),
            Self::Streamed(values) => values.rise(ranks, take),
        }
    }

    fn sum(&self, ranks: Range<usize>, of: impl Fn(f64) -> f64 + Sync + Send) -> f64 {
        match self {
            Self::Held(values) => values.as_slice().sum(ranks, of),
            Self::Streamed(values) => values.sum(ranks, of),
        }
    }
}

#[cfg(test)]
pub(super) mod tests;
