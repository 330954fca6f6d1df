//! One number per path, sorted and in the order of the paths; or the contribution of each path to a figure.
//!
//! In: a column. Out: [`Sample`]. Not here: the meaning of the numbers, sorting (`math::ordered`).

use super::estimate::Note;
use super::law::Change;
use super::skewed::SkewedMean;
use crate::math::ordered::{Ordered, Rising};
use crate::math::values::Values;
use std::borrow::Cow;

/// One finite number for each path, at least one path.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The numbers in rising order; `None` for contributions of paths to a figure, which hardly ever need it.
    order: Option<Ordered>,
    /// The numbers in the order of the paths.
    by_path: Values,
    /// Difference of two runs, or other figure, to which each number is a path's contribution; `None` for
    /// ordinary samples.
    pub(super) change: Option<Change>,
    /// True if all numbers are zero because the event cannot happen, such as ruin without obligations.
    pub(super) by_definition: bool,
    /// Fixed decision that the mean has an interval (`Ok`), or why not; `None` leaves it to the samples.
    pub(super) ruling: Option<Result<(), Note>>,
}

/// Reason why numbers cannot be sorted into a sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsortable {
    /// There are no numbers.
    Empty,
    /// The number at `index` is infinite or NaN.
    NotFinite { index: usize },
}

impl Sample {
    /// Sorts `values`; fails if there are none or one is not finite.
    pub fn new(values: Vec<f64>) -> Result<Self, Unsortable> {
        check(&values)?;
        Ok(Self::of(values.into()))
    }

    /// Sorts the samples of a column, which must be finite and at least one.
    pub(super) fn of(by_path: Values) -> Self {
        Self::with_order(Some(Ordered::of(&by_path)), by_path)
    }

    /// Creates an unsorted sample of each path's contribution to `change`: intervals of means need no order.
    pub(super) fn contributions(by_path: Values, change: Change) -> Self {
        Self::with_order(None, by_path).contributing_to(change)
    }

    /// Creates the sample of a quantity that is zero on each of `n` paths because the event cannot happen.
    pub(super) fn by_definition(n: usize) -> Self {
        Self { by_definition: true, ..Self::with_order(None, Values::constant(n, 0.0)) }
    }

    fn with_order(order: Option<Ordered>, by_path: Values) -> Self {
        Self { order, by_path, change: None, by_definition: false, ruling: None }
    }

    /// Applies the non-decreasing `change`, which works in place, to every sample; the sorted order is kept.
    pub(super) fn rising_by(&self, change: impl Fn(&mut [f64]) + Copy + Send + Sync + 'static) -> Self {
        self.changed(change, |values| values.to_vec())
    }

    /// Applies the non-increasing `change`, which works in place, to every sample; the order is reversed.
    pub(super) fn falling_by(&self, change: impl Fn(&mut [f64]) + Copy + Send + Sync + 'static) -> Self {
        self.changed(change, |values| values.iter().rev().copied().collect())
    }

    fn changed(
        &self,
        change: impl Fn(&mut [f64]) + Copy + Send + Sync + 'static,
        turned: fn(&[f64]) -> Vec<f64>,
    ) -> Self {
        let by_path = Values::derived(vec![self.by_path.clone()], move |columns, into| {
            into.copy_from_slice(columns[0]);
            change(into);
        });
        let order = match &self.order {
            Some(Ordered::Held(values)) => {
                let mut values = turned(values);
                change(&mut values);
                // rounding in a monotone function may swap neighbors
                if !values.is_sorted_by(|a, b| a.total_cmp(b).is_le()) {
                    values.sort_unstable_by(f64::total_cmp);
                }
                Ordered::held(values)
            }
            _ => Ordered::of(&by_path),
        };
        Self::with_order(Some(order), by_path)
    }

    /// Returns the samples in the order of their paths, in memory unless they are streamed.
    pub fn by_path(&self) -> Values {
        self.by_path.clone().settled()
    }

    /// Declares that each number of the sample is a path's contribution to `change`.
    pub(super) fn contributing_to(self, change: Change) -> Self {
        Self { change: Some(change), ..self }
    }

