//! The few lanes of a block on which something holds.
//!
//! In: a condition on lanes. Out: [`Hits`], their numbers in order. Not here: what is done on them.

use super::LANES;

/// Lanes that are asked together whether it holds on any of them: two vectors of AVX2.
const GROUP: usize = 8;

/// Lanes on which a condition holds.
#[derive(Clone, Copy, Debug)]
pub struct Hits {
    lanes: [u16; LANES],
    count: usize,
}

impl Hits {
    /// Those on which `is` holds.
    #[inline(always)]
    pub fn of(is: impl Fn(usize) -> bool) -> Self {
        let (mut lanes, mut count) = ([0; LANES], 0);
        for first in (0..LANES / GROUP).map(|group| group * GROUP) {
            // hits are rare: most groups have none, and one comparison of a vector says so
            let mut any = false;
            for lane in first..first + GROUP {
                any |= is(lane);
            }
            if any {
                for lane in first..first + GROUP {
                    // always written, kept only for a hit: no branch
                    lanes[count & (LANES - 1)] = lane as u16;
                    count += usize::from(is(lane));
                }
            }
        }
        Self { lanes, count }
    }

    /// Their numbers, ascending.
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
