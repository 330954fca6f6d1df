//! Groups the files of parts by the run that they belong to, and finds its gaps and overlaps.
//!
//! In: complete files of one scenario. Out: [`RunFiles`], messages on files of another run, [`Tiling`]. Not here:
//! opening files (`cli::parts`).

use crate::cli::parts::{self, RunTexts};
use crate::engine::Opened;
use std::cmp::Reverse;
use std::ops::Range;
use std::path::PathBuf;

/// Path of a file with a part of a run, and the opened file.
pub(super) type File = (PathBuf, Opened);

/// Files of one scenario, grouped by the run that their parts belong to.
pub(super) struct RunFiles {
    /// Files of the run with the most blocks, which is the one to merge.
    pub own: Vec<File>,
    /// Files of each other run, by falling number of blocks.
    pub others: Vec<Vec<File>>,
}

impl RunFiles {
    /// Groups `files`, which must be in the order of their blocks; `None` if there are none.
    pub fn of(files: Vec<File>) -> Option<Self> {
        let mut runs: Vec<Vec<File>> = Vec::new();
        for file in files {
            let origin = &file.1.head.origin;
            let is_own =
                |run: &&mut Vec<File>| parts::difference(&run[0].1.head.origin, origin, || None).is_none();
            match runs.iter_mut().find(is_own) {
                Some(run) => run.push(file),
                None => runs.push(vec![file]),
            }
        }
        runs.sort_by_key(|run| Reverse(n_blocks(run)));
        let mut runs = runs.into_iter();
        Some(Self { own: runs.next()?, others: runs.collect() })
    }

    /// Message that `file`, which belongs to the other run `run`, cannot be merged, with the remedy. It continues
    /// a sentence that ends with "its".
    pub fn refusal(&self, run: &[File], file: &Opened) -> String {
        let own = &self.own[0].1;
        let document = |file| Some(RunTexts::of(file).ok()?.document);
        let documents = || Some([document(own)?, document(file)?]);
        let difference =
            parts::difference(&own.head.origin, &file.head.origin, documents).unwrap_or_default();
        let remedy = if n_blocks(run) * 2 >= n_blocks(&self.own) {
            // it is unclear which run the user wants
            "both runs have many blocks here: move one of them to another folder"
        } else {
            "delete it, or keep it in another folder"
        };
        format!("{difference}; {remedy}")
    }
}

fn n_blocks(run: &[File]) -> u64 {
    let blocks = run.iter().map(|(_, file)| file.blocks());
    blocks.map(|blocks| blocks.end - blocks.start).sum()
}

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
