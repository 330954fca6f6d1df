//! List of the few lanes of a block that meet a condition.
//!
//! In: a condition on lanes. Out: [`Hits`], the numbers of these lanes in order. Not here: work on them.

use super::LANES;

/// Number of paths whose flags are one word of bytes.
const GROUP: usize = 8;
/// Number of paths whose flags are one word of bits.
const WORD: usize = 64;
/// Factor that moves the lowest bits of eight bytes to the highest byte of a product, the first byte to its lowest bit.
const GATHER: u64 = 0x0102_0408_1020_4080;

/// Indices in a block of 256 of the paths that meet a condition.
#[derive(Clone, Copy, Debug)]
pub struct Hits {
    lanes: [u16; LANES],
    count: usize,
}

impl Hits {
    /// Finds the paths of a block for which `is(index)` is true.
    #[inline(always)]
    pub fn of(is: impl Fn(usize) -> bool) -> Self {
        let mut hits = Self { lanes: [0; LANES], count: 0 };
        for first in (0..LANES).step_by(WORD) {
            // most conditions are rare, and vector comparisons skip a word without any hit
            let mut any = false;
            for lane in first..first + WORD {
                any |= is(lane);
            }
            if !any {
                continue;
            }
            // bits are listed, because a branch for each vector of paths is predicted badly
            let mut flags = [0_u8; WORD];
            for (flag, lane) in flags.iter_mut().zip(first..) {
                *flag = u8::from(is(lane));
            }
            let mut bits = 0;
            for (group, flags) in flags.as_chunks::<GROUP>().0.iter().enumerate() {
                bits |= u64::from_le_bytes(*flags).wrapping_mul(GATHER) >> 56 << (group * GROUP);
            }
            while bits != 0 {
                // the mask changes nothing, but spares a bounds check
                hits.lanes[hits.count & (LANES - 1)] = (first + bits.trailing_zeros() as usize) as u16;
                hits.count += 1;
                bits &= bits - 1;
            }
        }
        hits
    }

    /// Returns the number of paths found.
    #[inline(always)]
    pub fn n(&self) -> usize {
        self.count
    }

    /// Returns the indices of the paths, ascending, in the first [`n`](Self::n) places; other places hold the index
    /// of some path. For loops over whole vectors.
    #[inline(always)]
    pub fn padded(&self) -> &[u16; LANES] {
        &self.lanes
    }

    /// Returns the indices of the paths, ascending.
    #[inline(always)]
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.lanes[..self.count].iter().map(|lane| usize::from(*lane))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hits_are_the_lanes_on_which_it_holds_from_none_to_all() {
        let conditions: [fn(usize) -> bool; 4] =
            [|_| false, |_| true, |lane| lane == 255, |lane| lane % 3 == 0];
        for is in conditions {
            assert!(Hits::of(is).iter().eq((0..LANES).filter(|lane| is(*lane))));
        }
    }
}
