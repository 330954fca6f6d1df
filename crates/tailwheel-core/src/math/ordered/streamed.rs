//! Sorted access to numbers that are never in memory all at once.
//!
//! In: numbers that can be read repeatedly. Out: [`Streamed`]: the number of a rank, or all rising, by passes
//! over the numbers. Not here: numbers in memory (`order`).
//!
//! The bits of a double rise with it. Passes count the numbers between ever finer steps of these bits, until
//! each stretch has few numbers or one value only. A stretch is read when a rank in it is asked for. Source
//! of the idea: J. I. Munro & M. S. Paterson, *Selection and sorting with limited storage*, Theor. Comput.
//! Sci. 12 (1980) 315–323.

use super::Rising;
use crate::math::order::{key, value_of};
use crate::math::sum::Sum;
use crate::math::values::Values;
use std::collections::VecDeque;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Largest number of values in a stretch, a range of sorted numbers read at once: half a megabyte. A stretch of
/// equal values may be longer.
const MOST: usize = if cfg!(test) { 1 << 9 } else { 1 << 16 };
/// Number of stretches (ranges of sorted numbers) kept in memory.
const HELD: usize = 8;
/// Number of stretches (ranges of sorted numbers) that one pass reads if all are needed in rising order.
const AT_ONCE: usize = 32;
/// Number of parts into which the first pass (`STEPS`) or a later one (`AGAIN`) cuts a range of sorted numbers
/// that is too large.
const STEPS: usize = 1 << 16;
const AGAIN: usize = 1 << 12;

/// A range of sorted numbers: all numbers whose [`key`] lies between two bounds.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    /// Least and greatest [`key`] that a number of this range can have.
    low: u64,
    high: u64,
    /// Number of values below this range (`before`) and in it (`n`).
    before: usize,
    n: usize,
}

/// Index of a range of sorted numbers, and these numbers in rising order.
type Loaded = (usize, Arc<Vec<f64>>);

/// Numbers in rising order that are read in ranges (stretches), only a few of which are in memory.
#[derive(Debug)]
pub struct Streamed {
    values: Values,
    stretches: Vec<Stretch>,
    loaded: Mutex<VecDeque<Loaded>>,
}

impl Streamed {
    /// Divides finite numbers into ranges of their sorted order, in a few passes over them.
    pub fn of(values: Values) -> Self {
        let ends = values.reduce(
            || (u64::MAX, 0),
            |ends, _, piece| {
                for value in piece {
                    let key = key(*value);
                    *ends = (ends.0.min(key), ends.1.max(key));
                }
            },
            |a, b| (a.0.min(b.0), a.1.max(b.1)),
        );
        let whole = Stretch { low: ends.0, high: ends.1, before: 0, n: values.n() };
        let mut stretches = if whole.n == 0 { vec![] } else { vec![whole] };
        let mut steps = STEPS;
        while stretches.iter().any(Stretch::is_large) {
            stretches = cut(&values, &stretches, steps);
            steps = AGAIN;
        }
        Self { values, stretches, loaded: Mutex::new(VecDeque::new()) }
    }

    /// Loads the ranges of sorted numbers that contain `ranks` (from 0) in one pass, at most eight of them.
    pub fn prepare(&self, ranks: &[usize]) {
        let mut found: Vec<usize> = ranks.iter().map(|rank| self.stretch_of(*rank)).collect();
        found.sort_unstable();
        found.dedup();
        found.truncate(HELD);
        self.load(&found);
    }

    fn stretch_of(&self, rank: usize) -> usize {
        self.stretches.partition_point(|one| one.before <= rank) - 1
    }

    /// Returns the numbers of the ranges with `wanted` indices, sorted. Ranges of one repeated value are left out.
    fn load(&self, wanted: &[usize]) -> Vec<Loaded> {
        let mut found = self.loaded();
        found.retain(|(index, _)| wanted.contains(index));
        let is_missing =
            |index: &usize| !self.stretches[*index].is_one() && found.iter().all(|(own, _)| own != index);
        let missing: Vec<usize> = wanted.iter().copied().filter(is_missing).collect();
        // no lock is held here: a thread that waits may take up other work
        let read = self.collect(&missing);
        let read = missing.into_iter().zip(read);
        let mut loaded = self.lock();
        for one in read {
            loaded.push_back(one.clone());
            found.push(one);
        }
        let n_old = loaded.len().saturating_sub(HELD);
        loaded.drain(..n_old);
        found
    }

