//! Median final wealth and its 5th percentile, each with its standard error.
//!
//! `cargo run --release --example median -- scenarios/defi-alone.toml`

use std::error::Error;
use tailwheel::scenario::{self, LoadError};
use tailwheel::{Control, Report, simulate};

/// The two quantiles of the scenario at `path`, in money of the start.
pub fn answer(path: &str, edits: &[String]) -> Result<String, Box<dyn Error>> {
    let load = |path: &str| std::fs::read(path).map_err(|error| LoadError(error.to_string()));
    let scenario = scenario::read(path, edits, &load)?;
    let report = Report::from(&simulate(&scenario, &Control::default())?);
    let mut text = String::new();
    for (name, id) in [("median", "wealth.terminal.real.p50"), ("5th percentile", "wealth.terminal.real.p05")]
    {
        let measure = report.measures.get(id).ok_or("the run has no wealth")?;
        let error = match measure.std_error {
            Some(error) => format!("{error:.0}"),
            None => "unknown".to_owned(),
        };
        let (value, currency) = (measure.value, &scenario.currency);
        text += &format!("{name}: {value:.0} {currency}, standard error {error}\n");
    }
    Ok(text)
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("name a scenario file")?;
    print!("{}", answer(&path, &[])?);
    Ok(())
}
