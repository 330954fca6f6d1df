//! One number per path, in rising order; what paths contribute to a figure, in theirs.
//!
//! In: a column. Out: [`Sample`]. Not here: what the numbers mean.

use super::change::Change;
use super::estimate::Note;
use super::skewed::Shape;
use crate::math::order::{in_order, in_order_with_places};
use crate::math::quantile::check_finite;
use std::borrow::Cow;
use std::sync::Arc;

/// One number per path, at least one, all finite: in rising order, or, of what paths contribute to a figure, in theirs.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// Shared by what is the same.
    values: Arc<Vec<f64>>,
    /// The path of each, if they are remembered.
    paths: Option<Vec<u32>>,
    /// Whether they stand in the order of their paths.
    is_by_path: bool,
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
        Self::of(&values)
    }

    /// The samples of a column, sorted.
    pub fn of(values: &[f64]) -> Result<Self, Unsortable> {
        check(values)?;
        Ok(Self {
            values: Arc::new(in_order(values)),
            paths: None,
            change: None,
            is_by_path: false,
            by_definition: false,
            ruling: None,
        })
    }

    /// The samples of a column, sorted, with the path of each, which is its place in the column.
    pub fn with_paths(values: &[f64]) -> Result<Self, Unsortable> {
        check(values)?;
        let (values, paths) = in_order_with_places(values);
        Ok(Self {
            values: Arc::new(values),
            paths: Some(paths),
            change: None,
            is_by_path: false,
            by_definition: false,
            ruling: None,
        })
    }

    /// What the paths contribute to `change`, in their order: an interval of their mean asks for no other.
    pub(super) fn contributions(values: Vec<f64>, change: Change) -> Self {
        Self {
            values: Arc::new(values),
            paths: None,
            change: Some(change),
            is_by_path: true,
            by_definition: false,
            ruling: None,
        }
    }

    /// Zero on each of `n` paths, because nothing can happen there.
    pub(super) fn by_definition(n: usize, keeps_paths: bool) -> Self {
        Self {
            values: Arc::new(vec![0.0; n]),
            paths: keeps_paths.then(|| (0..n as u32).collect()),
            change: None,
            is_by_path: false,
            by_definition: true,
            ruling: None,
        }
    }

    /// Whether nothing can happen that they could be of.
    pub(super) fn is_by_definition(&self) -> bool {
        self.by_definition
    }

    /// The samples changed by what never lets one that was greater become less than another.
    pub(super) fn rising_by(&self, change: impl FnOnce(&mut [f64])) -> Self {
        let mut values = self.values.to_vec();
        change(&mut values);
        Self::in_order(values, self.paths.clone())
    }

    /// The samples changed by what never lets one that was greater stay greater than another.
    pub(super) fn falling_by(&self, change: impl FnOnce(&mut [f64])) -> Self {
        let reversed = |paths: &Vec<u32>| paths.iter().rev().copied().collect();
        let mut values: Vec<f64> = self.values.iter().rev().copied().collect();
        change(&mut values);
        Self::in_order(values, self.paths.as_ref().map(reversed))
    }

    fn in_order(mut values: Vec<f64>, paths: Option<Vec<u32>>) -> Self {
        // a monotone function in floating point may swap neighbours by a rounding error
        let is_sorted = values.is_sorted_by(|a, b| a.total_cmp(b).is_le());
        let paths = match paths {
            Some(paths) if !is_sorted => {
                let (sorted, places) = in_order_with_places(&values);
                values = sorted;
                Some(places.iter().map(|place| paths[*place as usize]).collect())
            }
            paths => {
                if !is_sorted {
                    values.sort_unstable_by(f64::total_cmp);
                }
                paths
            }
        };
        Self {
            values: Arc::new(values),
            paths,
            change: None,
            is_by_path: false,
            by_definition: false,
            ruling: None,
        }
    }

    /// The samples in the order of their paths, if those are remembered.
    pub fn by_path(&self) -> Option<Vec<f64>> {
        if self.is_by_path {
            return Some(self.values.to_vec());
        }
        let mut values = vec![0.0; self.n()];
        for (value, path) in self.values.iter().zip(self.paths()?) {
            values[*path as usize] = *value;
        }
        Some(values)
    }

    /// The path of each sample, if they are remembered.
    pub fn paths(&self) -> Option<&[u32]> {
        self.paths.as_deref()
    }

    /// The same as contributions of single paths to `change`.
    pub(super) fn contributing_to(self, change: Change) -> Self {
        Self {
            change: Some(change),
            ..self
        }
    }

    /// The same samples with an interval of their mean, or none, by `ruling`.
    pub(super) fn ruled(self, ruling: Result<(), Note>) -> Self {
        Self {
            ruling: Some(ruling),
            ..self
        }
    }

    /// Why their mean has no interval, or that it has one, where that is not left to these samples.
    pub(super) fn ruling(&self) -> Option<Result<(), Note>> {
        self.ruling
    }

    /// What they are contributions to, if they are.
    pub(super) fn change(&self) -> Option<Change> {
        self.change
    }

    /// The samples, rising unless they are what paths contribute to a figure.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// The samples, rising.
    pub(super) fn rising(&self) -> Cow<'_, [f64]> {
        match self.is_by_path {
            true => Cow::Owned(in_order(&self.values)),
            false => Cow::Borrowed(&self.values),
        }
    }

    /// Their mean and how skewed they are, whatever their order.
    pub(super) fn shape(&self) -> Shape {
        match self.is_by_path {
            true => Shape::in_any_order(&self.values),
            false => Shape::of(&self.values),
        }
    }

    /// Number of samples, at least 1.
    pub fn n(&self) -> usize {
        self.values.len()
    }

    /// How many samples are greater than `threshold`.
    pub fn n_above(&self, threshold: f64) -> usize {
        self.n() - self.values.partition_point(|value| *value <= threshold)
    }

    /// How many samples equal `value`.
    pub fn n_equal(&self, value: f64) -> usize {
        self.n() - self.n_above(value) - self.values.partition_point(|sample| *sample < value)
    }
}

fn check(values: &[f64]) -> Result<(), Unsortable> {
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
    fn paths_are_found_again_behind_any_function() {
        let column: Vec<f64> = (0..3_000_u32)
            .map(|path| f64::from(path * 7_919 % 1_009) - 300.0)
            .collect();
        let of = |function: fn(f64) -> f64| -> Vec<f64> {
            column.iter().copied().map(function).collect()
        };
        let sorted = Sample::with_paths(&column).expect("finite");
        assert_eq!(
            sorted.values(),
            Sample::of(&column).expect("finite").values()
        );
        assert_eq!(sorted.by_path(), Some(of(|x| x)));
        assert_eq!(
            sorted.rising_by(each(|x| 2.0 * x)).by_path(),
            Some(of(|x| 2.0 * x))
        );
        assert_eq!(
            sorted.falling_by(each(|x| 5.0 - x)).by_path(),
            Some(of(|x| 5.0 - x))
        );
        // a function that breaks its promise is put in order again
        let unruly = sorted.rising_by(each(|x| x * x));
        assert_eq!(unruly.by_path(), Some(of(|x| x * x)));
        assert!(unruly.values().is_sorted());
    }

    #[test]
    fn nothing_is_remembered_unless_asked() {
        let sorted = Sample::new(vec![3.0, 1.0]).expect("finite");
        assert_eq!((sorted.paths(), sorted.by_path()), (None, None));
        assert_eq!(sorted.falling_by(each(|x| -x)).paths(), None);
    }
}
