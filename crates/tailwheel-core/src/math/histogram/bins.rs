//! Mapping between doubles and histogram bins.
//!
//! In: a double. Out: the index of its bin, and the edges of a bin. Not here: counts.

/// Number of leading mantissa bits that distinguish bins: the relative bin width is at most 2^−8.
const MANTISSA_BITS: u32 = 8;
const SHIFT: u32 = 52 - MANTISSA_BITS;
/// Binary exponent below which magnitudes count as zero: 2^−32 is the smallest that does not.
const LOWEST_EXPONENT: i32 = -32;
/// Binary exponent from which on magnitudes count as too large.
const HIGHEST_EXPONENT: i32 = 64;
/// Number of bins for positive samples, and for negative ones.
const SIDE: i32 = (HIGHEST_EXPONENT - LOWEST_EXPONENT) << MANTISSA_BITS;
/// Exponent and leading mantissa bits, read as an integer, of 2^−32, the smallest magnitude that has a bin.
const BASE: i32 = (1023 + LOWEST_EXPONENT) << MANTISSA_BITS;
/// Number of the bin of zero. Lower numbers are the bins of negative values and one for values that are too
/// large; higher numbers are their mirror images.
pub(super) const ZERO: i32 = SIDE + 1;
/// Total number of histogram bins.
pub(super) const BINS: usize = 2 * ZERO as usize + 1;

/// Returns the number of the bin of a sample; it never falls as the sample rises.
#[inline(always)]
pub(super) fn bin_of(value: f64) -> i32 {
    let bits = value.to_bits();
    let leading = ((bits & (u64::MAX >> 1)) >> SHIFT) as i32;
    let sign = -((bits >> 63) as i32);
    // 0 for zero, 1 … SIDE for magnitudes with a bin, SIDE + 1 for those too large
    let magnitude = (leading - (BASE - 1)).clamp(0, SIDE + 1);
    ZERO + ((magnitude ^ sign) - sign)
}

/// Returns the lower and upper edge of a bin; the bins of zero and of too large values have no width.
pub(super) fn edges(bin: i32) -> (f64, f64) {
    let edge = |magnitude: i32| f64::from_bits(((BASE + magnitude - 1) as u64) << SHIFT);
    let offset = bin - ZERO;
    let magnitude = offset.abs();
    let (inner, outer) = match magnitude {
        0 => (0.0, 0.0),
        _ if magnitude > SIDE => (edge(magnitude), edge(magnitude)),
        _ => (edge(magnitude), edge(magnitude + 1)),
    };
    if offset < 0 { (-outer, -inner) } else { (inner, outer) }
}

#[cfg(test)]
pub(super) mod sample {
    use rand_chacha::ChaCha8Rng;
    use rand_chacha::rand_core::{Rng, SeedableRng};

    /// Test samples over many powers of two: both signs, and one exact zero in ten.
    pub fn samples(n: usize, seed: u64) -> Vec<f64> {
        let mut generator = ChaCha8Rng::seed_from_u64(seed);
        let mut uniform = move || (generator.next_u64() >> 11) as f64 / (1u64 << 53) as f64;
        (0..n)
            .map(|_| match uniform() {
                u if u < 0.1 => 0.0,
                u => (u - 0.4) * 1e6 / (uniform() + 1e-4),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::sample::samples;
    use super::*;

    const TINY: f64 = 1.0 / (1u64 << 32) as f64;

    #[test]
    fn every_sample_lies_between_the_edges_of_its_bin() {
        let mut values = samples(5000, 1);
        values.extend([TINY, -TINY, 1.0, -1.0, 1.0 - 1e-16, 1.8e19]);
        for value in values {
            let (low, high) = edges(bin_of(value));
            if value > 0.0 {
                assert!((low..high).contains(&value), "{value}");
            } else {
                assert!((-high..=-low).contains(&-value), "{value}");
            }
            assert!(high - low <= value.abs() / 256.0);
        }
    }

    #[test]
    fn what_is_too_small_is_zero_and_what_is_too_large_has_a_bin_of_its_own() {
        assert_eq!([0.0, -0.0, 2.3e-10, -5e-324].map(bin_of), [ZERO; 4]);
        let ends = [2.33e-10, f64::MAX, f64::NEG_INFINITY].map(bin_of);
        assert_eq!(ends, [ZERO + 1, BINS as i32 - 1, 0]);
    }

    #[test]
    fn bins_rise_with_the_sample() {
        let mut values = samples(5000, 2);
        values.sort_by(f64::total_cmp);
        assert!(values.is_sorted_by_key(|value| bin_of(*value)));
    }
}
