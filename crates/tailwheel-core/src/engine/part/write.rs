//! Writing of a part file from front to end, with a checksum for each chunk.
//!
//! In: a [`Part`] and its numbers, its [`Origin`], the texts of its scenario. Out: bytes. Not here: the
//! layout (`head`), file access (`cli`).

use super::Part;
use super::head::{CHUNK, Origin, PartHead, Storage};
use crate::math::values::are_whole;
use std::io::{self, Write};

/// Numbers of a column, in memory or in files.
pub(super) trait Numbers {
    /// Returns how many numbers the column has.
    fn n(&self) -> usize;

    /// Smallest number format that holds every number exactly.
    fn storage(&self) -> Storage;

    /// Fills `into` with the numbers from index `from` on.
    fn read(&self, from: usize, into: &mut [f64]);
}

impl Numbers for Vec<f64> {
    fn n(&self) -> usize {
        self.len()
    }

    fn storage(&self) -> Storage {
        if are_whole(self, u16::MAX.into()) {
            Storage::U16
        } else if are_whole(self, u32::MAX) {
            Storage::U32
        } else {
            Storage::F64
        }
    }

    fn read(&self, from: usize, into: &mut [f64]) {
        into.copy_from_slice(&self[from..from + into.len()]);
    }
}

impl Part {
    /// Writes this part of a run deterministically; [`Opened`](super::Opened) reads the file.
    pub fn write(&self, origin: &Origin, texts: &[u8], into: &mut dyn Write) -> io::Result<()> {
        let columns: Vec<&dyn Numbers> =
            self.columns.iter().map(|column| &column.values as &dyn Numbers).collect();
        self.without_values().write_with(&columns, origin, texts, into)
    }

    /// Writes a part of a run whose own columns are empty, with `columns` in their place. Besides the part itself,
    /// only one chunk of a column is in memory at a time.
    pub(super) fn write_with(
        &self,
        columns: &[&dyn Numbers],
        origin: &Origin,
        texts: &[u8],
        into: &mut dyn Write,
    ) -> io::Result<()> {
        let rest = postcard::to_allocvec(self).expect("a part is numbers and names");
        let storage: Vec<Storage> = columns.iter().map(|column| column.storage()).collect();
        let n_paths = columns.first().map_or(0, |column| column.n());
        let line = PartHead::of(self, n_paths, origin, texts.len(), rest.len(), &storage).1;
        into.write_all(line.as_bytes())?;
        let mut into = Sealing { into, table: Vec::new() };
        into.section(texts)?;
        into.section(&rest)?;
        for (column, storage) in columns.iter().zip(storage) {
            into.column(*column, storage)?;
        }
        let Sealing { into, table } = into;
        let seal = seal(line.as_bytes(), &table);
        into.write_all(&table)?;
        into.write_all(seal.as_bytes())
    }
}

/// Digest of a part file's first line and table of checksums, which no chunk's checksum covers.
pub(super) fn seal(line: &[u8], table: &[u8]) -> blake3::Hash {
    blake3::Hasher::new().update(line).update(table).finalize()
}

/// Writer of the sections of a part file that collects the checksums of their chunks.
struct Sealing<'w> {
    into: &'w mut dyn Write,
    table: Vec<u8>,
}

impl Sealing<'_> {
    fn section(&mut self, bytes: &[u8]) -> io::Result<()> {
        bytes.chunks(CHUNK).try_for_each(|chunk| self.chunk(chunk))
    }

    fn chunk(&mut self, chunk: &[u8]) -> io::Result<()> {
        self.table.extend(blake3::hash(chunk).as_bytes());
        self.into.write_all(chunk)
    }

    fn column(&mut self, column: &dyn Numbers, storage: Storage) -> io::Result<()> {
        let (n, per_chunk) = (column.n(), CHUNK / storage.width());
        let mut numbers = vec![0.0; per_chunk.min(n)];
        let mut bytes = Vec::with_capacity(CHUNK);
        for from in (0..n).step_by(per_chunk) {
            let n = per_chunk.min(n - from);
            column.read(from, &mut numbers[..n]);
            bytes.clear();
            storage.encode(&numbers[..n], &mut bytes);
            self.chunk(&bytes)?;
        }
        Ok(())
    }
}
