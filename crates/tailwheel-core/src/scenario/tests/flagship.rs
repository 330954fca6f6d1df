//! The table of four asset classes, read end to end.

use super::support::valid;
use crate::scenario::{Copula, Surplus};

/// Flagship scenario file, from which the fuzzing of the reader starts too.
pub const FLAGSHIP: &str = include_str!("../../../../../tests/program/corpus/flagship.toml");

#[test]
fn the_flagship_is_understood() {
    let scenario = valid(FLAGSHIP);
    assert_eq!(scenario.title, "The 2027 table: four asset classes, one owner");
    assert_eq!(scenario.start.to_string(), "2027-01");
    assert_eq!((scenario.months, scenario.seeds.world, scenario.paths), (120, 2027, 100_000));
    let names: Vec<&str> = scenario.assets.iter().map(|asset| asset.name.as_str()).collect();
    assert_eq!(names, ["defi", "royalties", "saas", "warehouse"]);
    assert_eq!(scenario.assets[2].keys.volatility.get(), 0.22);
    let roi = scenario.assets[2].kind.written();
    assert_eq!(crate::form::written(&roi.get("roi").unwrap().value), "[0.22, 0.35]");
    let matrix = &scenario.correlation.matrix;
    assert_eq!((matrix.get(1, 2), matrix.get(0, 3)), (0.15, 0.10));
    assert_eq!(scenario.correlation.copula, Copula::StudentT { dof: 4 });
    let owner = scenario.owner.unwrap();
    assert_eq!((owner.cash.get(), owner.surplus), (24_000.0, Surplus::Reinvest));
    let (id, rule) = owner.rules.iter().next().unwrap();
    let every = rule.keys().get("rebalance").cloned().unwrap();
    assert_eq!((id, every.value.as_text()), ("rebalance", Some("3 months")));
}
