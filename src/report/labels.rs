//! Labels for ids: leading measures, groups of assumptions, causes of profit and loss.
//!
//! In: ids. Out: labels of `labels.toml`. Not here: labels from a scenario or the catalog.

use crate::book::Cause;
use crate::scenario::{label_of_name, table_of_key};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct Labels {
    headline: Vec<LeadingMeasure>,
    cause: BTreeMap<String, String>,
    group: BTreeMap<String, String>,
}

static LABELS: LazyLock<Labels> =
    LazyLock::new(|| toml::from_str(include_str!("labels.toml")).expect("compiled in and read by a test"));

/// A measure that the screen of a comparison may show, with its label.
#[derive(Deserialize)]
pub struct LeadingMeasure {
    pub measure: String,
    pub label: String,
}

/// Returns the measures that the screen of a comparison may show, in the order of the screen.
pub fn headline() -> &'static [LeadingMeasure] {
    &LABELS.headline
}

/// Returns the heading under which a table lists the key at `path`: its asset's name, or the topic of its section.
pub fn group(path: &str) -> String {
    let (table, name) = table_of_key(path);
    LABELS.group.get(table).cloned().unwrap_or_else(|| label_of_name(name.unwrap_or(table)))
}

/// Returns the label of a cause of profit and loss by its id; `Other` if the id is unknown.
pub fn cause(id: &str) -> &'static str {
    LABELS.cause.get(id).map_or("Other", String::as_str)
}

/// Returns the label of a cause with this `mean` profit or loss. Decay that raises wealth is growth: better products, or
/// a niche that grows.
pub fn cause_of(id: &str, mean: f64) -> &'static str {
    if id == Cause::Decay.id() && mean > 0.0 { "Growth less decay" } else { cause(id) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::causes;

    #[test]
    fn decay_that_raises_wealth_is_growth() {
        let labels = [-1.0, 1.0].map(|mean| cause_of(Cause::Decay.id(), mean));
        assert_eq!(labels, ["Decay (closures, aging)", "Growth less decay"]);
    }

    #[test]
    fn every_cause_has_a_label_of_its_own() {
        let all: Vec<&str> = causes().map(cause).collect();
        assert!(!all.contains(&"Other"), "{all:?}");
        let mut labels = all.clone();
        labels.sort_unstable();
        labels.dedup();
        assert_eq!(labels.len(), all.len());
    }
}
