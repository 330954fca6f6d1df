//! An asset class: description, claimed figures and defaults.
//!
//! In: one TOML file. Out: [`Class`]. Not here: the list of files (`store`).

use super::entry::Entry;
use serde::Deserialize;

/// Class of assets that scenarios select with the key `class`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Class {
    pub id: String,
    pub title: String,
    /// Description in one paragraph of plain words, without line breaks.
    pub doc: String,
    /// Id of the asset kind that `model = "mechanism"` selects to model the earnings; `None` if there is
    /// none.
    pub mechanism: Option<String>,
    /// True if the holding is a claim on a smart contract, which nobody can take offline while it earns.
    #[serde(default)]
    pub deposit: bool,
    /// True if the default return is what running costs leave, such as the fee of a fund.
    #[serde(default)]
    pub net_of_costs: bool,
    /// Figures from the table of the documents that describe the class; `None` if they give no figures.
    #[serde(rename = "claim")]
    pub claimed: Option<Claimed>,
    /// Defaults of the keys of an `[[asset]]`, and with the prefix `market.` of its `[[market]]`, in
    /// display order.
    #[serde(rename = "default")]
    pub defaults: Vec<Entry>,
    /// Correlations with the shocks of other classes that `correlations.toml` does not list.
    #[serde(rename = "pair", default)]
    pub pairs: Vec<ClassCorrelation>,
}

/// Correlation of the shocks of a class with the shocks of another class.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct ClassCorrelation {
    pub with: String,
    #[serde(flatten)]
    pub entry: Entry,
}

/// Claims of the documents that describe an asset class, in their own words.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claimed {
    /// Average yearly return, as a range in scenario notation.
    pub roi: String,
    pub autonomy: String,
    pub risk: String,
}

impl Class {
    /// Default of a key of an `[[asset]]` or, with the prefix `market.`, of its market. `None` if the class
    /// has no default: the scenario gives a value, or the key stays absent.
    pub fn default(&self, key: &str) -> Option<&Entry> {
        self.defaults.iter().find(|entry| entry.key == key)
    }
}
