//! Files of consecutive blocks as one part, whose columns stay in the files.
//!
//! In: [`Opened`] files in the order of their blocks. Out: [`Joined`]. Not here: which files belong together, and what
//! to do about those that are missing (`cli`).

use super::head::Storage;
use super::{Foreign, Opened, Part, Source};
use crate::engine::outcome::Column;
use crate::math::LANES;
use std::sync::{Arc, OnceLock};

/// Numbers that are read at once.
const AT_ONCE: usize = 8192;

/// The first error that reading met after the checksums were compared; numbers that could not be read are 0.
#[derive(Clone, Debug, Default)]
pub struct Failure(Arc<OnceLock<String>>);

impl Failure {
    /// What was wrong, if anything was.
    pub fn get(&self) -> Option<&str> {
        self.0.get().map(String::as_str)
    }
}

/// Consecutive blocks of a run out of several files.
#[derive(Debug)]
pub struct Joined {
    pub part: Part,
    /// To be looked at before anything is made of the part.
    pub failure: Failure,
}

impl Joined {
    /// Puts files together.
    ///
    /// Errors if they are of two runs, or if one does not begin where the one before it ends.
    ///
    /// # Panics
    ///
    /// If there is no file.
    pub fn of(files: &[Opened]) -> Result<Self, Foreign> {
        let (first, more) = files.split_first().expect("a part has a file");
        let mut part = first.part.clone();
        let mut n_paths = first.head.n_paths;
        for next in more {
            part.check_run(&next.part)?;
            let is_whole = part.n_blocks().checked_mul(LANES as u64) == Some(n_paths);
            part.check_place(&next.part, is_whole)?;
            part.append_rest(next.part.clone());
            n_paths += next.head.n_paths;
        }
        let failure = Failure::default();
        for index in 0..part.columns.len() {
            let rows = Filed::of(files, index, &failure);
            let mut values = vec![0.0; rows.n];
            rows.read(0, &mut values);
            part.columns[index] = Column {
                id: part.columns[index].id,
                values,
            };
        }
        Ok(Self { part, failure })
    }
}

/// A column in files.
#[derive(Debug)]
struct Filed {
    pieces: Vec<Piece>,
    n: usize,
    failure: Failure,
}

/// What one file has of a column.
#[derive(Debug)]
struct Piece {
    /// Place of its first number in the column.
    first: usize,
    n: usize,
    storage: Storage,
    offset: u64,
    source: Arc<dyn Source>,
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
        Self {
            pieces: pieces.collect(),
            n,
            failure: failure.clone(),
        }
    }

    fn read(&self, from: usize, into: &mut [f64]) {
        let begins = self
            .pieces
            .partition_point(|piece| piece.first + piece.n <= from);
        let (mut at, mut left) = (from, into);
        for piece in &self.pieces[begins..] {
            if left.is_empty() {
                return;
            }
            let n = (piece.first + piece.n - at).min(left.len());
            let (now, later) = left.split_at_mut(n);
            if let Err(error) = piece.read(at - piece.first, now) {
                now.fill(0.0);
                let _ = self.failure.0.set(error.to_string());
            }
            (at, left) = (at + n, later);
        }
    }
}

impl Piece {
    fn read(&self, from: usize, into: &mut [f64]) -> std::io::Result<()> {
        let width = self.storage.width();
        let mut bytes = vec![0; AT_ONCE.min(into.len()) * width];
        for (index, into) in into.chunks_mut(AT_ONCE).enumerate() {
            let bytes = &mut bytes[..into.len() * width];
            let place = from + index * AT_ONCE;
            self.source
                .read_at(self.offset + (place * width) as u64, bytes)?;
            self.storage.decode(bytes, into);
        }
        Ok(())
    }
}
