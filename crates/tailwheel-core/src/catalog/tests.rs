//! Claims about the whole catalog: complete, within its ranges, and its correlations possible.

use std::collections::BTreeSet;

use super::*;

/// Every default of the catalog, each with a name by which a failure of a test can be looked up.
pub fn entries() -> Vec<(String, &'static Entry)> {
    let of_classes = classes()
        .iter()
        .flat_map(|class| class.defaults.iter().map(|entry| (format!("{}.{}", class.id, entry.key), entry)));
    let of_events = event_kinds().iter().flat_map(|kind| {
        let named = |entry: &'static Entry| (format!("{}.{}", kind.id, entry.key), entry);
        kind.defaults.iter().map(named)
    });
    let of_pairs = correlation::pairs().map(|(pair, entry)| (format!("{} with {}", pair[0], pair[1]), entry));
    let of_places = jurisdictions().iter().flat_map(|place| {
        let of_law = place.schedule.iter().flat_map(Schedule::entries);
        let named = |entry: &'static Entry| (format!("{}.{}", place.id, entry.key), entry);
        place.defaults.iter().chain(of_law).map(named)
    });
    let of_correlations = [correlation_of_same_class(), correlation_of_claims()];
    let of_no_thing = general().iter().chain(levels()).chain(exchange()).chain(of_correlations);
    of_classes
        .chain(of_events)
        .chain(of_places)
        .chain(of_pairs)
        .chain(of_no_thing.map(|entry| (entry.key.clone(), entry)))
        .collect()
}

#[test]
fn every_entry_has_a_source_that_is_a_sentence() {
    for (name, entry) in entries() {
        assert!(entry.source.ends_with('.') && entry.source.len() > 25, "{name}: {}", entry.source);
        assert!(!entry.source.contains("http") && entry.source.is_ascii(), "{name}: {}", entry.source);
    }
}

#[test]
fn every_source_has_a_title_and_a_link_or_says_that_it_has_none_and_is_used() {
    let used: BTreeSet<&str> =
        entries().iter().flat_map(|(_, entry)| entry.from.iter().map(String::as_str)).collect();
    let known: BTreeSet<&str> = sources().iter().map(|source| source.id.as_str()).collect();
    assert_eq!(used, known);
    assert_eq!(known.len(), sources().len(), "an id stands for two");
    for source in sources() {
        assert!(source.title.len() > 15 && source.title.is_ascii(), "{}", source.id);
        match &source.link {
            Some(link) => assert!(link.starts_with("https://") && !source.unpublished, "{link}"),
            None => assert!(source.unpublished, "{}", source.id),
        }
        let own = [SourceKind::Derived, SourceKind::Assumption];
        assert!(!own.contains(&source.kind), "{} is nobody's own", source.id);
    }
}

#[test]
fn every_entry_that_is_no_assumption_has_a_source_of_its_kind() {
    for (name, entry) in entries() {
        let kinds: Vec<SourceKind> = entry
            .from
            .iter()
            .map(|id| source(id).unwrap_or_else(|| panic!("{name}: no source `{id}`")).kind)
            .collect();
        let has_its_kind = match entry.kind {
            SourceKind::Assumption => true,
            SourceKind::Derived => !kinds.is_empty(),
            kind => kinds.contains(&kind),
        };
        assert!(has_its_kind, "{name}: {} from {kinds:?}", entry.kind);
    }
}

/// A sentence on the origin of a default that relies on other people's work cites it, even for a guess.
#[test]
fn every_measurement_and_report_that_a_sentence_speaks_of_can_be_looked_up() {
    let words =
        ["measured", "stud", "report", "statistics", "itcoin", "coins", "companies", "index", "survey"];
    for (name, entry) in entries() {
        let speaks = words.iter().any(|word| entry.source.contains(word));
        let denies = ["nobody reports", "Nobody reports", "Nobody has measured", "nobody has measured"];
        let denies = denies.iter().any(|words| entry.source.contains(words));
        assert!(!speaks || denies || !entry.from.is_empty(), "{name}: {}", entry.source);
    }
}

/// A figure that was measured on one thing and stands in for another has grade G, a guess.
#[test]
fn no_grade_is_better_than_its_kind_of_source_allows() {
    for (name, entry) in entries() {
        let is_allowed = entry.kind.allows(entry.grade);
        assert!(is_allowed, "{name}: {} from {}", entry.grade, entry.kind);
        let stands_in = entry.source.contains("stand in") || entry.source.contains("stands in");
        assert!(!stands_in || entry.grade == Grade::G, "{name}: {}", entry.source);
    }
    for kind in SourceKind::ALL {
        assert!(Grade::ALL.iter().any(|grade| kind.allows(*grade)), "{kind}");
    }
}

