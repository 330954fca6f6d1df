//! Two edits of one scenario, each paired with it on the same random numbers: what they have in common
//! cancels, so the differences are known far better than the figures.
//!
//! `cargo run --release --example two_edits -- scenarios/defi-alone.toml asset.defi.volatility=0.5 economy.inflation=0.04`

use std::error::Error;
use tailwheel::scenario::{self, LoadError};
use tailwheel::stats::difference;
use tailwheel::study::paired;
use tailwheel::{Control, simulate};

const MEASURE: &str = "wealth.terminal.real.p50";

/// What each of the `edits` does to the median of the scenario at `path`.
pub fn answer(path: &str, edits: &[String]) -> Result<String, Box<dyn Error>> {
    let load = |path: &str| std::fs::read(path).map_err(|error| LoadError(error.to_string()));
    let base = scenario::read(path, &[], &load)?;
    let control = Control::default();
    let before = simulate(&base, &control)?.data_by_path();
    let mut text = String::new();
    for edit in edits {
        let edited = scenario::read(path, std::slice::from_ref(edit), &load)?;
        let after = paired(&edited, &base, &control)?.data_by_path();
        let found = difference(&before, &after, MEASURE).ok_or("no median to compare")?;
        let error = match found.difference.std_error {
            Some(error) => format!("{error:.0}"),
            None => "unknown".to_owned(),
        };
        let value = found.difference.value;
        text += &format!("{edit}: {value:+.0} {}, standard error {error}\n", base.currency);
    }
    Ok(text)
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("name a scenario file, then edits")?;
    print!("{}", answer(&path, &arguments.collect::<Vec<_>>())?);
    Ok(())
}
