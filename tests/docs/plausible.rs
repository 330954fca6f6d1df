//! What every shipped scenario comes to beside figures of the world: `docs/plausibility.md`, made from runs and `outside.tsv`.

use super::{page, root};
use crate::common::{Ran, scenario_of_file};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;

const PAGE: &str = "docs/plausibility.md";
const PATHS: &str = "run.paths=4096";
const HEAD: &str = "# What the shipped scenarios come to, beside the world

For each shipped scenario as it is written, 4,096 paths: final wealth in money of the start (5th percentile, median, 95th percentile), the
probability of loss and of ruin. Beside them stand figures of others where there are any, with source and year. Where the two disagree, either a
parameter was mended since, or the scenario shows what a claim leads to and says so. Made by
`cargo test --test docs -- --ignored writes_the_page_of_plausibility`; figures of others stand in `tests/docs/outside.tsv`.

";

/// A figure of somebody else.
struct Outside {
    scenario: String,
    measure: String,
    low: f64,
    high: f64,
    what: String,
    source: String,
    /// How it was worked out, or why the program's figure lies elsewhere.
    reason: String,
}

fn outside() -> Vec<Outside> {
    let file = page("tests/docs/outside.tsv");
    let rows = file.lines().skip(1).filter(|line| !line.is_empty());
    let rows = rows.map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        assert_eq!(cells.len(), 7, "{line}");
        let number = |cell: &str| cell.parse().unwrap_or_else(|_| panic!("{cell}: {line}"));
        Outside {
            scenario: cells[0].to_owned(),
            measure: cells[1].to_owned(),
            low: number(cells[2]),
            high: number(cells[3]),
            what: cells[4].to_owned(),
            source: cells[5].to_owned(),
            reason: cells[6].to_owned(),
        }
    });
    rows.collect()
}

/// Every shipped scenario that is run by itself, below `scenarios`.
fn shipped() -> Vec<String> {
    let mut found = Vec::new();
    for folder in ["", "jurisdictions/"] {
        for entry in fs::read_dir(root().join("scenarios").join(folder)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            if name.ends_with(".toml") && !name.starts_with('_') {
                found.push(format!("{folder}{name}"));
            }
        }
    }
    found.sort();
    found
}

fn ran(file: &str) -> Ran {
    Ran::of_scenario(&scenario_of_file(&format!("scenarios/{file}"), &[PATHS]))
}

/// A figure in as many digits as a table needs: money in thousands, shares in per cent.
fn shown(measure: &str, value: f64) -> String {
    let is_share = ["probability", "cagr", "irr", "max_drawdown", "volatility"];
    match is_share.iter().any(|word| measure.contains(word)) {
        true => format!("{:.1} %", 100.0 * value),
        false if value.abs() >= 10_000.0 => format!("{:.0}k", value / 1e3),
        false => format!("{value:.0}"),
    }
}

const MEASURES: [&str; 5] = [
    "wealth.terminal.real.p05",
    "wealth.terminal.real.p50",
    "wealth.terminal.real.p95",
    "loss.probability",
    "ruin.probability",
];

/// The page, and rows that differ without saying why the figure is another one here.
fn generated() -> (String, Vec<String>) {
    let outside = outside();
    let mut text = HEAD.to_owned();
    let mut faults = Vec::new();
    text += "| scenario | 5th pct | median | 95th pct | loss | ruin | beside the world |\n|---|--:|--:|--:|--:|--:|---|\n";
    let mut beside = String::from(
        "\n| scenario | figure | here | outside | what it is | source | verdict | how, or why |\n|---|---|--:|--:|---|---|---|---|\n",
    );
    let mut known: BTreeMap<&str, Vec<&Outside>> = BTreeMap::new();
    for row in &outside {
        known.entry(&row.scenario).or_default().push(row);
    }
    for file in shipped() {
        let run = ran(&file);
        let rows = known
            .remove(file.trim_end_matches(".toml"))
            .unwrap_or_default();
        let _ = write!(text, "| {file}");
        for measure in MEASURES {
            let cell = match run.has(measure) {
                true => shown(measure, run.measure(measure)),
                false => "–".to_owned(),
            };
            let _ = write!(text, " | {cell}");
        }
        let mut agree = true;
        for row in &rows {
            let here = run.measure(&row.measure);
            let is_inside = (row.low..=row.high).contains(&here);
            agree &= is_inside;
            let verdict = if is_inside { "agrees" } else { "differs" };
            if !is_inside && !row.reason.contains("here") {
                faults.push(format!(
                    "{file} {}: {here} of {} to {}",
                    row.measure, row.low, row.high
                ));
            }
            let [low, high] = [row.low, row.high].map(|end| shown(&row.measure, end));
            let here = shown(&row.measure, here);
            let range = if low == high {
                low
            } else {
                format!("{low} to {high}")
            };
            let _ = writeln!(
                beside,
                "| {file} | `{}` | {here} | {range} | {} | {} | {verdict} | {} |",
                row.measure, row.what, row.source, row.reason
            );
        }
        let _ = writeln!(
            text,
            " | {} |",
            match (rows.is_empty(), agree) {
                (true, _) => "no outside figure",
                (false, true) => "agrees",
                (false, false) => "differs, see below",
            }
        );
    }
    for (file, _) in known {
        faults.push(format!("{file} is no shipped scenario"));
    }
    (text + &beside, faults)
}

#[test]
fn the_page_of_plausibility_is_that_of_the_program() {
    let (text, faults) = generated();
    assert!(faults.is_empty(), "{faults:#?}");
    let remedy = "run: cargo test --test docs -- --ignored writes_the_page_of_plausibility";
    assert!(page(PAGE) == text, "{PAGE} is out of date; {remedy}");
}

#[test]
#[ignore = "changes files of the repository"]
fn writes_the_page_of_plausibility() {
    let (text, faults) = generated();
    fs::write(root().join(PAGE), text).unwrap();
    assert!(faults.is_empty(), "{faults:#?}");
}
