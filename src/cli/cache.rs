//! Results of earlier runs, kept on disk so that they are not computed twice.
//!
//! In: keys, bytes. Out: the bytes that were stored under a key, if they are complete. Not here: the meaning
//! of the bytes and the choice of what is stored (`batch`, `study`).
//!
//! The cache is one folder, which can be saved and restored as a whole:
//!
//! ```text
//! .tailwheel-cache/
//!   CACHEDIR.TAG            tells backup programs to skip the folder
//!   .gitignore              tells git to ignore it
//!   results/<key>.result    a scenario that was simulated and judged
//!   parts/<key>.part        blocks of paths of a model, for later runs with more paths
//! ```
//!
//! An entry gets its final name only when it is complete, and contains a digest of its key and bytes.
//! Processes may therefore share a folder. A killed process leaves at most a temporary file, which the next
//! one removes. If the cache is too large, the least recently used entries are deleted. Links are not
//! followed, because others may write to the working tree that holds the folder.

use super::files::{self, Long, Temporary};
use super::{Stop, machine, terminal};
use crate::report::VALUE_VERSION;
use crate::study::{EntryKey, EntryKind, Store};
use flate2::Compression;
use flate2::read::{ZlibDecoder, ZlibEncoder};
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::SystemTime;

/// Name of the default cache folder, inside the folder for results.
pub(super) const FOLDER: &str = ".tailwheel-cache";
/// Default size limit of the cache in bytes: 2 GB.
pub(super) const SIZE: u64 = 2_000_000_000;
const KINDS: [EntryKind; 2] = [EntryKind::Result, EntryKind::Part];
/// Smallest cost of a part of a run that is cached: about ten seconds of one processor, which simulate a part of
/// hundreds of megabytes. The unit is a month of one asset of model `claim` on 256 paths.
const LEAST_COST: u64 = 3_500_000;
/// Divisor of the cache's size limit that gives that of one entry: a larger entry would displace too many others.
const LARGEST: u64 = 8;

const TAG: &str = "Signature: 8a477f597d28d172789f06886806bc55\n\
                   # Kept by tailwheel; see https://bford.info/cachedir/ for what this file means.\n";

/// Number of bytes of the digest at the start of an entry.
const DIGEST: usize = 32;
/// Number of hexadecimal digits of a key in a file name.
const KEY: usize = 64;

fn ending_of(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Result => "result",
        EntryKind::Part => "part",
    }
}

fn folder_of(kind: EntryKind) -> String {
    format!("{}s", ending_of(kind))
}

/// A cache of results on disk.
pub(super) struct Cache {
    root: PathBuf,
    /// Approximate size of all entries in bytes; other processes may have added entries.
    bytes: AtomicU64,
    most: u64,
    least_cost: u64,
    program: String,
    /// Function that prints a note for the user; the program continues.
    note: Box<dyn Fn(&str) + Send + Sync>,
    could_not_keep: AtomicBool,
}

impl Cache {
    /// Opens the cache in the folder `root`, which is created if needed. Deletes temporary files of killed
    /// processes, and the least recently used entries beyond `most` bytes. Later notes for the user go to
    /// `note`.
    ///
    /// Errors if the folder cannot be written.
    pub fn open(root: &Path, most: u64, note: impl Fn(&str) + Send + Sync + 'static) -> Result<Self, Stop> {
        let remedy = "choose another folder with --cache, or --no-cache";
        let refused = |error: io::Error| Stop::at(root, "keep results in", &error, remedy);
        for kind in KINDS {
            let folder = root.join(folder_of(kind));
            files::make(&folder, root).map_err(refused)?;
        }
        for (name, text) in [("CACHEDIR.TAG", TAG), (".gitignore", "*\n")] {
            let path = root.join(name);
            if fs::symlink_metadata(&path).is_err() {
                let written = Temporary::write(&path, text.as_bytes(), false);
                written.and_then(|file| file.rename(&path)).map_err(refused)?;
            }
        }
        for kind in KINDS {
            files::sweep(&root.join(folder_of(kind)), |name| is_entry(name, kind));
        }
        // another build of the same version may compute other results
        let program = machine::program_digest().unwrap_or_default();
        let cache = Self {
            root: root.to_owned(),
            bytes: AtomicU64::new(0),
            most,
            least_cost: LEAST_COST,
            program: format!("{} {VALUE_VERSION} {program}", env!("CARGO_PKG_VERSION")),
            note: Box::new(note),
            could_not_keep: AtomicBool::new(false),
        };
        cache.shrink();
        Ok(cache)
    }

    fn path(&self, kind: EntryKind, key: &EntryKey) -> PathBuf {
        let hex = blake3::Hash::from_bytes(*key.bytes()).to_hex();
        let name = format!("{hex}.{}", ending_of(kind));
        self.root.join(folder_of(kind)).join(name)
    }

