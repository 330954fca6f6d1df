//! Files of a cache: written by way of temporary ones, swept, and bounded in number.
//!
//! In: paths, bytes. Out: files that are whole or not there. Not here: what is in them (`entry`).
//!
//! Nothing but entries and their temporary files is ever touched, whatever else somebody keeps there.

use crate::cli::files;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

/// Letters of a key.
const KEY: usize = 64;

/// Folders of entries.
pub(super) struct Folder {
    /// With the ending of their entries.
    folders: Vec<(PathBuf, &'static str)>,
    /// About how many bytes there are; other processes add to them as well.
    bytes: AtomicU64,
}

struct Entry {
    path: PathBuf,
    bytes: u64,
    used: SystemTime,
}

impl Folder {
    /// Removes what killed processes left.
    pub fn open(folders: impl Into<Vec<(PathBuf, &'static str)>>) -> Self {
        let folder = Self { folders: folders.into(), bytes: AtomicU64::new(0) };
        folder.sweep();
        folder
    }

    /// Writes a file by way of a temporary one. What a power cut could spoil is found when it is read.
    pub fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        // nobody sweeps meanwhile
        let _shared = path.parent().and_then(files::share);
        files::Temporary::write(path, bytes, false)?.rename(path)
    }

    /// Takes note of new bytes; when there are more than `most`, old ones go.
    pub fn grown_by(&self, bytes: u64, most: u64) {
        if self.bytes.fetch_add(bytes, Ordering::Relaxed) + bytes > most {
            self.shrink(most);
        }
    }

    /// Removes entries, first those that were not asked for longest, until at most `most` bytes are
    /// left.
    pub fn shrink(&self, most: u64) {
        let mut entries = self.entries();
        let mut bytes: u64 = entries.iter().map(|entry| entry.bytes).sum();
        entries.sort_by(|a, b| (a.used, &a.path).cmp(&(b.used, &b.path)));
        for entry in entries {
            if bytes <= most {
                break;
            }
            // what cannot be removed is gone already, or still counts next time
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

    /// Removes temporary files that nobody writes any more.
    fn sweep(&self) {
        for (folder, ending) in &self.folders {
            let alone = files::try_alone(folder);
            files::remove_left(folder, alone.is_some(), |name| is_entry(name, ending));
        }
    }

    /// Entries of all folders.
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

/// Makes an entry the newest. Where that is not possible it only goes earlier.
pub(super) fn touch(path: &Path) {
    let file = fs::File::options().append(true).open(path);
    let _ = file.and_then(|file| file.set_modified(SystemTime::now()));
}

/// `<key>.<ending>`
fn is_entry(name: &str, ending: &str) -> bool {
    let key = name.strip_suffix(ending).and_then(|name| name.strip_suffix('.'));
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    key.is_some_and(|key| key.len() == KEY && key.bytes().all(is_digit))
}
