//! Counts inside the month loop.
//!
//! In: rows of samples. Out: [`Counter`]. Not here: merging and reading (`Histogram`).

use super::bins::{BINS, bin_of};
use crate::math::{LANES, Lanes};

/// Rows whose bins wait before they are counted.
const WAITING_ROWS: usize = 8;
const _: () = assert!(BINS <= u16::MAX as usize + 1, "a bin fits in two bytes");

/// Counts samples of one series inside the month loop; one for each worker.
///
/// Bins are written down first and counted a few rows at a time: a worker turns from date to date
/// with every row, and the counts of all dates together do not stay in a cache.
///
/// 192 KiB of address space, of which only touched pages cost memory. A worker counts at most
/// 2^32 − 1 samples per bin.
#[derive(Clone, Debug)]
pub struct Counter {
    counts: Vec<u32>,
    /// Lowest and highest bin that was counted; lowest above highest as long as none was.
    first: usize,
    last: usize,
    /// Bins that are not counted yet.
    waiting: Vec<u16>,
}

impl Default for Counter {
    fn default() -> Self {
        Self {
            counts: vec![0; BINS],
            first: BINS,
            last: 0,
            waiting: Vec::with_capacity(WAITING_ROWS * LANES),
        }
    }
}

impl Counter {
    /// Nothing counted yet.
    pub fn new() -> Self {
        Self::default()
    }

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
        (self.first <= self.last).then(|| (self.first, &self.counts[self.first..=self.last]))
    }

    /// Counts what waits.
    #[inline(always)]
    fn count_waiting(&mut self) {
        let (mut first, mut last) = (BINS as u16 - 1, 0);
        for bin in &self.waiting {
            first = first.min(*bin);
            last = last.max(*bin);
        }
        if !self.waiting.is_empty() {
            self.first = self.first.min(usize::from(first));
            self.last = self.last.max(usize::from(last));
        }
        // a local name: through `self` the place of the counts would be read anew for every bin
        let counts = self.counts.as_mut_slice();
        for bin in &self.waiting {
            counts[usize::from(*bin)] += 1;
        }
        self.waiting.clear();
    }
}
