//! What may move: values that the catalog filled in, those of one entry together, and ranges that the file says.
//!
//! In: a scenario. Out: [`Assumption`]s. Not here: what they do (`stages`).

use crate::catalog;
use crate::form::Range;
use crate::scenario::{FilledIn, FilledList, Scenario};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use std::ptr;

/// A range of the file, or values that one entry of the catalog filled in: they move together.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Assumption {
    /// That of the first value: `asset.saas.volatility`.
    #[serde(rename = "key")]
    pub path: String,
    /// As it could be written in the file, a range as its two ends.
    pub value: String,
    /// Of a value from the catalog, how well it is known: a letter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade: Option<String>,
    /// Of a value from the catalog, what it was taken from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<&'static str>,
    /// The key of the only value; of several, the entry that they come from.
    pub label: String,
    /// The keys of all values that move together.
    pub keys: Vec<String>,
    /// Least and greatest value to be run; none of a choice.
    #[serde(skip)]
    pub ends: Option<[String; 2]>,
    /// True if every path draws it: its ends are then percentiles, to which the draw is moved and not what was paid.
    #[serde(skip)]
    pub is_drawn: bool,
}

impl Assumption {
    /// All assumptions of a scenario: its ranges, then what the catalog filled in, in the order of the first values.
    pub(super) fn all(scenario: &Scenario) -> Vec<Self> {
        let mut all: Vec<Self> = scenario.ranges().map(Self::of_range).collect();
        all.extend(Self::filled_in(&scenario.filled_in));
        all
    }

    fn of_range(range: &Range) -> Self {
        Self {
            path: range.path.clone(),
            value: range.value.clone(),
            grade: None,
            kind: None,
            source: None,
            label: range.path.clone(),
            keys: vec![range.path.clone()],
            ends: Some(range.ends.clone()),
            is_drawn: true,
        }
    }

    fn of_catalog(value: &FilledIn) -> Self {
        Self {
            path: value.path.clone(),
            value: value.value.clone(),
            grade: Some(value.grade.to_string()),
            kind: Some(value.kind.to_string()),
            source: Some(value.source),
            label: value.path.clone(),
            keys: Vec::new(),
            ends: value.range(),
            is_drawn: false,
        }
    }

    fn filled_in(filled_in: &FilledList) -> Vec<Self> {
        let mut all: Vec<(Self, &FilledIn)> = Vec::new();
        let mut places = BTreeMap::new();
        for value in filled_in.iter() {
            // a value that follows from an entry, as that of a business does, is not that entry
            let same = (ptr::from_ref(value.entry), value.value.as_str());
            let place = *places.entry(same).or_insert_with(|| {
                all.push((Self::of_catalog(value), value));
                all.len() - 1
            });
            all[place].0.keys.push(value.path.clone());
        }
        let labelled = all.into_iter().map(|(mut one, value)| {
            if one.keys.len() > 1 {
                one.label = catalog::label(value.entry);
            }
            one
        });
        labelled.collect()
    }
}
