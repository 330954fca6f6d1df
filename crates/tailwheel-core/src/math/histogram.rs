//! Histogram over the bits of a double. It holds counts only, so merging is exact in any order.
//!
//! In: rows of samples. Out: quantiles within 0.4 % and the counts behind them. Not here: which series are
//! recorded (`engine`).
//!
//! Exponent and leading mantissa bits of a double, read as an integer, rise with its magnitude. This gives
//! 256 bins of equal width in every octave, without a logarithm. Source of the idea: G. Tene, HdrHistogram;
//! C. Masson, J. E. Rim & H. K. Lee, *DDSketch*, PVLDB 12 (2019).

mod bins;
mod counter;

use super::quantile::rank;
use bins::{BINS, edges};
use serde::{Deserialize, Serialize};

pub use counter::Counter;

/// Magnitude from which on all samples of one sign share a single bin: 2^64.
pub const TOO_LARGE: f64 = 65_536.0 * (1_u64 << 48) as f64;

/// Histogram of all samples of one series, merged from the counters of all workers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Histogram {
    /// Numbers of the nonempty bins, rising: equal samples give equal histograms however they were split.
    hit: Vec<u16>,
    /// Number of samples in each bin of `hit`, never zero.
    counts: Vec<u64>,
}

/// Edges and count of a nonempty bin. The edge nearer to zero belongs to it, the other to its neighbor. The
/// bins of zero and of samples that are too large have no width.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    pub low: f64,
    pub high: f64,
    pub count: u64,
}

impl Histogram {
    /// Adds the counts of one worker's counter, which counts its buffered samples first.
    pub fn merge_counter(&mut self, counter: &mut Counter) {
        let mut counted = Self::default();
        for (first, counts) in counter.octaves() {
            let n_hit = counts.iter().filter(|count| **count > 0).count();
            counted.hit.reserve(n_hit);
            counted.counts.reserve(n_hit);
            for (bin, count) in (first..=u16::MAX).zip(counts) {
                if *count > 0 {
                    counted.push(bin, u64::from(*count));
                }
            }
        }
        if self.hit.is_empty() { *self = counted } else { self.merge(&counted) }
    }

    /// Adds the counts of another histogram.
    pub fn merge(&mut self, other: &Self) {
        let own = std::mem::take(self);
        let most = own.hit.len() + other.hit.len();
        self.hit.reserve(most);
        self.counts.reserve(most);
        let mut place = 0;
        for (bin, count) in other.counted() {
            while own.hit.get(place).is_some_and(|before| *before < bin) {
                self.push(own.hit[place], own.counts[place]);
                place += 1;
            }
            let is_in_both = own.hit.get(place) == Some(&bin);
            let more = if is_in_both { own.counts[place] } else { 0 };
            place += usize::from(is_in_both);
            self.push(bin, count + more);
        }
        self.hit.extend(&own.hit[place..]);
        self.counts.extend(&own.counts[place..]);
        self.hit.shrink_to_fit();
        self.counts.shrink_to_fit();
    }

    /// Appends a bin whose number is larger than all others.
    fn push(&mut self, bin: u16, count: u64) {
        self.hit.push(bin);
        self.counts.push(count);
    }

