//! What figures really are, from millions of paths, and how well that is known.

use crate::coverage::scenarios::simulated;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;
use tailwheel::scenario::Scenario;
use tailwheel::stats::evaluate;
use tailwheel::study::data_of;

/// Four runs of a million paths.
const RUNS: u64 = 4;
const PATHS: u64 = 1_000_000;
/// Figures of months are taken of the first paths of a run only: many short runs tell them better.
const RUNS_OF_MONTHS: u64 = 128;
const PATHS_OF_MONTHS: u64 = 8_192;
/// Seeds that no counted run has.
const FIRST_SEED: u64 = 1_000_000_000;

/// Figure by figure the true value and its standard error.
#[derive(Clone)]
pub struct Truth(pub BTreeMap<String, (f64, f64)>);

impl Truth {
    /// Mean and its error over runs of new paths.
    pub fn simulated(scenario: &Scenario) -> Self {
        let mut truth = means(scenario, RUNS, PATHS);
        let months = means(scenario, RUNS_OF_MONTHS, PATHS_OF_MONTHS);
        let is_of_months = |id: &str| {
            id.contains("correlation.") || id.contains("tail_dependence") || id.contains("crash_months")
        };
        truth.extend(months.into_iter().filter(|(id, _)| is_of_months(id)));
        Self(truth)
    }

    /// As it was made.
    pub fn read(name: &str) -> Self {
        let text = std::fs::read_to_string(file()).expect("truth.tsv");
        let figure = |line: &str| {
            let mut words = line.split('\t');
            let is_of_it = words.next()? == name;
            let id = words.next()?.to_owned();
            let value = words.next()?.parse().expect("a number");
            let error = words.next()?.parse().expect("a number");
            is_of_it.then_some((id, (value, error)))
        };
        Self(text.lines().filter_map(figure).collect())
    }

    /// Puts the lines of scenario `name` into the file, in the place of those it has.
    pub fn write(&self, name: &str) {
        let text = std::fs::read_to_string(file()).unwrap_or_default();
        let head = format!("{name}\t");
        let mut lines: Vec<String> =
            text.lines().filter(|line| !line.starts_with(&head)).map(str::to_owned).collect();
        for (id, (value, error)) in &self.0 {
            let mut line = head.clone();
            write!(line, "{id}\t{value:?}\t{error:?}").expect("a String takes all");
            lines.push(line);
        }
        lines.sort();
        std::fs::write(file(), lines.join("\n") + "\n").expect("truth.tsv can be written");
    }

    /// The same with every figure elsewhere.
    pub fn moved_by(&self, by: impl Fn(&str) -> f64) -> Self {
        let moved = |(id, (value, error)): (&String, &(f64, f64))| (id.clone(), (value + by(id), *error));
        Self(self.0.iter().map(moved).collect())
    }
}

fn file() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/laws/coverage/truth.tsv")
}

fn means(scenario: &Scenario, runs: u64, paths: u64) -> BTreeMap<String, (f64, f64)> {
    let mut values: BTreeMap<String, Vec<(f64, f64)>> = BTreeMap::new();
    for run in 0..runs {
        let outcome = simulated(scenario, paths, FIRST_SEED + run);
        for found in evaluate(&data_of(scenario, &outcome)) {
            if let Ok(estimate) = found.result {
                let error = estimate.std_error.unwrap_or(0.0);
                values.entry(found.id).or_default().push((estimate.value, error));
            }
        }
    }
    let mean = |values: Vec<(f64, f64)>| {
        let n = values.len() as f64;
        let mean = values.iter().map(|(value, _)| value).sum::<f64>() / n;
        let spread = values.iter().map(|(value, _)| (value - mean) * (value - mean));
        let spread = (spread.sum::<f64>() / (n - 1.0).max(1.0) / n).sqrt();
        // four values tell their own spread badly: the larger of it and of the errors they have
        (mean, spread.max(values.iter().map(|(_, error)| error * error).sum::<f64>().sqrt() / n))
    };
    values.into_iter().map(|(id, values)| (id, mean(values))).collect()
}
