//! One number per path, in rising order.
//!
//! In: a column. Out: [`Sorted`]. Not here: what the numbers mean.

use crate::math::order::in_order;
use crate::math::quantile::check_finite;
use crate::stage::{Level, Work};

/// At least one sample, all finite, in rising order.
#[derive(Clone, Debug, PartialEq)]
pub struct Sorted(Vec<f64>);

/// Why samples cannot be put in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsortable {
    /// There is none.
    Empty,
    /// The sample at `index` is infinite or not a number.
    NotFinite { index: usize },
}

impl Sorted {
    /// Sorts `values`.
    pub fn new(values: Vec<f64>) -> Result<Self, Unsortable> {
        Self::of(&values)
    }

    /// The samples of a column, sorted.
    pub fn of(values: &[f64]) -> Result<Self, Unsortable> {
        if values.is_empty() {
            return Err(Unsortable::Empty);
        }
        check_finite(values).map_err(|found| Unsortable::NotFinite { index: found.index })?;
        Ok(Self(in_order(values)))
    }

    /// The samples seen through a function that never falls, which should be `#[inline(always)]`.
    pub fn rising(&self, function: impl Fn(f64) -> f64) -> Self {
        let mut values = self.0.clone();
        Level::detect().run(Map {
            values: &mut values,
            function,
        });
        Self::in_order(values)
    }

    /// The samples seen through a function that never rises.
    pub fn falling(&self, function: impl Fn(f64) -> f64) -> Self {
        Self::in_order(self.0.iter().rev().map(|value| function(*value)).collect())
    }

    fn in_order(mut values: Vec<f64>) -> Self {
        // a monotone function in floating point may swap neighbours by a rounding error
        if !values.is_sorted_by(|a, b| a.total_cmp(b).is_le()) {
            values.sort_unstable_by(f64::total_cmp);
        }
        Self(values)
    }

    /// The samples, rising.
    pub fn values(&self) -> &[f64] {
        &self.0
    }

    /// Number of samples, at least 1.
    pub fn n(&self) -> usize {
        self.0.len()
    }

    /// How many samples are greater than `threshold`.
    pub fn n_above(&self, threshold: f64) -> usize {
        self.n() - self.0.partition_point(|value| *value <= threshold)
    }

    /// How many samples equal `value`.
    pub fn n_equal(&self, value: f64) -> usize {
        self.n() - self.n_above(value) - self.0.partition_point(|sample| *sample < value)
    }
}

/// A function of every sample, at the best level of this CPU: the same bits at all of them.
pub(super) struct Map<'v, F> {
    pub values: &'v mut [f64],
    pub function: F,
}

impl<F: Fn(f64) -> f64> Work for Map<'_, F> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        for value in self.values {
            *value = (self.function)(*value);
        }
    }
}
