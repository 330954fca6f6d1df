//! Several files of consecutive blocks as one part, whose columns stay in the files.
//!
//! In: [`Opened`] files in the order of their blocks. Out: [`Joined`]. Not here: which files belong together,
//! and what to do about missing ones (`cli`).

use super::head::{Origin, Storage};
use super::write::Numbers;
use super::{Foreign, Opened, Part, RandomAccess, Unusable};
use crate::engine::outcome::{Column, Outcome};
use crate::engine::{Control, RunError};
use crate::math::LANES;
use crate::math::values::{NumberSource, PIECE, Values};
use crate::plan::Plan;
use std::fmt;
use std::io::{self, Write};
use std::sync::{Arc, OnceLock};

/// Read error in files whose checksums were correct when opened. Numbers that cannot be read become 0.
#[derive(Clone, Debug)]
pub struct Failure {
    /// First read error, once there is one.
    first: Arc<OnceLock<String>>,
    sources: Arc<[Arc<dyn RandomAccess>]>,
}

impl Failure {
    fn of(files: &[Opened]) -> Self {
        Self { first: Arc::default(), sources: files.iter().map(|file| Arc::clone(&file.source)).collect() }
    }

    /// Returns the error message if a number could not be read or a file was changed meanwhile; else `None`.
    pub fn get(&self) -> Option<&str> {
        if let Some(error) = self.sources.iter().find_map(|source| source.check_unchanged().err()) {
            self.set(&error);
        }
        self.first.get().map(String::as_str)
    }

    fn set(&self, error: &io::Error) {
        // only the first error is kept
        let _ = self.first.set(error.to_string());
    }
}

/// Reason why files do not form one part of a run, with the index of the file that causes it.
#[derive(Debug)]
pub enum NotJoined {
    /// The file can no longer be read as it was when it was opened.
    Unusable(usize, Unusable),
    /// The file does not continue the one before it.
    Foreign(usize, Foreign),
}

impl fmt::Display for NotJoined {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unusable(_, why) => why.fmt(f),
            Self::Foreign(_, why) => why.fmt(f),
        }
    }
}

impl std::error::Error for NotJoined {}

/// Part of a run: consecutive blocks of paths, stored in several files.
#[derive(Debug)]
pub struct Joined {
    /// This part of a run without its column values, which stay in files.
    part: Part,
    columns: Vec<Filed>,
    n_paths: u64,
    failure: Failure,
}

impl Joined {
    /// Joins files into one part.
    ///
    /// Errors if the files belong to two runs, do not follow each other without a gap, or cannot be read.
    ///
    /// # Panics
    ///
    /// If there is no file.
    pub fn of(files: &[Opened]) -> Result<Self, NotJoined> {
        let (first, more) = files.split_first().expect("a part has a file");
        let mut part = first.rest().map_err(|why| NotJoined::Unusable(0, why))?;
        let mut n_paths = first.head.n_paths;
        for (index, next) in (1..).zip(more) {
            let rest = next.rest().map_err(|why| NotJoined::Unusable(index, why))?;
            let is_whole = part.n_blocks().checked_mul(LANES as u64) == Some(n_paths);
            let follows = part.check_run(&rest).and_then(|()| part.check_place(&rest, is_whole));
            let at = |why: &Foreign| index - usize::from(matches!(why, Foreign::Unfinished));
            follows.map_err(|why| NotJoined::Foreign(at(&why), why))?;
            part.append_rest(rest);
            n_paths += next.head.n_paths;
        }
        let failure = Failure::of(files);
        let columns = 0..part.columns.len();
        Ok(Self {
            columns: columns.map(|index| Filed::of(files, index, &failure)).collect(),
            part,
            n_paths,
            failure,
        })
    }

    /// Returns the read errors; check them before using any result of this part.
    pub fn failure(&self) -> &Failure {
        &self.failure
    }

    /// True if this part can come from a run of `plan`; the number of paths of the plan does not matter.
    pub fn fits(&self, plan: &Plan) -> bool {
        self.part.fits_of(plan, self.n_paths)
    }

    /// Writes this part of a run with the same bytes as if it were held in memory.
    pub fn write(&self, origin: &Origin, texts: &[u8], into: &mut dyn Write) -> io::Result<()> {
        let columns: Vec<&dyn Numbers> = self.columns.iter().map(|one| one as &dyn Numbers).collect();
        self.part.write_with(&columns, origin, texts, into)
    }

    /// Returns the run's outcome; this part must hold all blocks of `plan`. Its columns stay in the files.
    ///
    /// Errors as a run does: if it is stopped, or if a number leaves the computable range.
    ///
    /// # Panics
    ///
    /// If these are not all blocks of the plan.
    pub fn into_outcome(mut self, plan: &Plan, control: &Control<'_>) -> Result<Outcome, RunError> {
        let ids = std::mem::take(&mut self.part.columns).into_iter().map(|column| column.id);
        let columns =
            ids.zip(self.columns).map(|(id, rows)| Column { id, values: Values::Source(Arc::new(rows)) });
        self.part.outcome_of(columns.collect(), plan, control)
    }
}

/// Column (one number per path) whose values are stored in files.
#[derive(Debug)]
struct Filed {
    pieces: Vec<Piece>,
    n: usize,
    failure: Failure,
}

/// Consecutive numbers of a column that are stored in one file.
#[derive(Debug)]
struct Piece {
    /// Index in the column of the first number in this file.
    first: usize,
    n: usize,
    storage: Storage,
    offset: u64,
    source: Arc<dyn RandomAccess>,
}

impl Filed {
    fn of(files: &[Opened], index: usize, failure: &Failure) -> Self {
        let mut n = 0;
        let pieces = files.iter().map(|file| {
            let stored = &file.head.columns[index];
            let piece = Piece {
                first: n,
                n: file.head.n_paths as usize,
                storage: stored.storage,
                offset: stored.section.offset,
                source: Arc::clone(&file.source),
            };
            n += piece.n;
            piece
        });
        Self { pieces: pieces.collect(), n, failure: failure.clone() }
    }
}

impl Numbers for Filed {
    fn n(&self) -> usize {
        self.n
    }

    fn read(&self, from: usize, into: &mut [f64]) {
        NumberSource::read(self, from, into);
    }

    fn storage(&self) -> Storage {
        let pieces = self.pieces.iter().filter(|piece| piece.n > 0);
        pieces.map(|piece| piece.storage).max().unwrap_or(Storage::U16)
    }
}

impl NumberSource for Filed {
    fn n(&self) -> usize {
        self.n
    }

    fn read(&self, from: usize, into: &mut [f64]) {
        let begins = self.pieces.partition_point(|piece| piece.first + piece.n <= from);
        let (mut at, mut left) = (from, into);
        for piece in &self.pieces[begins..] {
            if left.is_empty() {
                return;
            }
            let n = (piece.first + piece.n - at).min(left.len());
            let (now, later) = left.split_at_mut(n);
            if let Err(error) = piece.read(at - piece.first, now) {
                now.fill(0.0);
                self.failure.set(&error);
            }
            (at, left) = (at + n, later);
        }
    }
}

impl Piece {
    fn read(&self, from: usize, into: &mut [f64]) -> io::Result<()> {
        let width = self.storage.width();
        let mut bytes = vec![0; PIECE.min(into.len()) * width];
        for (index, into) in into.chunks_mut(PIECE).enumerate() {
            let bytes = &mut bytes[..into.len() * width];
            let place = from + index * PIECE;
            self.source.read_at(self.offset + (place * width) as u64, bytes)?;
            self.storage.decode(bytes, into);
        }
        Ok(())
    }
}
