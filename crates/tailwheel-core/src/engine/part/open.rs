//! Reading of a part file: every checksum once, then any range of any column.
//!
//! In: bytes from any [`RandomAccess`]. Out: [`Opened`], or what is wrong with the file. Not here: several files as
//! one (`joined`), file access (`cli`).

use super::head::{ByteRange, CHUNK, DIGEST, NO_PART, PartHead, Storage, Stored};
use super::unusable::damaged;
use super::write::seal;
use super::{Part, Unusable};
use crate::engine::outcome::is_in_range;
use crate::engine::track::known;
use std::fmt::Debug;
use std::io;
use std::ops::Range;
use std::sync::Arc;

/// Number of bytes read at once while checksums are verified.
const AT_ONCE: usize = 16 * CHUNK;
/// Maximum length of the first line in bytes.
const LONGEST_LINE: u64 = 64 << 20;

/// Bytes of a file with random access.
pub trait RandomAccess: Send + Sync + Debug {
    /// Returns the number of bytes.
    fn n_bytes(&self) -> io::Result<u64>;

    /// Fills `into` with the bytes from offset `at` on.
    fn read_at(&self, at: u64, into: &mut [u8]) -> io::Result<()>;

    /// Errors if the bytes have changed since the source was opened.
    fn check_unchanged(&self) -> io::Result<()> {
        Ok(())
    }
}

impl RandomAccess for Vec<u8> {
    fn n_bytes(&self) -> io::Result<u64> {
        Ok(self.len() as u64)
    }

    fn read_at(&self, at: u64, into: &mut [u8]) -> io::Result<()> {
        let at = usize::try_from(at).ok();
        let found = at.and_then(|at| self.get(at..)?.get(..into.len()));
        into.copy_from_slice(found.ok_or(io::ErrorKind::UnexpectedEof)?);
        Ok(())
    }
}

/// A file with part of a run whose checksums were all correct when it was opened. Only its first line is kept in
/// memory.
#[derive(Clone, Debug)]
pub struct Opened {
    pub head: PartHead,
    pub(super) source: Arc<dyn RandomAccess>,
}

/// Reads only the first line of a part file, and verifies nothing else. Errors if this program cannot read a file
/// with this first line.
pub fn head_of(source: &dyn RandomAccess) -> Result<PartHead, Unusable> {
    line_of(source).and_then(|line| PartHead::read(&line[..line.len() - 1]))
}

impl Opened {
    /// Reads all bytes and verifies every checksum. The text of an error follows the file name: "it is empty".
    pub fn open(source: Arc<dyn RandomAccess>) -> Result<Self, Unusable> {
        let line = line_of(&*source)?;
        let head = PartHead::read(&line[..line.len() - 1])?;
        if !head.is_of_these_values() {
            return Err(Unusable::Version(format!(
                "it has results version {}, and this program computes version {}",
                head.origin.value_version,
                crate::engine::VALUE_VERSION
            )));
        }
        check_length(&head, &*source)?;
        let table = verified_table(&line, &head, &*source)?;
        let mut table = table.chunks_exact(DIGEST);
        section(&*source, &head.texts, &mut table)?;
        let rest = section(&*source, &head.rest, &mut table)?;
        for column in &head.columns {
            check_column(&*source, column, &mut table)?;
        }
        rest_of(&head, &rest)?;
        Ok(Self { head, source })
    }

    /// Reads the texts of the scenario that are stored in the file.
    pub fn texts(&self) -> Result<Vec<u8>, Unusable> {
        self.again(&self.head.texts)
    }

    /// Returns the part of the run in this file, without the values of its columns.
    pub(super) fn rest(&self) -> Result<Part, Unusable> {
        rest_of(&self.head, &self.again(&self.head.rest)?)
    }

    /// Reads the bytes of a section again, whose checksums were verified when the file was opened.
    fn again(&self, section: &ByteRange) -> Result<Vec<u8>, Unusable> {
        let mut bytes = vec![0; section.bytes as usize];
        self.source.read_at(section.offset, &mut bytes).map_err(Unusable::Unread)?;
        Ok(bytes)
    }

    /// Numbers of the blocks (256 paths each) in this file.
    pub fn blocks(&self) -> Range<u64> {
        self.head.blocks.clone()
    }
}

/// Reads the first line of a part file, including its newline.
fn line_of(source: &dyn RandomAccess) -> Result<Vec<u8>, Unusable> {
    const STEP: usize = 4096;
    let n = source.n_bytes()?.min(LONGEST_LINE) as usize;
    let mut line = Vec::new();
    while line.len() < n {
        let from = line.len();
        line.resize((from + STEP).min(n), 0);
        source.read_at(from as u64, &mut line[from..])?;
        if let Some(end) = line[from..].iter().position(|byte| *byte == b'\n') {
            line.truncate(from + end + 1);
            return Ok(line);
        }
        if !line.starts_with(b"{") {
            break;
        }
    }
    Err(damaged(match n {
        0 => "it is empty",
        _ if line.starts_with(b"{\"format\":") => "it is cut off within its first line",
        _ => NO_PART,
    }))
}

