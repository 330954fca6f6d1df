//! What was computed before, so that nobody computes it twice.
//!
//! In: what a result depends on. Out: a [`Key`], and what was kept under it. Not here: where it is kept
//! (a [`Store`] of the caller).

use serde::Serialize;
use serde::de::DeserializeOwned;

/// What is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A scenario that was simulated and judged.
    Result,
    /// Whole blocks of a model from its first path on.
    Part,
}

/// Digest of everything that an entry depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key([u8; 32]);

impl Key {
    /// Of what an entry depends on; each part is told apart from its neighbours.
    pub fn of<T: AsRef<[u8]>>(kind: Kind, parts: impl IntoIterator<Item = T>) -> Self {
        let mut digest = blake3::Hasher::new();
        digest.update(&[kind as u8]);
        for part in parts {
            let bytes = part.as_ref();
            digest.update(&(bytes.len() as u64).to_le_bytes());
            digest.update(bytes);
        }
        Self(*digest.finalize().as_bytes())
    }

    /// Its bytes.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// Where entries are kept between runs.
pub trait Store: Send + Sync {
    /// The program that computes: another one may give other figures.
    fn program(&self) -> &str;

    /// What was kept under `key`, if it is whole.
    fn find(&self, kind: Kind, key: &Key) -> Option<Vec<u8>>;

    /// Keeps `bytes` under `key`, in place of what was kept there, if they are worth their room.
    fn keep(&self, kind: Kind, key: &Key, bytes: &[u8]);

    /// What was found is not what it should be, and is computed again.
    fn is_damaged(&self, kind: Kind, key: &Key, why: &str);
}

/// The result that depends on `depends`: as it was kept, or as `make` makes it, which says too whether
/// it is to be kept. With it, whether it was kept before.
pub fn kept<T: Serialize + DeserializeOwned, E>(
    store: Option<&dyn Store>,
    depends: impl FnOnce() -> Vec<String>,
    make: impl FnOnce() -> Result<(T, bool), E>,
) -> Result<(T, bool), E> {
    let Some(store) = store else {
        return make().map(|(made, _)| (made, false));
    };
    let program = store.program().to_owned();
    let key = Key::of(Kind::Result, std::iter::once(program).chain(depends()));
    if let Some(bytes) = store.find(Kind::Result, &key) {
        match serde_json::from_slice(&bytes) {
            Ok(found) => return Ok((found, true)),
            Err(_) => store.is_damaged(Kind::Result, &key, "it does not hold together"),
        }
    }
    let (made, is_to_keep) = make()?;
    if is_to_keep && let Ok(bytes) = serde_json::to_vec(&made) {
        store.keep(Kind::Result, &key, &bytes);
    }
    Ok((made, false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_tell_texts_and_kinds_apart() {
        assert_eq!(Key::of(Kind::Part, ["ab"]), Key::of(Kind::Part, ["ab"]));
        assert_ne!(Key::of(Kind::Part, ["ab"]), Key::of(Kind::Result, ["ab"]));
        assert_ne!(
            Key::of(Kind::Part, ["ab", "c"]),
            Key::of(Kind::Part, ["a", "bc"])
        );
        assert_ne!(Key::of(Kind::Part, ["ab", ""]), Key::of(Kind::Part, ["ab"]));
    }
}
