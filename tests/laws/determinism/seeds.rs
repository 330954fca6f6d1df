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
fn where_all_is_known_the_seed_of_parameters_changes_nothing() {
    let of = |roi, parameters: u32| {
        let seeds = format!("seed = 9\nparameter_seed = {parameters}");
        run(roi, "22 %", &seeds)
    };
    assert_eq!(of("0.25", 1), of("0.25", 2));
    assert_ne!(of(UNKNOWN, 1), of(UNKNOWN, 2));
}

#[test]
fn where_nothing_varies_the_seed_of_the_world_changes_nothing() {
    let of = |volatility, world: u32| {
        let seeds = format!("seed = {world}\nparameter_seed = 9");
        run(UNKNOWN, volatility, &seeds)
    };
    assert_eq!(of("0 %", 1), of("0 %", 2));
    assert_ne!(of("22 %", 1), of("22 %", 2));
}
