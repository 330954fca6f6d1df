//! An entry as bytes that say whether they are whole.
//!
//! In: a key, bytes. Out: the bytes in their envelope, and back. Not here: files (`folder`).

use crate::math::bytes::{Reader, Writer};
use crate::study::{Key, Kind};

const LETTERS: &[u8; 8] = b"twlcache";
/// Version of the format; another one cannot be read.
const VERSION: u32 = 2;
const DIGEST: usize = 32;

/// `bytes` with what they are: letters, version, kind, key, length, and at last a digest of it all.
pub(super) fn seal(kind: Kind, key: &Key, bytes: &[u8]) -> Vec<u8> {
    let mut into = Writer::with_capacity(bytes.len() + 128);
    into.raw(LETTERS);
    into.u32(VERSION);
    into.u8(number(kind));
    into.raw(key.bytes());
    into.u64(bytes.len() as u64);
    into.raw(bytes);
    let digest = blake3::hash(into.bytes());
    into.raw(digest.as_bytes());
    into.into_bytes()
}

/// The bytes that were sealed as `kind` under `key`, or what is wrong with them.
pub(super) fn open(kind: Kind, key: &Key, mut sealed: Vec<u8>) -> Result<Vec<u8>, String> {
    let body = sealed.len().checked_sub(DIGEST).ok_or("it is cut off")?;
    let head = head(kind, key, &sealed[..body])?;
    let (bytes, digest) = sealed.split_at(body);
    if blake3::hash(bytes).as_bytes() != digest {
        return Err("its bytes are not those that were written".to_owned());
    }
    sealed.truncate(body);
    sealed.drain(..head);
    Ok(sealed)
}

/// Length of what stands before the bytes, if it is right.
fn head(kind: Kind, key: &Key, body: &[u8]) -> Result<usize, &'static str> {
    const CUT: &str = "it is cut off";
    let mut from = Reader::new(body);
    if from.raw(LETTERS.len()).ok_or(CUT)? != LETTERS {
        return Err("it is no cache entry");
    }
    if from.u32().ok_or(CUT)? != VERSION {
        return Err("it is of another version of the format");
    }
    if from.u8().ok_or(CUT)? != number(kind) {
        return Err("it is of another kind");
    }
    if from.raw(DIGEST).ok_or(CUT)? != key.bytes() {
        return Err("it belongs to something else");
    }
    let length = from.u64().ok_or(CUT)?;
    let head = LETTERS.len() + 4 + 1 + DIGEST + 8;
    match (body.len() - head) as u64 == length {
        true => Ok(head),
        false => Err(CUT),
    }
}

fn number(kind: Kind) -> u8 {
    match kind {
        Kind::Result => 1,
        Kind::Part => 2,
    }
}
