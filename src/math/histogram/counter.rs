//! Counts inside the month loop.
//!
//! In: rows of samples. Out: [`Counter`]. Not here: merging and reading (`Histogram`).

use super::bins::{BINS, bin_of};
use crate::math::{LANES, Lanes};

/// Bins of an octave.
const OCTAVE: usize = 256;
/// Rows whose bins wait before they are counted.
const WAITING_ROWS: usize = 8;
const _: () = assert!(BINS <= u16::MAX as usize + 1, "a bin fits in two bytes");

/// Counts samples of one series inside the month loop; one for each worker.
///
/// Bins are written down first and counted a few rows at a time: a worker turns from date to date
/// with every row, and the counts of all dates together do not stay in a cache.
///
/// Takes four bytes for every bin of the octaves that were hit and of those between them. A worker counts at
/// most 2^32 − 1 samples per bin.
#[derive(Clone, Debug)]
pub struct Counter {
    /// Bin of `counts[0]`.
    base: usize,
    counts: Vec<u32>,
    /// Bins that are not counted yet.
    waiting: Vec<u16>,
}

impl Default for Counter {
    fn default() -> Self {
        Self {
            base: 0,
            counts: Vec::new(),
            waiting: Vec::with_capacity(WAITING_ROWS * LANES),
        }
    }
}

impl Counter {
    /// Counts the first `n_valid` samples of a row. A sample that is not a number counts as too
    /// large: the engine finds it at the end of the block and stops. Panics if `n_valid` exceeds the row.
    #[inline(always)]
    pub fn add_row(&mut self, row: &Lanes, n_valid: usize) {
        let mut bins = [0; LANES];
        for (bin, value) in bins.iter_mut().zip(row.iter()) {
            *bin = bin_of(*value) as u16;
        }
        self.waiting.extend_from_slice(&bins[..n_valid]);
        if self.waiting.len() > (WAITING_ROWS - 1) * LANES {
            self.count_waiting();
        }
    }

    /// The counts of the bins from the first to the last that was hit, and the first; nothing as
    /// long as none was.
    pub(super) fn counted(&mut self) -> Option<(usize, &[u32])> {
        self.count_waiting();
        let first = self.counts.iter().position(|count| *count > 0)?;
        let last = self.counts.iter().rposition(|count| *count > 0)?;
        Some((self.base + first, &self.counts[first..=last]))
    }

    /// Counts what waits.
    #[inline(always)]
    fn count_waiting(&mut self) {
        if self.waiting.is_empty() {
            return;
        }
        let (mut first, mut last) = (BINS as u16 - 1, 0);
        for bin in &self.waiting {
            first = first.min(*bin);
            last = last.max(*bin);
        }
        let (first, last) = (usize::from(first), usize::from(last));
        if first < self.base || last >= self.base + self.counts.len() {
            self.reach(first, last);
        }
        // local names: through `self` the place of the counts would be read anew for every bin
        let (base, counts) = (self.base, self.counts.as_mut_slice());
        for bin in &self.waiting {
            counts[usize::from(*bin) - base] += 1;
        }
        self.waiting.clear();
    }

    /// Makes room for the bins `first ..= last`, and for all of their octaves.
    #[cold]
    fn reach(&mut self, first: usize, last: usize) {
        let (mut base, mut end) = (first, last + 1);
        if !self.counts.is_empty() {
            base = base.min(self.base);
            end = end.max(self.base + self.counts.len());
        }
        let (base, end) = (base - base % OCTAVE, end.next_multiple_of(OCTAVE));
        let mut counts = vec![0; end - base];
        counts[self.base.saturating_sub(base)..][..self.counts.len()].copy_from_slice(&self.counts);
        (self.base, self.counts) = (base, counts);
    }
}
