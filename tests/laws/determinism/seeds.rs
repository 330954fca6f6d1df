//! Two seeds: what is not known hangs on one of them, what varies on the other, and on nothing else.

use crate::common::{bits, outcome};
use tailwheel::record::TrackId;

type Bits = Vec<(TrackId, Vec<u64>)>;

/// A fleet whose true return is `roi`, in a market of `volatility`, without the benchmarks, whose return is never known.
fn run(roi: &str, volatility: &str, seeds: &str) -> Bits {
    let mut bits = bits(&outcome(&format!(
        include_str!("seeds.toml"),
        seeds = seeds,
        roi = roi,
        volatility = volatility
    )));
    let of_benchmark = ["benchmark.", "above_"];
    bits.retain(|(id, _)| !of_benchmark.iter().any(|of| id.quantity().starts_with(of)));
    bits
}

const UNKNOWN: &str = "\"22-35 %\"";

#[test]
fn one_seed_is_both() {
    let both = run(UNKNOWN, "22 %", "seed = 9\nparameter_seed = 9");
    assert_eq!(both, run(UNKNOWN, "22 %", "seed = 9"));
}

#[test]
fn where_all_is_known_the_seed_of_parameters_changes_nothing_and_where_nothing_varies_that_of_the_world() {
    let of = |roi, volatility, world: u32, parameters: u32| {
        run(roi, volatility, &format!("seed = {world}\nparameter_seed = {parameters}"))
    };
    for (roi, is_known) in [("0.25", true), (UNKNOWN, false)] {
        assert_eq!(of(roi, "22 %", 9, 1) == of(roi, "22 %", 9, 2), is_known, "{roi}");
    }
    for (volatility, is_still) in [("0 %", true), ("22 %", false)] {
        assert_eq!(of(UNKNOWN, volatility, 1, 9) == of(UNKNOWN, volatility, 2, 9), is_still, "{volatility}");
    }
}
