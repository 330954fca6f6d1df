//! The file of a part on disk: opened without following links, written completely or not at all.
//!
//! In: paths, parts. Out: [`Opened`] files, or errors. Not here: finding the files (`find`).

use super::super::files::{Long, Temporary};
use super::super::{Stop, load, machine, stop};
use crate::engine::{Opened, PartHead, RandomAccess, Unusable, head_of};
use std::fmt::Display;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

/// Largest number of files with parts of runs held open; systems allow a process about a thousand files.
const MOST_OPEN: usize = 200;
static OPEN: AtomicUsize = AtomicUsize::new(0);

/// Returns the largest number of files with parts of runs to hold open. At least half of the system's limit
/// is left for other files.
fn most_open() -> usize {
    static MOST: OnceLock<usize> = OnceLock::new();
    *MOST.get_or_init(|| {
        let half = machine::most_files().and_then(|most| usize::try_from(most / 2).ok());
        half.map_or(MOST_OPEN, |half| half.min(MOST_OPEN))
    })
}

/// The file of a part of a run, which may be closed between reads.
#[derive(Debug)]
struct PartFile {
    path: PathBuf,
    /// The open file; `None` if too many others are open, so that it is opened again for each read.
    held: Option<fs::File>,
    /// Length and modification time of the file when it was first opened, to notice changes.
    stamp: Stamp,
}

type Stamp = (u64, Option<std::time::SystemTime>);

fn stamp_of(file: &fs::File) -> io::Result<Stamp> {
    let found = file.metadata()?;
    Ok((found.len(), found.modified().ok()))
}

impl PartFile {
    fn open(path: &Path) -> io::Result<Self> {
        Self::of(path, plain(path)?)
    }

    /// Wraps a file that was opened at `path`; it is held open only if [`most_open`] allows one more.
    fn of(path: &Path, file: fs::File) -> io::Result<Self> {
        let stamp = stamp_of(&file)?;
        let one_more = |n: usize| (n < most_open()).then_some(n + 1);
        let is_held = OPEN.fetch_update(Ordering::Relaxed, Ordering::Relaxed, one_more);
        Ok(Self { path: path.to_owned(), held: is_held.is_ok().then_some(file), stamp })
    }

    fn check(&self, file: &fs::File) -> io::Result<()> {
        if stamp_of(file)? == self.stamp {
            Ok(())
        } else {
            Err(io::Error::other("it changed during reading"))
        }
    }
}

impl Drop for PartFile {
    fn drop(&mut self) {
        if self.held.is_some() {
            OPEN.fetch_sub(1, Ordering::Relaxed);
        }
    }
}

/// Opens a regular file; refuses links and special files with [`NOT_PLAIN`].
fn plain(path: &Path) -> io::Result<fs::File> {
    let found = fs::symlink_metadata(path)?;
    if found.is_file() {
        return fs::File::open(path);
    }
    let is_link = found.is_symlink();
    let why = if is_link { "it is a link, which is not followed" } else { "it is a special file" };
    Err(io::Error::new(NOT_PLAIN, why))
}

/// Kind of error with which [`plain`] refuses a file.
const NOT_PLAIN: io::ErrorKind = io::ErrorKind::InvalidInput;

/// Advice for the user on a file that cannot be read although it may be complete.
pub(in crate::cli) fn remedy(error: &io::Error) -> &'static str {
    match error.kind() {
        NOT_PLAIN => "replace it with a regular file",
        _ => "try again, or correct its permissions",
    }
}

impl RandomAccess for PartFile {
    fn n_bytes(&self) -> io::Result<u64> {
        Ok(self.stamp.0)
    }

    fn read_at(&self, at: u64, into: &mut [u8]) -> io::Result<()> {
        let read = match &self.held {
            Some(file) => read_at(file, at, into),
            None => {
                let file = plain(&self.path)?;
                self.check(&file)?;
                read_at(&file, at, into)
            }
        };
        read.map_err(|error| match error.kind() {
            kind @ io::ErrorKind::UnexpectedEof => io::Error::new(kind, "it was truncated during reading"),
            _ => error,
        })
    }

