//! Histogram over the bits of a double: counts only, so merging is exact and order-free.
//!
//! In: rows of samples. Out: quantiles within 0.4 % and the counts behind them. Not here: which
//! series are kept (`engine`).
//!
//! A double's exponent and leading mantissa bits, read as an integer, rise with its magnitude:
//! 256 bins of equal width in every octave, without a logarithm. Source of the idea: G. Tene,
//! HdrHistogram; C. Masson, J. E. Rim & H. K. Lee, *DDSketch*, PVLDB 12 (2019).

mod bins;
mod counter;

use super::quantile::rank;
use bins::{BINS, edges};
use serde::{Deserialize, Serialize};

pub use counter::Counter;

/// Magnitudes from 2^64 on have no bin.
pub const TOO_LARGE: f64 = 65_536.0 * (1_u64 << 48) as f64;

/// Merged counts of one series.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Histogram {
    /// Bin of `counts[0]`.
    first: usize,
    /// Counts from the first to the last bin that was hit, neither of them zero: equal samples
    /// give equal histograms however they were split.
    counts: Vec<u64>,
}

/// One bin that was hit. The edge nearer to zero belongs to the bin, the other one to its neighbour;
/// the bins of zero and of samples that are too large have no width.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    pub low: f64,
    pub high: f64,
    pub count: u64,
}

impl Histogram {
    /// Adds what a worker has counted.
    pub fn merge_counter(&mut self, counter: &mut Counter) {
        let Some((first, counts)) = counter.counted() else {
            return;
        };
        self.reserve(first, first + counts.len() - 1);
        for (sum, count) in self.counts[first - self.first..].iter_mut().zip(counts) {
            *sum += u64::from(*count);
        }
    }

    /// Adds another histogram.
    pub fn merge(&mut self, other: &Self) {
        if !other.counts.is_empty() {
            self.reserve(other.first, other.first + other.counts.len() - 1);
            for (sum, count) in self.counts[other.first - self.first..]
                .iter_mut()
                .zip(&other.counts)
            {
                *sum += count;
            }
        }
    }

    /// Makes room for the bins `first ..= last`.
    fn reserve(&mut self, first: usize, last: usize) {
        if self.counts.is_empty() {
            self.first = first;
        }
        if first < self.first {
            let missing = self.first - first;
            self.counts.splice(0..0, std::iter::repeat_n(0, missing));
            self.first = first;
        }
        let length = self.counts.len().max(last + 1 - self.first);
        self.counts.resize(length, 0);
    }

    /// Number of samples.
    pub fn n(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// Whether these are the counts of `n` samples: what was read from bytes may be anything.
    pub fn is_of(&self, n: u64) -> bool {
        let ends = [self.counts.first(), self.counts.last()];
        let mut counts = self.counts.iter();
        let sum = counts.try_fold(0_u64, |sum, count| sum.checked_add(*count));
        sum == Some(n)
            && !ends.contains(&Some(&0))
            && self
                .first
                .checked_add(self.counts.len())
                .is_some_and(|end| end <= BINS)
    }

    /// Bins that were hit, in rising order.
    pub fn bins(&self) -> impl Iterator<Item = Bin> + '_ {
        let hit = self
            .counts
            .iter()
            .enumerate()
            .filter(|(_, count)| **count > 0);
        hit.map(|(index, count)| {
            let (low, high) = edges((self.first + index) as i32);
            Bin {
                low,
                high,
                count: *count,
            }
        })
    }

    /// Quantiles at rising `levels`: at p the place of sample ⌈np⌉ when those of its bin lie evenly in it. `None`
    /// without samples. Off by at most one bin, 2^−8 of the value.
    pub fn quantiles(&self, levels: &[f64]) -> Option<Vec<f64>> {
        debug_assert!(levels.is_sorted(), "{levels:?}");
        let n = self.n();
        let mut bins = (self.first..).zip(&self.counts);
        let (mut before, mut bin) = (0, bins.next()?);
        let quantile = |p: &f64| {
            let wanted = rank(n as usize, *p) as u64;
            while before + bin.1 < wanted {
                before += bin.1;
                bin = bins.next().expect("no rank is above the number of samples");
            }
            let (low, high) = edges(bin.0 as i32);
            let share = ((wanted - before) as f64 - 0.5) / *bin.1 as f64;
            low + share * (high - low)
        };
        Some(levels.iter().map(quantile).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::bins::sample::samples;
    use super::*;
    use crate::math::quantile::quantile_of_sorted;
    use crate::math::{LANES, Lanes};

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
    }

    #[test]
    fn quantiles_are_within_a_bin_of_the_order_statistics() {
        let mut values = samples(20_000, 3);
        let histogram = histogram(&values);
        values.sort_by(f64::total_cmp);
        for permille in 1..1000 {
            let p = f64::from(permille) / 1000.0;
            let exact = quantile_of_sorted(&values, p);
            let found = quantile(&histogram, p).expect("samples");
            assert!(
                (found - exact).abs() <= exact.abs() / 256.0,
                "{p}: {found} {exact}"
            );
        }
        let all = histogram
            .quantiles(&[0.05, 0.5, 0.5, 0.99])
            .expect("samples");
        assert_eq!(
            all,
            [0.05, 0.5, 0.5, 0.99].map(|p| quantile(&histogram, p).expect("samples"))
        );
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
    fn lanes_beyond_the_last_path_are_not_counted() {
        assert_eq!(histogram(&[3.0; 10]).n(), 10);
    }

    #[test]
    fn counts_that_no_samples_give_are_told() {
        let histogram = histogram(&samples(10 * LANES, 5));
        assert!(histogram.is_of(10 * LANES as u64) && !histogram.is_of(1));
        assert!(Histogram::default().is_of(0));
        let made_up = [
            (BINS, vec![1]),
            (usize::MAX, vec![1]),
            (0, vec![0, 1]),
            (0, vec![1, 0]),
            (0, vec![u64::MAX, 2]),
        ];
        for (first, counts) in made_up {
            assert!(!Histogram { first, counts }.is_of(1));
        }
    }

    #[test]
    fn an_empty_histogram_has_no_quantile() {
        assert_eq!(quantile(&Histogram::default(), 0.5), None);
    }
}
