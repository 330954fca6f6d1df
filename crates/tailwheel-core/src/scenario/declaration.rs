//! List of all sections of a scenario file, for the JSON Schema and the reference page.
//!
//! In: the declarations of sections and kinds. Out: [`schema`], [`sections`]. Not here: what a section means.

use super::care::CareKeys;
use super::correlation::CorrelationKeys;
use super::counted::Counted;
use super::crash::CrashKeys;
use super::crisis::CrisisKeys;
use super::economy::EconomyKeys;
use super::event::{EventIdentity, EventKeys, SharedKeys};
use super::fx::FxKeys;
use super::goal::Goal;
use super::holding::{Holding, Identity};
use super::income::Earned;
use super::market::MarketKeys;
use super::owner::OwnerKeys;
use super::part::Part;
use super::sections::{Head, Letterhead, Run};
use super::shock::ShockKeys;
use super::study::keys::{AxisKeys, ExcludeKeys, ExpectKeys, VariantKeys};
use super::traffic::Traffic;
use crate::asset::{Claimed, KINDS};
use crate::catalog::event_kinds;
use crate::event;
use crate::form::{self, Diagnostic, Group, Section, SourceMap};
use crate::market::PROCESSES;
use crate::policy::RULES;

/// Returns every table of a scenario file with its keys.
pub fn sections() -> Vec<Section> {
    let plain = |key, doc, fields| Section {
        key,
        doc,
        is_array: false,
        is_optional: false,
        names_its_keys: false,
        groups: vec![(String::new(), fields)],
    };
    let optional = |key, doc, fields| Section { is_optional: true, ..plain(key, doc, fields) };
    let optional_array = |key, doc, fields| Section { is_array: true, ..optional(key, doc, fields) };
    let heading = |doc: &str| doc.trim_end_matches('.').to_owned();
    let mut asset = vec![
        ("What it is".to_owned(), Identity::FIELDS),
        ("Keys of every asset".to_owned(), Holding::FIELDS),
        ("Income".to_owned(), Earned::FIELDS),
        ("Visits".to_owned(), Traffic::FIELDS),
        ("Counted sales".to_owned(), Counted::FIELDS),
        ("Share of a whole".to_owned(), Part::FIELDS),
        ("Exposure to events".to_owned(), SharedKeys::FIELDS),
        ("Working time".to_owned(), CareKeys::FIELDS),
        ("Claimed return".to_owned(), Claimed::FIELDS),
    ];
    let processes = PROCESSES.iter().filter(|process| !process.fields.is_empty());
    asset.splice(2..2, processes.map(|process| (heading(process.doc), process.fields)));
    asset.extend(KINDS.iter().map(|kind| (format!("`model = \"{}\"`: {}", kind.id, kind.doc), kind.fields)));
    let mut event = vec![
        ("What it is".to_owned(), EventIdentity::FIELDS),
        ("Timing and target".to_owned(), EventKeys::FIELDS),
    ];
    event.extend(event::KINDS.iter().map(|effect| {
        let of_effect = event_kinds().iter().filter(|kind| kind.effect == effect.id);
        let kinds: Vec<String> = of_effect.map(|kind| format!("`{}`", kind.id)).collect();
        (format!("{}: {}", kinds.join(", "), effect.doc), effect.fields)
    }));
    let mut owner = vec![("The account".to_owned(), OwnerKeys::FIELDS)];
    owner.extend(RULES.iter().map(|rule| (heading(rule.doc), rule.fields)));
    vec![
        plain("", "Title, dates and currency of the scenario.", Head::FIELDS),
        plain("run", "How to simulate.", Run::FIELDS),
        optional(
            "report",
            "Author, client and date on the page of the report. They change no figure and no digest.",
            Letterhead::FIELDS,
        ),
        Section {
            key: "asset",
            doc: "One holding. Keys that are left out have the defaults of its class.",
            is_array: true,
            is_optional: false,
            names_its_keys: false,
            groups: asset,
        },
        plain(
            "correlation",
            "Correlations between markets. An asset without `market` has a market of its own name.",
            CorrelationKeys::FIELDS,
        ),
        optional(
            "crisis",
            "A crisis regime that all markets share. Without it there is only the normal regime.",
            CrisisKeys::FIELDS,
        ),
        optional(
            "crash",
            "AI agents that sell together and trigger each other. Without it no agent sells.",
            CrashKeys::FIELDS,
        ),
        optional_array(
            "market",
            "A market of one asset, or of all assets that name it. The agents of `[crash]` sell in it. Its class supplies the defaults.",
            MarketKeys::FIELDS,
        ),
        optional_array("shock", "A price fall in one month, on every path.", ShockKeys::FIELDS),
        Section {
            groups: event,
            ..optional_array(
                "event",
                "A loss event of assets or of their owner. Keys that are left out have the defaults of its kind.",
                &[],
            )
        },
        plain("economy", "Inflation and the interest rate on cash.", EconomyKeys::FIELDS),
        optional_array(
            "fx",
            "An exchange rate. Without it every asset has the currency of the file.",
            FxKeys::FIELDS,
        ),
        Section {
            groups: owner,
            ..optional(
                "owner",
                "The owner's account. Without it nothing is paid out and nothing is rebalanced.",
                &[],
            )
        },
        optional(
            "goal",
            "Goals of the owner. Their probabilities are measures, which `[[expect]]` can judge.",
            Goal::FIELDS,
        ),
        optional_array(
            "variant",
            "Another case of the same file. A file without variants and axes is one case, named after the file. `run` and `replay` ignore variants and axes.",
            VariantKeys::FIELDS,
        ),
        optional_array(
            "axis",
            "Values of one key. Every combination of axis values and variants is a case.",
            AxisKeys::FIELDS,
        ),
        Section {
            names_its_keys: true,
            ..optional_array(
                "exclude",
                "Combinations that are left out. The keys are the names of the axes, or `variant`.",
                ExcludeKeys::FIELDS,
            )
        },
        optional_array(
            "expect",
            "A gate: a limit that a measure must meet in every case, or in some. At least one of `above` and `below` is needed.",
            ExpectKeys::FIELDS,
        ),
    ]
}

