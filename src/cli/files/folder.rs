//! Access to a folder for writing: one process at a time, no links, no leftovers of killed processes.
//!
//! In: a folder. Out: [`Entered`], [`Temporary`] files in it. Not here: the choice of files (`files`).
//!
//! Process ids cannot show the owner of a temporary file, because containers that share a folder count their
//! processes separately. Instead, a process that writes into a folder holds a lock on it. The system releases
//! the lock when the process ends, however it ends. A temporary file that is found under the lock is
//! therefore a leftover. On a file system without locks, it is a leftover if it is older than a day.

use super::Long;
use crate::cli::interrupt::{Writing, writing};
use std::collections::hash_map::RandomState;
use std::fs::{self, TryLockError};
use std::hash::{BuildHasher, Hasher};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

/// Age after which a temporary file is a leftover, on file systems without locks.
const LEFT: Duration = Duration::from_secs(24 * 3600);
/// Longest wait for another process that holds the lock of a folder.
const PATIENCE: Duration = Duration::from_secs(60);
/// Longest time to retry if a folder is missing because another process has just removed it.
const AGAIN: Duration = Duration::from_millis(500);
const PAUSE: Duration = Duration::from_millis(2);
/// Number of hexadecimal digits in the random part of a temporary name.
const RANDOM: usize = 16;

/// A folder that this process has open for writing, locked exclusively if the file system has locks.
pub(super) struct Entered {
    pub path: PathBuf,
    /// Folders that had to be created for this one, the outermost first, with this one as the last.
    made: Vec<PathBuf>,
    lock: Option<fs::File>,
    writing: Option<Writing>,
}

impl Entered {
    /// Creates `folder`, which is `out` or lies below it, and opens it for writing with a lock.
    pub fn make(folder: &Path, out: &Path) -> io::Result<Self> {
        let made = missing(folder);
        Self::enter(folder, made, || make(folder, out))
    }

    /// Opens a folder that exists for writing, with a lock.
    pub fn find(folder: &Path) -> io::Result<Self> {
        Self::enter(folder, Vec::new(), || Ok(()))
    }

    fn enter(folder: &Path, made: Vec<PathBuf>, make: impl Fn() -> io::Result<()>) -> io::Result<Self> {
        let mut entered = Self { path: folder.to_owned(), made, lock: None, writing: None };
        let begun = Instant::now();
        loop {
            let writing = writing();
            let locked = make().and_then(|()| locked(folder, fs::File::try_lock));
            match locked {
                Ok(lock) if lock.as_ref().is_none_or(|lock| is_of(lock, folder)) => {
                    (entered.lock, entered.writing) = (lock, Some(writing));
                    return Ok(entered);
                }
                // the lock is on a folder that another process has removed meanwhile
                Ok(_) => {}
                Err(error) if is_gone(&error, begun) || is_held(&error, begun) => {}
                Err(error) => {
                    entered.undo();
                    let why = "another process has been writing to it for a minute";
                    let is_late = error.kind() == io::ErrorKind::WouldBlock;
                    return Err(if is_late { io::Error::other(why) } else { error });
                }
            }
            drop(writing);
            thread::sleep(PAUSE);
        }
    }

    /// Removes temporary files that ended processes left, if `is_meant` is true for their final names.
    pub fn sweep(&self, is_meant: impl Fn(&str) -> bool) {
        remove_left(&self.path, self.lock.is_some(), is_meant);
    }

    /// Returns the guard that keeps Ctrl-C from ending the process; `None` if an earlier call returned it.
    pub fn leave(&mut self) -> Option<Writing> {
        self.writing.take()
    }

    /// Removes the folders that were created for this one, if they are empty.
    pub fn undo(&mut self) {
        for folder in self.made.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
        self.made.clear();
    }
}

/// A file under a temporary name. Dropping it deletes the file unless it was renamed.
pub(in crate::cli) struct Temporary {
    path: PathBuf,
    /// Lock that keeps other processes from removing the file as a leftover; `None` if this process has locked the
    /// whole folder, or if there are no locks.
    _shared: Option<fs::File>,
    _writing: Writing,
}

impl Temporary {
    /// Writes `bytes` to a new file beside `path`, under a temporary name that nobody can foresee. If
    /// `is_durable`, the file is synced to disk and survives a power cut.
    pub fn write(path: &Path, bytes: &[u8], is_durable: bool) -> io::Result<Self> {
        Self::fill(path, is_durable, None, |file| Long::of(file).write_all(bytes))
    }

    /// Writes a new file with the function `write`, into a folder that this process has not locked.
    pub fn write_shared(
        path: &Path,
        is_durable: bool,
        write: impl FnOnce(&fs::File) -> io::Result<()>,
    ) -> io::Result<Self> {
        Self::fill(path, is_durable, path.parent().and_then(share), write)
    }

