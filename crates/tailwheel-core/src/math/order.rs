//! Fast sorting of samples, and look-up of samples by rank.
//!
//! In: finite samples. Out: sorted samples, or single ones by rank. Not here: which ranks (`quantile`).

/// Number of samples below which all are in one bucket, sorted by comparison.
const FEW: usize = 1 << 10;
/// Largest number of buckets: their counts fit into a second-level cache.
const MOST_BUCKETS: usize = 1 << 17;

/// Sorts finite samples; −0 comes before +0. Panics beyond 2^32 − 1 samples.
pub fn in_order(values: &[f64]) -> Vec<f64> {
    let mut ranks = Ranks::of(values);
    let mut begin = 0;
    for end in ranks.ends {
        ranks.keys[begin..end as usize].sort_unstable();
        begin = end as usize;
    }
    // reuses the same memory
    ranks.keys.into_iter().map(value_of).collect()
}

/// Finite samples, partly sorted, to look up a few of them by rank.
///
/// The bits of a double rise with it (after a flip of negative ones). One pass puts every sample into one of
/// many buckets, equal steps of the bits between the least and the greatest. A bucket, usually a handful of
/// samples, is sorted when a rank in it is asked for. If samples are concentrated, their buckets are large
/// and sorted as a whole, which costs no more than plain sorting.
pub struct Ranks {
    keys: Vec<u64>,
    /// For each bucket, the index in `keys` where it ends.
    ends: Vec<u32>,
    /// Indices of the buckets that are already sorted.
    sorted: Vec<usize>,
}

impl Ranks {
    /// Distributes `values` to buckets without sorting them. Panics beyond 2^32 − 1 samples.
    pub fn of(values: &[f64]) -> Self {
        let n = u32::try_from(values.len()).expect("places are u32");
        let (mut least, mut greatest) = (u64::MAX, 0);
        for value in values {
            let key = key(*value);
            (least, greatest) = (least.min(key), greatest.max(key));
        }
        if values.len() < FEW || least == greatest {
            return Self {
                keys: values.iter().map(|value| key(*value)).collect(),
                ends: vec![n],
                sorted: Vec::new(),
            };
        }
        let n_buckets = (values.len() / 4).next_power_of_two().min(MOST_BUCKETS);
        let span_bits = u64::BITS - (greatest - least).leading_zeros();
        let shift = span_bits.saturating_sub(n_buckets.trailing_zeros());
        let bucket = |key: u64| ((key - least) >> shift) as usize;
        // `ends[b]`: first the number of keys in bucket b, then the place of its next key
        let mut ends = vec![0_u32; n_buckets];
        for value in values {
            ends[bucket(key(*value))] += 1;
        }
        let mut next = 0;
        for end in &mut ends {
            next += std::mem::replace(end, next);
        }
        let mut keys = vec![0; values.len()];
        for value in values {
            let key = key(*value);
            let place = &mut ends[bucket(key)];
            keys[*place as usize] = key;
            *place += 1;
        }
        Self { keys, ends, sorted: Vec::new() }
    }

    /// Returns the sample with `rank`, from 0.
    pub fn at(&mut self, rank: usize) -> f64 {
        let bucket = self.ends.partition_point(|end| *end as usize <= rank);
        if !self.sorted.contains(&bucket) {
            let begin = bucket.checked_sub(1).map_or(0, |before| self.ends[before]);
            self.keys[begin as usize..self.ends[bucket] as usize].sort_unstable();
            self.sorted.push(bucket);
        }
        value_of(self.keys[rank])
    }
}

const SIGN: u64 = 1 << 63;

/// Returns an integer that rises with the double; −0 comes before +0.
pub fn key(value: f64) -> u64 {
    let bits = value.to_bits();
    if bits & SIGN == 0 { bits | SIGN } else { !bits }
}

/// Returns the double that has this [`key`].
pub fn value_of(key: u64) -> f64 {
    f64::from_bits(if key & SIGN == 0 { !key } else { key ^ SIGN })
}

#[cfg(test)]
mod tests {
    use super::super::ordered::tests::laws;
    use super::*;
    use rand_chacha::ChaCha8Rng;
    use rand_chacha::rand_core::{Rng, SeedableRng};

    fn is_sorted_like_by_comparison(values: Vec<f64>) -> bool {
        let (sorted, mut expected) = (in_order(&values), values);
        expected.sort_by(f64::total_cmp);
        let bits = |values: &[f64]| values.iter().map(|v| v.to_bits()).collect::<Vec<_>>();
        bits(&sorted) == bits(&expected)
    }

    #[test]
    fn samples_come_out_as_by_comparison() {
        for n in [0, 1, 2, FEW - 1, FEW, 5_000, 200_000] {
            for (law, values) in laws(n).into_iter().enumerate() {
                assert!(is_sorted_like_by_comparison(values), "{n} of law {law}");
            }
        }
    }

    #[test]
    fn a_few_ranks_are_those_of_all_in_order() {
        let mut generator = ChaCha8Rng::seed_from_u64(3);
        for n in [1, FEW - 1, FEW, 20_000] {
            for steps in [1, 3, 1 << 20] {
                let mut value = || f64::from(generator.next_u32() % steps) - 2.5;
                let values: Vec<f64> = (0..n).map(|_| value()).collect();
                let (sorted, mut ranks) = (in_order(&values), Ranks::of(&values));
                for rank in [n / 2, 0, n - 1, n / 3, n / 2, n - 1 - n / 20] {
                    assert_eq!(ranks.at(rank), sorted[rank], "{n} {steps} {rank}");
                }
            }
        }
    }

    #[test]
    fn the_extremes_of_a_double_have_their_places() {
        let mut values = vec![1.0; FEW];
        values.extend([f64::MAX, f64::MIN, 5e-324, -5e-324, 0.0, -0.0, -1.0]);
        assert!(is_sorted_like_by_comparison(values));
    }
}
