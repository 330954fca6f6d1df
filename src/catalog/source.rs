//! What defaults were taken from: title and link of each source.
//!
//! In: `sources.toml`. Out: [`Source`], by id. Not here: how well a default is known for it (`entry`).

use std::sync::OnceLock;

use serde::Deserialize;

use super::entry::SourceKind;
use super::store::read;

/// A data set, a study, a report.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    pub id: String,
    pub kind: SourceKind,
    pub title: String,
    /// Where it is; none only if it is `unpublished`.
    pub link: Option<String>,
    #[serde(default)]
    pub unpublished: bool,
}

/// All sources, in the order of the file.
#[must_use]
pub fn sources() -> &'static [Source] {
    static SOURCES: OnceLock<Vec<Source>> = OnceLock::new();
    SOURCES.get_or_init(|| {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct File {
            source: Vec<Source>,
        }
        read::<File>(include_str!("sources.toml")).source
    })
}

/// The source called `id`.
#[must_use]
pub fn source(id: &str) -> Option<&'static Source> {
    sources().iter().find(|source| source.id == id)
}
