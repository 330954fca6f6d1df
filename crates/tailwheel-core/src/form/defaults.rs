//! Defaults of a table, and those that were used.
//!
//! In: values of the catalog (`scenario`). Out: [`Default`](struct@Default), [`Filled`]. Not here: which value
//! takes precedence (`reader`).

use super::Value;

/// Default of a key of a table, from the catalog, which is used if the file does not write the key.
#[derive(Clone, Debug, PartialEq)]
pub struct Default {
    pub key: String,
    pub value: Value,
    /// Key that replaces this one: if the table has it, the default is not used. `None` if there is none.
    pub with: Option<String>,
    /// Key of the same table whose value, if the table has it, is used instead of `value`; else `None`.
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
