//! Numbers in rising order, in memory or not.
//!
//! In: [`Values`]. Out: those of a rank, counts below a value, all of them rising. Not here: what they mean (`stats`).

mod streamed;
mod views;

use super::order::in_order;
use super::sum::Sum;
use super::values::Values;
use std::ops::Range;
use std::sync::Arc;
use streamed::Streamed;
pub use views::{Mapped, Squares};

/// What can be asked of numbers in rising order; −0 before +0.
pub trait Rising {
    /// How many there are.
    fn n(&self) -> usize;

    /// The one with `rank`, from 0.
    fn at(&self, rank: usize) -> f64;

    /// How many are less than `value`.
    fn n_below(&self, value: f64) -> usize;

    /// How many are at most `value`.
    fn n_up_to(&self, value: f64) -> usize;

    /// Gives those of `ranks` to `take`, rising, piece by piece.
    fn rise(&self, ranks: Range<usize>, take: impl FnMut(&[f64]));

    /// The exact sum of `of` each of those of `ranks`.
    fn sum(&self, ranks: Range<usize>, of: impl Fn(f64) -> f64 + Sync + Send) -> f64 {
        let mut sum = Sum::new();
        self.rise(ranks, |piece| sum.extend(piece.iter().map(|value| of(*value))));
        sum.value()
    }

    /// True if none is less than another.
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

    fn n_below(&self, value: f64) -> usize {
        self.partition_point(|one| *one < value)
    }

    fn n_up_to(&self, value: f64) -> usize {
        self.partition_point(|one| *one <= value)
    }

    fn rise(&self, ranks: Range<usize>, mut take: impl FnMut(&[f64])) {
        take(&self[ranks]);
    }
}

/// Finite numbers in rising order.
#[derive(Clone, Debug)]
pub enum Ordered {
    Held(Arc<Vec<f64>>),
    Streamed(Arc<Streamed>),
}

impl Ordered {
    /// Of finite numbers: in memory unless they must not be.
    pub fn of(values: &Values) -> Self {
        match values.is_streamed() {
            true => Self::Streamed(Arc::new(Streamed::of(values.clone()))),
            false => Self::held(in_order(&values.all())),
        }
    }

    /// Of numbers that are rising.
    pub fn held(rising: Vec<f64>) -> Self {
        Self::Held(Arc::new(rising))
    }

    /// Says which ranks are asked for next, so that they are looked up at once.
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
mod tests;
