//! Columns of one number per path, in memory, computed on demand, or streamed.
//!
//! In: numbers in memory, or a [`NumberSource`] that reads or computes them. Out: the numbers piece by piece, their
//! sums and counts. Not here: sorting (`ordered`), meaning.

mod derived;

use super::sum::Sum;
use derived::Derived;
use rayon::prelude::*;
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// Number of values that are read or computed at once.
pub const PIECE: usize = 8192;

/// Number of parts of a column per thread, to balance the load.
const PER_THREAD: usize = 4;

/// A source of numbers that are read or computed on demand.
pub trait NumberSource: Send + Sync + fmt::Debug {
    /// Returns how many numbers there are.
    fn n(&self) -> usize;

    /// Fills `into` with the numbers from index `from` on.
    fn read(&self, from: usize, into: &mut [f64]);

    /// True if the numbers are too many to be in memory all at once.
    fn is_streamed(&self) -> bool {
        true
    }
}

/// A column of one number per path, in memory or read on demand. Whole numbers may be stored in fewer bytes.
#[derive(Clone, Debug)]
pub enum Values {
    F64(Arc<Vec<f64>>),
    U32(Arc<Vec<u32>>),
    U16(Arc<Vec<u16>>),
    Source(Arc<dyn NumberSource>),
}

impl From<Vec<f64>> for Values {
    fn from(values: Vec<f64>) -> Self {
        Self::F64(Arc::new(values))
    }
}

impl Values {
    /// Stores the numbers in the smallest type that holds each of them to the last bit.
    pub fn compact(values: Vec<f64>) -> Self {
        if are_whole(&values, u16::MAX.into()) {
            let values = values.iter().map(|value| *value as u16);
            return Self::U16(Arc::new(values.collect()));
        }
        if are_whole(&values, u32::MAX) {
            Self::U32(Arc::new(values.iter().map(|value| *value as u32).collect()))
        } else {
            values.into()
        }
    }

