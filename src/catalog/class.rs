//! An asset class: what it is, what the documents claim, what is filled in.
//!
//! In: one TOML file. Out: [`Class`]. Not here: where the files are (`store`).

use serde::Deserialize;

use super::entry::Entry;

/// A kind of holding that scenarios name with `class`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Class {
    pub id: String,
    pub title: String,
    /// One paragraph in plain words, without line breaks.
    pub doc: String,
    /// Id of the kind of asset that `model = "mechanism"` means: how it really earns.
    pub mechanism: Option<String>,
    /// True if what an owner has is a claim on a contract, which nobody can take offline while it earns.
    #[serde(default)]
    pub deposit: bool,
    /// The row of the documents' table; absent where they describe the class without figures.
    #[serde(rename = "claim")]
    pub claimed: Option<Claimed>,
    /// Filled-in keys of an `[[asset]]` and, behind `market.`, of its `[[market]]`, in the order in
    /// which they are shown.
    #[serde(rename = "default")]
    pub defaults: Vec<Entry>,
    /// How its shocks hang together with those of classes that were there before it, unless `correlations.toml` says so.
    #[serde(rename = "pair", default)]
    pub pairs: Vec<Pair>,
}

/// Correlation with another class.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Pair {
    pub with: String,
    #[serde(flatten)]
    pub entry: Entry,
}

/// What the documents claim, in their words.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claimed {
    /// Average yearly return, a range as a scenario writes it.
    pub roi: String,
    pub autonomy: String,
    pub risk: String,
}

impl Class {
    /// The default of a key of an `[[asset]]` or of its `market.`; `None` if the class has none and the scenario must say it
    /// or do without.
    #[must_use]
    pub fn default(&self, key: &str) -> Option<&Entry> {
        self.defaults.iter().find(|entry| entry.key == key)
    }
}
