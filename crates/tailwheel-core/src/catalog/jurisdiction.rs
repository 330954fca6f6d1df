//! A country of residence: taxes and costs for the owner.
//!
//! In: one TOML file. Out: [`Jurisdiction`], [`jurisdictions`]. Not here: the tax rules (`policy`).

use super::entry::{CatalogValue, Entry};
use super::magnitude::magnitudes;
use super::store::read;
use crate::units::{grouped, per_cent};
use serde::Deserialize;
use std::sync::OnceLock;

/// Country of residence that scenarios select with the key `residence`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Jurisdiction {
    pub id: String,
    /// Alternative id of the country, such as `uae`; `None` if it has none.
    pub also: Option<String>,
    pub title: String,
    /// Code of the local currency.
    pub currency: String,
    /// Description in one paragraph of plain words, without line breaks.
    pub doc: String,
    /// Defaults of the keys of `[owner]` for a resident of the country.
    #[serde(rename = "default")]
    pub defaults: Vec<Entry>,
    /// Tax brackets of the country's law; `None` if the catalog has none for the country.
    pub schedule: Option<Schedule>,
}

/// Tax brackets of a country, in its own currency.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// Assumed value of one unit of the currency, in US dollars.
    pub dollars: f64,
    /// Charges that the brackets leave out, in words; `None` if nothing is left out.
    pub lacks: Option<String>,
    /// Brackets of the income tax, for the key `tax_rate`.
    pub income: Entry,
    /// Rate on realized gains, for the key `gains_tax_rate`.
    pub gains: Entry,
}

impl Schedule {
    /// Returns the yearly incomes where brackets start, in the local currency, with the tax rate on income above
    /// each as a fraction.
    pub fn brackets(&self) -> impl Iterator<Item = (f64, f64)> {
        let brackets = match &self.income.value {
            CatalogValue::Brackets(brackets) => &brackets[..],
            _ => &[],
        };
        #[expect(clippy::cast_precision_loss, reason = "incomes of brackets are far below 2^53")]
        brackets.iter().map(|bracket| {
            let rate = magnitudes(&CatalogValue::Text(bracket.rate.clone()));
            (bracket.above as f64, rate.map_or(f64::NAN, |(rate, _)| rate))
        })
    }

    /// Lists the tax brackets as text, such as `22 % above 8,400`, in the local currency.
    pub fn said(&self) -> String {
        let said = |(above, rate): (f64, f64)| format!("{} above {}", per_cent(rate), grouped(above, 0));
        self.brackets().map(said).collect::<Vec<_>>().join(", ")
    }

    /// Tax rate on realized gains as a fraction; `None` if the catalog has no number.
    pub fn gains_rate(&self) -> Option<f64> {
        magnitudes(&self.gains.value).map(|(rate, _)| rate)
    }

    /// Returns the defaults for income tax and for the tax on gains, in this order.
    pub fn entries(&self) -> [&Entry; 2] {
        [&self.income, &self.gains]
    }
}

/// Files of the countries, sorted by name.
const FILES: &[&str] = &[
    include_str!("jurisdictions/estonia.toml"),
    include_str!("jurisdictions/portugal.toml"),
    include_str!("jurisdictions/singapore.toml"),
    include_str!("jurisdictions/united-arab-emirates.toml"),
    include_str!("jurisdictions/united-states.toml"),
];

/// Returns all countries, sorted by name.
pub fn jurisdictions() -> &'static [Jurisdiction] {
    static PLACES: OnceLock<Vec<Jurisdiction>> = OnceLock::new();
    PLACES.get_or_init(|| FILES.iter().map(|text| read(text)).collect())
}

/// Country with this id or alternative id; `None` if there is none.
pub fn jurisdiction(name: &str) -> Option<&'static Jurisdiction> {
    jurisdictions().iter().find(|place| place.id == name || place.also.as_deref() == Some(name))
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
        let rates = ["uae", "united-arab-emirates", "singapore", "estonia"].map(rate);
        assert_eq!(rates, ["0-5 %", "0-5 %", "7-10 %", "20 %"].map(|rate| Some(rate.to_owned())));
        assert_eq!(rate("usa"), None, "a range of brackets is no rate");
        assert_eq!(rate("portugal"), None, "the documents give none");
        assert!(jurisdiction("uae").is_some_and(|place| place.schedule.is_none()));
        for place in jurisdictions() {
            assert!(!place.doc.contains('\n') && place.doc.is_ascii(), "{}", place.id);
            let keys: BTreeSet<&str> = place.defaults.iter().map(|entry| entry.key.as_str()).collect();
            assert_eq!(keys.len(), place.defaults.len(), "{}", place.id);
            assert!(keys.contains("compliance_cost"), "{}", place.id);
            if let Some(schedule) = &place.schedule {
                let keys = [&schedule.income, &schedule.gains].map(|entry| entry.key.as_str());
                assert_eq!(keys, ["tax_rate", "gains_tax_rate"], "{}", place.id);
                assert!(place.currency != "USD" || schedule.dollars == 1.0);
                let brackets: Vec<(f64, f64)> = schedule.brackets().collect();
                assert!(brackets.is_sorted_by(|a, b| a.0 < b.0 && a.1 < b.1));
            }
        }
        assert!(jurisdictions().is_sorted_by_key(|place| &place.id));
    }
}