#[test]
fn every_number_lies_inside_its_range_and_only_a_choice_is_exact_and_has_no_better_direction() {
    assert!(entries().iter().filter(|(_, entry)| entry.better.is_some()).count() > 100);
    for (name, entry) in entries() {
        let Some([low, high]) = &entry.range else {
            assert_eq!((magnitudes(&entry.value), entry.better), (None, None), "{name}: {}", entry.value);
            continue;
        };
        let read = |written| magnitudes(written).unwrap_or_else(|| panic!("{name}: {written} is no number"));
        let (value, low, high) = (read(&entry.value), read(low), read(high));
        assert!(low.0 < high.1, "{name}: the range is empty");
        assert!(low.0 <= value.0 && value.0 <= value.1 && value.1 <= high.1, "{name}: {}", entry.value);
    }
}

#[test]
fn the_classes_are_named_as_in_their_files_and_have_the_keys_of_every_claim() {
    let ids: Vec<&str> = classes().iter().map(|class| class.id.as_str()).collect();
    let of_documents = [
        "micro-saas-fleet", "synthetic-media-royalties", "tokenized-real-estate", "defi-yield-aggregator",
        "niche-content", "digital-product-flywheel", "ai-managed-portfolio",
    ];
    assert!(ids.starts_with(&of_documents), "{ids:?}");
    for class in classes() {
        let keys: BTreeSet<&str> = class.defaults.iter().map(|entry| entry.key.as_str()).collect();
        assert_eq!(keys.len(), class.defaults.len(), "{} says a key twice", class.id);
        for key in ["volatility", "income_share", "decay", "movable", "trade_cost", "market_beta"] {
            assert!(keys.contains(key), "{} has no {key}", class.id);
        }
        for key in ["size", "agent_share", "impact_of_10_percent", "permanent", "recovery_half_life"] {
            assert!(class.default(&format!("market.{key}")).is_some(), "{} has no market.{key}", class.id);
        }
        for companion in class.defaults.iter().filter_map(|entry| entry.with.as_deref()) {
            assert!(keys.contains(companion), "{}: nothing called {companion}", class.id);
        }
        assert!(!class.doc.contains('\n'), "{}: one paragraph", class.id);
    }
}

#[test]
fn a_claimed_return_is_the_default_and_no_claim_means_the_scenario_must_say_it() {
    for class in classes() {
        let filled_in = class.default("roi").map(|entry| entry.value.to_string());
        let asks = ["digital-product-flywheel", "ai-managed-portfolio"].contains(&class.id.as_str());
        match &class.claimed {
            Some(claimed) => assert_eq!(filled_in.as_ref(), Some(&claimed.roi), "{}", class.id),
            None => assert_eq!(filled_in.is_none(), asks, "{}", class.id),
        }
    }
}

#[test]
fn what_follows_another_key_has_the_value_of_that_key() {
    let followers: Vec<&Entry> = general().iter().filter(|entry| entry.follows.is_some()).collect();
    assert!(!followers.is_empty());
    for entry in followers {
        let leader = general().iter().find(|other| Some(&other.key) == entry.follows.as_ref());
        // of three values the one in the middle
        let value = leader.map(|leader| leader.value.to_string());
        assert_eq!(value, Some(entry.value.to_string()), "{}", entry.key);
    }
}

#[test]
fn every_pair_of_classes_has_exactly_one_correlation_whatever_the_order() {
    let n = classes().len();
    let (with_itself, pairs): (Vec<_>, Vec<_>) =
        correlation::pairs().partition(|(pair, _)| pair[0] == pair[1]);
    assert_eq!(pairs.len(), n * (n - 1) / 2);
    let named: BTreeSet<&str> = with_itself.iter().map(|(pair, _)| pair[0].as_ref()).collect();
    assert_eq!(named.len(), with_itself.len());
    for a in classes() {
        for b in classes() {
            let there = correlation(&a.id, &b.id).expect("every pair has an entry");
            assert_eq!(Some(there), correlation(&b.id, &a.id));
        }
    }
    assert!(correlation("micro-saas-fleet", "no-such-class").is_none());
    assert!(correlation("no-such-class", "no-such-class").is_none());
}
