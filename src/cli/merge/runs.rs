//! Which run files are of, where they are of several.
//!
//! In: files of one scenario that are whole. Out: [`Runs`], what is said of files of another run. Not here: gaps (`tiling`).

use crate::cli::parts::{Identity, Written};
use crate::engine::Opened;
use std::cmp::Reverse;
use std::path::PathBuf;

/// A file and where it is.
pub(super) type File = (PathBuf, Opened);

/// Files by the run that they are of.
pub(super) struct Runs {
    /// The run that has the most blocks.
    pub own: Vec<File>,
    /// Other runs, the one with the most blocks first.
    pub others: Vec<Vec<File>>,
}

impl Runs {
    /// Of files in the order of their blocks, if there is one.
    pub fn of(files: Vec<File>) -> Option<Self> {
        let mut runs: Vec<(Identity, Vec<File>)> = Vec::new();
        for file in files {
            let identity = Identity::of_head(&file.1.head);
            let mut known = runs.iter_mut();
            match known.find(|(other, _)| other.difference(&identity, || None).is_none()) {
                Some((_, run)) => run.push(file),
                None => runs.push((identity, vec![file])),
            }
        }
        let mut runs: Vec<Vec<File>> = runs.into_iter().map(|(_, run)| run).collect();
        runs.sort_by_key(|run| Reverse(n_blocks(run)));
        let mut runs = runs.into_iter();
        Some(Self { own: runs.next()?, others: runs.collect() })
    }

    /// What is wrong with a file of another run, and what to do about it; behind its name and "its".
    pub fn refusal(&self, run: &[File], file: &Opened) -> String {
        let difference = difference(&self.own[0].1, file).unwrap_or_default();
        let remedy = match n_blocks(run) * 2 >= n_blocks(&self.own) {
            // nothing tells which of them is meant
            true => "both runs have many blocks here: move one of them to another folder",
            false => "delete it, or keep it in another folder",
        };
        format!("{difference}; {remedy}")
    }
}

fn n_blocks(run: &[File]) -> u64 {
    let blocks = run.iter().map(|(_, file)| file.blocks());
    blocks.map(|blocks| blocks.end - blocks.start).sum()
}

/// The first thing in which `other` is of another run than `file`.
fn difference(file: &Opened, other: &Opened) -> Option<String> {
    let document = |file| Some(Written::of(file).ok()?.document);
    let documents = || Some([document(file)?, document(other)?]);
    let identity = Identity::of_head(&file.head);
    identity.difference(&Identity::of_head(&other.head), documents)
}
