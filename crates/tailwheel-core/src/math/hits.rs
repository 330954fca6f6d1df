//! List of the few lanes of a block that meet a condition.
//!
//! In: a condition on lanes. Out: [`Hits`], the numbers of these lanes in order. Not here: work on them.

use super::LANES;

/// Number of paths tested together: two vectors of AVX2.
const GROUP: usize = 8;

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
        for first in (0..LANES / GROUP).map(|group| group * GROUP) {
            // hits are rare, and one vector comparison skips a group without any
            let mut any = false;
            for lane in first..first + GROUP {
                any |= is(lane);
            }
            if any {
                for lane in first..first + GROUP {
                    // always written, but kept only for a hit: this avoids a branch
                    hits.lanes[hits.count & (LANES - 1)] = lane as u16;
                    hits.count += usize::from(is(lane));
                }
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
