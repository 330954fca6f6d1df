//! First line of a part file: the identity of the part, and the offset of every section.
//!
//! In: a [`Part`], its [`Origin`]. Out: [`PartHead`], one line of JSON that `head -1` shows. Not here: the bytes
//! behind it (`write`, `open`).
//!
//! ```text
//! line      JSON, filled up with spaces to a multiple of 4,096 bytes, the last of which ends the line
//! origin    texts of the scenario, for whoever merges
//! rest      series, sample paths, months, in the wire format of postcard
//! columns   one after the other, little-endian
//! table     BLAKE3 of each chunk of 64 KiB of origin, rest and every column
//! seal      BLAKE3 of line and table
//! ```

use super::super::VALUE_VERSION;
use super::unusable::damaged;
use super::{Part, Unusable};
use crate::math::LANES;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Name of the file format, the first value in the first line of a part file.
const FORMAT: &str = "tailwheel-part";
/// Version of the file format; a file with another version is refused.
const FORMAT_VERSION: u32 = 4;
/// Number of bytes that share a checksum.
pub(super) const CHUNK: usize = 64 << 10;
/// Number of bytes of a checksum.
pub(super) const DIGEST: usize = 32;
/// Error message for a file that does not hold part of a run.
pub(super) const NO_PART: &str = "it is no part of a run";
/// Number of bytes to whose multiple the first line is padded.
const PAGE: u64 = 4096;

/// Identity of the run that a part belongs to: everything about it that a report shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    pub value_version: u32,
    pub model_digest: String,
    /// Version of the program that simulated the part.
    pub program_version: String,
    /// Path of the scenario file, as typed.
    pub file: String,
    pub title: String,
    pub seed: u64,
    pub parameter_seed: u64,
    /// Digest of the scenario's gates (its rules for pass or fail).
    pub gates_digest: String,
    /// Digest of all other texts and numbers of the scenario that a report shows.
    pub identity_digest: String,
    /// Number of paths of the whole run.
    pub paths: u64,
}

/// Content of the first line of a file that holds part of a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PartHead {
    format: String,
    format_version: u32,
    #[serde(flatten)]
    pub origin: Origin,
    pub months: u32,
    pub blocks: Range<u64>,
    /// Number of the first path in this file.
    pub first_path: u64,
    /// Number of paths in this file.
    pub n_paths: u64,
    pub chunk_bytes: usize,
    pub(super) texts: ByteRange,
    pub(super) rest: ByteRange,
    pub(super) columns: Vec<Stored>,
    pub(super) checksums: ByteRange,
    /// Number of bytes of the whole file.
    pub bytes: u64,
}

/// Range of bytes in a part file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ByteRange {
    pub offset: u64,
    pub bytes: u64,
}

/// Description of a column (one number per path) that is stored in a part file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stored {
    pub id: String,
    pub world: u8,
    pub object: Option<u16>,
    pub storage: Storage,
    #[serde(flatten)]
    pub section: ByteRange,
}

/// Number format of a column in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Storage {
    U16,
    U32,
    F64,
}

impl Storage {
    /// Bytes per number of the column.
    pub fn width(self) -> usize {
        match self {
            Self::U16 => 2,
            Self::U32 => 4,
            Self::F64 => 8,
        }
    }

    /// Appends `numbers` as little-endian bytes; each must fit this format.
    pub fn encode(self, numbers: &[f64], into: &mut Vec<u8>) {
        for number in numbers {
            match self {
                Self::U16 => into.extend((*number as u16).to_le_bytes()),
                Self::U32 => into.extend((*number as u32).to_le_bytes()),
                Self::F64 => into.extend(number.to_le_bytes()),
            }
        }
    }

    /// Decodes numbers from `bytes` until `into` is full.
    pub fn decode(self, bytes: &[u8], into: &mut [f64]) {
        fn each<const N: usize>(bytes: &[u8], into: &mut [f64], of: impl Fn([u8; N]) -> f64) {
            let (numbers, _) = bytes.as_chunks::<N>();
            for (into, bytes) in into.iter_mut().zip(numbers) {
                *into = of(*bytes);
            }
        }
        match self {
            Self::U16 => each(bytes, into, |bytes| u16::from_le_bytes(bytes).into()),
            Self::U32 => each(bytes, into, |bytes| u32::from_le_bytes(bytes).into()),
            Self::F64 => each(bytes, into, f64::from_le_bytes),
        }
    }
}

impl ByteRange {
    /// Number of chunks of up to 64 KiB in this range of bytes, each with its own checksum.
    pub fn n_chunks(&self) -> u64 {
        self.bytes.div_ceil(CHUNK as u64)
    }
}

