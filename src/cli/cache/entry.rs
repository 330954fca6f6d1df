//! An entry as bytes that say whether they are whole.
//!
//! In: a key, bytes. Out: the bytes behind a digest of both, and back. Not here: files (`folder`).

use crate::study::Key;

const DIGEST: usize = 32;

/// `bytes` behind a digest of them and their key, which says of what kind they are.
pub(super) fn seal(key: &Key, bytes: &[u8]) -> Vec<u8> {
    [digest(key, bytes).as_bytes(), bytes].concat()
}

/// The bytes that were sealed under `key`, or what is wrong with them.
pub(super) fn open(key: &Key, mut sealed: Vec<u8>) -> Result<Vec<u8>, &'static str> {
    match sealed.split_at_checked(DIGEST) {
        Some((found, bytes)) if found == digest(key, bytes).as_bytes() => {
            sealed.drain(..DIGEST);
            Ok(sealed)
        }
        _ => Err("it is not what was kept under this name"),
    }
}

fn digest(key: &Key, bytes: &[u8]) -> blake3::Hash {
    let mut digest = blake3::Hasher::new();
    digest.update(key.bytes()).update(bytes).finalize()
}
