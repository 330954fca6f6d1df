//! Files that are whole or not there.

use super::machine;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Files that appear together: all are written under temporary names, then renamed. Until then,
/// and after any fault, nothing is left of them, nor of the folders that were made for them.
pub(super) struct Batch {
    folder: PathBuf,
    /// Folders that were made, the outermost first.
    made: Vec<PathBuf>,
    /// Temporary and final path.
    files: Vec<(PathBuf, PathBuf)>,
    is_committed: bool,
}

impl Batch {
    /// Begins in `folder`, which is made with those above it.
    pub fn open(folder: &Path) -> Result<Self, String> {
        let mut batch = Self {
            folder: folder.to_owned(),
            made: missing(folder),
            files: Vec::new(),
            is_committed: false,
        };
        if let Err(error) = fs::create_dir_all(folder) {
            // some of them may have been made
            batch.clean();
            return Err(not_writable(folder, &error));
        }
        sweep(folder, |_| true);
        Ok(batch)
    }

    /// Writes a file, not yet under its name.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), String> {
        let path = self.folder.join(name);
        let temporary = temporary(&path);
        self.files.push((temporary.clone(), path.clone()));
        write_whole(&temporary, bytes).map_err(|error| cannot_write(&path, &error))
    }

    /// Gives all files their names, and removes those in `outdated` that are not among them.
    pub fn commit(mut self, outdated: &[String]) -> Result<(), String> {
        if let Some((_, path)) = self.files.iter().find(|(_, path)| path.is_dir()) {
            return Err(format!("cannot write {}: it is a folder", path.display()));
        }
        for name in outdated {
            let path = self.folder.join(name);
            if path.is_file() && !self.files.iter().any(|(_, new)| *new == path) {
                fs::remove_file(&path).map_err(|error| {
                    format!("cannot remove {}: {}", path.display(), reason(&error))
                })?;
            }
        }
        for (temporary, path) in &self.files {
            fs::rename(temporary, path).map_err(|error| cannot_write(path, &error))?;
        }
        self.is_committed = true;
        Ok(())
    }

    fn clean(&mut self) {
        // whatever cannot be removed was not there or is not ours
        for (temporary, _) in &self.files {
            let _ = fs::remove_file(temporary);
        }
        for folder in self.made.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        if !self.is_committed {
            self.clean();
        }
    }
}

/// Writes one file by way of a temporary one, so that whatever stands at `path` is always whole.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
        return Err(format!(
            "cannot write {}: there is no folder {}; make it first",
            path.display(),
            folder.display()
        ));
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    sweep(folder.unwrap_or(Path::new(".")), |left| *left == name);
    let temporary = temporary(path);
    let written = write_whole(&temporary, bytes).and_then(|()| fs::rename(&temporary, path));
    written.map_err(|error| {
        // it may not exist; what matters is said
        let _ = fs::remove_file(&temporary);
        cannot_write(path, &error)
    })
}

/// Whether files could be written to `folder`; leaves nothing behind, whatever the answer.
pub(super) fn probe(folder: &Path) -> Result<(), String> {
    let mut batch = Batch::open(folder)?;
    batch
        .add("probe", b"")
        .map_err(|_| not_writable(folder, &io::ErrorKind::PermissionDenied.into()))
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
    let file = folder
        .ancestors()
        .find(|above| above.exists() && !above.is_dir());
    let why = match file {
        Some(file) => format!("{} is a file", file.display()),
        None => reason(error),
    };
    format!(
        "cannot write into the folder {}: {why}; choose another with --out",
        folder.display()
    )
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

fn temporary(path: &Path) -> PathBuf {
    path.with_file_name(format!(
        ".{}.{}.tmp",
        path.file_name().unwrap_or_default().to_string_lossy(),
        std::process::id()
    ))
}

/// Removes temporary files in `folder` for names that are meant, if the processes that wrote them are
/// gone: they were killed before they could.
fn sweep(folder: &Path, is_meant: impl Fn(&str) -> bool) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let left = name.to_str().and_then(parts_of_temporary);
        let is_left = left.is_some_and(|(name, process)| {
            is_meant(name) && machine::is_alive(process) == Some(false)
        });
        if is_left {
            // another process may be faster
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// What [`temporary`] was made of, name and process.
fn parts_of_temporary(name: &str) -> Option<(&str, u32)> {
    let (name, process) = name
        .strip_prefix('.')?
        .strip_suffix(".tmp")?
        .rsplit_once('.')?;
    Some((name, process.parse().ok()?))
}

fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = fs::File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
