//! Encoding of a part as bytes that reveal any damage.
//!
//! In: a [`Part`], or bytes from anywhere. Out: bytes, or the part they hold. Not here: where the bytes are
//! kept (`cli`).
//!
//! Layout: eight letters and a version, then the part in the wire format of `postcard`, then a BLAKE3 digest
//! of all bytes before it.

use super::head::NO_PART;
use super::unusable::damaged;
use super::{Date, Part, Unusable};
use crate::engine::FAN_PATHS;
use crate::engine::outcome::is_in_range;
use crate::engine::recorder::SAMPLE_PATHS;
use crate::math::LANES;

/// First bytes of an encoded part of a run: eight letters and the version of the format; others are refused.
const HEAD: &[u8; 9] = b"twl-part\x04";
const DIGEST: usize = 32;

impl Part {
    /// Encodes this part of a run deterministically; [`Part::from_bytes`] decodes the bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.body();
        let digest = blake3::hash(&bytes);
        bytes.extend(digest.as_bytes());
        bytes
    }

    /// Encodes this part of a run without the digest that follows at the end of the bytes.
    fn body(&self) -> Vec<u8> {
        let columns = self.columns.len() * self.n_paths() * size_of::<f64>();
        // reserve a third more than the columns need; if that is too little, the vector grows
        let mut bytes = Vec::with_capacity(columns / 3 * 4 + 4096);
        bytes.extend(HEAD);
        postcard::to_extend(self, bytes).expect("a part is numbers and names")
    }

    /// Decodes the bytes of [`Part::to_bytes`]. Errors, with the reason, if the bytes were changed, cut off
    /// or made up.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Unusable> {
        let body = bytes.len().checked_sub(DIGEST);
        let (body, digest) = bytes.split_at(body.ok_or_else(|| damaged("it is cut off"))?);
        let (letters, version) = HEAD.split_at(HEAD.len() - 1);
        let versioned = body.strip_prefix(letters).ok_or_else(|| damaged(NO_PART))?;
        let of_part = versioned
            .strip_prefix(version)
            .ok_or_else(|| Unusable::Version("it is of another version of the format".to_owned()))?;
        if blake3::hash(body).as_bytes() != digest {
            return Err(damaged("its bytes are not those that were written"));
        }
        let part = postcard::from_bytes(of_part).ok();
        // the encoding must be canonical: the same number could be written in more than one way
        part.filter(|part: &Self| part.is_consistent() && part.body() == body)
            .ok_or_else(|| damaged("it does not hold together"))
    }

    /// True if all numbers of the part are possible results of a run.
    fn is_consistent(&self) -> bool {
        let Some(n_paths) = self.columns.first().map(|column| column.values.len()) else {
            return false;
        };
        let mut columns = self.columns.iter();
        self.has_rest_of(n_paths)
            && columns.all(|column| {
                column.values.len() == n_paths && column.values.iter().all(|one| is_in_range(*one))
            })
    }

    /// True if all but the column values is a possible result of a run with `n_paths` paths in this part's blocks.
    pub(super) fn has_rest_of(&self, n_paths: usize) -> bool {
        let Some(n_blocks) = self.blocks.end.checked_sub(self.blocks.start) else {
            return false;
        };
        let n_samples = match self.blocks.start {
            0 => n_paths.min(SAMPLE_PATHS),
            _ => 0,
        };
        let before = self.blocks.start.saturating_mul(LANES as u64);
        let n_counted = (n_paths as u64).min(FAN_PATHS.saturating_sub(before));
        let n_dates = self.n_months as usize + 1;
        let has_all =
            |date: &Date| date.histogram.is_of(n_counted) && (date.low <= date.high || n_counted == 0);
        n_paths.div_ceil(LANES) as u64 == n_blocks
            && self
                .series
                .iter()
                .all(|series| series.months.len() == series.dates.len() && series.dates.iter().all(has_all))
            && self.sample_paths.len() == n_samples
            && self.sample_paths.iter().all(|path| path.len() == n_dates)
            && self.months.are_finite()
    }
}
