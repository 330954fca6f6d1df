//! Assumptions that can be moved: defaults from the catalog, grouped by entry, and ranges in the file.
//!
//! In: a scenario. Out: [`Assumption`]s. Not here: their effects (`stages`).

use crate::catalog;
use crate::form::Range;
use crate::scenario::{Amount, FilledIn, LabelParts, Scenario, label_of_key, table_of_key, word_of_key};
use crate::study::alike_by;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::ptr;

/// A range in the file, or the values that one catalog entry filled in, which move together.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Assumption {
    /// Path of the first key, such as `asset.saas.volatility`.
    #[serde(rename = "key")]
    pub path: String,
    /// Label in words: `SaaS volatility`.
    pub label: String,
    /// Value as it could be written in the file; a range as its two ends.
    pub value: String,
    /// Value as a number; absent if it is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Amount>,
    /// Grade of a value from the catalog, a letter: how well it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<String>,
    /// Kind of source of a value from the catalog.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Keys of all values that move together.
    pub keys: Vec<String>,
    /// True if every path draws the value. Its ends are then percentiles of the draw; amounts already paid
    /// stay unchanged.
    #[serde(rename = "drawn")]
    pub is_drawn: bool,
}

impl Assumption {
    /// Returns the parts of the label: object, word and time unit.
    pub fn parts(&self) -> LabelParts<'_> {
        LabelParts::of(&self.path, &self.label)
    }

    /// True for the return that an asset claims.
    pub fn is_claim(&self) -> bool {
        matches!(table_of_key(&self.path), ("asset", Some(name)) if self.path == format!("asset.{name}.roi"))
    }
}

/// An assumption with the values at the two ends of its range; `None` for a choice, which has no range.
pub(super) struct Movable {
    pub assumption: Assumption,
    pub ends: Option<[String; 2]>,
}

impl Movable {
    /// Returns all assumptions of a scenario: its ranges, then the catalog defaults, in the order of their
    /// first keys.
    pub(super) fn all(scenario: &Scenario) -> Vec<Self> {
        let mut all: Vec<Self> = scenario.ranges().map(Self::of_range).collect();
        // a value derived from an entry, such as that of a business, is not that entry, so values are
        // compared too
        let of_entry = |value: &&FilledIn| (ptr::from_ref(value.entry), value.value.clone());
        all.extend(alike_by(scenario.filled_in.iter(), of_entry).iter().map(|alike| Self::of_catalog(alike)));
        all
    }

    fn of_range(range: &Range) -> Self {
        let assumption = Assumption::new(&range.path, &range.value, vec![range.path.clone()]);
        Self { assumption: Assumption { is_drawn: true, ..assumption }, ends: Some(range.ends.clone()) }
    }

    /// Returns the assumption behind the values `alike`, which one catalog entry filled in.
    fn of_catalog(alike: &[&FilledIn]) -> Self {
        let first = alike[0];
        let keys = alike.iter().map(|value| value.path.clone()).collect();
        let mut assumption = Assumption {
            grade: Some(first.entry.grade.to_string()),
            kind: Some(first.entry.kind.to_string()),
            source: Some(first.entry.source.clone()),
            ..Assumption::new(&first.path, &first.value, keys)
        };
        if alike.len() > 1 {
            // the word of a cluster's key has no subject
            let path = if table_of_key(&first.path).0 == "crash" { &first.entry.key } else { &first.path };
            assumption.label = catalog::label(first.entry, &word_of_key(path));
        }
        Self { assumption, ends: first.range() }
    }
}

impl Assumption {
    fn new(path: &str, value: &str, keys: Vec<String>) -> Self {
        Self {
            path: path.to_owned(),
            label: label_of_key(path),
            value: value.to_owned(),
            number: Amount::written(path, value),
            grade: None,
            kind: None,
            source: None,
            keys,
            is_drawn: false,
        }
    }
}
