//! Scenario files that travel: the texts of all that was read, and scenarios of those texts.
//!
//! In: files, or texts. Out: [`Loaded`] scenarios. Not here: the file that holds the texts (`shards`).

use super::{Attempt, Disk, Loaded, folder_of, load_by, read_as_written, shown};
use crate::cli::{args, simulate};
use crate::report::batch::read_study;
use crate::scenario::Loader;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Texts of files by their paths as messages show them.
pub(in crate::cli) type Texts = BTreeMap<String, String>;

/// What is read of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum How {
    /// The file without its variants and axes.
    AsWritten,
    /// All its cases.
    Cases,
}

/// Files from disk, whose texts are recorded.
struct Recording<'a> {
    disk: Disk<'a>,
    texts: &'a RefCell<Texts>,
}

impl Loader for Recording<'_> {
    fn room(&self) -> Option<u64> {
        self.disk.room()
    }

    fn folder_of<'p>(&self, path: &'p str) -> &'p str {
        self.disk.folder_of(path)
    }

    fn load(&self, path: &str) -> Result<Vec<u8>, String> {
        let bytes = self.disk.load(path)?;
        // what is no text is refused by who reads it
        if let Ok(text) = std::str::from_utf8(&bytes) {
            let mut texts = self.texts.borrow_mut();
            texts.insert(path.to_owned(), text.to_owned());
        }
        Ok(bytes)
    }
}

/// Texts in place of files.
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
        let text = text.ok_or("its text is not among those that were kept")?;
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

/// Reads every file as [`load`](super::load) and [`as_written`](super::as_written) do, and returns the texts of all
/// files that were read.
pub(in crate::cli) fn recorded(
    files: &[PathBuf],
    edits: &args::Edits,
    how: How,
) -> Option<(Vec<Loaded>, Texts)> {
    let texts = RefCell::new(Texts::new());
    let read = |file: &Path| {
        let loader = Recording {
            disk: Disk::new(file, None),
            texts: &texts,
        };
        Ok((attempt(file, edits, how, &loader)?, Vec::new()))
    };
    let loaded = load_by(files, read)?;
    Some((loaded, texts.into_inner()))
}

/// The same scenarios of those texts, wherever the files are now.
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
