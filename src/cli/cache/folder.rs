//! Files of a cache: written through temporary files, cleaned up, and limited in total size.
//!
//! In: paths, bytes. Out: complete files or none. Not here: their contents (`entry`).
//!
//! Only entries and their temporary files are ever touched, whatever other files the folders contain.

use crate::cli::files;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

/// Number of hexadecimal digits of a key.
const KEY: usize = 64;

/// The folders of a cache, with the total size of their entries.
pub(super) struct Folder {
    /// Each folder, with the file extension of its entries.
    folders: Vec<(PathBuf, &'static str)>,
    /// Approximate size of all entries in bytes; other processes add entries too.
    bytes: AtomicU64,
}

struct Entry {
    path: PathBuf,
    bytes: u64,
    used: SystemTime,
}

impl Folder {
    /// Opens the folders and removes temporary files of killed processes.
    pub fn open(folders: impl Into<Vec<(PathBuf, &'static str)>>) -> Self {
        let folder = Self { folders: folders.into(), bytes: AtomicU64::new(0) };
        folder.sweep();
        folder
    }

    /// Writes a file through a temporary one, without waiting for the disk: damage by a power cut is detected
    /// when the file is read.
    pub fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        // a shared lock keeps other processes from removing the temporary file
        let _shared = path.parent().and_then(files::share);
        files::Temporary::write(path, bytes, false)?.rename(path)
    }

    /// Adds `bytes` to the total size, and deletes old entries if it then exceeds `most` bytes.
    pub fn grown_by(&self, bytes: u64, most: u64) {
        if self.bytes.fetch_add(bytes, Ordering::Relaxed) + bytes > most {
            self.shrink(most);
        }
    }

    /// Deletes the least recently used entries until at most `most` bytes are left.
    pub fn shrink(&self, most: u64) {
        let mut entries = self.entries();
        let mut bytes: u64 = entries.iter().map(|entry| entry.bytes).sum();
        entries.sort_by(|a, b| (a.used, &a.path).cmp(&(b.used, &b.path)));
        for entry in entries {
            if bytes <= most {
                break;
            }
            // an entry that cannot be deleted is gone already, or is counted again next time
            let _ = fs::remove_file(&entry.path);
            bytes -= entry.bytes;
        }
        self.bytes.store(bytes, Ordering::Relaxed);
    }

    fn entries(&self) -> Vec<Entry> {
        let files = self.files();
        let entries = files.into_iter().filter_map(|path| {
            let metadata = fs::symlink_metadata(&path).ok()?;
            Some(Entry {
                bytes: metadata.len(),
                used: metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH),
                path,
            })
        });
        entries.collect()
    }

    /// Removes temporary files that no process writes any more.
    fn sweep(&self) {
        for (folder, ending) in &self.folders {
            let alone = files::try_alone(folder);
            files::remove_left(folder, alone.is_some(), |name| is_entry(name, ending));
        }
    }

    fn files(&self) -> Vec<PathBuf> {
        let mut files = Vec::new();
        for (folder, ending) in &self.folders {
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                let name = entry.file_name();
                if name.to_str().is_some_and(|name| is_entry(name, ending)) {
                    files.push(entry.path());
                }
            }
        }
        files
    }
}

/// Marks an entry as just used. If that fails, the entry is only deleted earlier.
pub(super) fn touch(path: &Path) {
    let file = fs::File::options().append(true).open(path);
    let _ = file.and_then(|file| file.set_modified(SystemTime::now()));
}

/// True for a name of the form `<key>.<ending>`.
fn is_entry(name: &str, ending: &str) -> bool {
    let key = name.strip_suffix(ending).and_then(|name| name.strip_suffix('.'));
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    key.is_some_and(|key| key.len() == KEY && key.bytes().all(is_digit))
}