    fn check_unchanged(&self) -> io::Result<()> {
        match &self.held {
            Some(file) => self.check(file),
            None => self.check(&plain(&self.path)?),
        }
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

/// Opens the file of a part of a run and verifies all its checksums. The error has the first line of the file
/// (`None` if unreadable) and the reason.
pub(in crate::cli) fn open(path: &Path) -> Result<Opened, (Option<Box<PartHead>>, Unusable)> {
    let file = Arc::new(PartFile::open(path).map_err(|error| (None, Unusable::Unread(error)))?);
    Opened::open(Arc::clone(&file) as Arc<dyn RandomAccess>)
        .map_err(|why| (head_of(&*file).ok().map(Box::new), why))
}

/// Writes a file with `fill`, completely or not at all. The file survives a power cut.
pub(in crate::cli) fn write(
    path: &Path,
    fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Stop> {
    temporary(path, true, fill).and_then(|file| file.rename(path)).map_err(|error| cannot_write(path, &error))
}

/// Writes a file with `fill`, completely or not at all, and returns it opened.
///
/// It is opened before it gets its final name, because another process may remove a named file at once.
pub(in crate::cli) fn write_opened(
    path: &Path,
    fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<Opened, Stop> {
    let write = || -> io::Result<PartFile> {
        let temporary = temporary(path, false, fill)?;
        let file = plain(temporary.path())?;
        temporary.rename(path)?;
        PartFile::of(path, file)
    };
    let file = write().map_err(|error| cannot_write(path, &error))?;
    Opened::open(Arc::new(file)).map_err(|why| stop!("{}: {why}; run the part again", load::shown(path)))
}

fn temporary(
    path: &Path,
    is_durable: bool,
    fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<Temporary> {
    Temporary::write_shared(path, is_durable, |file| fill(&mut Long::stoppable(file)))
}

fn cannot_write(path: &Path, error: &io::Error) -> Stop {
    let remedy = match error.kind() {
        io::ErrorKind::PermissionDenied => "choose another folder with --out",
        _ => "free disk space, or choose another folder with --out",
    };
    Stop::at(path, "write", error, remedy)
}

/// Note for the user that a file is unusable for the reason `why` and that its blocks are simulated again.
pub(in crate::cli) fn note_of(path: &Path, why: impl Display) -> String {
    format!("note: {}: {why}; its blocks are simulated again\n", load::shown(path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    /// The change keeps the length of the file and is made in place.
    #[test]
    fn a_file_that_is_changed_after_it_was_opened_is_found_held_or_not() {
        let folder = tempfile::tempdir().expect("a folder");
        for is_held in [true, false] {
            let path = folder.path().join("a.part");
            fs::write(&path, b"before").expect("a file");
            let mut file = PartFile::open(&path).expect("a file");
            assert!(file.held.is_some(), "others are open");
            if !is_held {
                file.held = None;
                OPEN.fetch_sub(1, Ordering::Relaxed);
            }
            assert!(file.check_unchanged().is_ok());
            let written = fs::OpenOptions::new().write(true).open(&path);
            let mut written = written.expect("a file");
            written.write_all(b"behind").expect("room");
            // clocks of file systems are coarse
            let later = file.stamp.1.expect("a time") + Duration::from_secs(1);
            written.set_modified(later).expect("a time");
            let why = file.check_unchanged().expect_err("it is another");
            assert_eq!(why.to_string(), "it changed during reading");
            written.set_len(3).expect("a file");
            assert!(file.check_unchanged().is_err());
            let mut into = [0; 6];
            assert!(file.read_at(0, &mut into).is_err());
        }
    }

    #[test]
    fn what_is_written_and_opened_is_read_though_its_name_is_gone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.part");
        let written = write_opened(&path, |into| into.write_all(b"no part"));
        let why = written.expect_err("it is none").to_string();
        assert!(why.contains("it is no part of a run; run the part again"), "{why}");
        let written = temporary(&path, false, |into| into.write_all(b"whole")).expect("room");
        let file = plain(written.path()).expect("a file");
        written.rename(&path).expect("a name");
        let file = PartFile::of(&path, file).expect("a file");
        fs::remove_file(&path).expect("a file");
        let mut into = [0; 5];
        file.read_at(0, &mut into).expect("it is open");
        assert_eq!(&into, b"whole");
    }
}
