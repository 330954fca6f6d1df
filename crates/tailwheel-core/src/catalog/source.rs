//! Sources of the defaults: title and link of each.
//!
//! In: `sources.toml`. Out: [`Source`], by id. Not here: the grade of a default (`entry`).

use super::entry::SourceKind;
use super::store::list;
use serde::Deserialize;
use std::sync::OnceLock;

/// A source of defaults, such as a data set, a study or a report.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    pub id: String,
    pub kind: SourceKind,
    pub title: String,
    /// Web address; `None` only if the source is `unpublished`.
    pub link: Option<String>,
    #[serde(default)]
    pub unpublished: bool,
}

/// All sources of defaults, in the order of their file.
pub fn sources() -> &'static [Source] {
    static SOURCES: OnceLock<Vec<Source>> = OnceLock::new();
    SOURCES.get_or_init(|| list(include_str!("sources.toml")))
}

/// Source with this id; `None` if there is none.
pub fn source(id: &str) -> Option<&'static Source> {
    sources().iter().find(|source| source.id == id)
}
