//! One number per path, in rising order and in that of the paths; what paths contribute to a figure, in theirs.
//!
//! In: a column. Out: [`Sample`]. Not here: what the numbers mean, how they are put in order (`math::ordered`).

use super::change::Change;
use super::estimate::Note;
use super::skewed::Shape;
use crate::math::ordered::{Ordered, Rising};
use crate::math::quantile::check_finite;
use crate::math::values::Values;
use std::borrow::Cow;

/// One number per path, at least one, all finite: in rising order, or, of what paths contribute to a figure, in theirs.
#[derive(Clone, Debug)]
pub struct Sample {
    /// None of contributions, of which hardly anybody asks for it.
    order: Option<Ordered>,
    /// In the order of the paths.
    by_path: Values,
    /// What they are contributions to, if they are.
    change: Option<Change>,
    /// Whether they are zero because there is nothing that they could be of.
    by_definition: bool,
    /// Why their mean has no interval, or that it has one, where that is not left to these samples.
    ruling: Option<Result<(), Note>>,
}

/// Why samples cannot be put in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsortable {
    /// There is none.
    Empty,
    /// The sample at `index` is infinite or not a number.
    NotFinite { index: usize },
}

impl Sample {
    /// Sorts `values`.
    pub fn new(values: Vec<f64>) -> Result<Self, Unsortable> {
        check(&values)?;
        Ok(Self::of(values.into()))
    }

    /// The samples of a column, which are finite and at least one.
    pub(super) fn of(by_path: Values) -> Self {
        Self::with_order(Some(Ordered::of(&by_path)), by_path)
    }

    /// What the paths contribute to `change`, in their order: an interval of their mean asks for no other.
    pub(super) fn contributions(by_path: Values, change: Change) -> Self {
        Self::with_order(None, by_path).contributing_to(change)
    }

    /// Zero on each of `n` paths, because nothing can happen there.
    pub(super) fn by_definition(n: usize) -> Self {
        Self { by_definition: true, ..Self::with_order(None, Values::constant(n, 0.0)) }
    }

    fn with_order(order: Option<Ordered>, by_path: Values) -> Self {
        Self { order, by_path, change: None, by_definition: false, ruling: None }
    }

    /// Whether nothing can happen that they could be of.
    pub(super) fn is_by_definition(&self) -> bool {
        self.by_definition
    }

    /// The samples changed by what never lets one that was greater become less than another.
    pub(super) fn rising_by(
        &self,
        change: impl Fn(&mut [f64]) + Copy + Send + Sync + 'static,
    ) -> Self {
        self.changed(change, |values| values.to_vec())
    }

    /// The samples changed by what never lets one that was greater stay greater than another.
    pub(super) fn falling_by(
        &self,
        change: impl Fn(&mut [f64]) + Copy + Send + Sync + 'static,
    ) -> Self {
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
                // a monotone function in floating point may swap neighbours by a rounding error
                if !values.is_sorted_by(|a, b| a.total_cmp(b).is_le()) {
                    values.sort_unstable_by(f64::total_cmp);
                }
                Ordered::held(values)
            }
            _ => Ordered::of(&by_path),
        };
        Self::with_order(Some(order), by_path)
    }

    /// The samples in the order of their paths, in memory unless they must not be.
    pub fn by_path(&self) -> Values {
        self.by_path.clone().settled()
    }

    /// The same as contributions of single paths to `change`.
    pub(super) fn contributing_to(self, change: Change) -> Self {
        Self { change: Some(change), ..self }
    }

    /// The same samples with an interval of their mean, or none, by `ruling`.
    pub(super) fn ruled(self, ruling: Result<(), Note>) -> Self {
        Self { ruling: Some(ruling), ..self }
    }

    /// Why their mean has no interval, or that it has one, where that is not left to these samples.
    pub(super) fn ruling(&self) -> Option<Result<(), Note>> {
        self.ruling
    }

    /// What they are contributions to, if they are.
    pub(super) fn change(&self) -> Option<Change> {
        self.change
    }

    /// Says which ranks are asked for next.
    pub(super) fn prepare(&self, ranks: &[usize]) {
        if let Some(order) = &self.order {
            order.prepare(ranks);
        }
    }

    /// The samples, rising.
    pub(super) fn rising(&self) -> Cow<'_, Ordered> {
        match &self.order {
            Some(order) => Cow::Borrowed(order),
            None => Cow::Owned(Ordered::of(&self.by_path)),
        }
    }

    /// The samples in memory, rising, if they may be there.
    pub(super) fn held(&self) -> Option<&[f64]> {
        match &self.order {
            Some(Ordered::Held(values)) => Some(values),
            _ => None,
        }
    }

    /// `of` each sample, rising, of samples that are not in memory.
    pub(super) fn rising_of(&self, of: impl Fn(f64) -> f64 + Send + Sync + 'static) -> Ordered {
        Ordered::of(&self.by_path.clone().map(of))
    }

    /// Their mean and how skewed they are, whatever their order.
    pub(super) fn shape(&self) -> Shape {
        match &self.order {
            Some(order) => Shape::of(order),
            None => Shape::in_any_order(&self.by_path),
        }
    }

    /// The exact sum of `of` each sample.
    pub(super) fn sum(&self, of: impl Fn(f64) -> f64 + Send + Sync) -> f64 {
        match &self.order {
            Some(Ordered::Held(values)) => values.as_slice().sum(0..values.len(), of),
            _ => self.by_path.sum(of),
        }
    }

    /// True if all samples are one number.
    pub(super) fn is_even(&self) -> bool {
        match &self.order {
            Some(order) => order.is_even(),
            None => {
                let first = self.by_path.at(0);
                self.by_path.all_meet(|value| value == first)
            }
        }
    }

    /// Number of samples, at least 1.
    pub fn n(&self) -> usize {
        self.by_path.n()
    }

    /// How many samples are greater than `threshold`.
    pub fn n_above(&self, threshold: f64) -> usize {
        self.n() - self.rising().n_up_to(threshold)
    }

    /// How many samples equal `value`.
    pub fn n_equal(&self, value: f64) -> usize {
        let order = self.rising();
        order.n_up_to(value) - order.n_below(value)
    }

    /// The samples, rising, for tests.
    #[cfg(test)]
    pub fn values(&self) -> Vec<f64> {
        let mut values = Vec::new();
        self.rising().rise(0..self.n(), |piece| values.extend(piece));
        values
    }
}

/// Refuses a column without a number, or with one that is not finite.
pub(super) fn check(values: &[f64]) -> Result<(), Unsortable> {
    if values.is_empty() {
        return Err(Unsortable::Empty);
    }
    check_finite(values).map_err(|found| Unsortable::NotFinite { index: found.index })
}

#[cfg(test)]
mod tests {
    use super::super::tests::each;
    use super::*;

    #[test]
    fn paths_keep_their_places_behind_any_function() {
        let column: Vec<f64> =
            (0..3_000_u32).map(|path| f64::from(path * 7_919 % 1_009) - 300.0).collect();
        let of = |function: fn(f64) -> f64| -> Vec<f64> {
            column.iter().copied().map(function).collect()
        };
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
