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

pub(super) use entry::{Key, KeyWriter};

use super::files;
use super::machine;
use folder::Folder;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// Name of the folder, in the one that results are written to.
pub(super) const FOLDER: &str = ".tailwheel-cache";
/// Bytes it may take unless something else is asked for.
pub(super) const SIZE: u64 = 2_000_000_000;
/// Part of all room that one entry may take: a larger one would push too much else out.
const LARGEST: u64 = 8;

const TAG: &str = "Signature: 8a477f597d28d172789f06886806bc55\n\
                   # Kept by tailwheel; see https://bford.info/cachedir/ for what this file means.\n";

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A scenario that was simulated and judged.
    Result,
    /// Whole blocks of a model from its first path on.
    Part,
}

impl Kind {
    const ALL: [Self; 2] = [Self::Result, Self::Part];

    fn folder(self) -> &'static str {
        match self {
            Self::Result => "results",
            Self::Part => "parts",
        }
    }

    fn ending(self) -> &'static str {
        match self {
            Self::Result => "result",
            Self::Part => "part",
        }
    }
}

/// Entries on disk, or nowhere to keep any.
pub(super) struct Cache {
    place: Option<Place>,
    program: String,
    /// Says what a user should know, without stopping.
    note: Box<dyn Fn(&str) + Send + Sync>,
    could_not_keep: AtomicBool,
}

struct Place {
    root: PathBuf,
    entries: Folder,
    most: u64,
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
        for kind in Kind::ALL {
            let folder = root.join(kind.folder());
            files::make(&folder, root).map_err(refused)?;
        }
        for (name, text) in [("CACHEDIR.TAG", TAG), (".gitignore", "*\n")] {
            let path = root.join(name);
            if fs::symlink_metadata(&path).is_err() {
                let written = files::Temporary::write(&path, text.as_bytes(), false);
                written
                    .and_then(|file| file.rename(&path))
                    .map_err(refused)?;
            }
        }
        let entries = Folder::open(Kind::ALL.map(|kind| (root.join(kind.folder()), kind.ending())));
        entries.shrink(most);
        let place = Place {
            root: root.to_owned(),
            entries,
            most,
        };
        Ok(Self::new(Some(place), note))
    }

    /// Keeps nothing and finds nothing.
    pub fn none() -> Self {
        Self::new(None, |_| {})
    }

    fn new(place: Option<Place>, note: impl Fn(&str) + Send + Sync + 'static) -> Self {
        // another build of the same version may give other figures
        let program = place.as_ref().and_then(|_| machine::program_digest());
        Self {
            place,
            program: format!(
                "{} {}",
                env!("CARGO_PKG_VERSION"),
                program.unwrap_or_default()
            ),
            note: Box::new(note),
            could_not_keep: AtomicBool::new(false),
        }
    }

    /// A key that begins with what `kind` of entry it is for, and with the program.
    pub fn key(&self, kind: Kind) -> KeyWriter {
        let mut key = KeyWriter::default();
        key.text(kind.ending());
        key.text(&self.program);
        key
    }

    /// Whether entries are kept at all.
    pub fn keeps(&self) -> bool {
        self.place.is_some()
    }

    /// Most bytes of an entry that is worth its room.
    pub fn largest(&self) -> u64 {
        self.place.as_ref().map_or(0, |place| place.most / LARGEST)
    }

    /// What was kept under `key`. An entry that cannot be read, is damaged, or is not what its name
    /// says, is said and is none.
    pub fn find(&self, kind: Kind, key: &Key) -> Option<Vec<u8>> {
        let path = self.path(kind, key)?;
        let most = self.place.as_ref().map_or(0, |place| place.most);
        let found = match files::read_plain(&path, most) {
            Ok(bytes) => entry::open(kind, key, bytes),
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
                self.is_damaged(kind, key, &why);
                None
            }
        }
    }

    /// Says that the bytes of an entry are not what they should be, and why: it is computed again.
    pub fn is_damaged(&self, kind: Kind, key: &Key, why: &str) {
        if let Some(path) = self.path(kind, key) {
            (self.note)(&format!(
                "note: cache entry {} is damaged: {why}; computed again\n",
                path.display()
            ));
        }
    }

    /// Keeps `bytes` under `key`, in place of what was kept there. A fault is said once and is no
    /// error: the result is there all the same.
    pub fn keep(&self, kind: Kind, key: &Key, bytes: &[u8]) {
        let (Some(path), Some(place)) = (self.path(kind, key), &self.place) else {
            return;
        };
        if bytes.len() as u64 > self.largest() {
            return;
        }
        let sealed = entry::seal(kind, key, bytes);
        match place.entries.write(&path, &sealed) {
            Ok(()) => place.entries.grown_by(sealed.len() as u64, place.most),
            Err(error) => {
                if !self.could_not_keep.swap(true, Ordering::Relaxed) {
                    (self.note)(&format!(
                        "note: cannot keep results in {}: {}\n",
                        place.root.display(),
                        files::reason(&error)
                    ));
                }
            }
        }
    }

    fn path(&self, kind: Kind, key: &Key) -> Option<PathBuf> {
        let place = self.place.as_ref()?;
        let name = format!("{}.{}", key.hex(), kind.ending());
        Some(place.root.join(kind.folder()).join(name))
    }
}

#[cfg(test)]
mod tests;
