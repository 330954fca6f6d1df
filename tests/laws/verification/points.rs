//! Which numbers of the catalog no path draws, though they have a range: each with its reason. `sensitivity` moves them.

use std::collections::BTreeSet;
use tailwheel::catalog::{Class, Entry, classes};
use tailwheel::scenario::sections;

/// Why a key is a point.
const POINTS: &[(&str, &str)] = &[
    (
        "the shape of a law from which months, units or works are drawn already",
        "volatility income_log_sd income_half_life unit_income_log_sd unit_size_log_sd \
         popularity_log_sd works_log_sd update_mean churn_spread repricing_spread lasting_half_life \
         market_beta pair_correlation pair_volatility volatility_half_life smoothing",
    ),
    ("the claim, which has a law of its own, and what parts it", "roi roi_mode income_share mix_return"),
    ("it fixes how many rows there are", "units works products build_time closes_after"),
    ("a buyer of day one and who trades know it", "multiple trade_cost"),
    ("how long it lasts is drawn every month, with the end of it", "vacancy_lasts dispute_lasts"),
    ("how fast others undercut a rise, of which every one is drawn", "repricing_half_life"),
    ("how somebody runs a fleet, by hours and months", "audit hours_per_audit reseed_time"),
    ("terms of a contract, the same for all who sign it", "liquidation_threshold liquidation_penalty"),
    ("how soon others find a spread, which is drawn itself", "spread_half_life"),
    ("how fast an edge fades, of which `edge_kept` is drawn", "edge_half_life"),
    ("growth of a price, beside the claim", "appreciation"),
];

/// Keys of an asset with a range, those of its market left out; variants of a key (`stable.volatility`) count as that key.
fn ranged(class: &Class) -> impl Iterator<Item = &str> {
    let is_own = |entry: &&Entry| entry.range.is_some() && !entry.key.starts_with("market.");
    class.defaults.iter().filter(is_own).map(|entry| entry.key.rsplit('.').next().unwrap_or(&entry.key))
}

fn takes_a_range(key: &str) -> bool {
    let assets = sections().iter().filter(|section| section.key == "asset");
    let mut fields = assets.flat_map(|section| &section.groups).flat_map(|(_, fields)| *fields);
    fields.any(|field| field.key == key && field.unit.name.contains("or a range"))
}

#[test]
fn what_has_a_range_is_drawn_or_has_a_reason() {
    let listed: BTreeSet<&str> = POINTS.iter().flat_map(|(_, keys)| keys.split(' ')).collect();
    let of_classes: BTreeSet<&str> = classes().iter().flat_map(ranged).collect();
    let takes = |key: &&&str| takes_a_range(key);
    let drawn: BTreeSet<&str> = of_classes.iter().filter(takes).copied().collect();
    let points: BTreeSet<&str> = of_classes.difference(&drawn).copied().collect();
    let missing: Vec<_> = points.difference(&listed).collect();
    assert!(missing.is_empty(), "neither drawn nor with a reason: {missing:?}");
    let stale: Vec<_> = listed.difference(&points).collect();
    assert!(stale.is_empty(), "drawn, or not of the catalog: {stale:?}");
    assert!(drawn.len() > 40, "{}", drawn.len());
}
