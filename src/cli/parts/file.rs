//! One file of a part on disk: opened without following links, written whole or not at all.
//!
//! In: paths, parts. Out: [`Opened`] files, or what is wrong with them. Not here: which files there are (`find`).

use super::super::files::{self, Long, Temporary};
use super::super::load;
use crate::engine::{Head, Opened, Source, head_of};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Most files that are held open at once; systems allow a process about a thousand.
const MOST_OPEN: usize = 200;
static OPEN: AtomicUsize = AtomicUsize::new(0);

/// A file of a part.
#[derive(Debug)]
struct PartFile {
    path: PathBuf,
    /// None if too many others are open: it is opened again for each read.
    held: Option<fs::File>,
    /// Length and time of the last change when it was opened first.
    stamp: Stamp,
}

type Stamp = (u64, Option<std::time::SystemTime>);

fn stamp_of(file: &fs::File) -> io::Result<Stamp> {
    let found = file.metadata()?;
    Ok((found.len(), found.modified().ok()))
}

impl PartFile {
    fn open(path: &Path) -> io::Result<Self> {
        let file = plain(path)?;
        let stamp = stamp_of(&file)?;
        let is_held = OPEN.fetch_add(1, Ordering::Relaxed) < MOST_OPEN;
        Ok(Self {
            path: path.to_owned(),
            held: is_held.then_some(file),
            stamp,
        })
    }
}

impl Drop for PartFile {
    fn drop(&mut self) {
        OPEN.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Opens what is no link and no special file.
fn plain(path: &Path) -> io::Result<fs::File> {
    let found = fs::symlink_metadata(path)?;
    if found.is_symlink() {
        return Err(io::Error::other("it is a link, which is not followed"));
    }
    if !found.is_file() {
        return Err(io::Error::other("it is no plain file"));
    }
    fs::File::open(path)
}

impl Source for PartFile {
    fn n_bytes(&self) -> io::Result<u64> {
        Ok(self.stamp.0)
    }

    fn read_at(&self, at: u64, into: &mut [u8]) -> io::Result<()> {
        if let Some(file) = &self.held {
            return read_at(file, at, into);
        }
        let file = plain(&self.path)?;
        if stamp_of(&file)? != self.stamp {
            return Err(io::Error::other("it was changed while it was read"));
        }
        read_at(&file, at, into)
    }
}

#[cfg(unix)]
fn read_at(file: &fs::File, at: u64, into: &mut [u8]) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, into, at)
}

#[cfg(windows)]
fn read_at(file: &fs::File, mut at: u64, mut into: &mut [u8]) -> io::Result<()> {
    while !into.is_empty() {
        match std::os::windows::fs::FileExt::seek_read(file, into, at)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            n => (at, into) = (at + n as u64, &mut into[n..]),
        }
    }
    Ok(())
}

/// The file at `path` with all checksums compared, or the first line alone with what is wrong with the rest.
pub(in crate::cli) fn open(path: &Path) -> Result<Opened, (Option<Box<Head>>, String)> {
    let file = PartFile::open(path).map_err(|error| (None, files::reason(&error)))?;
    let file = Arc::new(file);
    Opened::open(Arc::clone(&file) as Arc<dyn Source>)
        .map_err(|why| (head_of(&*file).ok().map(Box::new), why))
}

/// Writes what `fill` writes so that the file is whole or not there; what is to outlast a power cut must be `durable`.
pub(in crate::cli) fn write(
    path: &Path,
    is_durable: bool,
    fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), String> {
    let write = || -> io::Result<()> {
        // nobody sweeps meanwhile
        let _shared = path.parent().and_then(files::share);
        let fill = |file: &fs::File| fill(&mut Long::stoppable(file));
        Temporary::write_by(path, is_durable, fill)?.rename(path)
    };
    write().map_err(|error| {
        format!(
            "cannot write {}: {}",
            load::shown(path),
            files::reason(&error)
        )
    })
}

/// Removes a file that is of no use any more.
pub(in crate::cli) fn remove(path: &Path) {
    // another process may have been faster
    let _ = fs::remove_file(path);
}

/// What is said of a file that is made again.
pub(in crate::cli) fn note_of(path: &Path, why: &str) -> String {
    format!(
        "note: {}: {why}; its blocks are simulated again\n",
        load::shown(path)
    )
}
