//! Defaults of a table, and those that were used.
//!
//! In: values of the catalog (`scenario`). Out: [`Default`], [`Filled`]. Not here: which value takes
//! precedence (`reader`).

use super::Value;

/// Default of a key that is not written.
#[derive(Clone, Debug, PartialEq)]
pub struct Default {
    pub key: String,
    pub value: Value,
    /// The default is not used if the table has this key, which replaces it.
    pub with: Option<String>,
    /// Key of the same table whose value is used instead, if the table has it.
    pub follows: Option<String>,
    /// 5th and 95th percentile of the true value, whose median is `value`; used if the key allows ranges.
    pub range: Option<[Value; 2]>,
}

/// A default that the reader used because the key is not written.
#[derive(Clone, Debug, PartialEq)]
pub struct Filled {
    /// Full path of the key, such as `asset.saas.volatility`.
    pub path: String,
    /// Default value as TOML.
    pub value: String,
    /// Index of this default among the defaults that the reader of the table was given.
    pub default: usize,
    /// True if every path draws the value from the range of its default.
    pub is_drawn: bool,
}
