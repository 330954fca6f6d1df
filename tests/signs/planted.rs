//! The table catches an error of sign and a dead key in each of ten mechanisms.
//!
//! A program whose key has the opposite effect gives at the lower value what this one gives at the higher: so both worlds of a row
//! are run the other way round. One whose key is dead gives the same at both.

use super::judge::{Verdict, judge};
use super::levels;
use super::row::expected;
use super::world::World;
use rayon::prelude::*;

/// A row of each mechanism.
const PLANTED: [&str; 10] = [
    "asset churn subscription any -",
    "asset exit_haircut content any -",
    "asset half_life royalty-catalogue any -",
    "asset incentive_half_life defi-yield any -",
    "correlation default - any -",
    "economy inflation.mean inflation any -",
    "event rate contract-exploit any contract-exploit",
    "event severity issuer-failure any issuer-failure",
    "market impact_of_10_percent - any -",
    "owner tax_rate tax any -",
];

#[test]
fn a_planted_error_of_sign_is_caught_in_ten_mechanisms() {
    let (rows, kept) = (expected(), levels::kept());
    PLANTED.par_iter().for_each(|title| {
        let row = rows.iter().find(|row| row.title() == *title);
        let row = row.unwrap_or_else(|| panic!("{title} has no row"));
        let level = kept.get(*title).unwrap_or_else(|| panic!("{title} has no level"));
        let [low, high] = row.values;
        for (values, expected) in
            [([low, high], Verdict::Right), ([high, low], Verdict::Wrong), ([low, low], Verdict::Still)]
        {
            let worlds = values.map(|value| World::of(row, value));
            let judged = judge(row, &worlds, level).unwrap_or_else(|why| panic!("{title}: {why}"));
            assert!(judged.verdict == expected, "{title}: {}", judged.told(&worlds));
        }
    });
}