fn check_length(head: &PartHead, source: &dyn RandomAccess) -> Result<(), Unusable> {
    let n = source.n_bytes()?;
    let why = match n.checked_sub(head.bytes) {
        Some(0) => return Ok(()),
        None => format!("it is cut off: it has {n} of {} bytes", head.bytes),
        Some(1) => "1 byte follows its end".to_owned(),
        Some(more) => format!("{more} bytes follow its end"),
    };
    Err(damaged(why))
}

/// Returns the checksums of all chunks of a part file, after verifying the digest over them and the first line.
fn verified_table(line: &[u8], head: &PartHead, source: &dyn RandomAccess) -> Result<Vec<u8>, Unusable> {
    let mut table = zeros(head.checksums.bytes)?;
    source.read_at(head.checksums.offset, &mut table)?;
    let mut found = [0; DIGEST];
    let end = head.checksums.offset + head.checksums.bytes;
    source.read_at(end, &mut found)?;
    if *seal(line, &table).as_bytes() == found {
        Ok(table)
    } else {
        Err(damaged("its first line or its checksums were changed"))
    }
}

/// Allocates `n` zero bytes. Errors if memory is short, since a damaged first line may claim any number of bytes.
fn zeros(n: u64) -> Result<Vec<u8>, Unusable> {
    let mut zeros = Vec::new();
    let n = usize::try_from(n).unwrap_or(usize::MAX);
    zeros.try_reserve_exact(n).map_err(|_| io::Error::from(io::ErrorKind::OutOfMemory))?;
    zeros.resize(n, 0);
    Ok(zeros)
}

/// Passes the bytes of `section` to `take`, many chunks at once, after comparing the checksum of each chunk with the
/// next one of `table`.
fn verified<'t>(
    source: &dyn RandomAccess,
    section: &ByteRange,
    table: &mut impl Iterator<Item = &'t [u8]>,
    mut take: impl FnMut(&[u8]) -> Result<(), Unusable>,
) -> Result<(), Unusable> {
    let mut bytes = vec![0; AT_ONCE.min(section.bytes as usize)];
    let mut done = 0;
    while done < section.bytes {
        let n = (section.bytes - done).min(AT_ONCE as u64) as usize;
        let (at, bytes) = (section.offset + done, &mut bytes[..n]);
        source.read_at(at, bytes)?;
        for (index, chunk) in bytes.chunks(CHUNK).enumerate() {
            let expected = table.next().unwrap_or_default();
            if blake3::hash(chunk).as_bytes() != expected {
                let at = at + (index * CHUNK) as u64;
                let end = at + chunk.len() as u64;
                return Err(damaged(format!("some of its bytes {at} to {end} were changed")));
            }
        }
        take(bytes)?;
        done += n as u64;
    }
    Ok(())
}

fn section<'t>(
    source: &dyn RandomAccess,
    section: &ByteRange,
    table: &mut impl Iterator<Item = &'t [u8]>,
) -> Result<Vec<u8>, Unusable> {
    let mut all = Vec::with_capacity(section.bytes as usize);
    verified(source, section, table, |bytes| {
        all.extend_from_slice(bytes);
        Ok(())
    })?;
    Ok(all)
}

/// Verifies the checksums of a column, and that its numbers are possible results of a run.
fn check_column<'t>(
    source: &dyn RandomAccess,
    column: &Stored,
    table: &mut impl Iterator<Item = &'t [u8]>,
) -> Result<(), Unusable> {
    let is_whole = column.storage != Storage::F64;
    verified(source, &column.section, table, |bytes| {
        let (numbers, _) = bytes.as_chunks::<8>();
        let mut numbers = numbers.iter().map(|bytes| f64::from_le_bytes(*bytes));
        if is_whole || numbers.all(is_in_range) {
            Ok(())
        } else {
            Err(damaged(format!("column {} has numbers that no run leaves", column.id)))
        }
    })
}

/// Decodes everything of a part of a run except its column values. Errors if it contradicts the first line (`head`).
fn rest_of(head: &PartHead, rest: &[u8]) -> Result<Part, Unusable> {
    fitting(head, rest).ok_or_else(|| damaged("its first line does not fit the rest"))
}

fn fitting(head: &PartHead, rest: &[u8]) -> Option<Part> {
    let (part, left): (Part, &[u8]) = postcard::take_from_bytes(rest).ok()?;
    let ids = part.columns.iter().map(|column| column.id);
    let stored = head.columns.iter().map(|column| known(&column.id, column.world, column.object));
    let is_fitting = left.is_empty()
        && blake3::Hash::from_bytes(part.model).to_hex().as_str() == head.origin.model_digest
        && part.value_version == head.origin.value_version
        && part.blocks == head.blocks
        && part.n_months == head.months
        && !head.columns.is_empty()
        && part.columns.iter().all(|column| column.values.is_empty())
        && ids.map(Some).eq(stored)
        && part.has_rest_of(usize::try_from(head.n_paths).ok()?);
    is_fitting.then_some(part)
}
