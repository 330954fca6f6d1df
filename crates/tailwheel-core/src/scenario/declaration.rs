//! The registry of the tables of a scenario file.
//!
//! In: the declarations of sections and kinds. Out: [`schema`], [`sections`], [`SETTINGS`]. Not here: what a
//! section means.

use super::asset_entry::Holding;
use super::correlation::CorrelationKeys;
use super::crash::CrashKeys;
use super::crisis::CrisisKeys;
use super::derived::{Earned, HeldShare};
use super::event::{EventIdentity, EventKeys, SharedKeys};
use super::holding::Identity;
use super::owner::Owner;
use super::read::Sections;
use super::sections::{RunKeys, TopKeys};
use super::setting::{Frame, Registered, Setting, settings};
use super::shock::ShockKeys;
use super::study::keys::{AxisKeys, ExcludeKeys, ExpectKeys, VariantKeys};
use super::supervision::CareKeys;
use super::{Exchange, MarketEntry};
use crate::asset::{COUNTED, Claimed, KINDS};
use crate::catalog::event_kinds;
use crate::event;
use crate::form::{self, Field, Group, Section};
use crate::market::PROCESSES;
use crate::policy::RULES;
use std::sync::LazyLock;

settings! {
    [Section::table::<TopKeys>(""), Section::table::<RunKeys>("run")]
    { letterhead: super::sections::Letterhead }
    [
        asset(),
        Section::table::<CorrelationKeys>("correlation"),
        Section::optional::<CrisisKeys>("crisis"),
        Section::optional::<CrashKeys>("crash"),
        Section::array::<MarketEntry>("market"),
        Section::array::<ShockKeys>("shock"),
        event(),
    ]
    { economy: super::economy::Economy }
    [Section::array::<Exchange>("fx"), owner()]
    { goal: super::goal::Goal }
    [
        Section::of_study::<VariantKeys>("variant"),
        Section::of_study::<AxisKeys>("axis"),
        Section { names_its_keys: true, ..Section::of_study::<ExcludeKeys>("exclude") },
        Section::of_study::<ExpectKeys>("expect"),
    ]
    {}
}

/// Returns every table of a scenario file with its keys. Reading, schema, reference, proposals of names, `--set` and
/// the split of a file into its scenarios (cases) are derived from this list.
pub fn sections() -> &'static [Section] {
    static ALL: LazyLock<Vec<Section>> = LazyLock::new(tables);
    &ALL
}

/// True if a file can have several tables `key`, such as `asset`.
pub fn is_list(key: &str) -> bool {
    sections().iter().any(|section| section.is_array && section.key == key)
}

/// Names of the tables that describe the scenarios (cases) and gates of a file, such as `axis` and `expect`.
pub fn of_study() -> impl Iterator<Item = &'static str> {
    sections().iter().filter(|section| section.is_of_study).map(|section| section.key)
}

fn heading(doc: &str) -> String {
    doc.trim_end_matches('.').to_owned()
}

/// Declares `[[asset]]`: the keys of every asset, then those of each return process and earnings model.
fn asset() -> Section {
    let mut groups = vec![
        ("What it is".to_owned(), Identity::FIELDS),
        ("Keys of every asset".to_owned(), Holding::FIELDS),
    ];
    let processes = PROCESSES.iter().filter(|process| !process.fields.is_empty());
    groups.extend(processes.map(|process| (heading(process.doc), process.fields)));
    groups.push(("Income".to_owned(), Earned::FIELDS));
    groups.extend(COUNTED.chunk_by(|kind, next| kind.heading == next.heading).map(|kinds| {
        let fields: Vec<&[Field]> = kinds.iter().map(|kind| kind.fields).collect();
        // leaked once, as `sections` keeps the list
        (kinds[0].heading.to_owned(), &*fields.concat().leak())
    }));
    groups.extend([
        ("Share of a whole".to_owned(), HeldShare::FIELDS),
        ("Exposure to events".to_owned(), SharedKeys::FIELDS),
        ("Working time".to_owned(), CareKeys::FIELDS),
        ("Claimed return".to_owned(), Claimed::FIELDS),
    ]);
    groups.extend(KINDS.iter().map(|kind| (format!("`model = \"{}\"`: {}", kind.id, kind.doc), kind.fields)));
    let doc = "One holding. Keys that are left out have the defaults of its class.";
    Section { is_array: true, ..Section::of("asset", doc, groups) }
}

/// Declares `[[event]]`: the keys of every event, then those of each kind of effect.
fn event() -> Section {
    let mut groups = vec![
        ("What it is".to_owned(), EventIdentity::FIELDS),
        ("Timing and target".to_owned(), EventKeys::FIELDS),
    ];
    groups.extend(event::KINDS.iter().map(|effect| {
        let of_effect = event_kinds().iter().filter(|kind| kind.effect == effect.id);
        let kinds: Vec<String> = of_effect.map(|kind| format!("`{}`", kind.id)).collect();
        (format!("{}: {}", kinds.join(", "), effect.doc), effect.fields)
    }));
    let doc =
        "A loss event of assets or of their owner. Keys that are left out have the defaults of its kind.";
    Section { is_array: true, is_optional: true, ..Section::of("event", doc, groups) }
}

/// Declares `[owner]`: the keys of the account, then those of each rule.
fn owner() -> Section {
    let mut groups = vec![("The account".to_owned(), Owner::FIELDS)];
    groups.extend(RULES.iter().map(|rule| (heading(rule.doc), rule.fields)));
    let doc = "The owner's account. Without it nothing is paid out and nothing is rebalanced.";
    Section { is_optional: true, ..Section::of("owner", doc, groups) }
}

/// The JSON Schema of a scenario file.
pub fn schema() -> String {
    form::schema("A tailwheel scenario", sections())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Preset;
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
    fn every_kind_of_every_registry_keeps_what_it_promises() {
        form::keep_what_they_promise(KINDS, |asset| asset.written());
        form::keep_what_they_promise(event::KINDS, |effect| effect.keys());
        form::keep_what_they_promise(PROCESSES, |process| process.written());
        form::keep_what_they_promise(RULES, |rule| rule.keys());
        assert!(KINDS.iter().all(|kind| kind.read_alone(kind.example).0.kind() == kind.id));
        // without its keys a process diffuses, and a rule asks for nothing
        for kind in PROCESSES {
            let (process, faults) = kind.read_alone("");
            assert!(faults.is_empty() && process.written().entries.is_empty(), "{}", kind.id);
            assert!(!process.is_rare() && process.own_variance() == 0.0, "{}", kind.id);
        }
        for kind in RULES {
            let (rule, faults) = kind.read_alone("");
            assert!(faults.is_empty() && rule.keys().entries.is_empty(), "{}", kind.id);
        }
    }

    #[test]
    fn every_field_says_what_it_is_in_a_sentence_and_every_example_of_it_is_valid_toml() {
        for field in sections().iter().flat_map(|section| section.fields()) {
            let said = field.said();
            assert!(said.ends_with('.') && said.len() > 15, "{}: {said}", field.key);
            for example in field.examples() {
                assert!(form::parse_value(example).is_some(), "{example}");
            }
        }
    }

    #[test]
    fn no_key_of_a_setting_is_required() {
        let keys: Vec<&str> = SETTINGS.iter().map(|setting| setting.key).collect();
        for section in sections().iter().filter(|section| keys.contains(&section.key)) {
            assert!(section.fields().all(|field| field.preset != Preset::Required), "{}", section.key);
        }
    }
}
