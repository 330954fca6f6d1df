//! Every numeric key moves outcomes the way that theory or a source expects: `README.md` has the tables.

mod complete;
mod judge;
mod levels;
mod planted;
mod row;
mod turns;
mod world;

use judge::{Judged, Verdict, judge};
use levels::Level;
use rayon::prelude::*;
use row::{Row, expected, shown};
use std::collections::BTreeSet;
use std::sync::Mutex;
use world::World;

/// All rows to be run: those of the table, and the worlds that show both signs where it allows either.
fn rows() -> Vec<Row> {
    let mut rows = expected();
    let shown: Vec<Row> = shown(&rows).into_iter().map(|shown| shown.row).collect();
    rows.extend(shown);
    complete::keep_declared(&mut rows);
    let only = std::env::var("TAILWHEEL_ONLY").unwrap_or_default();
    rows.retain(|row| only.split('|').any(|words| row.title().contains(words)));
    rows
}

/// How many times the paths that are kept for a row are run.
fn times() -> u32 {
    let times = std::env::var("TAILWHEEL_TEST_SIGNS");
    times.map_or(1, |times| times.parse().expect("a whole number"))
}

/// What is said of a row that is not right.
fn told(judged: Result<Judged, String>, worlds: &[World; 2]) -> Option<String> {
    match judged {
        Ok(judged) if judged.verdict == Verdict::Right => None,
        Ok(judged) => Some(judged.told(worlds)),
        Err(why) => {
            let lines: Vec<&str> = why.lines().take(6).collect();
            Some(format!("cannot be run: {}", lines.join(" | ")))
        }
    }
}

/// What is wrong with `row`, if anything is; where nothing certainly moves at the level that is kept, a new one is searched for.
fn fault(row: &Row, kept: Option<&Level>) -> Option<String> {
    let worlds = row.values.map(|value| World::of(row, value));
    let first = kept.map(|level| {
        let mut level = level.clone();
        level.paths *= times();
        judge(row, &worlds, &level)
    });
    let judged = match first {
        Some(Ok(judged)) if judged.verdict != Verdict::Still => Ok(judged),
        _ => levels::found(&worlds, row).map(|(_, judged)| judged),
    };
    told(judged, &worlds)
}

/// With `TAILWHEEL_ONLY="asset roi|event"` the rows whose title has one of these; `TAILWHEEL_TEST_SIGNS=4` takes four times the paths.
#[test]
#[ignore = "runs 1,400 scenarios"]
fn every_key_moves_outcomes_as_expected() {
    let (rows, kept) = (rows(), levels::kept());
    let faults: Vec<String> = rows
        .par_iter()
        .filter_map(|row| {
            let title = row.title();
            let fault = format!("{title}: {}", fault(row, kept.get(&title))?);
            // the run is long: what is wrong is told at once
            eprintln!("{fault}");
            Some(fault)
        })
        .collect();
    assert!(faults.is_empty(), "{} of {} rows:\n{}", faults.len(), rows.len(), faults.join("\n"));
}

/// `TAILWHEEL_ONLY` chooses among the rows, as above; with `TAILWHEEL_NEW=1` those alone that have no level.
#[test]
#[ignore = "writes levels.tsv anew"]
fn the_levels_are_made_anew() {
    let mut rows = rows();
    let mut all = levels::kept();
    if std::env::var_os("TAILWHEEL_NEW").is_some() {
        rows.retain(|row| !all.contains_key(&row.title()));
    }
    // of all rows, chosen or not
    let expected = expected();
    let shown = shown(&expected).into_iter().map(|shown| shown.row.title());
    let known: BTreeSet<String> = expected.iter().map(Row::title).chain(shown).collect();
    all.retain(|title, _| known.contains(title));
    let all = Mutex::new(all);
    rows.par_iter().for_each(|row| {
        let worlds = row.values.map(|value| World::of(row, value));
        let (level, judged) = levels::found(&worlds, row)
            .map_or_else(|why| (None, Err(why)), |(level, judged)| (Some(level), Ok(judged)));
        match told(judged, &worlds) {
            None => {
                let mut all = all.lock().expect("no row panics");
                all.extend(level.map(|level| (row.title(), level)));
                levels::keep(&all);
            }
            Some(fault) => eprintln!("{}: {fault}", row.title()),
        }
    });
}