    /// True if both are columns of one type in memory with the same bits.
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::F64(own), Self::F64(other)) => {
                let is_pair = |(a, b): (&f64, &f64)| a.to_bits() == b.to_bits();
                Arc::ptr_eq(own, other) || own.len() == other.len() && own.iter().zip(&**other).all(is_pair)
            }
            (Self::U32(own), Self::U32(other)) => own == other,
            (Self::U16(own), Self::U16(other)) => own == other,
            _ => false,
        }
    }

    /// Returns how many numbers there are.
    pub fn n(&self) -> usize {
        match self {
            Self::F64(values) => values.len(),
            Self::U32(values) => values.len(),
            Self::U16(values) => values.len(),
            Self::Source(rows) => rows.n(),
        }
    }

    /// True if the numbers are too many to be in memory all at once.
    pub fn is_streamed(&self) -> bool {
        match self {
            Self::Source(rows) => rows.is_streamed(),
            _ => false,
        }
    }

    /// Fills `into` with the numbers from path `from` on.
    pub fn read(&self, from: usize, into: &mut [f64]) {
        let end = from + into.len();
        match self {
            Self::F64(values) => into.copy_from_slice(&values[from..end]),
            Self::U32(values) => widen(&values[from..end], into),
            Self::U16(values) => widen(&values[from..end], into),
            Self::Source(rows) => rows.read(from, into),
        }
    }

    /// Returns the number of the column on one path.
    pub fn at(&self, path: usize) -> f64 {
        let mut one = [0.0];
        self.read(path, &mut one);
        one[0]
    }

    /// Returns all numbers in memory, borrowed if they are there already.
    pub fn all(&self) -> Cow<'_, [f64]> {
        match self {
            Self::F64(values) => Cow::Borrowed(values),
            _ => Cow::Owned(self.to_vec()),
        }
    }

    /// Returns a copy of all numbers.
    pub fn to_vec(&self) -> Vec<f64> {
        let mut values = vec![0.0; self.n()];
        self.read(0, &mut values);
        values
    }

    /// Returns the numbers of `paths`, which must be in rising order.
    pub fn of_paths(&self, paths: &[u32]) -> Vec<f64> {
        if let Self::F64(values) = self {
            return paths.iter().map(|path| values[*path as usize]).collect();
        }
        let (mut found, mut left) = (Vec::with_capacity(paths.len()), paths);
        self.for_each(|from, piece| {
            let here = left.partition_point(|path| (*path as usize) < from + piece.len());
            found.extend(left[..here].iter().map(|path| piece[*path as usize - from]));
            left = &left[here..];
        });
        found
    }

    /// Returns the column of the first `n` paths; all paths if there are fewer.
    pub fn first(&self, n: usize) -> Self {
        if n < self.n() { Self::Source(Arc::new(First { values: self.clone(), n })) } else { self.clone() }
    }

    /// Computes the numbers and keeps them in memory; a streamed column stays as it is.
    pub fn settled(self) -> Self {
        match &self {
            Self::Source(rows) if !rows.is_streamed() => self.to_vec().into(),
            _ => self,
        }
    }

    /// Creates a column of `value` on each of `n` paths, without storing them.
    pub fn constant(n: usize, value: f64) -> Self {
        Self::Source(Arc::new(Constant { n, value }))
    }

    /// Creates a column computed on demand: `of` gets the same range of paths of each of `columns`, and fills that
    /// range of the result.
    pub fn derived(columns: Vec<Self>, of: impl Fn(&[&[f64]], &mut [f64]) + Send + Sync + 'static) -> Self {
        Self::Source(Arc::new(Derived::of(columns, of)))
    }

    /// Returns the column of `of(number)`, computed on demand.
    pub fn map(self, of: impl Fn(f64) -> f64 + Send + Sync + 'static) -> Self {
        Self::derived(vec![self], move |columns, into| {
            for (into, value) in into.iter_mut().zip(columns[0]) {
                *into = of(*value);
            }
        })
    }

    /// Returns the column of `of(a, b)`, computed on demand, with a from this column and b from `other`.
    pub fn zip(&self, other: &Self, of: impl Fn(f64, f64) -> f64 + Send + Sync + 'static) -> Self {
        let columns = vec![self.clone(), other.clone()];
        Self::derived(columns, move |columns, into| {
            let pairs = columns[0].iter().zip(columns[1]);
            for (into, (a, b)) in into.iter_mut().zip(pairs) {
                *into = of(*a, *b);
            }
        })
    }

    /// Passes the numbers to `take` in the order of the paths, slice by slice, each with the index of its first path.
    pub fn for_each(&self, mut take: impl FnMut(usize, &[f64])) {
        if let Self::F64(values) = self {
            return take(0, values);
        }
        let mut piece = vec![0.0; PIECE.min(self.n())];
        for from in (0..self.n()).step_by(PIECE) {
            let n = PIECE.min(self.n() - from);
            self.read(from, &mut piece[..n]);
            take(from, &piece[..n]);
        }
    }

    /// Folds slices with `fold(result, first path, numbers)`. A streamed column is folded on all threads, and
    /// `merge` joins the results in any order.
    pub fn reduce<T: Send>(
        &self,
        start: impl Fn() -> T + Sync + Send,
        fold: impl Fn(&mut T, usize, &[f64]) + Sync + Send,
        merge: impl Fn(T, T) -> T + Sync + Send,
    ) -> T {
        if !self.is_streamed() {
            let mut found = start();
            self.for_each(|from, piece| fold(&mut found, from, piece));
            return found;
        }
        let n_pieces = self.n().div_ceil(PIECE);
        let of_piece = |(mut found, mut piece): (T, Vec<f64>), index: usize| {
            let from = index * PIECE;
            piece.resize(PIECE.min(self.n() - from), 0.0);
            self.read(from, &mut piece);
            fold(&mut found, from, &piece);
            (found, piece)
        };
        // only a few at a time, because each result takes memory
        let least = n_pieces / (PER_THREAD * rayon::current_num_threads());
        let pieces = (0..n_pieces).into_par_iter().with_min_len(least.max(1));
        let found = pieces.fold(|| (start(), Vec::with_capacity(PIECE)), of_piece);
        found.map(|(found, _)| found).reduce(&start, &merge)
    }

    /// Returns the exact sum of `of(number)`, independent of the order of the numbers.
    pub fn sum(&self, of: impl Fn(f64) -> f64 + Sync + Send) -> f64 {
        if let Self::F64(values) = self {
            return Sum::of_many(values.iter().map(|value| of(*value))).value();
        }
        let add = |sum: &mut Sum, _: usize, piece: &[f64]| {
            sum.extend(piece.iter().map(|value| of(*value)));
        };
        self.reduce(Sum::new, add, merged).value()
    }

    /// Counts the numbers that meet a condition.
    pub fn count(&self, meets: impl Fn(f64) -> bool + Sync + Send) -> usize {
        let add = |count: &mut usize, _: usize, piece: &[f64]| {
            *count += piece.iter().filter(|value| meets(**value)).count();
        };
        self.reduce(|| 0, add, |a, b| a + b)
    }

    /// True if all numbers meet a condition.
    pub fn all_meet(&self, meets: impl Fn(f64) -> bool + Sync + Send) -> bool {
        match self {
            Self::F64(values) => values.iter().all(|value| meets(*value)),
            _ => self.count(|value| !meets(value)) == 0,
        }
    }

    /// Returns the least and the greatest number; (∞, −∞) if there are none.
    pub fn ends(&self) -> (f64, f64) {
        let start = || (f64::INFINITY, f64::NEG_INFINITY);
        let widen = |ends: &mut (f64, f64), _: usize, piece: &[f64]| {
            for value in piece {
                *ends = (ends.0.min(*value), ends.1.max(*value));
            }
        };
        self.reduce(start, widen, |a, b| (a.0.min(b.0), a.1.max(b.1)))
    }
}

/// True if all values are whole numbers from 0 to `most`, none −0: an integer holds each to the last bit.
pub fn are_whole(values: &[f64], most: u32) -> bool {
    let most = f64::from(most);
    let is_whole = |value: &f64| value.fract() == 0.0 && *value <= most && value.is_sign_positive();
    values.iter().all(is_whole)
}

/// Returns the exact sum of two sums.
pub fn merged(mut a: Sum, b: Sum) -> Sum {
    a.merge(&b);
    a
}

fn widen<T: Copy + Into<f64>>(narrow: &[T], into: &mut [f64]) {
    for (into, value) in into.iter_mut().zip(narrow) {
        *into = (*value).into();
    }
}

/// Column with the same number on every path.
#[derive(Debug)]
struct Constant {
    n: usize,
    value: f64,
}

impl NumberSource for Constant {
    fn n(&self) -> usize {
        self.n
    }

    fn read(&self, _from: usize, into: &mut [f64]) {
        into.fill(self.value);
    }
}

/// Column of the first `n` paths of another column.
#[derive(Debug)]
struct First {
    values: Values,
    n: usize,
}

impl NumberSource for First {
    fn n(&self) -> usize {
        self.n
    }

    fn read(&self, from: usize, into: &mut [f64]) {
        self.values.read(from, into);
    }

    fn is_streamed(&self) -> bool {
        self.values.is_streamed()
    }
}

#[cfg(test)]
pub(crate) mod tests;
