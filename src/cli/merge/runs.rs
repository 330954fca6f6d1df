//! Groups the files of parts by the run that they belong to.
//!
//! In: complete files of one scenario. Out: [`RunFiles`], messages on files of another run. Not here: gaps
//! (`tiling`).

use crate::cli::parts::{self, RunTexts};
use crate::engine::Opened;
use std::cmp::Reverse;
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
