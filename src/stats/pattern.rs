//! A measure in a document: the pattern of its ids.
//!
//! In: a [`Measure`]. Out: text, and the measure of it. Not here: the figures (`measure`).

use super::Measure;
use super::reference::MEASURES;
use serde::{Deserialize, Deserializer, Serializer, de};

/// Writes the id of a measure, `<name>` in it for an object.
pub fn serialize<S: Serializer>(
    measure: &&'static Measure,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&measure.id)
}

/// Reads what [`serialize`] wrote.
pub fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<&'static Measure, D::Error> {
    let id = String::deserialize(deserializer)?;
    let found = MEASURES.iter().find(|measure| measure.id == id);
    found.ok_or_else(|| de::Error::custom(format!("there is no measure `{id}`")))
}
