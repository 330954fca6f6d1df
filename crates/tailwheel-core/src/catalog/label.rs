//! Readable labels of catalog entries.
//!
//! In: an [`Entry`] of the catalog. Out: its label. Not here: keys of a scenario, where one entry may fill
//! in several objects (`scenario`).

use super::correlation::{correlation_of_same_class, pairs};
use super::{Entry, Schedule, class, classes, event_kinds, exchange, jurisdictions, levels};
use std::ptr;

/// Label of a default whose key has the readable name `word`, such as `Micro SaaS fleet: volatility`. The label
/// of a default of no class, event or place is `word` alone.
pub fn label(entry: &'static Entry, word: &str) -> String {
    let is_here = |entries: &'static [Entry]| entries.iter().any(|one| ptr::eq(one, entry));
    if ptr::eq(entry, correlation_of_same_class()) {
        return "correlation of two assets of one class".to_owned();
    }
    if let Some((pair, _)) = pairs().find(|(_, one)| ptr::eq(*one, entry)) {
        let title = |id: &str| class(id).map_or_else(|| id.to_owned(), |class| class.title.clone());
        return match pair {
            [first, second] if first == second => format!("correlation within {}", title(first)),
            [first, second] => format!("correlation of {} and {}", title(first), title(second)),
        };
    }
    if is_here(levels()) {
        return format!("hours at autonomy {}", entry.key);
    }
    if is_here(exchange()) {
        return format!("{}: volatility of the exchange rate", entry.key);
    }
    let classes = classes().iter().map(|class| (&class.defaults, &class.title));
    let events = event_kinds().iter().map(|kind| (&kind.defaults, &kind.title));
    let places = jurisdictions().iter().map(|place| (&place.defaults, &place.title));
    let mut lists = classes.chain(events).chain(places);
    let list = lists.find(|(entries, _)| is_here(entries)).map(|(_, title)| title);
    let has = |schedule: &Schedule| schedule.entries().into_iter().any(|one| ptr::eq(one, entry));
    let taxed = jurisdictions().iter().find(|place| place.schedule.as_ref().is_some_and(has));
    match (list, taxed.map(|place| &place.title)) {
        (Some(title), _) => format!("{title}: {word}"),
        (None, Some(title)) => format!("{title}: {word} by brackets"),
        (None, None) => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::entries;
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_entry_of_the_catalog_has_a_label_of_its_own() {
        let mut seen = BTreeSet::new();
        for (_, entry) in entries() {
            let label = label(entry, &entry.key);
            assert!(!label.is_empty(), "{entry:?}");
            assert!(seen.insert(label.clone()), "{label} names two entries");
        }
    }
}
