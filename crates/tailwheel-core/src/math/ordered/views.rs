//! Sorted views of functions of sorted numbers, without copying.
//!
//! In: sorted numbers in memory. Out: [`Mapped`] by a non-decreasing function, [`Squares`] of distances. Not
//! here: streamed numbers, which are mapped path by path.

use super::Rising;
use crate::math::bisect::first;
use std::ops::Range;

/// Number of values passed to a caller at once.
const PIECE: usize = 1024;

/// View of the results of `of` on sorted `values`; `of` must be non-decreasing.
pub struct Mapped<'v, F> {
    pub values: &'v [f64],
    pub of: F,
}

impl<F: Fn(f64) -> f64> Rising for Mapped<'_, F> {
    fn n(&self) -> usize {
        self.values.len()
    }

    fn at(&self, rank: usize) -> f64 {
        (self.of)(self.values[rank])
    }

    fn rise(&self, ranks: Range<usize>, mut take: impl FnMut(&[f64])) {
        let mut piece = [0.0; PIECE];
        for values in self.values[ranks].chunks(PIECE) {
            for (into, value) in piece.iter_mut().zip(values) {
                *into = (self.of)(*value);
            }
            take(&piece[..values.len()]);
        }
    }
}

/// View of the squared distances of sorted numbers from `centre`, rising: the nearest numbers come first.
pub struct Squares<'v> {
    values: &'v [f64],
    centre: f64,
    /// Number of values below `centre`.
    n_below: usize,
}

impl<'v> Squares<'v> {
    pub fn of(values: &'v [f64], centre: f64) -> Self {
        let n_below = values.partition_point(|value| *value < centre);
        Self { values, centre, n_below }
    }

    fn square(&self, place: usize) -> f64 {
        let distance = self.values[place] - self.centre;
        distance * distance
    }

    /// Returns how many of the `rank` smallest squares come from values below `centre`.
    fn split(&self, rank: usize) -> usize {
        let n_above = self.values.len() - self.n_below;
        let (least, most) = (rank.saturating_sub(n_above), rank.min(self.n_below));
        // too many, once one more from below is farther away than the last from above
        let is_enough = |more: usize| {
            let below = least + more;
            let above = rank - below;
            above == 0 || self.square(self.n_below - below - 1) >= self.square(self.n_below + above - 1)
        };
        least + first(most - least, 0, is_enough)
    }
}

impl Rising for Squares<'_> {
    fn n(&self) -> usize {
        self.values.len()
    }

    fn at(&self, rank: usize) -> f64 {
        let below = self.split(rank);
        let above = rank - below;
        let next_below = (below < self.n_below).then(|| self.square(self.n_below - below - 1));
        let place = self.n_below + above;
        let next_above = (place < self.values.len()).then(|| self.square(place));
        match (next_below, next_above) {
            (Some(a), Some(b)) => a.min(b),
            (a, b) => a.or(b).expect("there are more than `rank`"),
        }
    }

    fn rise(&self, ranks: Range<usize>, mut take: impl FnMut(&[f64])) {
        if ranks.is_empty() {
            return;
        }
        let below = self.split(ranks.start);
        let (mut low, mut high) = (self.n_below - below, self.n_below + ranks.start - below);
        let mut piece = [0.0; PIECE];
        let mut left = ranks.len();
        while left > 0 {
            let n = left.min(PIECE);
            for into in &mut piece[..n] {
                let is_below = match (low > 0, high < self.values.len()) {
                    (true, true) => self.square(low - 1) <= self.square(high),
                    (has_below, _) => has_below,
                };
                if is_below {
                    low -= 1;
                    *into = self.square(low);
                } else {
                    *into = self.square(high);
                    high += 1;
                }
            }
            take(&piece[..n]);
            left -= n;
        }
    }
}
