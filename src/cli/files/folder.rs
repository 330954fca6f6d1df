//! A folder while it is written to: one process at a time, no links, nothing left of killed ones.
//!
//! In: a folder. Out: [`Entered`], [`Temporary`] files in it. Not here: which files there are (`files`).
//!
//! Processes that share a folder may not know of each other: containers number theirs apart. So nobody
//! asks which process a temporary file is of. Whoever writes into a folder holds a lock on it, which the
//! system takes back from a process that ends, however it ends: a temporary file that is found under the
//! lock has been left. Where a file system has no locks, only what is older than a day has been.

use super::write_whole;
use crate::cli::interrupt::{Writing, writing};
use std::collections::hash_map::RandomState;
use std::fs::{self, TryLockError};
use std::hash::{BuildHasher, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

/// After this a temporary file has been left, where there are no locks.
const LEFT: Duration = Duration::from_secs(24 * 3600);
/// So long another process may hold a folder.
const PATIENCE: Duration = Duration::from_secs(60);
/// So long a folder may be gone that another process has just removed.
const AGAIN: Duration = Duration::from_millis(500);
const PAUSE: Duration = Duration::from_millis(2);
/// Letters of the random part of a temporary name.
const RANDOM: usize = 16;

/// A folder that is entered, alone if the file system has locks.
pub(super) struct Entered {
    path: PathBuf,
    /// Folders that were made for it, the outermost first.
    made: Vec<PathBuf>,
    lock: Option<fs::File>,
    writing: Option<Writing>,
}

impl Entered {
    /// Makes `folder` and enters it; it is `out` or lies below.
    pub fn make(folder: &Path, out: &Path) -> io::Result<Self> {
        let made = missing(folder);
        Self::enter(folder, made, || make(folder, out))
    }

    /// Enters a folder that is there.
    pub fn find(folder: &Path) -> io::Result<Self> {
        Self::enter(folder, Vec::new(), || Ok(()))
    }

    fn enter(
        folder: &Path,
        made: Vec<PathBuf>,
        make: impl Fn() -> io::Result<()>,
    ) -> io::Result<Self> {
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
                // another process has removed the empty folder it had made
                Ok(_) => {}
                Err(error) if is_gone(&error, begun) || is_held(&error, begun) => {}
                Err(error) => {
                    entered.undo();
                    return Err(late(error));
                }
            }
            drop(writing);
            thread::sleep(PAUSE);
        }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Removes temporary files for names that are meant, if those who wrote them are gone.
    pub fn sweep(&self, is_meant: impl Fn(&str) -> bool) {
        remove_left(&self.path, self.lock.is_some(), is_meant);
    }

    /// What keeps the process from ending by Ctrl-C.
    pub fn leave(&mut self) -> Option<Writing> {
        self.writing.take()
    }

    /// Removes the folders that were made, if nothing is in them.
    pub fn undo(&mut self) {
        for folder in self.made.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
        self.made.clear();
    }
}

/// A file that has not its name yet; goes unless it is given one.
pub(in crate::cli) struct Temporary {
    path: PathBuf,
    _writing: Writing,
}

impl Temporary {
    /// Writes `bytes` for a file that will be `path`, under a name that nobody can foresee and that
    /// nothing had before. What is to outlast a power cut must be `durable`.
    pub fn write(path: &Path, bytes: &[u8], is_durable: bool) -> io::Result<Self> {
        Self::write_by(path, is_durable, |file| write_whole(file, bytes))
    }