    /// Returns the numbers of the nonempty bins with their counts, rising.
    fn counted(&self) -> impl Iterator<Item = (u16, u64)> + '_ {
        self.hit.iter().copied().zip(self.counts.iter().copied())
    }

    /// Returns the number of samples.
    pub fn n(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// True if the histogram is consistent and counts `n` samples; one read from a file may hold anything.
    pub fn is_of(&self, n: u64) -> bool {
        let mut counts = self.counts.iter();
        let sum = counts.try_fold(0_u64, |sum, count| sum.checked_add(*count));
        sum == Some(n)
            && self.hit.len() == self.counts.len()
            && !self.counts.contains(&0)
            && self.hit.is_sorted_by(|bin, next| bin < next)
            && self.hit.last().is_none_or(|bin| usize::from(*bin) < BINS)
    }

    /// Returns the nonempty bins in rising order, with their edges and counts.
    pub fn bins(&self) -> impl Iterator<Item = Bin> + '_ {
        self.counted().map(|(bin, count)| {
            let (low, high) = edges(i32::from(bin));
            Bin { low, high, count }
        })
    }

    /// Returns the quantiles at `levels`, which must rise; `None` without samples. The p-quantile is the
    /// position of sample ⌈np⌉ if samples are spread evenly within each bin. Its error is at most one bin,
    /// 2^−8 of the value.
    pub fn quantiles(&self, levels: &[f64]) -> Option<Vec<f64>> {
        debug_assert!(levels.is_sorted(), "{levels:?}");
        let n = self.n();
        let mut bins = self.counted();
        let (mut before, mut bin) = (0, bins.next()?);
        let quantile = |p: &f64| {
            let wanted = rank(n as usize, *p) as u64;
            while before + bin.1 < wanted {
                before += bin.1;
                bin = bins.next().expect("no rank is above the number of samples");
            }
            let (low, high) = edges(i32::from(bin.0));
            let share = ((wanted - before) as f64 - 0.5) / bin.1 as f64;
            low + share * (high - low)
        };
        Some(levels.iter().map(quantile).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::bins::bin_of;
    use super::bins::sample::samples;
    use super::*;
    use crate::math::{LANES, Lanes};
    use std::collections::BTreeMap;

    const HUGE: f64 = TOO_LARGE;

    fn counted(values: &[f64]) -> Counter {
        let mut counter = Counter::default();
        for chunk in values.chunks(LANES) {
            let mut row = Lanes::splat(f64::NAN);
            row[..chunk.len()].copy_from_slice(chunk);
            counter.add_row(&row, chunk.len());
        }
        counter
    }

    fn histogram(values: &[f64]) -> Histogram {
        let mut histogram = Histogram::default();
        histogram.merge_counter(&mut counted(values));
        histogram
    }

    fn quantile(of: &Histogram, p: f64) -> Option<f64> {
        of.quantiles(&[p])?.pop()
    }

    #[test]
    fn what_is_too_large_is_counted_as_such_and_read_as_the_largest_magnitude() {
        let histogram = histogram(&[1.0, HUGE, -1e300, 2.0]);
        assert_eq!(quantile(&histogram, 1.0), Some(HUGE));
        assert_eq!(quantile(&histogram, 0.0), Some(-HUGE));
        assert_eq!(quantile(&Histogram::default(), 0.5), None);
    }

    #[test]
    fn quantiles_are_within_a_bin_of_the_order_statistics() {
        let mut values = samples(20_000, 3);
        let histogram = histogram(&values);
        values.sort_by(f64::total_cmp);
        for permille in 1..1000 {
            let p = f64::from(permille) / 1000.0;
            let exact = values[rank(values.len(), p) - 1];
            let found = quantile(&histogram, p).expect("samples");
            assert!((found - exact).abs() <= exact.abs() / 256.0, "{p}: {found} {exact}");
        }
        let all = histogram.quantiles(&[0.05, 0.5, 0.5, 0.99]).expect("samples");
        assert_eq!(all, [0.05, 0.5, 0.5, 0.99].map(|p| quantile(&histogram, p).expect("samples")));
    }

    #[test]
    fn a_split_into_workers_changes_nothing() {
        let values = samples(10_001, 4);
        let whole = histogram(&values);
        assert_eq!(whole.n(), 10_001);
        for size in [1, 999, 5000] {
            let mut merged = Histogram::default();
            for part in values.chunks(size).rev() {
                merged.merge_counter(&mut counted(part));
            }
            assert_eq!(merged, whole);
            let mut twice = Histogram::default();
            twice.merge(&whole);
            assert_eq!(twice, whole);
        }
    }

    #[test]
    fn every_sample_is_in_its_bin_in_whatever_order_octaves_are_hit() {
        let rising: Vec<f64> = (0..20_000).map(|step| 1.002_f64 * f64::from(step)).collect();
        let falling = rising.iter().rev().copied().collect();
        let negative = rising.iter().map(|value| -value).collect();
        let apart = (0..20_000_u32).map(|step| f64::from(1 << (7 * step % 31))).collect();
        for values in [rising, falling, negative, apart, samples(20_000, 6)] {
            let mut expected = BTreeMap::new();
            for value in &values {
                *expected.entry(bin_of(*value) as u16).or_insert(0) += 1;
            }
            assert!(histogram(&values).counted().eq(expected));
        }
    }

    #[test]
    fn counts_that_no_samples_give_are_refused() {
        let histogram = histogram(&samples(10 * LANES, 5));
        assert!(histogram.is_of(10 * LANES as u64) && !histogram.is_of(1));
        assert!(Histogram::default().is_of(0));
        let last = BINS as u16 - 1;
        let made_up = |hit: &[u16], counts: &[u64]| Histogram { hit: hit.to_vec(), counts: counts.to_vec() };
        assert!(made_up(&[0, last], &[2, 3]).is_of(5));
        let faults: [(&str, &[u16], &[u64]); 8] = [
            ("no bin has this number", &[0, last + 1], &[2, 3]),
            ("a bin is empty", &[0, 1, 2], &[2, 0, 3]),
            ("bins fall", &[1, 0], &[2, 3]),
            ("a bin is there twice", &[1, 1], &[2, 3]),
            ("a bin has no count", &[0, 1, 2], &[2, 3]),
            ("a count has no bin", &[0], &[2, 3]),
            ("the sum is another one", &[0, 1], &[2, 4]),
            ("the sum overflows", &[0, 1], &[u64::MAX, 6]),
        ];
        for (fault, hit, counts) in faults {
            assert!(!made_up(hit, counts).is_of(5), "{fault}");
        }
    }

    #[test]
    fn only_octaves_that_were_hit_take_memory() {
        // a hundred octaves and both ends lie between these, and each of the five has one of its own
        let mut counter = counted(&[-HUGE, -1e-9, 0.0, 1e9, HUGE]);
        assert_eq!(counter.octaves().count(), 5);
        counter.add_row(&Lanes::splat(1e9), LANES);
        assert_eq!(counter.octaves().count(), 5);
    }
}