/// Largest number of candidate tables that a message names; more would not help the reader.
const MOST: usize = 4;

/// Adds to each unknown-key fault the tables in which the key exists. A key whose `#` was removed often
/// stands before its header.
pub fn with_headers(mut faults: Vec<Diagnostic>, sources: &SourceMap) -> Vec<Diagnostic> {
    let all = sections();
    for fault in faults.iter_mut().filter(|fault| fault.code == "unknown-key") {
        let key = fault.place().map_or("", |place| sources.excerpt(place).trim_matches(['"', '\'']));
        let (_, noun) = fault.message.rsplit_once("` in ").unwrap_or_default();
        let noun = noun.trim_start_matches("this ");
        let knows = |section: &&Section| section.fields().any(|field| field.key == key);
        // The key belongs to another kind of the table it stands in.
        let is_there = |of: &&Section| !of.key.is_empty() && noun.starts_with(of.key);
        let known: Vec<&Section> = all.iter().filter(knows).collect();
        let places = known.iter().map(|section| match section.key {
            "" => "at the top of the file".to_owned(),
            _ => format!("below {}", section.header()),
        });
        if (1..=MOST).contains(&known.len()) && !known.iter().any(is_there) {
            let places: Vec<String> = places.collect();
            // It is unclear whether the header or the key is wrong, so no replacement is proposed.
            fault.patch = None;
            *fault = fault.clone().rule(format!("`{key}` belongs {}", places.join(" or ")));
        }
    }
    faults
}

/// The JSON Schema of a scenario file.
pub fn schema() -> String {
    form::schema("A tailwheel scenario", &sections())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Field;
    use std::collections::BTreeMap;

    #[test]
    fn no_key_is_declared_in_two_ways_in_a_section() {
        for section in sections() {
            let mut said: BTreeMap<&str, String> = BTreeMap::new();
            for field in section.fields() {
                let before = said.insert(field.key, field.said());
                let is_new = before.is_none_or(|before| before == field.said());
                assert!(is_new, "{}: {}", section.header(), field.key);
            }
        }
    }

    #[test]
    fn every_field_says_what_it_is_in_a_sentence() {
        for section in sections() {
            for field in section.fields() {
                let said = field.said();
                assert!(said.ends_with('.') && said.len() > 15, "{}: {said}", field.key);
            }
        }
    }

    #[test]
    fn every_example_of_every_key_is_valid_toml() {
        for section in sections() {
            for example in section.fields().flat_map(Field::examples) {
                assert!(form::parse_value(example).is_some(), "{example}");
            }
        }
    }
}
