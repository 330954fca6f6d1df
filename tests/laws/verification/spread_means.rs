//! What the width of a law does to means: no spread of a kind raises that of what is paid, nor that of what is paid and left but where
//! [`RISES`] says why.

use crate::common::outcome;
use crate::estimate::{Found, mean};
use crate::verification::ranges::{example, paid};
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

const WIDE_NICHE: &str = "updates = \"3/year\"\nniche = 1_000\ngrowth = \"1 %/year\"";
const WIDE_NICHE_FREE: &str = "updates = \"3/year\"\nniche = 1_000\ngrowth = \"1 %/year\"\nfixed_costs = 0";
const NARROW_NICHE: &str = "updates = \"3/year\"\nniche = 1.2";
const OF_THREE_MONTHS: &str = "income_half_life = \"3 months\"";
const ALL_PAID: &str = "income_half_life = \"3 months\"\nincome_share = 1";
const YEARLY_RISES: &str = "repricing = \"1/year\"\nrepricing_size = 1.2";
const BEYOND_RENT: Mean = Mean::StaysWithValue("costs beyond the rent of a month are taken off the value");
const FULL: Mean = Mean::Falls("visits are no more than the niche has");
const DOUBLES: Mean = Mean::Falls("a price that doubles costs more than one that halves saves");

type Spread = (&'static str, &'static str, [&'static str; 2], &'static str, Mean);

/// Kind, key, two spreads, what else is needed, and what the mean does.
const SPREADS: &[Spread] = &[
    ("claim", "income_log_sd", ["0.1", "1.2"], ALL_PAID, Mean::Stays),
    ("tokenized-asset", "income_log_sd", ["0.1", "1.2"], OF_THREE_MONTHS, BEYOND_RENT),
    ("defi-yield", "income_log_sd", ["0.1", "1.2"], OF_THREE_MONTHS, Mean::Stays),
    ("content", "update_sd", ["0.02", "0.5"], WIDE_NICHE, Mean::Stays),
    ("content", "update_sd", ["0.02", "0.5"], WIDE_NICHE_FREE, Mean::Stays),
    ("content", "update_sd", ["0.02", "0.5"], NARROW_NICHE, FULL),
    ("content", "visits_log_sd", ["0.05", "0.6"], "", Mean::Stays),
    ("unit-fleet", "unit_income_log_sd", ["0.1", "2"], "", Mean::Stays),
    ("unit-fleet", "unit_size_log_sd", ["0", "2.4"], "", Mean::Stays),
    ("royalty-catalogue", "works_log_sd", ["0.5", "3"], "", Mean::Stays),
    ("royalty-catalogue", "popularity_log_sd", ["0.05", "0.5"], "", Mean::Stays),
    ("subscription", "churn_spread", ["0.01", "1"], "", Mean::Stays),
    ("subscription", "repricing_spread", ["0.1", "1.5"], YEARLY_RISES, DOUBLES),
];

/// Rows of which the mean of what is paid and left rises, with the reason.
const RISES: &[(&str, &str, &str, &str)] = &[
    (
        "subscription",
        "churn_spread",
        "",
        "the mean number of subscribers over the run stays; who stays longest is there at the end, and is worth most",
    ),
    (
        "content",
        "update_sd",
        WIDE_NICHE,
        "a site that does not pay its costs is given up, so its price does not fall below nothing",
    ),
];

/// Means of the difference on the same paths, as a share of what there is: of what is paid, and of what is paid and left.
fn moved((kind, key, ends, with, _): &Spread) -> [Found; 2] {
    let found = |spread: &str| {
        let text = example(kind, &[(*with).to_owned(), format!("{key} = {spread}")]);
        let run = outcome(&text.replace("paths = 256", "paths = 40000"));
        [paid(&run), run.column(WEALTH).expect("kept").to_vec()]
    };
    let [low, high] = ends.map(found);
    std::array::from_fn(|of| {
        let level = mean(&low[of]).value;
        let apart: Vec<f64> = low[of].iter().zip(&high[of]).map(|(low, high)| (high - low) / level).collect();
        mean(&apart)
    })
}

/// By how many standard errors it is above 0; none where nothing is drawn but rounding is left.
fn errors(found: Found) -> f64 {
    if found.value.abs() < 1e-12 { 0.0 } else { found.value / found.std_error }
}

#[test]
#[ignore = "slow: part of .ci/run"]
fn no_spread_raises_the_mean_of_what_is_paid_or_left() {
    let mut faults = Vec::new();
    for spread in SPREADS {
        let (kind, key, _, with, expected) = spread;
        let [paid, all] = moved(spread);
        let is_so = match expected {
            Mean::Stays => errors(paid).abs() < 4.0,
            Mean::StaysWithValue(_) => errors(all).abs() < 4.0,
            Mean::Falls(_) => errors(paid) < -6.0,
        };
        let may_rise = RISES.iter().any(|(of, which, beside, _)| (of, which, beside) == (kind, key, with));
        let is_left_so = if may_rise { errors(all) > 6.0 } else { errors(all) < 4.0 };
        if !(is_so && is_left_so) {
            faults.push(format!("{kind}.{key} {expected:?}: {paid:?} {all:?}"));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn every_spread_of_a_kind_is_in_that_test() {
    let listed: BTreeSet<(&str, &str)> = SPREADS.iter().map(|(kind, key, ..)| (*kind, *key)).collect();
    let all = KINDS.iter().flat_map(|kind| {
        let is_spread = |key: &&str| key.ends_with("_sd") || key.ends_with("_spread");
        kind.fields.iter().map(|field| field.key).filter(is_spread).map(|key| (kind.id, key))
    });
    assert_eq!(listed, all.collect());
}
