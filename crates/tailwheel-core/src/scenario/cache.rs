//! Values that earlier cases of a file have read and later ones take over.
//!
//! In: names, values with the sources they were read from. Out: [`Cache`]. Not here: what a value depends on
//! (`holdings`, `market`).

use super::FilledIn;
use std::collections::BTreeMap;

/// Values by name that earlier scenarios (cases) of a file have read, each with the source `S` it was read from.
pub struct Cache<S, T> {
    /// False for the only scenario of a file, which has no later one to keep values for.
    keeps: bool,
    kept: BTreeMap<String, CachedValue<S, T>>,
}

struct CachedValue<S, T> {
    source: S,
    value: T,
    /// Catalog values that were used to read the value.
    filled_in: Vec<FilledIn>,
}

impl<S, T: Clone> Cache<S, T> {
    pub const fn new(keeps: bool) -> Self {
        Self { keeps, kept: BTreeMap::new() }
    }

    /// Returns the kept value of `name`, or `None` unless `fits` accepts its source; adds its defaults to
    /// `filled_in`.
    pub fn get(&self, name: &str, fits: impl Fn(&S) -> bool, filled_in: &mut Vec<FilledIn>) -> Option<T> {
        let kept = self.kept.get(name).filter(|kept| fits(&kept.source))?;
        filled_in.extend_from_slice(&kept.filled_in);
        Some(kept.value.clone())
    }

    /// Keeps a value with the catalog values used for it, unless its name is empty or already kept.
    pub fn keep(&mut self, name: &str, source: impl FnOnce() -> S, value: &T, filled_in: &[FilledIn]) {
        if self.keeps && !name.is_empty() && !self.kept.contains_key(name) {
            let kept = CachedValue { source: source(), value: value.clone(), filled_in: filled_in.to_vec() };
            self.kept.insert(name.to_owned(), kept);
        }
    }
}
