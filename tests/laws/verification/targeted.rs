//! What a target for the volatility is worth beside holding less, as `scenarios/managed-mix.toml` says: on the same draws,
//! path by path.

use crate::common::{Ran, variant_of_file};
use crate::estimate::{Found, mean, quantile};
use tailwheel::record::{MAX_DRAWDOWN, TrackId, VOLATILITY, WEALTH};

/// A variant of that file with `edits`, with its crises or without.
fn run(variant: &str, edits: &[&str], has_crises: bool) -> Ran {
    let mut scenario = variant_of_file("scenarios/managed-mix.toml", variant, edits);
    if !has_crises {
        scenario.crisis = None;
    }
    Ran::of_scenario(&scenario)
}

/// A figure of the first run less that of the second; the error from forty parts, in each of which both have the same
/// draws.
fn paired(runs: &[Ran; 2], id: TrackId, figure: impl Fn(&[f64]) -> f64) -> Found {
    const PARTS: usize = 40;
    let [one, other] = runs.each_ref().map(|run| run.column(id));
    let size = one.len() / PARTS;
    let parts = one.chunks_exact(size).zip(other.chunks_exact(size));
    let parts: Vec<f64> = parts.map(|(one, other)| figure(one) - figure(other)).collect();
    Found { value: figure(one) - figure(other), std_error: mean(&parts).std_error }
}

/// Return a year of the middle path, which puts in 50,000 and nothing later.
fn middle_return(wealth: &[f64]) -> f64 {
    (quantile(wealth, 0.5).value / 50_000.0).powf(0.1) - 1.0
}

/// Deepest fall of one in twenty.
fn deep_fall(falls: &[f64]) -> f64 {
    quantile(falls, 0.95).value
}

fn average(sample: &[f64]) -> f64 {
    mean(sample).value
}

/// What the rule makes of the return and of the deep falls, beside always holding a part.
fn made(runs: &[Ran; 2]) -> [Found; 2] {
    [paired(runs, WEALTH, middle_return), paired(runs, MAX_DRAWDOWN, deep_fall)]
}

/// Smallest gain that would be one: a fifth of a point of return, a point of a fall.
const GAIN: [f64; 2] = [0.002, -0.01];

#[test]
fn with_crises_a_target_damps_falls_more_than_holding_less_does_and_costs_no_return() {
    let runs = ["targeted", "always-part"].map(|name| run(name, &[], true));
    let swing = paired(&runs, VOLATILITY, average);
    assert!(swing.value.abs() < 0.001, "swings as much: {swing:?}");
    let [returned, fall] = made(&runs);
    for (found, gain) in [(returned, GAIN[0]), (fall, GAIN[1])] {
        assert!(found.value / gain > 1.0, "{found:?}");
        assert!(found.value.abs() > 4.0 * found.std_error, "{found:?}");
    }
    // as the file and the manual say them
    for (run, [return_told, fall_told]) in runs.iter().zip([[0.041, 0.60], [0.039, 0.63]]) {
        assert!((run.measure("cagr.p50") - return_told).abs() < 5e-4);
        assert!((run.measure("drawdown.max.p95") - fall_told).abs() < 5e-3);
    }
}

#[test]
fn without_crises_a_target_gains_nothing_that_holding_less_does_not() {
    // a fixed part that swings as much as the target lets it
    let part = ["asset.mix.volatility_target=0.1674", "asset.mix.volatility_half_life=\"1200 months\""];
    let runs = [run("targeted", &[], false), run("untargeted", &part, false)];
    let swing = paired(&runs, VOLATILITY, average);
    assert!(swing.value.abs() < 0.001, "swings as much: {swing:?}");
    for (found, gain) in made(&runs).into_iter().zip(GAIN) {
        let in_gains = found.value / gain;
        let error = (found.std_error / gain).abs();
        assert!(in_gains < 4.0 * error, "a gain: {found:?}");
        assert!(in_gains + 4.0 * error < 1.0, "too little is known: {found:?}");
    }
}
