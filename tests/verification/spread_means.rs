//! What the width of a law does to the mean of what is paid: no spread of a kind raises it. What is left at the end is another
//! matter: of subscriptions its mean rises (docs/model.md, Subscriptions).

use crate::common::outcome;
use crate::estimate::{Found, mean};
use crate::ranges::{example, paid};
use std::collections::BTreeSet;
use tailwheel::asset::KINDS;
use tailwheel::record::WEALTH;

/// What happens to the mean of what is paid over the run when a spread grows.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Mean {
    Stays,
    /// The mean of what is paid and what is left, with the reason.
    StaysWithValue(&'static str),
    /// With the reason.
    Falls(&'static str),
}

/// Kind, key, two spreads, what else is needed, and what the mean does.
const SPREADS: &[(&str, &str, [&str; 2], &str, Mean)] = &[
    (
        "claim",
        "income_log_sd",
        ["0.1", "1.2"],
        "income_half_life = \"3 months\"\nincome_share = 1",
        Mean::Stays,
    ),
    (
        "tokenized-asset",
        "income_log_sd",
        ["0.1", "1.2"],
        "income_half_life = \"3 months\"",
        Mean::StaysWithValue("costs beyond the rent of a month are taken off the value"),
    ),
    (
        "defi-yield",
        "income_log_sd",
        ["0.1", "1.2"],
        "income_half_life = \"3 months\"",
        Mean::Stays,
    ),
    (
        "content",
        "update_sd",
        ["0.02", "0.5"],
        "updates = \"3/year\"\nniche = 1_000\ngrowth = \"1 %/year\"",
        Mean::Stays,
    ),
    (
        "content",
        "update_sd",
        ["0.02", "0.5"],
        "updates = \"3/year\"\nniche = 1.2",
        Mean::Falls("visits are no more than the niche has"),
    ),
    ("content", "visits_log_sd", ["0.05", "0.6"], "", Mean::Stays),
    (
        "unit-fleet",
        "unit_income_log_sd",
        ["0.1", "2"],
        "",
        Mean::Stays,
    ),
    (
        "unit-fleet",
        "unit_size_log_sd",
        ["0", "2.4"],
        "uplift = 0",
        Mean::Stays,
    ),
    (
        "royalty-catalogue",
        "works_log_sd",
        ["0.5", "3"],
        "",
        Mean::Stays,
    ),
    (
        "royalty-catalogue",
        "popularity_log_sd",
        ["0.05", "0.5"],
        "",
        Mean::Stays,
    ),
    (
        "subscription",
        "churn_spread",
        ["0.01", "1"],
        "",
        Mean::Stays,
    ),
    (
        "subscription",
        "repricing_spread",
        ["0.1", "1.5"],
        "repricing = \"1/year\"\nrepricing_size = 1.2",
        Mean::Falls("a price that doubles costs more than one that halves saves"),
    ),
];

/// Mean of the difference on the same paths, as a share of what there is.
fn moved((kind, key, ends, with, expected): &(&str, &str, [&str; 2], &str, Mean)) -> Found {
    let found = |spread: &str| {
        let text = example(kind, &[(*with).to_owned(), format!("{key} = {spread}")]);
        let text = text.replace("paths = 256", "paths = 40000");
        let run = outcome(&text);
        match expected {
            Mean::StaysWithValue(_) => run.column(WEALTH).expect("kept").to_vec(),
            Mean::Stays | Mean::Falls(_) => paid(&run),
        }
    };
    let [low, high] = ends.map(found);
    let level = mean(&low).value;
    let pairs = low.iter().zip(&high);
    let apart: Vec<f64> = pairs.map(|(low, high)| (high - low) / level).collect();
    mean(&apart)
}

#[test]
fn no_spread_raises_the_mean_of_what_is_paid() {
    let mut faults = Vec::new();
    for spread in SPREADS {
        let found = moved(spread);
        let (kind, key, _, _, expected) = spread;
        let by = found.value / found.std_error;
        let is_so = match expected {
            // rounding where nothing is drawn
            Mean::Stays | Mean::StaysWithValue(_) => by.abs() < 4.0 || found.value.abs() < 1e-12,
            Mean::Falls(_) => by < -6.0,
        };
        if !is_so {
            faults.push(format!("{kind}.{key} {expected:?}: {found:?}"));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn every_spread_of_a_kind_is_in_that_test() {
    let listed: BTreeSet<(&str, &str)> = SPREADS
        .iter()
        .map(|(kind, key, ..)| (*kind, *key))
        .collect();
    let all = KINDS.iter().flat_map(|kind| {
        let is_spread = |key: &&str| key.ends_with("_sd") || key.ends_with("_spread");
        let keys = kind.fields.iter().map(|field| field.key);
        keys.filter(is_spread).map(|key| (kind.id, key))
    });
    assert_eq!(listed, all.collect());
}
