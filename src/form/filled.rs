//! Defaults of a table, and which of them were used.
//!
//! In: what the catalog says (`scenario`). Out: [`Default`], [`Filled`]. Not here: which value wins
//! (`reader`).

use super::{Reader, Value};

/// What holds for a key that is not written.
#[derive(Clone, Debug, PartialEq)]
pub struct Default {
    pub key: String,
    pub value: Value,
    /// Not used when the table says this key itself, without which it means nothing.
    pub with: Option<String>,
    /// A key of the same table whose value is used instead, if the table says it.
    pub follows: Option<String>,
    /// Where the truth may lie: of a key that can be a range its 5th and 95th percentile, with the value as
    /// median.
    pub range: Option<[Value; 2]>,
}

/// A default that was used.
#[derive(Clone, Debug, PartialEq)]
pub struct Filled {
    /// `asset.saas.volatility`
    pub path: String,
    /// As it could be written in the file.
    pub value: String,
    /// Its place among the defaults that the table was laid over.
    pub default: usize,
    /// True if every path draws it in its range.
    pub is_drawn: bool,
}

impl Reader<'_> {
    /// Notes that the default of `key` is the same on all paths after all.
    pub fn fix_default(&mut self, key: &str) {
        let path = format!("{}.{key}", self.path);
        let mut filled = self.filled.iter_mut();
        if let Some(filled) = filled.find(|filled| filled.path == path) {
            filled.is_drawn = false;
        }
    }
}
