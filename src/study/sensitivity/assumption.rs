//! Filled-in values that are one assumption, since one entry of the catalog says all of them.
//!
//! In: what was filled in. Out: [`Assumption`]s. Not here: what they do (`stages`).

use crate::catalog;
use crate::scenario::{FilledIn, FilledList};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use std::ptr;

/// Values that one entry of the catalog filled in: they move together.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Assumption {
    /// The first of them.
    #[serde(flatten)]
    pub value: FilledIn,
    /// The key of the only value; of several, the entry that they come from.
    pub label: String,
    /// The keys of all values that move together.
    pub keys: Vec<String>,
}

impl Assumption {
    /// All assumptions of a scenario, in the order of their first values.
    pub(super) fn all(filled_in: &FilledList) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        let mut places = BTreeMap::new();
        for value in filled_in.iter() {
            // a value that follows from an entry, as that of a business does, is not that entry
            let same = (ptr::from_ref(value.entry), value.value.as_str());
            let place = *places.entry(same).or_insert_with(|| {
                all.push(Self {
                    value: value.clone(),
                    label: value.path.clone(),
                    keys: Vec::new(),
                });
                all.len() - 1
            });
            all[place].keys.push(value.path.clone());
        }
        for one in all.iter_mut().filter(|one| one.keys.len() > 1) {
            one.label = catalog::label(one.value.entry);
        }
        all
    }
}