    /// Fixes with `ruling` that the mean of the sample has an interval (`Ok`), or the reason why it has none.
    pub(super) fn ruled(self, ruling: Result<(), Note>) -> Self {
        Self { ruling: Some(ruling), ..self }
    }

    /// Prepares the look-up of the numbers with these `ranks` (from 0); a streamed sample finds them in one pass.
    pub(super) fn prepare(&self, ranks: &[usize]) {
        if let Some(order) = &self.order {
            order.prepare(ranks);
        }
    }

    /// Returns the samples in rising order, sorting them if that has not been done.
    pub(super) fn rising(&self) -> Cow<'_, Ordered> {
        match &self.order {
            Some(order) => Cow::Borrowed(order),
            None => Cow::Owned(Ordered::of(&self.by_path)),
        }
    }

    /// Returns the sorted samples if they are in memory; else `None`.
    pub(super) fn held(&self) -> Option<&[f64]> {
        match &self.order {
            Some(Ordered::Held(values)) => Some(values),
            _ => None,
        }
    }

    /// Returns the results of `of` for all samples in rising order; meant for samples that are not in memory.
    pub(super) fn rising_of(&self, of: impl Fn(f64) -> f64 + Send + Sync + 'static) -> Ordered {
        Ordered::of(&self.by_path.clone().map(of))
    }

    /// Returns the mean, its standard error and the skewness of the samples.
    pub(super) fn shape(&self) -> SkewedMean {
        match &self.order {
            Some(order) => SkewedMean::of(order),
            None => SkewedMean::in_any_order(&self.by_path),
        }
    }

    /// Returns the exact sum of `of(sample)` over all samples.
    pub(super) fn sum(&self, of: impl Fn(f64) -> f64 + Send + Sync) -> f64 {
        match &self.order {
            Some(Ordered::Held(values)) => values.as_slice().sum(0..values.len(), of),
            _ => self.by_path.sum(of),
        }
    }

    /// True if all samples are equal.
    pub(super) fn is_even(&self) -> bool {
        match &self.order {
            Some(order) => order.is_even(),
            None => {
                let first = self.by_path.at(0);
                self.by_path.all_meet(|value| value == first)
            }
        }
    }

    /// Returns the number of samples, at least 1.
    pub fn n(&self) -> usize {
        self.by_path.n()
    }

    /// Returns the number of samples greater than `threshold`.
    pub fn n_above(&self, threshold: f64) -> usize {
        self.n() - self.rising().n_up_to(threshold)
    }

    /// Returns the number of samples equal to `value`.
    pub fn n_equal(&self, value: f64) -> usize {
        let order = self.rising();
        order.n_up_to(value) - order.n_below(value)
    }
}

/// Fails if `values` is empty or contains a number that is not finite.
pub(super) fn check(values: &[f64]) -> Result<(), Unsortable> {
    if values.is_empty() {
        return Err(Unsortable::Empty);
    }
    let index = values.iter().position(|value| !value.is_finite());
    index.map_or(Ok(()), |index| Err(Unsortable::NotFinite { index }))
}

#[cfg(test)]
mod tests {
    use super::super::tests::each;
    use super::*;

    #[test]
    fn paths_keep_their_places_behind_any_function() {
        let column: Vec<f64> = (0..3_000_u32).map(|path| f64::from(path * 7_919 % 1_009) - 300.0).collect();
        let of = |function: fn(f64) -> f64| -> Vec<f64> { column.iter().copied().map(function).collect() };
        let sorted = Sample::new(column.clone()).expect("finite");
        assert_eq!(*sorted.by_path().all(), *of(|x| x));
        let doubled = sorted.rising_by(each(|x| 2.0 * x));
        assert_eq!(*doubled.by_path().all(), *of(|x| 2.0 * x));
        let mirrored = sorted.falling_by(each(|x| 5.0 - x));
        assert_eq!(*mirrored.by_path().all(), *of(|x| 5.0 - x));
        // a function that breaks its promise is put in order again
        let unruly = sorted.rising_by(each(|x| x * x));
        assert_eq!(*unruly.by_path().all(), *of(|x| x * x));
        assert!(unruly.values().is_sorted());
    }
}
