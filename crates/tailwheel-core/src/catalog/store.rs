//! Files of the catalog, compiled into the program and read once.
//!
//! In: the files. Out: [`classes`], [`class`], [`general`], [`levels`], [`exchange`]. Not here: pairs of
//! classes (`correlation`).

use super::class::Class;
use super::entry::Entry;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Files of the asset classes, in the order of tables: first those of the documents that the program examines,
/// then conventional investments, then the community token.
const CLASS_FILES: &[&str] = &[
    include_str!("classes/micro-saas-fleet.toml"),
    include_str!("classes/synthetic-media-royalties.toml"),
    include_str!("classes/tokenized-real-estate.toml"),
    include_str!("classes/defi-yield-aggregator.toml"),
    include_str!("classes/niche-content.toml"),
    include_str!("classes/digital-product-flywheel.toml"),
    include_str!("classes/ai-managed-portfolio.toml"),
    include_str!("classes/index-fund.toml"),
    include_str!("classes/bonds.toml"),
    include_str!("classes/savings.toml"),
    include_str!("classes/dividend-shares.toml"),
    include_str!("classes/rental-property.toml"),
    include_str!("classes/community-token.toml"),
];

/// All asset classes: first those of the documents that the program examines, in their order, then further
/// classes for comparison.
pub fn classes() -> &'static [Class] {
    static CLASSES: OnceLock<Vec<Class>> = OnceLock::new();
    CLASSES.get_or_init(|| CLASS_FILES.iter().map(|text| read(text)).collect())
}

/// Asset class with this id; `None` if there is none.
pub fn class(id: &str) -> Option<&'static Class> {
    classes().iter().find(|class| class.id == id)
}

/// Defaults that belong to no class; their keys are paths such as `economy.inflation`.
pub fn general() -> &'static [Entry] {
    static GENERAL: OnceLock<Vec<Entry>> = OnceLock::new();
    GENERAL.get_or_init(|| list(include_str!("general.toml")))
}

/// Hours per month that one unit of a holding needs; keys are the values of `autonomy`.
pub fn levels() -> &'static [Entry] {
    static LEVELS: OnceLock<Vec<Entry>> = OnceLock::new();
    LEVELS.get_or_init(|| list(include_str!("autonomy.toml")))
}

/// Yearly volatilities of exchange rates; keys are currency pairs, and `other` for all further pairs.
pub fn exchange() -> &'static [Entry] {
    static EXCHANGE: OnceLock<Vec<Entry>> = OnceLock::new();
    EXCHANGE.get_or_init(|| list(include_str!("exchange.toml")))
}

/// Reads a TOML file that consists of a single array of tables.
pub(super) fn list<T: for<'de> Deserialize<'de>>(text: &str) -> Vec<T> {
    let file: BTreeMap<String, Vec<T>> = read(text);
    assert_eq!(file.len(), 1, "a file of the catalog has one list");
    file.into_values().flatten().collect()
}

pub(super) fn read<T: for<'de> Deserialize<'de>>(text: &str) -> T {
    toml::from_str(text).expect("the catalog is compiled in and a test reads all of it")
}
