//! Files that are whole or not there, and folders that hold the files of one run.
//!
//! In: names, bytes. Out: files, or nothing of them. Not here: who may write into a folder when, and
//! what killed processes left there (`folder`).

mod folder;

pub(super) use folder::{Temporary, make, refuse_links, remove_left, share, try_alone};

use super::interrupt::{self, Writing};
use super::machine;
use folder::Entered;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

/// Files that belong together. All are written under temporary names before the first of them is
/// seen; until then, and after any fault, nothing is left of them, nor of the folders that were made
/// for them.
///
/// The file that is added first says that the others are there: of an earlier run it is the first to
/// go, and of this one the last to come. All earlier files are gone before the first new one has its
/// name, so that files of two runs never stand side by side, whenever the process ends.
pub(super) struct Batch {
    folder: Entered,
    /// Temporary and final path.
    files: Vec<(PathBuf, PathBuf)>,
    is_committed: bool,
}

impl Batch {
    /// Begins in `folder`, which is made with those above it, `out` or below. No other process writes
    /// there until the end.
    pub fn open(folder: &Path, out: &Path) -> Result<Self, String> {
        let entered = Entered::make(folder, out).map_err(|error| not_writable(folder, &error))?;
        entered.sweep(|_| true);
        Ok(Self { folder: entered, files: Vec::new(), is_committed: false })
    }

    /// Writes a file, not yet under its name. After Ctrl-C there is no further one.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), String> {
        if interrupt::asked().load(Ordering::Relaxed) {
            return Err("interrupted".to_owned());
        }
        let path = self.folder.path().join(name);
        let written = Temporary::write(&path, bytes, true);
        let temporary = written.map_err(|error| cannot_write(&path, &error))?;
        self.files.push((temporary.keep(), path));
        Ok(())
    }

    /// Gives all files their names, in place of earlier ones and of those in `outdated`. Until the guard
    /// goes, Ctrl-C does not end the process.
    pub fn commit(mut self, outdated: &[String]) -> Result<Option<Writing>, String> {
        if let Some((_, path)) = self.files.iter().find(|(_, path)| path.is_dir()) {
            return Err(format!("cannot write {}: it is a folder", path.display()));
        }
        let outdated = outdated.iter().map(|name| self.folder.path().join(name));
        let earlier: Vec<PathBuf> = self.files.iter().map(|(_, new)| new.clone()).collect();
        let mut earlier: Vec<PathBuf> = earlier.into_iter().chain(outdated).collect();
        earlier.retain(|path| is_there(path) && !path.is_dir());
        // one file alone takes the place of another at once
        if self.files.len() > 1 || earlier.len() > 1 {
            for path in &earlier {
                remove(path)?;
            }
        }
        let files = std::mem::take(&mut self.files);
        for (index, (temporary, path)) in files.iter().enumerate().rev() {
            if let Err(error) = fs::rename(temporary, path) {
                // what has its name already is of no use alone, and the rest is temporary
                for (_, path) in &files[index + 1..] {
                    let _ = fs::remove_file(path);
                }
                let message = cannot_write(path, &error);
                self.files = files;
                return Err(message);
            }
        }
        self.is_committed = true;
        Ok(self.folder.leave())
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        if self.is_committed {
            return;
        }
        // whatever cannot be removed was not there or is not ours
        for (temporary, _) in &self.files {
            let _ = fs::remove_file(temporary);
        }
        self.folder.undo();
    }
}

/// Writes one file by way of a temporary one, so that whatever stands at `path` is always whole. A link
/// there is replaced, not followed.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let folder = match folder.as_os_str().is_empty() {
        true => Path::new("."),
        false => folder,
    };
    if !folder.is_dir() {
        return Err(format!(
            "cannot write {}: there is no folder {}; make it first",
            path.display(),
            folder.display()
        ));
    }
    let write = || -> io::Result<()> {
        let entered = Entered::find(folder)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        entered.sweep(|left| *left == name);
        Temporary::write(path, bytes, true)?.rename(path)
    };
    write().map_err(|error| cannot_write(path, &error))
}

