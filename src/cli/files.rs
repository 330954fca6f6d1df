//! Writes files completely or not at all, and the files of one run together.
//!
//! In: names, bytes. Out: complete files, or none. Not here: access to folders and leftovers of killed
//! processes (`folder`).

mod folder;

#[cfg(test)]
pub(super) use folder::share;
pub(super) use folder::{Temporary, is_hexadecimal, make, refuse_links, sweep};

use super::interrupt::{self, Writing};
use super::{Stop, machine};
use folder::Entered;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// A set of files that belong together. All are written under temporary names before the first is renamed.
/// After an error, neither the files nor the folders created for them are left.
///
/// The file that is added first marks the set as complete: an earlier run's file of this name is deleted
/// first, and the new one is renamed last. All earlier files are deleted before the first new one is renamed.
/// Files of two runs therefore never stand side by side, whenever the process ends.
pub(super) struct Batch {
    folder: Entered,
    /// Files of the set: each under its temporary name, with its final path.
    files: Vec<(Temporary, PathBuf)>,
}

impl Batch {
    /// Opens `folder`, which is `out` or lies below it, and creates missing folders. Other processes do not
    /// write there until the set is committed or dropped. Errors if the folder cannot be written.
    pub fn open(folder: &Path, out: &Path) -> Result<Self, Stop> {
        let entered = Entered::make(folder, out).map_err(|error| not_writable(folder, error))?;
        entered.sweep(|_| true);
        Ok(Self { folder: entered, files: Vec::new() })
    }

    /// Writes a file under a temporary name. Errors after Ctrl-C, or if the file cannot be written.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), Stop> {
        if interrupt::is_asked() {
            return Err(Stop::Interrupted);
        }
        let path = self.folder.path.join(name);
        let temporary = Temporary::write(&path, bytes, true).map_err(|error| cannot_write(&path, &error))?;
        self.files.push((temporary, path));
        Ok(())
    }

    /// Renames all files to their final names, and deletes earlier files of these names and the files in
    /// `outdated`.
    ///
    /// While the returned guard exists, Ctrl-C does not end the process. Errors leave no new file.
    pub fn commit(mut self, outdated: &[String]) -> Result<Option<Writing>, Stop> {
        if let Some((_, path)) = self.files.iter().find(|(_, path)| path.is_dir()) {
            return Err(cannot_write(path, &io::Error::other("it is a folder")));
        }
        let outdated = outdated.iter().map(|name| self.folder.path.join(name));
        let mut earlier: Vec<PathBuf> =
            self.files.iter().map(|(_, new)| new.clone()).chain(outdated).collect();
        earlier.retain(|path| is_there(path) && !path.is_dir());
        // a single file replaces an earlier one in one step, so that nothing is deleted first
        if self.files.len() > 1 || earlier.len() > 1 {
            for path in &earlier {
                remove(path)?;
            }
        }
        let mut renamed = Vec::new();
        while let Some((temporary, path)) = self.files.pop() {
            if let Err(error) = temporary.rename(&path) {
                // files that are renamed already are useless alone; the others are temporary and deleted on
                // drop
                for path in renamed {
                    let _ = fs::remove_file(path);
                }
                return Err(cannot_write(&path, &error));
            }
            renamed.push(path);
        }
        Ok(self.folder.leave())
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        // temporary files first, because a folder with files is not removed
        self.files.clear();
        self.folder.undo();
    }
}

/// Writes named files into `folder`, which is `out` or lies below it: all or none.
pub(super) fn write_all(folder: &Path, out: &Path, files: &[(&str, &[u8])]) -> Result<(), Stop> {
    let mut batch = Batch::open(folder, out)?;
    for (name, bytes) in files {
        batch.add(name, bytes)?;
    }
    batch.commit(&[]).map(drop)
}

