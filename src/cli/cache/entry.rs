//! Bytes of a cache entry, with a digest that detects damage.
//!
//! In: a key, bytes. Out: the bytes behind a digest of both, and back; compressed texts. Not here: files
//! (`cache`).

use crate::study::EntryKey;
use flate2::Compression;
use flate2::read::{ZlibDecoder, ZlibEncoder};
use std::io::Read;

const DIGEST: usize = 32;

/// Returns a digest of `key` and `bytes`, followed by `bytes`: an entry of the cache.
pub(super) fn seal(key: &EntryKey, bytes: &[u8]) -> Vec<u8> {
    [digest(key, bytes).as_bytes(), bytes].concat()
}

/// Returns the bytes that [`seal`] protected with `key`. Errors if the digest does not match.
pub(super) fn open(key: &EntryKey, mut sealed: Vec<u8>) -> Result<Vec<u8>, &'static str> {
    match sealed.split_at_checked(DIGEST) {
        Some((found, bytes)) if found == digest(key, bytes).as_bytes() => {
            sealed.drain(..DIGEST);
            Ok(sealed)
        }
        _ => Err("it is another result"),
    }
}

/// Compresses `bytes` with zlib; a text shrinks to about a tenth.
pub(super) fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut small = Vec::new();
    let encoder = ZlibEncoder::new(bytes, Compression::default()).read_to_end(&mut small);
    encoder.expect("memory is read and written");
    small
}

/// Decompresses `small`. Errors if it is corrupt or longer than `most` bytes after decompression.
pub(super) fn inflated(small: &[u8], most: u64) -> Result<Vec<u8>, &'static str> {
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
