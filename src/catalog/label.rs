//! The name of an entry of the catalog, for a reader who has not seen the files.
//!
//! In: an [`Entry`] of the catalog. Out: its label. Not here: keys of a scenario, each of which an entry may fill in
//! for several objects (`scenario`).

use super::correlation::{correlation_of_claims, correlation_of_same_class, pairs};
use super::{Entry, classes, event_kinds, exchange, general, jurisdictions, levels};
use std::ptr;

/// `volatility, class micro-saas-fleet`; `correlation of two assets of one class`; for a general default its key alone.
#[must_use]
pub fn label(entry: &'static Entry) -> String {
    let is_here = |entries: &'static [Entry]| entries.iter().any(|one| ptr::eq(one, entry));
    if ptr::eq(entry, correlation_of_same_class()) {
        return "correlation of two assets of one class".to_owned();
    }
    if ptr::eq(entry, correlation_of_claims()) {
        return "correlation.roi".to_owned();
    }
    if let Some((pair, _)) = pairs().find(|(_, one)| ptr::eq(*one, entry)) {
        return match pair {
            [first, second] if first == second => {
                format!("correlation of two assets of class {first}")
            }
            [first, second] => format!("correlation of classes {first} and {second}"),
        };
    }
    let classes = classes()
        .iter()
        .map(|class| (&class.defaults, "class", &class.id));
    let events = event_kinds().iter();
    let events = events.map(|kind| (&kind.defaults, "event", &kind.id));
    let places = jurisdictions().iter();
    let places = places.map(|place| (&place.defaults, "residence", &place.id));
    let mut lists = classes.chain(events).chain(places);
    if let Some((_, sort, id)) = lists.find(|(entries, ..)| is_here(entries)) {
        return format!("{}, {sort} {id}", entry.key);
    }
    match () {
        () if is_here(levels()) => format!("hours, autonomy {}", entry.key),
        () if is_here(exchange()) => format!("volatility, exchange rate {}", entry.key),
        () if is_here(general()) => entry.key.clone(),
        () => brackets(entry).unwrap_or_else(|| entry.key.clone()),
    }
}

/// The label of a law's brackets, which no list of defaults holds.
fn brackets(entry: &'static Entry) -> Option<String> {
    let mut places = jurisdictions().iter().filter_map(|place| {
        let entries = place.schedule.as_ref()?.entries();
        let key = ["tax_rate", "gains_tax_rate"]
            .into_iter()
            .zip(entries)
            .find(|(_, one)| ptr::eq(*one, entry))?
            .0;
        Some(format!("{key} by brackets, residence {}", place.id))
    });
    places.next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_entry_of_the_catalog_has_a_label_of_its_own() {
        let classes = classes().iter().flat_map(|class| &class.defaults);
        let events = event_kinds().iter().flat_map(|kind| &kind.defaults);
        let places = jurisdictions().iter().flat_map(|place| {
            let brackets = place.schedule.iter().flat_map(|found| found.entries());
            place.defaults.iter().chain(brackets)
        });
        let general = general().iter().chain(levels()).chain(exchange());
        let pairs = pairs().map(|(_, entry)| entry);
        let all = classes.chain(events).chain(places).chain(general);
        let all = all.chain(pairs);
        let all = all.chain([correlation_of_same_class(), correlation_of_claims()]);
        let mut seen = BTreeSet::new();
        for entry in all {
            let label = label(entry);
            assert!(!label.is_empty(), "{entry:?}");
            assert!(seen.insert(label.clone()), "{label} names two entries");
        }
        assert!(seen.contains("correlation of two assets of one class"));
        assert!(seen.contains("volatility, class micro-saas-fleet"));
    }
}