/// Writes one file through a temporary one, so that the file at `path` is always complete. A link there is
/// replaced, not followed. Errors if its folder does not exist.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), Stop> {
    let folder = parent_folder(path);
    refuse_missing(folder, path)?;
    let write = || -> io::Result<()> {
        let entered = Entered::find(folder)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        entered.sweep(|left| *left == name);
        Temporary::write(path, bytes, true)?.rename(path)
    };
    write().map_err(|error| cannot_write(path, &error))
}

/// Refuses `folder`, which is `out` or lies below it, if files cannot be written to it. Leaves nothing behind in either
/// case.
pub(super) fn probe(folder: &Path, out: &Path) -> Result<(), Stop> {
    let _batch = Batch::open(folder, out)?;
    let written = Temporary::write(&folder.join("probe"), b"", false);
    written.map(drop).map_err(|error| not_writable(folder, error))
}

/// Deletes files of an earlier run, in the order of `names`, so that they do not mix with those of the next
/// run.
pub(super) fn forget(folder: &Path, out: &Path, names: &[&str]) -> Result<(), Stop> {
    let mut entered = Entered::make(folder, out).map_err(|error| not_writable(folder, error))?;
    for path in names.iter().map(|name| folder.join(name)) {
        if is_there(&path) && !path.is_dir() {
            remove(&path)?;
        }
    }
    entered.undo();
    Ok(())
}

/// Reads a regular file of at most `most` bytes. Refuses links, which could lead anywhere, and pipes, which
/// may never end.
pub(super) fn read_plain(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    if fs::symlink_metadata(path)?.is_symlink() {
        return Err(io::Error::other("it is a link"));
    }
    read_bounded(path, most)
}

/// Reads a regular file of at most `most` bytes. Links are followed, because the user named the file.
pub(super) fn read_bounded(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is no file"));
    }
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 <= most {
        Ok(bytes)
    } else {
        Err(io::Error::other(format!("it is larger than {} MB", most / 1_000_000)))
    }
}

fn cannot_write(path: &Path, error: &io::Error) -> Stop {
    Stop::at(path, "write", error, "")
}

fn not_writable(folder: &Path, error: io::Error) -> Stop {
    let file = folder.ancestors().find(|above| above.exists() && !above.is_dir());
    let error = file.map_or(error, |file| io::Error::other(format!("{} is a file", file.display())));
    Stop::at(folder, "write into the folder", &error, "choose another with --out")
}

/// Refuses to write the file `path` if its `folder` does not exist.
pub(super) fn refuse_missing(folder: &Path, path: &Path) -> Result<(), Stop> {
    let error = || io::Error::other(format!("there is no folder {}", folder.display()));
    if folder.is_dir() { Ok(()) } else { Err(Stop::at(path, "write", &error(), "make it first")) }
}

/// Folder of the file `path`; `.` if it is named without one.
pub(super) fn parent_folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// True if `path` exists, even as a link that leads nowhere.
pub(super) fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

fn remove(path: &Path) -> Result<(), Stop> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Stop::at(path, "remove", &error, "")),
        _ => Ok(()),
    }
}

/// Writer of a long file in pieces; it refuses to exceed the system's limit for the size of a file.
pub(super) struct Long<'f> {
    file: &'f fs::File,
    n_bytes: u64,
    is_stoppable: bool,
}

impl<'f> Long<'f> {
    /// Returns a writer that Ctrl-C does not stop.
    pub fn of(file: &'f fs::File) -> Self {
        Self { file, n_bytes: 0, is_stoppable: false }
    }

    /// Returns a writer that fails at the next piece after Ctrl-C.
    pub fn stoppable(file: &'f fs::File) -> Self {
        Self { is_stoppable: true, ..Self::of(file) }
    }
}

impl Write for Long<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.is_stoppable && interrupt::is_asked() {
            return Err(io::Error::other("interrupted"));
        }
        self.n_bytes += bytes.len() as u64;
        if machine::largest_file().is_some_and(|most| self.n_bytes > most) {
            // beyond the limit the system would end the process
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
