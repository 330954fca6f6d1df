//! Scenarios without their files: records the texts of all files that are read, and reads them again.
//!
//! In: files, or texts. Out: [`Loaded`] scenarios. Not here: the file that stores the texts (`shards`).

use super::{Attempt, Disk, Keeping, Loaded, folder_of, load_by, read_as_written, shown};
use crate::cli::{args, simulate};
use crate::report::batch::read_study;
use crate::scenario::Loader;
use std::collections::BTreeMap;
use std::mem;
use std::path::{Path, PathBuf};

/// Texts of files, by their paths as messages show them.
pub(in crate::cli) type Texts = BTreeMap<String, String>;

/// Choice between a scenario alone and all its cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum How {
    /// The scenario without its variants and axes.
    AsWritten,
    /// All cases of the file.
    Cases,
}

/// Loader that returns stored texts instead of reading files.
struct Kept<'a> {
    file: &'a Path,
    texts: &'a Texts,
}

impl Loader for Kept<'_> {
    fn room(&self) -> Option<u64> {
        simulate::allowed_memory()
    }

    fn folder_of<'p>(&self, path: &'p str) -> &'p str {
        folder_of(self.file, &shown(self.file), path)
    }

    fn load(&self, path: &str) -> Result<Vec<u8>, String> {
        let text = self.texts.get(path);
        let text = text.ok_or("its text is missing from the file")?;
        Ok(text.clone().into_bytes())
    }
}

fn attempt(file: &Path, edits: &args::Edits, how: How, loader: &dyn Loader) -> Attempt {
    let shown = shown(file);
    match how {
        How::AsWritten => read_as_written(&shown, loader, edits),
        How::Cases => read_study(&shown, &edits.all(), loader),
    }
}

/// Reads all files as [`load`](super::load) or [`as_written`](super::as_written) does, depending on `how`.
/// Also returns the texts of all files that were read. `None` if there is a fault, which is printed.
pub(in crate::cli) fn recorded(
    files: &[PathBuf],
    edits: &args::Edits,
    how: How,
) -> Option<(Vec<Loaded>, Texts)> {
    let read = |file: &Path| {
        let disk = Disk::new(file, None);
        let keeping = Keeping::of(&disk);
        let study = attempt(file, edits, how, &keeping)?;
        Ok((study, keeping.texts.into_inner()))
    };
    let mut loaded = load_by(files, read)?;
    let read = loaded.iter_mut().flat_map(|one| mem::take(&mut one.texts));
    let texts = read.map(|text| (text.name, text.text)).collect();
    Some((loaded, texts))
}

/// Reads the scenarios again from `texts`; the files need not exist. `None` if there is a fault, which is
/// printed.
pub(in crate::cli) fn kept(
    files: &[PathBuf],
    edits: &args::Edits,
    how: How,
    texts: &Texts,
) -> Option<Vec<Loaded>> {
    let read = |file: &Path| {
        let study = attempt(file, edits, how, &Kept { file, texts })?;
        Ok((study, Vec::new()))
    };
    load_by(files, read)
}
