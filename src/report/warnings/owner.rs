//! The warning about deposits of an owner who keeps keys offline.
//!
//! In: a scenario. Out: a [`Warning`]. Not here: other warnings about the owner (`scenario`).

use super::kinds::WITHOUT_EFFECT;
use crate::report::document::Warning;
use crate::scenario::Scenario;
use serde_json::json;
use std::collections::BTreeSet;

/// Deposits whose keys nobody can keep offline.
pub(super) fn deposits_online(scenario: &Scenario) -> Option<Warning> {
    let custody = scenario.owner.as_ref()?.custody.as_ref()?;
    let of_keys = scenario
        .events
        .iter()
        .filter(|event| event.guarded().is_some() && event.can_strike());
    let hit: BTreeSet<usize> = of_keys
        .flat_map(|event| event.assets.iter().copied())
        .collect();
    let deposits: Vec<&str> = hit
        .into_iter()
        .map(|index| &scenario.assets[index])
        .filter(|asset| asset.is_deposit())
        .map(|asset| asset.name.as_str())
        .collect();
    let facts = json!({ "key": "cold_storage", "assets": deposits });
    (custody.cold_storage && !deposits.is_empty()).then(|| WITHOUT_EFFECT.of(facts, ""))
}
