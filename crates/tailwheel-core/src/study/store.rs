//! Storage of earlier work between runs.
//!
//! In: everything that an entry depends on. Out: an [`EntryKey`], the entry kept under it. Not here: where entries are
//! kept (the [`Store`] of the caller), blocks of paths (`blocks`).

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Type of an entry in a [`Store`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// Gates and figures of a simulated scenario.
    Result,
    /// Simulated blocks of a model, from its first path on.
    Part,
}

/// Digest of everything that a stored entry depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntryKey([u8; 32]);

impl EntryKey {
    /// Computes the key from everything that an entry depends on. The digest includes the length of each part.
    pub fn of<T: AsRef<[u8]>>(kind: EntryKind, parts: impl IntoIterator<Item = T>) -> Self {
        let mut digest = blake3::Hasher::new();
        digest.update(&[kind as u8]);
        for part in parts {
            let bytes = part.as_ref();
            digest.update(&(bytes.len() as u64).to_le_bytes());
            digest.update(bytes);
        }
        Self(*digest.finalize().as_bytes())
    }

    /// Returns the 32 bytes of the digest.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// Storage of entries between runs.
pub trait Store: Send + Sync {
    /// Identity of the program that computes; another version may give other figures.
    fn program(&self) -> &str;

    /// Returns the entry under `key`; `None` if there is none or it is incomplete.
    fn find(&self, kind: EntryKind, key: &EntryKey) -> Option<Vec<u8>>;

    /// Minimum [`cost`](super::cost) of a run whose blocks are stored. Cheaper runs are simulated again.
    fn least_cost(&self) -> u64;

    /// Stores `bytes` under `key`, in place of an earlier entry, if they are worth the space.
    fn keep(&self, kind: EntryKind, key: &EntryKey, bytes: &[u8]);

    /// Reports that the entry under `key` is damaged and will be computed again.
    fn is_damaged(&self, kind: EntryKind, key: &EntryKey, why: &str);
}

/// Returns a result, and true if the store had it under a key of the texts that `depends` returns. Else
/// `make` computes it, and also returns true if it is to be stored.
pub fn kept<T: Serialize + DeserializeOwned, E>(
    store: Option<&dyn Store>,
    depends: impl FnOnce() -> Vec<String>,
    make: impl FnOnce() -> Result<(T, bool), E>,
) -> Result<(T, bool), E> {
    let Some(store) = store else {
        return make().map(|(made, _)| (made, false));
    };
    let program = store.program().to_owned();
    let key = EntryKey::of(EntryKind::Result, std::iter::once(program).chain(depends()));
    if let Some(bytes) = store.find(EntryKind::Result, &key) {
        match serde_json::from_slice(&bytes) {
            Ok(found) => return Ok((found, true)),
            Err(_) => store.is_damaged(EntryKind::Result, &key, "it does not hold together"),
        }
    }
    let (made, is_to_keep) = make()?;
    if is_to_keep && let Ok(bytes) = serde_json::to_vec(&made) {
        store.keep(EntryKind::Result, &key, &bytes);
    }
    Ok((made, false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_tell_texts_and_kinds_apart() {
        assert_eq!(EntryKey::of(EntryKind::Part, ["ab"]), EntryKey::of(EntryKind::Part, ["ab"]));
        assert_ne!(EntryKey::of(EntryKind::Part, ["ab"]), EntryKey::of(EntryKind::Result, ["ab"]));
        assert_ne!(EntryKey::of(EntryKind::Part, ["ab", "c"]), EntryKey::of(EntryKind::Part, ["a", "bc"]));
        assert_ne!(EntryKey::of(EntryKind::Part, ["ab", ""]), EntryKey::of(EntryKind::Part, ["ab"]));
    }
}
