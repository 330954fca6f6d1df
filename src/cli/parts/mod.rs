//! Files of the parts of runs: finds, opens and writes them, and identifies the run of each.
//!
//! In: paths, scenarios that were read. Out: opened files, differences between runs. Not here: the format of
//! a file (`engine`), simulating a part (`part`), merging parts (`merge`).

mod file;
mod identity;

pub(super) use file::{note_of, open, remedy, write, write_opened};
pub(super) use identity::{RunTexts, difference, origin_of};

use crate::engine::{Failure, Opened, PartHead, Unusable};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Files of parts of one scenario that were found in a folder.
#[derive(Default)]
pub(super) struct PartFiles {
    /// Complete files with their paths, in the order of their blocks.
    pub whole: Vec<(PathBuf, Opened)>,
    pub unusable: Vec<(PathBuf, Unusable)>,
}

/// Opens the files of parts at `paths` in the current thread pool. Groups them by the name of their scenario.
pub(super) fn find(paths: Vec<PathBuf>) -> BTreeMap<String, PartFiles> {
    let opened: Vec<_> = paths.into_par_iter().map(|path| (open(&path), path)).collect();
    let mut found: BTreeMap<String, PartFiles> = BTreeMap::new();
    for (opened, path) in opened {
        match opened {
            Ok(file) => {
                found.entry(stem(&file.head)).or_default().whole.push((path, file));
            }
            Err((head, why)) => {
                let name = head.as_deref().map_or_else(|| folder_name(&path), stem);
                found.entry(name).or_default().unusable.push((path, why));
            }
        }
    }
    for group in found.values_mut() {
        group.whole.sort_by_key(|(path, file)| {
            let blocks = file.blocks();
            (blocks.start, blocks.end, path.clone())
        });
    }
    found
}

/// True for the name of a part's file, such as `00003-of-00064.part`; false for a temporary file or a
/// checkpoint.
pub(super) fn is_part(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    !name.starts_with('.') && name.ends_with(".part")
}

/// Name of the scenario that a part of a run belongs to: its file name without folder and ending.
fn stem(head: &PartHead) -> String {
    Path::new(&head.origin.file).file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn folder_name(path: &Path) -> String {
    path.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy().into_owned()
}

/// First read failure of the files being merged, and the name of their scenario file; `None` without a merge.
static READ: Mutex<Option<(Failure, String)>> = Mutex::new(None);

/// Registers where later failures to read the parts of scenario `file` are recorded, for [`check_read`].
pub(super) fn reads(failure: Failure, file: String) {
    *READ.lock().unwrap_or_else(PoisonError::into_inner) = Some((failure, file));
}

/// Errors if reading a file that is being merged has failed.
///
/// Computing with numbers that cannot be read may panic. Such a panic is no internal error of the program.
pub(super) fn check_read() -> Result<(), String> {
    let read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    match read.as_ref().and_then(|(failure, file)| Some((failure.get()?, file))) {
        None => Ok(()),
        Some((why, file)) => Err(format!(
            "a part of {file} can no longer be read: {why}; nothing was written for it; `tailwheel merge --check` lists \
             damaged parts"
        )),
    }
}