    /// Returns the ranges of sorted numbers that are in memory now.
    fn loaded(&self) -> Vec<Loaded> {
        self.lock().iter().cloned().collect()
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Loaded>> {
        self.loaded.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads the ranges with the rising `indices` in one pass over all numbers; returns each range sorted.
    fn collect(&self, indices: &[usize]) -> Vec<Arc<Vec<f64>>> {
        if indices.is_empty() {
            return Vec::new();
        }
        let bounds: Vec<(u64, u64)> =
            indices.iter().map(|index| (self.stretches[*index].low, self.stretches[*index].high)).collect();
        let found = self.values.reduce(
            || vec![Vec::new(); bounds.len()],
            |found: &mut Vec<Vec<u64>>, _, piece| {
                for value in piece {
                    let key = key(*value);
                    let place = bounds.partition_point(|(_, high)| *high < key);
                    if bounds.get(place).is_some_and(|(low, _)| *low <= key) {
                        found[place].push(key);
                    }
                }
            },
            |mut a, b| {
                for (a, b) in a.iter_mut().zip(b) {
                    a.extend(b);
                }
                a
            },
        );
        let in_order = found.into_iter().zip(indices).map(|(mut keys, index)| {
            keys.sort_unstable();
            // as many as were counted, even if some cannot be read any more
            let stretch = &self.stretches[*index];
            keys.resize(stretch.n, stretch.high);
            Arc::new(keys.into_iter().map(value_of).collect())
        });
        in_order.collect()
    }

    /// Counts the numbers whose [`key`] is less than `key`.
    fn n_before(&self, key: u64) -> usize {
        let index = self.stretches.partition_point(|one| one.high < key);
        let Some(stretch) = self.stretches.get(index) else {
            return self.n();
        };
        if key <= stretch.low {
            return stretch.before;
        }
        let (_, values) = &self.load(&[index])[0];
        stretch.before + values.partition_point(|value| self::key(*value) < key)
    }
}

impl Rising for Streamed {
    fn n(&self) -> usize {
        self.values.n()
    }

    fn at(&self, rank: usize) -> f64 {
        let index = self.stretch_of(rank);
        let stretch = self.stretches[index];
        if stretch.is_one() {
            return value_of(stretch.low);
        }
        let (_, values) = &self.load(&[index])[0];
        values[rank - stretch.before]
    }

    fn n_below(&self, value: f64) -> usize {
        // zeros of either sign are equal
        self.n_before(key(if value == 0.0 { -0.0 } else { value }))
    }

    fn n_up_to(&self, value: f64) -> usize {
        self.n_before(key(if value == 0.0 { 0.0 } else { value }) + 1)
    }

    fn rise(&self, ranks: Range<usize>, mut take: impl FnMut(&[f64])) {
        if ranks.is_empty() {
            return;
        }
        let indices: Vec<usize> = (self.stretch_of(ranks.start)..=self.stretch_of(ranks.end - 1)).collect();
        for indices in indices.chunks(AT_ONCE) {
            let is_read = |index: &usize| !self.stretches[*index].is_one();
            let read: Vec<usize> = indices.iter().copied().filter(is_read).collect();
            let mut read = self.collect(&read).into_iter();
            for index in indices {
                let stretch = self.stretches[*index];
                let from = ranks.start.max(stretch.before) - stretch.before;
                let to = ranks.end.min(stretch.before + stretch.n) - stretch.before;
                if stretch.is_one() {
                    repeat(value_of(stretch.low), to - from, &mut take)
                } else {
                    take(&read.next().expect("it was read")[from..to])
                }
            }
        }
    }

    fn sum(&self, ranks: Range<usize>, of: impl Fn(f64) -> f64 + Sync + Send) -> f64 {
        // an exact sum does not depend on the order
        if ranks == (0..self.n()) {
            return self.values.sum(of);
        }
        let mut sum = Sum::new();
        self.rise(ranks, |piece| sum.extend(piece.iter().map(|value| of(*value))));
        sum.value()
    }
}

impl Stretch {
    /// True if all numbers of this range are equal.
    fn is_one(&self) -> bool {
        self.low == self.high
    }

    fn is_large(&self) -> bool {
        self.n > MOST && !self.is_one()
    }
}

/// Cuts each range of sorted numbers that is too large into at most `steps` parts in one pass, and joins small
/// neighboring parts.
fn cut(values: &Values, stretches: &[Stretch], steps: usize) -> Vec<Stretch> {
    let large: Vec<Stretch> = stretches.iter().filter(|one| one.is_large()).copied().collect();
    let shifts: Vec<u32> = large
        .iter()
        .map(|one| {
            let bits = u64::BITS - (one.high - one.low).leading_zeros();
            bits.saturating_sub(steps.trailing_zeros())
        })
        .collect();
    let counts = values.reduce(
        || vec![vec![0_usize; steps]; large.len()],
        |counts, _, piece| {
            for value in piece {
                let key = key(*value);
                let place = large.partition_point(|one| one.high < key);
                if large.get(place).is_some_and(|one| one.low <= key) {
                    counts[place][((key - large[place].low) >> shifts[place]) as usize] += 1;
                }
            }
        },
        |mut a, b| {
            for (a, b) in a.iter_mut().flatten().zip(b.into_iter().flatten()) {
                *a += b;
            }
            a
        },
    );
    let mut counts = large.iter().zip(shifts).zip(counts);
    let parts = stretches.iter().flat_map(|one| {
        if !one.is_large() {
            return vec![*one];
        }
        let ((_, shift), counts) = counts.next().expect("it was counted");
        one.parts(shift, &counts)
    });
    parts.collect()
}

impl Stretch {
    /// Cuts this range into parts, given the `counts` of numbers in steps of 2^`shift` keys; small neighbors are
    /// joined. The sizes of the parts add up to that of the range, even if some numbers could not be read again.
    fn parts(&self, shift: u32, counts: &[usize]) -> Vec<Self> {
        let mut parts: Vec<Self> = Vec::new();
        let (mut before, end) = (self.before, self.before + self.n);
        for (step, n) in counts.iter().enumerate() {
            let n = (*n).min(end - before);
            if n == 0 {
                continue;
            }
            let low = self.low + ((step as u64) << shift);
            let high = (low + ((1_u64 << shift) - 1)).min(self.high);
            match parts.last_mut().filter(|last| last.n + n <= MOST) {
                Some(last) => (last.high, last.n) = (high, last.n + n),
                None => parts.push(Self { low, high, before, n }),
            }
            before += n;
        }
        if before < end {
            parts.push(Self { low: self.high, high: self.high, before, n: end - before });
        }
        parts
    }
}

/// Passes `n` copies of `value` to `take`, in pieces.
fn repeat(value: f64, mut n: usize, take: &mut impl FnMut(&[f64])) {
    let piece = vec![value; n.min(MOST)];
    while n > 0 {
        let part = n.min(piece.len());
        take(&piece[..part]);
        n -= part;
    }
}