    fn fill(
        path: &Path,
        is_durable: bool,
        shared: Option<fs::File>,
        write: impl FnOnce(&fs::File) -> io::Result<()>,
    ) -> io::Result<Self> {
        let writing = writing();
        loop {
            let temporary = path.with_file_name(name_for(path));
            let file = match fs::File::create_new(&temporary) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                file => file?,
            };
            let written = Self { path: temporary, _shared: shared, _writing: writing };
            write(&file)?;
            if is_durable {
                file.sync_all()?;
            }
            return Ok(written);
        }
    }

    /// Current path of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Renames the file to its final name `path`.
    pub fn rename(mut self, path: &Path) -> io::Result<()> {
        fs::rename(&self.path, path)?;
        self.path.clear();
        Ok(())
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if !self.path.as_os_str().is_empty() {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Creates `folder`, which is `out` or lies below it, and the folders above it. Errors if one is a link.
pub(in crate::cli) fn make(folder: &Path, out: &Path) -> io::Result<()> {
    refuse_links(folder, out)?;
    let begun = Instant::now();
    loop {
        match fs::create_dir_all(folder) {
            // another process has just removed an empty folder above it
            Err(error) if is_gone(&error, begun) => {}
            made => return made,
        }
        thread::sleep(PAUSE);
    }
}

/// Refuses a `folder`, which is `out` or lies below it, whose files a link would redirect elsewhere. No
/// folder below `out` may be a link. A relative `out` must not be a link either, because other people may
/// have made links in the working tree.
pub(in crate::cli) fn refuse_links(folder: &Path, out: &Path) -> io::Result<()> {
    let is_checked = |path: &&Path| out.is_relative() || (path.starts_with(out) && *path != out);
    let is_link = |path: &&Path| fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink());
    match folder.ancestors().filter(is_checked).find(is_link) {
        None => Ok(()),
        Some(link) => Err(io::Error::other(format!("{} is a link, which is not followed", link.display()))),
    }
}

/// Removes temporary files in `folder` that ended processes left, if `is_meant` is true for their final
/// names. If another process is writing there, only files older than a day are removed.
pub(in crate::cli) fn sweep(folder: &Path, is_meant: impl Fn(&str) -> bool) {
    let alone = fs::File::open(folder).ok().filter(|file| cfg!(unix) && file.try_lock().is_ok());
    remove_left(folder, alone.is_some(), is_meant);
}

fn remove_left(folder: &Path, is_alone: bool, is_meant: impl Fn(&str) -> bool) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_temporary = entry.file_name().to_str().and_then(meant_by).is_some_and(&is_meant);
        if is_temporary && (is_alone || is_old(&entry)) {
            // another process may have removed it already
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Takes a shared lock on `folder`, which excludes exclusive locks; `None` if no lock is possible.
pub(in crate::cli) fn share(folder: &Path) -> Option<fs::File> {
    let begun = Instant::now();
    loop {
        match locked(folder, fs::File::try_lock_shared) {
            Err(error) if is_held(&error, begun) => thread::sleep(PAUSE),
            lock => return lock.ok().flatten(),
        }
    }
}

/// Opens `folder` and locks it with `lock`; `None` where there are no locks. The error is `WouldBlock` while
/// another process holds the lock.
fn locked(
    folder: &Path,
    lock: impl Fn(&fs::File) -> Result<(), TryLockError>,
) -> io::Result<Option<fs::File>> {
    if !cfg!(unix) {
        return Ok(None);
    }
    let file = match fs::File::open(folder) {
        // the folder may be writable but not readable
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => return Ok(None),
        file => file?,
    };
    match lock(&file) {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::Error(_)) => Ok(None),
        Err(TryLockError::WouldBlock) => Err(io::ErrorKind::WouldBlock.into()),
    }
}

/// True if `error` says that another process holds the folder, and the wait since `begun` may go on.
fn is_held(error: &io::Error, begun: Instant) -> bool {
    error.kind() == io::ErrorKind::WouldBlock && begun.elapsed() <= PATIENCE
}

/// True if `error` says that a folder is missing, and creating it may be tried again so soon after `begun`.
fn is_gone(error: &io::Error, begun: Instant) -> bool {
    error.kind() == io::ErrorKind::NotFound && begun.elapsed() < AGAIN
}

/// True if the file that `lock` is held on is the folder that is now at this path.
#[cfg(unix)]
fn is_of(lock: &fs::File, folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let (Ok(held), Ok(found)) = (lock.metadata(), fs::metadata(folder)) else {
        return false;
    };
    (held.dev(), held.ino()) == (found.dev(), found.ino())
}

#[cfg(not(unix))]
fn is_of(_: &fs::File, folder: &Path) -> bool {
    folder.is_dir()
}

/// Folders that do not exist, from the outermost down to `folder`.
fn missing(folder: &Path) -> Vec<PathBuf> {
    let mut missing: Vec<PathBuf> = folder
        .ancestors()
        .take_while(|above| !above.as_os_str().is_empty() && !above.exists())
        .map(Path::to_owned)
        .collect();
    missing.reverse();
    missing
}

/// Temporary name such as `.report.json.5f1c0b9d27a4e836.tmp`. The seed of a hash map supplies the random
/// part, because it comes from the system's random numbers.
fn name_for(path: &Path) -> String {
    let random = RandomState::new().build_hasher().finish();
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    format!(".{name}.{random:0RANDOM$x}.tmp")
}

/// Final name of the file with the temporary name `name`; `None` if that is no temporary name.
fn meant_by(name: &str) -> Option<&str> {
    let name = name.strip_prefix('.')?.strip_suffix(".tmp")?;
    let (name, random) = name.rsplit_once('.')?;
    is_hexadecimal(random, RANDOM).then_some(name)
}

/// True if `text` consists of exactly `n_digits` hexadecimal digits.
pub(in crate::cli) fn is_hexadecimal(text: &str, n_digits: usize) -> bool {
    text.len() == n_digits && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

fn is_old(entry: &fs::DirEntry) -> bool {
    let modified = entry.metadata().and_then(|metadata| metadata.modified());
    let age = modified.ok().and_then(|modified| modified.elapsed().ok());
    age.is_some_and(|age| age > LEFT)
}
