//! Names for readers of what has an id.
//!
//! In: ids. Out: labels of `labels.toml`. Not here: labels that a scenario or the catalog has.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Labels by id, by the name of their table.
type Labels = BTreeMap<String, BTreeMap<String, String>>;

static LABELS: LazyLock<Labels> = LazyLock::new(|| {
    toml::from_str(include_str!("labels.toml")).expect("compiled in and read by a test")
});

/// The label of a cause of profit and loss.
pub fn cause(id: &str) -> &'static str {
    LABELS["cause"].get(id).map_or("Other", String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::causes;

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
