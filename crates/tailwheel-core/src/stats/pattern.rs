//! Serialization of a measure as its id.
//!
//! In: a [`Measure`]. Out: its id as text, and the measure again. Not here: the figures (`measure`).

use super::Measure;
use super::reference::MEASURES;
use serde::{Deserialize, Deserializer, Serializer, de};

/// Writes the id of a measure, with a placeholder such as `<name>` for an object.
pub fn serialize<S: Serializer>(measure: &&'static Measure, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&measure.id)
}

/// Reads a measure that [`serialize`] wrote; fails if there is no measure with this id.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<&'static Measure, D::Error> {
    let id = String::deserialize(deserializer)?;
    let found = MEASURES.iter().find(|measure| measure.id == id);
    found.ok_or_else(|| de::Error::custom(format!("there is no measure `{id}`")))
}
