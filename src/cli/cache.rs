//! What earlier runs found, kept so that nobody computes it twice.
//!
//! In: keys, bytes. Out: the bytes that were kept under a key, if they are whole. Not here: what the
//! bytes mean (`batch`), when something is kept.
//!
//! One folder, to be kept and restored as one:
//!
//! ```text
//! .tailwheel-cache/
//!   CACHEDIR.TAG            backups may leave it out
//!   .gitignore              and so does git
//!   results/<key>.result    a scenario that was simulated and judged
//!   parts/<key>.part        whole blocks of a model, for runs with more paths
//! ```
//!
//! An entry has its final name only once it is whole, and says of itself whether it is what its name
//! says; so processes may share a folder, and one that is killed leaves at most a temporary file, which
//! the next one removes. Entries that were not asked for longest go when there are too many. Links are
//! not followed: the folder may be of a working tree that others write to.

mod entry;
mod folder;

use super::files;
use super::machine;
use crate::report::VALUE_VERSION;
use crate::study::{Key, Kind, Store};
use folder::Folder;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// Name of the folder, in the one that results are written to.
pub(super) const FOLDER: &str = ".tailwheel-cache";
/// Bytes it may take unless something else is asked for.
pub(super) const SIZE: u64 = 2_000_000_000;
const KINDS: [Kind; 2] = [Kind::Result, Kind::Part];
/// Months of a block of claims: about ten seconds of one processor, in which a part of hundreds of megabytes is simulated.
const LEAST_COST: u64 = 3_500_000;
/// Part of all room that one entry may take: a larger one would push too much else out.
const LARGEST: u64 = 8;

const TAG: &str = "Signature: 8a477f597d28d172789f06886806bc55\n\
                   # Kept by tailwheel; see https://bford.info/cachedir/ for what this file means.\n";

fn folder_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Result => "results",
        Kind::Part => "parts",
    }
}

fn ending_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Result => "result",
        Kind::Part => "part",
    }
}

/// Entries on disk.
pub(super) struct Cache {
    root: PathBuf,
    entries: Folder,
    most: u64,
    least_cost: u64,
    program: String,
    /// Says what a user should know, without stopping.
    note: Box<dyn Fn(&str) + Send + Sync>,
    could_not_keep: AtomicBool,
}

impl Cache {
    /// Opens the folder `root`, which is made; removes what killed processes left there, and the
    /// oldest entries beyond `most` bytes. What a user should know later is said by `note`.
    ///
    /// Errors if it cannot be written to.
    pub fn open(
        root: &Path,
        most: u64,
        note: impl Fn(&str) + Send + Sync + 'static,
    ) -> Result<Self, String> {
        let refused = |error: io::Error| {
            format!(
                "cannot keep results in {}: {}; choose another folder with --cache, or --no-cache",
                root.display(),
                files::reason(&error)
            )
        };
        for kind in KINDS {
            let folder = root.join(folder_of(kind));
            files::make(&folder, root).map_err(refused)?;
        }
        for (name, text) in [("CACHEDIR.TAG", TAG), (".gitignore", "*\n")] {
            let path = root.join(name);
            if fs::symlink_metadata(&path).is_err() {
                let written = files::Temporary::write(&path, text.as_bytes(), false);
                written.and_then(|file| file.rename(&path)).map_err(refused)?;
            }
        }
        let entries = Folder::open(KINDS.map(|kind| (root.join(folder_of(kind)), ending_of(kind))));
        entries.shrink(most);
        // another build of the same version may give other figures
        let program = machine::program_digest().unwrap_or_default();
        Ok(Self {
            root: root.to_owned(),
            entries,
            most,
            least_cost: LEAST_COST,
            program: format!("{} {VALUE_VERSION} {program}", env!("CARGO_PKG_VERSION")),
            note: Box::new(note),
            could_not_keep: AtomicBool::new(false),
        })
    }

    /// The same that keeps all parts, however fast they are simulated.
    #[cfg(test)]
    pub fn keeping_all(self) -> Self {
        Self { least_cost: 0, ..self }
    }

    fn path(&self, kind: Kind, key: &Key) -> PathBuf {
        let hex = blake3::Hash::from_bytes(*key.bytes()).to_hex();
        let name = format!("{hex}.{}", ending_of(kind));
        self.root.join(folder_of(kind)).join(name)
    }
}

impl Store for Cache {
    fn program(&self) -> &str {
        &self.program
    }

    fn find(&self, kind: Kind, key: &Key) -> Option<Vec<u8>> {
        let path = self.path(kind, key);
        let found = match files::read_plain(&path, self.most) {
            Ok(bytes) => entry::open(key, bytes).and_then(|bytes| match kind {
                Kind::Result => entry::inflated(&bytes, self.most),
                Kind::Part => Ok(bytes),
            }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
            Err(error) => {
                (self.note)(&format!(
                    "note: cannot read cache entry {}: {}; computed again\n",
                    path.display(),
                    files::reason(&error)
                ));
                return None;
            }
        };
        match found {
            Ok(bytes) => {
                folder::touch(&path);
                Some(bytes)
            }
            Err(why) => {
                self.is_damaged(kind, key, why);
                None
            }
        }
    }

    fn is_damaged(&self, kind: Kind, key: &Key, why: &str) {
        (self.note)(&format!(
            "note: cache entry {} is damaged: {why}; computed again\n",
            self.path(kind, key).display()
        ));
    }

    fn least_cost(&self) -> u64 {
        self.least_cost
    }

    /// A fault is said once and is no error: the result is there all the same.
    fn keep(&self, kind: Kind, key: &Key, bytes: &[u8]) {
        if bytes.len() as u64 > self.most / LARGEST {
            return;
        }
        let sealed = match kind {
            Kind::Result => entry::seal(key, &entry::deflated(bytes)),
            // numbers hardly shrink
            Kind::Part => entry::seal(key, bytes),
        };
        match self.entries.write(&self.path(kind, key), &sealed) {
            Ok(()) => self.entries.grown_by(sealed.len() as u64, self.most),
            Err(error) => {
                if !self.could_not_keep.swap(true, Ordering::Relaxed) {
                    (self.note)(&format!(
                        "note: cannot keep results in {}: {}\n",
                        self.root.display(),
                        files::reason(&error)
                    ));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
