//! What each edit does: every row of WHY, beside the columns of the runs of its steps.
//!
//! In: a file and edits of it. Out: tests. Not here: rows of both sides (`rows`).

use crate::common::control;
use crate::generate::Case;
use crate::rows::{difference, paired_error};
use crate::told::{Columns, named, read};
use std::process::Command;
use tailwheel::engine::run;
use tailwheel::plan::Plan;
use tailwheel::stage::Level;

/// Keys of the scenario `plain`, what stands there, and what is written instead.
const EDITS: [(&str, &str, &str); 2] = [
    ("asset.a.value", "value = 50_000", "value = 60_000"),
    ("asset.a.roi", "roi = \"18-28 %\"", "roi = \"12-18 %\""),
];

/// Whether each path ends with less than was put in.
fn is_lost(columns: &Columns) -> Vec<f64> {
    let wealth = columns.wealth.iter();
    let is_lost = wealth.map(|end| *end < columns.money_in * (1.0 - 1e-12));
    is_lost.map(|lost| f64::from(u8::from(lost))).collect()
}

fn columns(text: &str, base: &str) -> Columns {
    let [scenario, base] = [text, base].map(|text| {
        read(&Case {
            name: "step".to_owned(),
            text: text.to_owned(),
            set: Vec::new(),
        })
    });
    let plan = Plan::compile_beside(&scenario, &base);
    let outcome = run(&plan, &control(Level::detect())).expect("a finite run");
    Columns::of(&scenario, &outcome)
}

/// `label` and change of every row below WHY.
fn why_rows(screen: &str) -> Vec<(String, String)> {
    let (_, rest) = screen.split_once("\nWHY ").expect("a why");
    let lines = rest.lines().skip(1).take_while(|line| !line.is_empty());
    let rows = lines.filter_map(|line| {
        let mut cells = line
            .split("  ")
            .map(str::trim)
            .filter(|cell| !cell.is_empty());
        Some((cells.next()?.to_owned(), cells.next()?.to_owned()))
    });
    rows.collect()
}

/// Whether a row says by how much the chance moves between two runs, and its error.
fn row_is_true(change: &str, before: &Columns, after: &Columns) -> Result<(), String> {
    let (before, after) = (is_lost(before), is_lost(after));
    let n = before.len() as f64;
    let moved = (after.iter().sum::<f64>() - before.iter().sum::<f64>()) / n;
    let told = |what: &str| Err(format!("{what}: {change} is {moved}"));
    if change == "no change" {
        return match before == after {
            true => Ok(()),
            false => told("a path differs"),
        };
    }
    let (shown, half) = difference(change, "USD", false).ok_or("no difference")?;
    let half = half.ok_or("no error")?.value;
    if (shown.value - moved).abs() > shown.half_digit.max(0.5 * half) * 1.03 {
        return told("another difference");
    }
    let exact = 1.96 * paired_error(&before, &after);
    match half >= 0.7 * exact && half <= 2.0 * exact + 8.0 / n {
        true => Ok(()),
        false => told(&format!("another error than {exact}")),
    }
}

#[test]
fn every_step_moves_what_the_runs_before_and_after_it_have() {
    let base = named("plain").case.text.clone();
    let mut texts = vec![base.clone()];
    for (_, from, to) in EDITS {
        let text = texts.last().expect("a base").replacen(from, to, 1);
        assert_ne!(Some(&text), texts.last(), "{from}");
        texts.push(text);
    }
    let folder = tempfile::TempDir::new().expect("a folder");
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("written");
        path
    };
    let new = texts.last().expect("a new one");
    let output = Command::new(env!("CARGO_BIN_EXE_tailwheel"))
        .arg("compare")
        .args([file("base.toml", &base), file("new.toml", new)])
        .args(["--why", "loss.probability", "--no-charts", "--out"])
        .arg(folder.path().join("out"))
        .output()
        .expect("it runs");
    let screen = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{screen}{output:?}");
    let rows = why_rows(&screen);
    let runs: Vec<Columns> = texts.iter().map(|text| columns(text, &base)).collect();
    assert_eq!(rows.len(), runs.len(), "{screen}");
    let mut claims: Vec<(&str, &str, usize, usize)> = Vec::new();
    for (step, (label, change)) in rows.iter().enumerate() {
        let (key, from, to) = match step + 1 < runs.len() {
            true => (EDITS[step].0, step, step + 1),
            false => ("together", 0, step),
        };
        assert!(label.starts_with(key), "{label}\n{screen}");
        claims.push((key, change, from, to));
    }
    for (key, change, from, to) in claims {
        let check = |change: &str| row_is_true(change, &runs[from], &runs[to]);
        check(change).unwrap_or_else(|why| panic!("{key}: {why}\n{screen}"));
        // another sign or another figure is found
        let flipped = match change.contains('−') {
            true => change.replacen('−', "+", 1),
            false => change.replacen('+', "−", 1),
        };
        for planted in [flipped, format!("1{change}"), "no change".to_owned()] {
            let is_so = planted == change
                || planted == "no change" && is_lost(&runs[from]) == is_lost(&runs[to]);
            assert!(is_so || check(&planted).is_err(), "{planted}");
        }
    }
}
