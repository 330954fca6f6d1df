//! Counting of samples within the month loop.
//!
//! In: rows of samples. Out: [`Counter`]. Not here: merging and quantiles (`Histogram`).

use super::bins::{BINS, bin_of};
use crate::math::{LANES, Lanes};

/// Number of histogram bins in an octave, the magnitudes between two powers of two.
const OCTAVE: usize = 256;
/// Number of rows of up to 256 samples whose bin numbers are buffered before they are counted.
const WAITING_ROWS: usize = 8;
/// Number of octaves that a two-byte bin number can address; fewer are used.
const OCTAVES: usize = 256;
/// Marker for an octave without samples: as the number of its group of counts, it leads beyond all counts.
const NOWHERE: u16 = (OCTAVES - 1) as u16;
const _: () = assert!(BINS <= NOWHERE as usize * OCTAVE, "no octave takes the last place");

/// Counter of the samples of one series during a simulation; each worker thread has its own.
///
/// Bins are buffered and counted a few rows at a time. A worker moves to another date with every row, and the
/// counts of all dates together do not fit into a cache.
///
/// It takes four bytes for every bin of the octaves in use. A worker can count 2^32 − 1 samples per bin.
#[derive(Clone, Debug)]
pub struct Counter {
    /// For each octave (256 bins), the number to add (wrapping) to a bin number to get its index in `counts`.
    shifts: [u16; OCTAVES],
    /// Counts of the bins of all octaves that have samples, in rising order.
    counts: Vec<u32>,
    /// Bin numbers of samples that are not counted yet.
    waiting: Vec<u16>,
}

impl Default for Counter {
    fn default() -> Self {
        Self {
            shifts: std::array::from_fn(|octave| shift(octave, NOWHERE)),
            counts: Vec::new(),
            waiting: Vec::with_capacity(WAITING_ROWS * LANES),
        }
    }
}

impl Counter {
    /// Counts the first `n_valid` samples of a row. NaN counts as too large; the engine finds it at the end
    /// of the block and stops. Panics if `n_valid` exceeds the row.
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

    /// Returns the octaves (256 bins each) that have samples, rising: the number of the first bin, and all counts.
    pub(super) fn octaves(&mut self) -> impl Iterator<Item = (u16, &[u32])> + '_ {
        self.count_waiting();
        let n_counts = self.counts.len();
        let firsts = (0..=u16::MAX).step_by(OCTAVE).zip(&self.shifts);
        let hit = firsts.filter(move |(first, shift)| usize::from(first.wrapping_add(**shift)) < n_counts);
        hit.map(|(first, _)| first).zip(self.counts.chunks_exact(OCTAVE))
    }

    /// Counts the samples whose bin numbers are buffered.
    #[inline(always)]
    fn count_waiting(&mut self) {
        if self.waiting.is_empty() {
            return;
        }
        let (mut first, mut last) = (u16::MAX, 0);
        for bin in &self.waiting {
            first = first.min(*bin);
            last = last.max(*bin);
        }
        let shifts = &self.shifts[usize::from(first) / OCTAVE..=usize::from(last) / OCTAVE];
        let shift = shifts[0];
        let end = usize::from(first.wrapping_add(shift)) + usize::from(last - first);
        if end < self.counts.len() && shifts.iter().all(|next| *next == shift) {
            // a local name, because through `self` the address of the counts would be reloaded for every bin
            let counts = self.counts.as_mut_slice();
            for bin in &self.waiting {
                counts[usize::from(bin.wrapping_add(shift))] += 1;
            }
        } else {
            self.count_apart();
        }
        self.waiting.clear();
    }

    /// Counts the buffered bins one by one: some octave is new, or one between their octaves has no samples.
    #[inline(always)]
    fn count_apart(&mut self) {
        let place = |bin: u16, shifts: &[u16; OCTAVES]| {
            usize::from(bin.wrapping_add(shifts[usize::from(bin) / OCTAVE]))
        };
        let mut counts = self.counts.as_mut_slice();
        for bin in &self.waiting {
            if place(*bin, &self.shifts) >= counts.len() {
                open(&mut self.shifts, &mut self.counts, &self.waiting);
                counts = self.counts.as_mut_slice();
            }
            counts[place(*bin, &self.shifts)] += 1;
        }
    }
}

/// Makes room in `counts` for the octaves of `bins`, in rising order among those that had samples before.
#[cold]
fn open(shifts: &mut [u16; OCTAVES], counts: &mut Vec<u32>, bins: &[u16]) {
    let before = std::mem::take(counts);
    let place = |octave: usize, shift: u16| usize::from(((octave * OCTAVE) as u16).wrapping_add(shift));
    let mut are_hit: [bool; OCTAVES] =
        std::array::from_fn(|octave| place(octave, shifts[octave]) < before.len());
    for bin in bins {
        are_hit[usize::from(*bin) / OCTAVE] = true;
    }
    counts.reserve_exact(are_hit.iter().filter(|is_hit| **is_hit).count() * OCTAVE);
    for octave in (0..OCTAVES).filter(|octave| are_hit[*octave]) {
        let kept = before.get(place(octave, shifts[octave])..).unwrap_or_default();
        let end = counts.len() + OCTAVE;
        shifts[octave] = shift(octave, (counts.len() / OCTAVE) as u16);
        counts.extend_from_slice(&kept[..OCTAVE.min(kept.len())]);
        counts.resize(end, 0);
    }
}

/// Returns the number to add (wrapping) to a bin number of `octave` to get the index of its count, if the
/// counts of this octave are group number `place`.
fn shift(octave: usize, place: u16) -> u16 {
    place.wrapping_sub(octave as u16).wrapping_mul(OCTAVE as u16)
}
