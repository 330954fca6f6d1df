//! A part as a file: written from front to end, with a checksum for each chunk.
//!
//! In: a [`Part`], its [`Origin`], the texts of its scenario. Out: bytes. Not here: where everything stands
//! (`head`), files (`cli`).

use super::Part;
use super::head::{CHUNK, Head, Origin, Storage};
use crate::engine::outcome::Column;
use std::io::{self, Write};

impl Part {
    /// Writes the same bytes for the same part; [`Opened`](super::Opened) reads them. No more than a chunk of a
    /// column is in memory at a time, beside what the part itself holds.
    pub fn write(&self, origin: &Origin, texts: &[u8], into: &mut dyn Write) -> io::Result<()> {
        let rest = self.rest_bytes();
        let storage: Vec<Storage> = self.columns.iter().map(storage_of).collect();
        let (_, line) = Head::of(self, origin, (texts.len(), rest.len()), &storage);
        into.write_all(line.as_bytes())?;
        let mut into = Sealing {
            into,
            table: Vec::new(),
        };
        into.section(texts)?;
        into.section(&rest)?;
        for (column, storage) in self.columns.iter().zip(storage) {
            into.column(column, storage)?;
        }
        let Sealing { into, table } = into;
        let seal = seal(line.as_bytes(), &table);
        into.write_all(&table)?;
        into.write_all(seal.as_bytes())
    }

    /// Everything but the values of its columns.
    fn rest_bytes(&self) -> Vec<u8> {
        let rest = self.without_values();
        postcard::to_allocvec(&rest).expect("a part is numbers and names")
    }
}

/// Digest of everything that no checksum of a chunk covers.
pub(super) fn seal(line: &[u8], table: &[u8]) -> blake3::Hash {
    let mut digest = blake3::Hasher::new();
    digest.update(line).update(table).finalize()
}

fn storage_of(column: &Column) -> Storage {
    let _ = column;
    Storage::F64
}

/// Writes sections and keeps their checksums.
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

    fn column(&mut self, column: &Column, storage: Storage) -> io::Result<()> {
        let (n, per_chunk) = (column.values.len(), CHUNK / storage.width());
        let mut numbers = vec![0.0; per_chunk.min(n)];
        let mut bytes = Vec::with_capacity(CHUNK);
        for from in (0..n).step_by(per_chunk) {
            let n = per_chunk.min(n - from);
            numbers[..n].copy_from_slice(&column.values[from..from + n]);
            bytes.clear();
            storage.encode(&numbers[..n], &mut bytes);
            self.chunk(&bytes)?;
        }
        Ok(())
    }
}