    /// Writes an entry without waiting for the disk: damage by a power cut is detected when it is read.
    /// Deletes old entries if the cache is then too large.
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        Temporary::write_shared(path, false, |file| Long::of(file).write_all(bytes))?.rename(path)?;
        let added = bytes.len() as u64;
        if self.bytes.fetch_add(added, Ordering::Relaxed) + added > self.most {
            self.shrink();
        }
        Ok(())
    }

    /// Deletes the least recently used entries until the cache is within its size limit.
    fn shrink(&self) {
        let of_kind = |kind| {
            let files = fs::read_dir(self.root.join(folder_of(kind))).into_iter().flatten().flatten();
            files.filter(move |file| file.file_name().to_str().is_some_and(|name| is_entry(name, kind)))
        };
        let entries = KINDS.into_iter().flat_map(of_kind).filter_map(|file| {
            let found = file.metadata().ok()?;
            Some((found.modified().unwrap_or(SystemTime::UNIX_EPOCH), file.path(), found.len()))
        });
        let mut entries: Vec<_> = entries.collect();
        entries.sort();
        let mut left: u64 = entries.iter().map(|(_, _, bytes)| bytes).sum();
        for (_, path, bytes) in entries {
            if left <= self.most {
                break;
            }
            // an entry that cannot be deleted is gone already, or is counted again next time
            let _ = fs::remove_file(&path);
            left -= bytes;
        }
        self.bytes.store(left, Ordering::Relaxed);
    }
}

/// True if `name` is that of a cache entry, `<key>.<ending>`. Other files in the folders are never touched.
fn is_entry(name: &str, kind: EntryKind) -> bool {
    let key = name.strip_suffix(ending_of(kind)).and_then(|name| name.strip_suffix('.'));
    key.is_some_and(|key| files::is_hexadecimal(key, KEY))
}

/// Marks the entry at `path` as just used. If that fails, it is only deleted earlier than others.
fn touch(path: &Path) {
    let file = fs::File::options().append(true).open(path);
    let _ = file.and_then(|file| file.set_modified(SystemTime::now()));
}

/// Returns a digest of `key` and `bytes`, followed by `bytes`: an entry of the cache.
fn seal(key: &EntryKey, bytes: &[u8]) -> Vec<u8> {
    [digest(key, bytes).as_bytes(), bytes].concat()
}

/// Returns the bytes that [`seal`] protected with `key`. Errors if the digest does not match.
fn unsealed(key: &EntryKey, mut sealed: Vec<u8>) -> Result<Vec<u8>, &'static str> {
    match sealed.split_at_checked(DIGEST) {
        Some((found, bytes)) if found == digest(key, bytes).as_bytes() => {
            sealed.drain(..DIGEST);
            Ok(sealed)
        }
        _ => Err("it is another result"),
    }
}

/// Compresses `bytes` with zlib; a text shrinks to about a tenth.
fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut small = Vec::new();
    let encoder = ZlibEncoder::new(bytes, Compression::default()).read_to_end(&mut small);
    encoder.expect("memory is read and written");
    small
}

/// Decompresses `small`. Errors if it is corrupt or longer than `most` bytes after decompression.
fn inflated(small: &[u8], most: u64) -> Result<Vec<u8>, &'static str> {
    let mut bytes = Vec::new();
    let decoder = ZlibDecoder::new(small).take(most.saturating_add(1));
    match { decoder }.read_to_end(&mut bytes) {
        Ok(_) if bytes.len() as u64 <= most => Ok(bytes),
        Ok(_) => Err("it is larger than the cache"),
        Err(_) => Err("it is inconsistent"),
    }
}

fn digest(key: &EntryKey, bytes: &[u8]) -> blake3::Hash {
    blake3::Hasher::new().update(key.bytes()).update(bytes).finalize()
}

impl Store for Cache {
    fn program(&self) -> &str {
        &self.program
    }

    fn find(&self, kind: EntryKind, key: &EntryKey) -> Option<Vec<u8>> {
        let path = self.path(kind, key);
        let found = match files::read_plain(&path, self.most) {
            Ok(bytes) => unsealed(key, bytes).and_then(|bytes| match kind {
                EntryKind::Result => inflated(&bytes, self.most),
                EntryKind::Part => Ok(bytes),
            }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
            Err(error) => {
                (self.note)(&format!(
                    "note: cannot read cache entry {}: {}; computed again\n",
                    path.display(),
                    terminal::reason(&error)
                ));
                return None;
            }
        };
        match found {
            Ok(bytes) => {
                touch(&path);
                Some(bytes)
            }
            Err(why) => {
                self.is_damaged(kind, key, why);
                None
            }
        }
    }

    fn is_damaged(&self, kind: EntryKind, key: &EntryKey, why: &str) {
        (self.note)(&format!(
            "note: cache entry {} is damaged: {why}; computed again\n",
            self.path(kind, key).display()
        ));
    }

    fn least_cost(&self) -> u64 {
        self.least_cost
    }

    /// Stores `bytes` under `key`, unless they are too large. The first failure is noted. No failure is an
    /// error, because the result exists anyway.
    fn keep(&self, kind: EntryKind, key: &EntryKey, bytes: &[u8]) {
        if bytes.len() as u64 > self.most / LARGEST {
            return;
        }
        let sealed = match kind {
            EntryKind::Result => seal(key, &deflated(bytes)),
            // numbers hardly compress
            EntryKind::Part => seal(key, bytes),
        };
        if let Err(error) = self.write(&self.path(kind, key), &sealed)
            && !self.could_not_keep.swap(true, Ordering::Relaxed)
        {
            (self.note)(&format!(
                "note: cannot keep results in {}: {}\n",
                self.root.display(),
                terminal::reason(&error)
            ));
        }
    }
}

#[cfg(test)]
mod tests;
