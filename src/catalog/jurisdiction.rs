//! A place to live in: what the documents claim of it, what it costs there.
//!
//! In: one TOML file. Out: [`Jurisdiction`], [`jurisdictions`]. Not here: what a tax does (`policy`).

use std::sync::OnceLock;

use serde::Deserialize;

use super::entry::Entry;
use super::store::read;

/// Where an owner may live; scenarios name it with `residence`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Jurisdiction {
    pub id: String,
    /// What it is called too.
    pub also: Option<String>,
    pub title: String,
    /// What its shops are paid in.
    pub currency: String,
    /// One paragraph in plain words, without line breaks.
    pub doc: String,
    /// Filled-in keys of `[owner]`.
    #[serde(rename = "default")]
    pub defaults: Vec<Entry>,
}

/// By name.
const FILES: &[&str] = &[
    include_str!("jurisdictions/estonia.toml"),
    include_str!("jurisdictions/portugal.toml"),
    include_str!("jurisdictions/singapore.toml"),
    include_str!("jurisdictions/united-arab-emirates.toml"),
    include_str!("jurisdictions/united-states.toml"),
];

/// All places, by name.
#[must_use]
pub fn jurisdictions() -> &'static [Jurisdiction] {
    static PLACES: OnceLock<Vec<Jurisdiction>> = OnceLock::new();
    PLACES.get_or_init(|| FILES.iter().map(|text| read(text)).collect())
}

/// The place that a scenario calls `name`.
#[must_use]
pub fn jurisdiction(name: &str) -> Option<&'static Jurisdiction> {
    jurisdictions()
        .iter()
        .find(|place| place.id == name || place.also.as_deref() == Some(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn places_are_named_as_in_their_files_and_have_the_rates_of_the_documents() {
        let rate = |name: &str| {
            let place = jurisdiction(name).unwrap_or_else(|| panic!("{name}"));
            let rate = place.defaults.iter().find(|entry| entry.key == "tax_rate");
            rate.map(|entry| entry.value.to_string())
        };
        assert_eq!(rate("uae").as_deref(), Some("0-5 %"));
        assert_eq!(rate("united-arab-emirates"), rate("uae"));
        assert_eq!(rate("singapore").as_deref(), Some("7-10 %"));
        assert_eq!(rate("estonia").as_deref(), Some("20 %"));
        assert_eq!(rate("usa").as_deref(), Some("15-37 %"));
        assert_eq!(rate("portugal"), None, "the documents give none");
        for place in jurisdictions() {
            assert!(
                !place.doc.contains('\n') && place.doc.is_ascii(),
                "{}",
                place.id
            );
            let keys = place.defaults.iter().map(|entry| &entry.key);
            let keys: BTreeSet<&String> = keys.collect();
            assert_eq!(keys.len(), place.defaults.len(), "{}", place.id);
            assert!(
                place
                    .defaults
                    .iter()
                    .any(|entry| entry.key == "compliance_cost"),
                "{}",
                place.id
            );
        }
        assert!(jurisdictions().is_sorted_by_key(|place| &place.id));
    }
}