    /// The same of what `write` writes.
    pub fn write_by(
        path: &Path,
        is_durable: bool,
        write: impl FnOnce(&fs::File) -> io::Result<()>,
    ) -> io::Result<Self> {
        let writing = writing();
        loop {
            let temporary = path.with_file_name(name_for(path));
            let file = match fs::File::create_new(&temporary) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                file => file?,
            };
            let written = Self { path: temporary, _writing: writing };
            write(&file)?;
            if is_durable {
                file.sync_all()?;
            }
            return Ok(written);
        }
    }

    /// Where it is now.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Gives it its name.
    pub fn rename(self, path: &Path) -> io::Result<()> {
        fs::rename(&self.path, path)?;
        self.keep();
        Ok(())
    }

    /// Leaves it to the caller.
    pub fn keep(mut self) -> PathBuf {
        std::mem::take(&mut self.path)
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if !self.path.as_os_str().is_empty() {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Makes `folder`, which is `out` or lies below, with those above it.
pub(in crate::cli) fn make(folder: &Path, out: &Path) -> io::Result<()> {
    refuse_links(folder, out)?;
    let begun = Instant::now();
    loop {
        match fs::create_dir_all(folder) {
            // another process has removed one above it, which was empty
            Err(error) if is_gone(&error, begun) => {}
            made => return made,
        }
        thread::sleep(PAUSE);
    }
}

/// Errors if files that are meant for `folder`, which is `out` or lies below, would come to lie
/// somewhere else: below `out` nothing may be a link, and nothing of `out` itself if it is relative.
/// Such a folder is one of the working tree, where a link may be of another hand than the command.
pub(in crate::cli) fn refuse_links(folder: &Path, out: &Path) -> io::Result<()> {
    let is_checked = |path: &&Path| out.is_relative() || (path.starts_with(out) && *path != out);
    let is_link = |path: &&Path| fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink());
    match folder.ancestors().filter(is_checked).find(is_link) {
        None => Ok(()),
        Some(link) => {
            Err(io::Error::other(format!("{} is a link, which is not followed", link.display())))
        }
    }
}

/// Removes temporary files in `folder` for names that are meant; all of them if nobody else can be
/// writing there, else those that are old.
pub(in crate::cli) fn remove_left(folder: &Path, is_alone: bool, is_meant: impl Fn(&str) -> bool) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let is_temporary = name.to_str().and_then(meant_by).is_some_and(&is_meant);
        if is_temporary && (is_alone || is_old(&entry)) {
            // another process may be faster
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Holds `folder` against those that want it alone; nothing where there are no locks.
pub(in crate::cli) fn share(folder: &Path) -> Option<fs::File> {
    let begun = Instant::now();
    loop {
        match locked(folder, fs::File::try_lock_shared) {
            Err(error) if is_held(&error, begun) => thread::sleep(PAUSE),
            lock => return lock.ok().flatten(),
        }
    }
}

/// Holds `folder` alone, if nobody holds it now.
pub(in crate::cli) fn try_alone(folder: &Path) -> Option<fs::File> {
    let file = fs::File::open(folder).ok().filter(|_| cfg!(unix))?;
    file.try_lock().is_ok().then_some(file)
}

/// The folder with a lock on it; none where there are no locks. Would block while another holds it.
fn locked(
    folder: &Path,
    lock: impl Fn(&fs::File) -> Result<(), TryLockError>,
) -> io::Result<Option<fs::File>> {
    if !cfg!(unix) {
        return Ok(None);
    }
    let file = match fs::File::open(folder) {
        // it may be written to and not be read
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => return Ok(None),
        file => file?,
    };
    match lock(&file) {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::Error(_)) => Ok(None),
        Err(TryLockError::WouldBlock) => Err(io::ErrorKind::WouldBlock.into()),
    }
}

/// Whether another process holds a folder, and not for too long.
fn is_held(error: &io::Error, begun: Instant) -> bool {
    error.kind() == io::ErrorKind::WouldBlock && begun.elapsed() <= PATIENCE
}

fn late(error: io::Error) -> io::Error {
    match error.kind() {
        io::ErrorKind::WouldBlock => {
            io::Error::other("another process has been writing to it for a minute")
        }
        _ => error,
    }
}

/// Whether a folder was removed just now, so that it may be made again.
fn is_gone(error: &io::Error, begun: Instant) -> bool {
    error.kind() == io::ErrorKind::NotFound && begun.elapsed() < AGAIN
}

/// Whether `lock` is of what is now at `folder`.
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

/// Folders from the outermost that does not exist down to `folder`.
fn missing(folder: &Path) -> Vec<PathBuf> {
    let mut missing: Vec<PathBuf> = folder
        .ancestors()
        .take_while(|above| !above.as_os_str().is_empty() && !above.exists())
        .map(Path::to_owned)
        .collect();
    missing.reverse();
    missing
}

/// `.report.json.5f1c0b9d27a4e836.tmp`; keys of a hash map come from the system's random numbers.
fn name_for(path: &Path) -> String {
    let random = RandomState::new().build_hasher().finish();
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    format!(".{name}.{random:0RANDOM$x}.tmp")
}

/// The name that a temporary file is for.
fn meant_by(name: &str) -> Option<&str> {
    let name = name.strip_prefix('.')?.strip_suffix(".tmp")?;
    let (name, random) = name.rsplit_once('.')?;
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    (random.len() == RANDOM && random.bytes().all(is_digit)).then_some(name)
}

fn is_old(entry: &fs::DirEntry) -> bool {
    let modified = entry.metadata().and_then(|metadata| metadata.modified());
    let age = modified.ok().and_then(|modified| modified.elapsed().ok());
    age.is_some_and(|age| age > LEFT)
}
