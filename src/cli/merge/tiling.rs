//! Gaps and overlaps of ranges of blocks in a run.
//!
//! In: ranges, sorted by their starts. Out: [`Tiling`]. Not here: files.

use std::ops::Range;

/// Blocks of a run that two files have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Overlap {
    /// Index of the earlier of two overlapping ranges in the list of files' ranges; `other` is that of the later.
    pub one: usize,
    pub other: usize,
    pub blocks: Range<u64>,
}

/// Coverage of all blocks of a run by the ranges of blocks that files contain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tiling {
    pub n_blocks: u64,
    /// Blocks that no range contains.
    pub gaps: Vec<Range<u64>>,
    pub overlaps: Vec<Overlap>,
}

impl Tiling {
    /// Compares ranges of files, sorted by their starts, with a run of `n_blocks` blocks. Skips empty ranges.
    pub fn of(ranges: impl Iterator<Item = Range<u64>>, n_blocks: u64) -> Self {
        let (mut gaps, mut overlaps) = (Vec::new(), Vec::new());
        // the end of all ranges so far, and the index of the range that ends there
        let (mut next, mut last) = (0, 0);
        for (index, range) in ranges.enumerate().filter(|(_, range)| !range.is_empty()) {
            if range.start > next {
                gaps.push(next..range.start);
            }
            if range.start < next {
                overlaps.push(Overlap { one: last, other: index, blocks: range.start..range.end.min(next) });
            }
            if range.end > next {
                (next, last) = (range.end, index);
            }
        }
        if next < n_blocks {
            gaps.push(next..n_blocks);
        }
        Self { n_blocks, gaps, overlaps }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(ranges: &[Range<u64>]) -> Tiling {
        Tiling::of(ranges.iter().cloned(), 10)
    }

    #[test]
    fn ranges_that_follow_each_other_are_a_whole_run() {
        for ranges in [vec![0..10, 10..10], vec![0..3, 3..3, 3..9, 9..10], vec![0..0, 0..10, 10..10]] {
            let tiling = of(&ranges);
            assert!(tiling.gaps.is_empty() && tiling.overlaps.is_empty(), "{ranges:?}");
        }
    }

    #[test]
    fn every_gap_and_every_overlap_is_found() {
        let tiling = of(&[1..3, 2..4, 2..3, 6..8]);
        assert_eq!(tiling.gaps, [0..1, 4..6, 8..10]);
        let overlap = |one, other, blocks| Overlap { one, other, blocks };
        assert_eq!(tiling.overlaps, [overlap(0, 1, 2..3), overlap(1, 2, 2..3)]);
        assert_eq!(of(&[]).gaps, std::iter::once(0..10).collect::<Vec<_>>());
    }
}