impl PartHead {
    /// Builds the head of `part` (`n_paths` paths) and the padded first line that holds it. `n_texts` and `n_rest`
    /// are the bytes of the scenario's texts and of everything else but the columns, `storage` the formats of the
    /// columns.
    pub(super) fn of(
        part: &Part,
        n_paths: usize,
        origin: &Origin,
        n_texts: usize,
        n_rest: usize,
        storage: &[Storage],
    ) -> (Self, String) {
        let columns = part.columns.iter().zip(storage).map(|(column, storage)| Stored {
            id: column.id.quantity().to_owned(),
            world: column.id.world() as u8,
            object: column.id.object(),
            storage: *storage,
            section: ByteRange { offset: 0, bytes: (n_paths * storage.width()) as u64 },
        });
        let section = |bytes: usize| ByteRange { offset: 0, bytes: bytes as u64 };
        let mut head = Self {
            format: FORMAT.to_owned(),
            format_version: FORMAT_VERSION,
            origin: Origin {
                value_version: part.value_version,
                model_digest: blake3::Hash::from_bytes(part.model).to_hex().to_string(),
                ..origin.clone()
            },
            months: part.n_months,
            blocks: part.blocks(),
            first_path: part.first_path(),
            n_paths: n_paths as u64,
            chunk_bytes: CHUNK,
            texts: section(n_texts),
            rest: section(n_rest),
            columns: columns.collect(),
            checksums: ByteRange::default(),
            bytes: 0,
        };
        let mut n_line = PAGE;
        loop {
            head.place(n_line);
            let line = head.line();
            // room for the newline
            let needs = (line.len() as u64 + 1).next_multiple_of(PAGE);
            if needs <= n_line {
                let filling = " ".repeat(n_line as usize - 1 - line.len());
                return (head, format!("{line}{filling}\n"));
            }
            n_line = needs;
        }
    }

    /// Computes the offsets of all sections behind a first line of `n_line` bytes.
    fn place(&mut self, n_line: u64) {
        let (mut offset, mut n_chunks) = (n_line, 0);
        for section in self.sections_mut() {
            section.offset = offset;
            offset += section.bytes;
            n_chunks += section.n_chunks();
        }
        self.checksums = ByteRange { offset, bytes: n_chunks * DIGEST as u64 };
        self.bytes = offset + self.checksums.bytes + DIGEST as u64;
    }

    fn sections_mut(&mut self) -> impl Iterator<Item = &mut ByteRange> {
        let columns = self.columns.iter_mut().map(|column| &mut column.section);
        [&mut self.texts, &mut self.rest].into_iter().chain(columns)
    }

    fn line(&self) -> String {
        serde_json::to_string(self).expect("a head is texts and numbers")
    }

    /// Parses the first line of a part file. Errors if this program cannot read a file with this first line.
    pub(super) fn read(line: &[u8]) -> Result<Self, Unusable> {
        #[derive(Deserialize)]
        struct Version {
            format: String,
            format_version: u32,
        }
        const CHANGED: &str = "its first line is not what was written";
        let version: Version = serde_json::from_slice(line).map_err(|_| damaged(NO_PART))?;
        if version.format != FORMAT {
            return Err(damaged(NO_PART));
        }
        if version.format_version != FORMAT_VERSION {
            return Err(Unusable::Version(format!(
                "it has version {} of the format, and this program reads version {FORMAT_VERSION}",
                version.format_version
            )));
        }
        let head: Self = serde_json::from_slice(line).map_err(|_| damaged(CHANGED))?;
        if head.is_placed(line.len() as u64 + 1) { Ok(head) } else { Err(damaged(CHANGED)) }
    }

    /// True if all offsets and lengths agree with a first line of `n_line` bytes, and none is too large.
    fn is_placed(&self, n_line: u64) -> bool {
        const LARGEST: u64 = 1 << 56;
        // texts and rest are read into memory at once
        const LARGEST_READ: u64 = 1 << 30;
        let read = [&self.texts, &self.rest];
        let is_small = self.columns.iter().all(|column| column.section.bytes < LARGEST)
            && read.iter().all(|section| section.bytes < LARGEST_READ);
        let n = self.n_paths;
        let has_all =
            |column: &Stored| n.checked_mul(column.storage.width() as u64) == Some(column.section.bytes);
        if !is_small || !self.columns.iter().all(has_all) {
            return false;
        }
        let mut placed = self.clone();
        placed.place(n_line);
        placed == *self
            && self.n_paths_of_blocks() == Some(n)
            && self.first_path.checked_div(LANES as u64) == Some(self.blocks.start)
    }

    /// Number of paths in the blocks of this part, of which the last may be incomplete; `None` if the numbers
    /// in the head are impossible.
    fn n_paths_of_blocks(&self) -> Option<u64> {
        let paths = self.origin.paths;
        let end = self.blocks.end.checked_mul(LANES as u64)?.min(paths);
        let first = self.blocks.start.checked_mul(LANES as u64)?.min(paths);
        end.checked_sub(first)
    }

    /// True if the file has the results version of this program, so that both give the same figures.
    pub fn is_of_these_values(&self) -> bool {
        self.origin.value_version == VALUE_VERSION
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sparse file takes no disk space, yet can be as long as its first line claims.
    #[test]
    fn a_line_that_claims_more_texts_than_memory_is_refused() {
        let part = Part {
            model: [0; 32],
            value_version: VALUE_VERSION,
            blocks: 0..0,
            n_months: 0,
            columns: Vec::new(),
            series: Vec::new(),
            sample_paths: Vec::new(),
            months: crate::engine::months::MonthSample::default(),
        };
        let line = |n_texts: usize| PartHead::of(&part, 0, &Origin::default(), n_texts, 1, &[]).1;
        let read = |n_texts: usize| PartHead::read(line(n_texts).trim_end_matches('\n').as_bytes());
        assert!(read(8 << 20).is_ok());
        for n_texts in [1 << 30, 1 << 50] {
            assert!(matches!(read(n_texts), Err(Unusable::Damaged(_))));
        }
    }
}
