//! The options `--part 3/64` and `--blocks 12..16`, which select a part of a run.
//!
//! In: the argument. Out: [`Cut`]. Not here: the simulation of the part (`part`).

use crate::figure::counted;
use crate::form;
use std::ops::Range;

/// Largest N of `--part K/N`, because file names have five digits.
const MOST_PARTS: u64 = 99_999;

/// The part of a run, a range of its paths, that `--part` or `--blocks` selects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Cut {
    /// Part number `number`, counted from 1, of a run that is cut into `of` equal parts.
    Part {
        number: u64,
        of: u64,
    },
    Blocks(Range<u64>),
}

impl Cut {
    /// Returns the option that selects the part.
    pub fn option(&self) -> &'static str {
        match self {
            Self::Part { .. } => "--part",
            Self::Blocks(_) => "--blocks",
        }
    }

    /// Returns the selected range of blocks (256 paths each) in a run of `n_blocks` blocks. Errors if the run has
    /// fewer blocks than `--blocks` selects.
    pub fn blocks(&self, n_blocks: u64) -> Result<Range<u64>, String> {
        match self {
            Self::Part { number, of } => Ok(n_blocks * (number - 1) / of..n_blocks * number / of),
            Self::Blocks(blocks) if blocks.end <= n_blocks => Ok(blocks.clone()),
            Self::Blocks(blocks) => Err(format!(
                "--blocks {blocks:?} is beyond the end of the run, which has {} of 256 paths; write a range within 0..{n_blocks}",
                counted(n_blocks as usize, "block")
            )),
        }
    }

    /// File name of the selected part. The names of all parts of a run sort in the order of their paths.
    pub fn name(&self) -> String {
        match self {
            Self::Part { number, of } => format!("{number:05}-of-{of:05}.part"),
            Self::Blocks(Range { start, end }) => format!("blocks-{start:08}-{end:08}.part"),
        }
    }
}

/// Parses the argument of `--part`, such as `3/64`.
pub(in crate::cli) fn part(text: &str) -> Result<Cut, String> {
    match pair(text, "/") {
        Some((number, of)) if (1..=of).contains(&number) && of <= MOST_PARTS => Ok(Cut::Part { number, of }),
        _ => Err(format!("write K/N with K from 1 to N and N up to {MOST_PARTS}, such as 3/64")),
    }
}

/// Parses the argument of `--blocks`, such as `12..16`.
pub(in crate::cli) fn blocks(text: &str) -> Result<Cut, String> {
    match pair(text, "..") {
        Some((start, end)) if start < end => Ok(Cut::Blocks(start..end)),
        _ => Err("write A..B with A below B, such as 12..16".to_owned()),
    }
}

fn pair(text: &str, sign: &str) -> Option<(u64, u64)> {
    let (one, other) = text.split_once(sign)?;
    Some((form::whole_number(one)?, form::whole_number(other)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_tile_a_run_and_their_names_sort() {
        for n_blocks in [1, 5, 64, 390_625] {
            let mut next = 0;
            let mut last = String::new();
            for number in 1..=64 {
                let cut = part(&format!("{number}/64")).unwrap();
                let blocks = cut.blocks(n_blocks).unwrap();
                assert_eq!(blocks.start, next);
                assert!(cut.name() > last);
                (next, last) = (blocks.end, cut.name());
            }
            assert_eq!(next, n_blocks);
        }
        assert_eq!(part("3/64").unwrap().name(), "00003-of-00064.part");
        assert_eq!(blocks("12..16").unwrap().name(), "blocks-00000012-00000016.part");
    }

    #[test]
    fn a_piece_that_is_none_is_refused() {
        for text in ["0/4", "5/4", "1", "1/", "/4", "-1/4", "1/100000", "a/b", ""] {
            assert!(part(text).is_err(), "{text}");
        }
        for text in ["4..4", "5..4", "4", "..4", "4..", "-1..4", ""] {
            assert!(blocks(text).is_err(), "{text}");
        }
        assert!(blocks("3..6").unwrap().blocks(5).is_err());
    }
}
