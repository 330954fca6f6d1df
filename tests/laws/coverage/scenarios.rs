//! The scenarios over which intervals are counted.

use std::path::{Path, PathBuf};
use tailwheel::engine::{Outcome, run};
use tailwheel::plan::Plan;
use tailwheel::random::Seeds;
use tailwheel::scenario::{self, LoadError, Scenario};
use tailwheel::stage::Level;

use crate::common::control;

/// Shipped ones, and two of this folder in which agents hardly ever sell.
pub const SCENARIOS: &[&str] = &["_table-2027", "defi-alone", "correlated-hype", "weak-loop", "rare-loop"];

/// Shipped ones in which many paths end at zero, a few decide a mean, and losses lie on the steps of what is spent a
/// month; and one with what they lack: a move that asks for an income, two coins in a pool, a launch. `held` counts them.
pub const HARD: &[&str] = &["royalty-lag", "passive-income-2027", "move-and-coins"];

/// The scenario of that name.
pub fn named(name: &str) -> Scenario {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = format!("{name}.toml");
    let places: [PathBuf; 2] =
        [root.join("scenarios").join(&file), root.join("tests/laws/coverage").join(&file)];
    let path = places.iter().find(|path| path.exists()).expect("a file");
    let loader = |named: &str| {
        let beside = path.with_file_name(named);
        std::fs::read(beside).map_err(|error| LoadError(error.to_string()))
    };
    scenario::read(&file, &[], &loader).unwrap_or_else(|refusal| panic!("{refusal}"))
}

/// What `paths` paths of `scenario` give under `seed`.
pub fn simulated(scenario: &Scenario, paths: u64, seed: u64) -> Outcome {
    let scenario = Scenario { paths, seeds: Seeds::one(seed), ..scenario.clone() };
    run(&Plan::compile(&scenario), &control(Level::detect())).expect("a finite run")
}