/// Whether files could be written to `folder`, `out` or below; leaves nothing behind, whatever the
/// answer.
pub(super) fn probe(folder: &Path, out: &Path) -> Result<(), String> {
    let _batch = Batch::open(folder, out)?;
    let written = Temporary::write(&folder.join("probe"), b"", false);
    written.map(drop).map_err(|error| not_writable(folder, &error))
}

/// Removes files of an earlier run that must not stand beside those of the next one, the first of
/// `names` first.
pub(super) fn forget(folder: &Path, out: &Path, names: &[&str]) -> Result<(), String> {
    let mut entered = Entered::make(folder, out).map_err(|error| not_writable(folder, &error))?;
    for path in names.iter().map(|name| folder.join(name)) {
        if is_there(&path) && !path.is_dir() {
            remove(&path)?;
        }
    }
    entered.undo();
    Ok(())
}

/// The bytes of a file of at most `most` bytes. What is no plain file is refused: a link of that name
/// might lead anywhere, and a pipe might never end.
pub(super) fn read_plain(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    if fs::symlink_metadata(path)?.is_symlink() {
        return Err(io::Error::other("it is a link"));
    }
    read_bounded(path, most)
}

/// The same for a file that a user named, which may be a link to one.
pub(super) fn read_bounded(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is no file"));
    }
    let mut bytes = Vec::new();
    let file = fs::File::open(path)?;
    file.take(most + 1).read_to_end(&mut bytes)?;
    match bytes.len() as u64 <= most {
        true => Ok(bytes),
        false => Err(io::Error::other(format!("it is larger than {} MB", most / 1_000_000))),
    }
}

/// Why the system refused, in its words but without its numbers.
pub(super) fn reason(error: &io::Error) -> String {
    let text = match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "it is not permitted".to_owned(),
        _ => error.to_string(),
    };
    match text.find(" (os error") {
        Some(end) => text[..end].to_lowercase(),
        None => text,
    }
}

fn cannot_write(path: &Path, error: &io::Error) -> String {
    format!("cannot write {}: {}", path.display(), reason(error))
}

fn not_writable(folder: &Path, error: &io::Error) -> String {
    let file = folder.ancestors().find(|above| above.exists() && !above.is_dir());
    let why = match file {
        Some(file) => format!("{} is a file", file.display()),
        None => reason(error),
    };
    format!("cannot write into the folder {}: {why}; choose another with --out", folder.display())
}

/// True if something has this name, be it a link that leads nowhere.
pub(super) fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

fn remove(path: &Path) -> Result<(), String> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(format!("cannot remove {}: {}", path.display(), reason(&error)))
        }
        _ => Ok(()),
    }
}

fn write_whole(file: &fs::File, bytes: &[u8]) -> io::Result<()> {
    Long::of(file).write_all(bytes)
}

/// A file that is written piece by piece.
pub(super) struct Long<'f> {
    file: &'f fs::File,
    n_bytes: u64,
    is_stoppable: bool,
}

impl<'f> Long<'f> {
    fn of(file: &'f fs::File) -> Self {
        Self { file, n_bytes: 0, is_stoppable: false }
    }

    /// Ctrl-C is an error between two pieces.
    pub fn stoppable(file: &'f fs::File) -> Self {
        Self { is_stoppable: true, ..Self::of(file) }
    }
}

impl Write for Long<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.is_stoppable && interrupt::asked().load(Ordering::Relaxed) {
            return Err(io::Error::other("interrupted"));
        }
        self.n_bytes += bytes.len() as u64;
        if machine::largest_file().is_some_and(|most| self.n_bytes > most) {
            // beyond it the system would end the process
            return Err(io::Error::other("it is larger than the file size limit (ulimit -f)"));
        }
        self.file.write_all(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

#[cfg(test)]
mod tests;
