//! Assumptions that can be moved: defaults from the catalog, grouped by entry, and ranges in the file.
//!
//! In: a scenario. Out: [`Assumption`]s. Not here: their effects (`stages`).

use crate::catalog;
use crate::form::Range;
use crate::scenario::{Amount, FilledIn, FilledList, Scenario, label_of_key, word_of_key};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
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

/// An assumption with the two ends of its range; a choice has none.
pub(super) struct Movable {
    pub assumption: Assumption,
    pub ends: Option<[String; 2]>,
}

impl Movable {
    /// Returns all assumptions of a scenario: its ranges, then the catalog defaults, in the order of their
    /// first keys.
    pub(super) fn all(scenario: &Scenario) -> Vec<Self> {
        let mut all: Vec<Self> = scenario.ranges().map(Self::of_range).collect();
        all.extend(Self::filled_in(&scenario.filled_in));
        all
    }

    fn of_range(range: &Range) -> Self {
        Self {
            assumption: Assumption {
                path: range.path.clone(),
                label: label_of_key(&range.path),
                value: range.value.clone(),
                number: Amount::written(&range.path, &range.value),
                grade: None,
                kind: None,
                source: None,
                keys: vec![range.path.clone()],
                is_drawn: true,
            },
            ends: Some(range.ends.clone()),
        }
    }

    fn of_catalog(value: &FilledIn) -> Self {
        Self {
            assumption: Assumption {
                path: value.path.clone(),
                label: label_of_key(&value.path),
                value: value.value.clone(),
                number: Amount::written(&value.path, &value.value),
                grade: Some(value.grade.to_string()),
                kind: Some(value.kind.to_string()),
                source: Some(value.source.to_owned()),
                keys: Vec::new(),
                is_drawn: false,
            },
            ends: value.range(),
        }
    }

    fn filled_in(filled_in: &FilledList) -> Vec<Self> {
        let mut all: Vec<(Self, &FilledIn)> = Vec::new();
        let mut places = BTreeMap::new();
        for value in filled_in.iter() {
            // a value derived from an entry, such as that of a business, is not that entry, so values are
            // compared too
            let same = (ptr::from_ref(value.entry), value.value.as_str());
            let place = *places.entry(same).or_insert_with(|| {
                all.push((Self::of_catalog(value), value));
                all.len() - 1
            });
            all[place].0.assumption.keys.push(value.path.clone());
        }
        let labelled = all.into_iter().map(|(mut one, value)| {
            if one.assumption.keys.len() > 1 {
                let word = word_of_key(&value.path);
                one.assumption.label = catalog::label(value.entry, &word);
            }
            one
        });
        labelled.collect()
    }
}
