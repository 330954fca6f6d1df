//! The digest by which reports name a model.
//!
//! In: a scenario. Out: its digest as text. Not here: how it is made (`scenario`).

use crate::scenario::Scenario;

/// Digest of everything that decides a path.
pub fn model_digest(scenario: &Scenario) -> String {
    scenario.model_digest().to_hex().to_string()
}
