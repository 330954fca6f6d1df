//! What is told of one path: how it was chosen, how it ends, every month of it.
//!
//! In: the text of `replay`, the replay as it is written, columns of the run. Out: tests. Not here:
//! rows and sums (`months`), the story of a crash (`crashes`).

use crate::anatomy::{check, list, number, spoken};
use crate::months::{
    beside_its_month, books_are_true, money_is_true, month_is_true, strikes_are_counted,
    struck_is_true,
};
use crate::outputs;
use crate::planted::fault;
use crate::read::{amount, between, share};
use crate::told::{Told, all, in_one_line, replayed};
use serde_json::Value;
use tailwheel::record::{DEEPEST_SALE, WEALTH};
use tailwheel::study::Chosen;

/// A path as it is told, beside what it is told of.
pub struct Path {
    pub screen: String,
    pub text: String,
    pub json: Value,
}

/// The worst path of a run; where there are agents also a month and paths that were asked for.
pub fn paths(told: &Told) -> Vec<Path> {
    let path = |report: &tailwheel::report::ReplayReport, month| {
        let screen = report.to_text(80, month);
        Path {
            text: in_one_line(&screen),
            screen,
            json: outputs::json(&report.to_json()),
        }
    };
    let mut paths = vec![path(&told.worst, None)];
    let is_short = told.columns.n_months <= 60;
    if told.scenario.crash.is_some() && is_short {
        let last = told.scenario.paths - 1;
        for (asked, month) in [(0, None), (last, Some(1)), (0, Some(told.columns.n_months))] {
            let report = replayed(&told.scenario, asked, Chosen::Asked, month);
            paths.push(path(&report, month));
        }
    }
    paths
}

fn head_is_true(text: &str, json: &Value, told: &Told) -> Result<(), String> {
    let (head, _) = text.split_once(" · money of its day").ok_or("no head")?;
    let (_, said) = head.rsplit_once("path ").ok_or("no head")?;
    let mut parts = said.split(" · ");
    let grouped = |text: &str| text.replace(',', "").parse::<u64>().ok();
    let of = parts
        .next()
        .and_then(|part| part.trim_end_matches(", counted from 0").split_once(" of "));
    let (path, paths) = of.ok_or("no path")?;
    check(grouped(path) == json["path"].as_u64(), "another path")?;
    check(grouped(paths) == Some(told.scenario.paths), "other paths")?;
    let seed = parts.next().and_then(|part| part.strip_prefix("seed "));
    check(
        seed.and_then(|seed| seed.parse().ok()) == Some(told.scenario.seeds.world),
        "another seed",
    )?;
    let first = spoken(&json["months"][0]["date"]);
    let last = list(&json["months"])
        .last()
        .map(|month| spoken(&month["date"]));
    check(
        parts.next() == Some(&format!("{first} to {}", last.unwrap_or_default())),
        "other months",
    )
}

/// Why this path, and how it ends.
fn choice_is_true(text: &str, json: &Value, told: &Told) -> Result<(), String> {
    let path = json["path"].as_u64().unwrap_or(0) as usize;
    let n = told.columns.n_paths.to_string();
    let n_is = |said: &str| check(said.replace(',', "") == n, "other paths");
    let taken = told.outcome.column(DEEPEST_SALE);
    let taken = taken.as_deref();
    let nothing = |taken: &[f64]| taken.iter().all(|taken| taken.abs() < 1e-12);
    // as all that is told of a path, in money of its day
    let wealth = told.outcome.column(WEALTH).ok_or("no wealth")?;
    let is_least = || wealth.iter().all(|end| *end >= wealth[path]);
    if let Some(said) = between(text, "Of ", " paths this one has the month in which") {
        n_is(said)?;
        let taken = taken.ok_or("no agents")?;
        check(taken[path] > 0.0, "nothing was taken")?;
        check(
            taken.iter().all(|other| *other <= taken[path]),
            "another lost more",
        )?;
    } else if let Some(said) = between(
        text,
        "Of ",
        " paths this is the first one of those that end with the least",
    ) {
        n_is(said)?;
        check(taken.is_none() && is_least(), "not the least")?;
        let is_first = wealth[..path].iter().all(|end| *end > wealth[path]);
        check(is_first, "not the first one")?;
    } else if let Some(said) = between(text, "On none of ", " paths did agents' sales take") {
        n_is(said)?;
        check(taken.is_some_and(nothing) && is_least(), "they took some")?;
    } else if text.contains("Agents' sales never took any of your wealth.") {
        check(taken.is_some_and(|taken| taken[path] < 1e-12), "they did")?;
    } else if text.contains("This scenario has no agents") {
        check(taken.is_none(), "it has")?;
    } else {
        check(
            text.contains("took most in this path's worst month: "),
            "not read",
        )?;
    }
    if let Some(said) = between(
        text,
        "at the trough of ",
        " of what you had just before them.",
    ) {
        let (month, took) = said.split_once(", ").ok_or("no month")?;
        let taken = taken.ok_or("no agents")?[path];
        check(
            share(took).is_some_and(|took| took.is(taken)),
            "not so much",
        )?;
        let worst = json["worst_month"].as_u64().ok_or("no such month")? as usize;
        let of_month = &json["months"][worst - 1];
        check(month == spoken(&of_month["date"]), "another month")?;
        check(number(&of_month["loop"]["sold"]) > 0.0, "nobody sold")?;
        let told_of = json["crash"]["month"].as_u64().unwrap_or(0) as usize;
        check(
            text.contains(", another month.") == (told_of != worst),
            "which month follows",
        )?;
    } else {
        check(
            taken.is_none_or(|taken| taken[path] < 1e-12),
            "something was taken",
        )?;
    }
    let said = between(text, "It ends with ", ". ").ok_or("no end")?;
    let is = |said: &str, end: f64| {
        let shown = amount(said, &told.columns.currency);
        check(shown.is_some_and(|shown| shown.is(end)), "another end")
    };
    let alone = told.columns.wealth_alone.get(path);
    let alone = alone.map(|real| real * told.columns.levels[path]);
    let said_alone = said.split_once("; without the agents, on the same draws, with ");
    match (said_alone, alone) {
        (Some((with, without)), Some(alone)) => {
            is(with, wealth[path])?;
            is(without, alone)
        }
        (None, None) => is(said, wealth[path]),
        _ => Err("the end without the agents".to_owned()),
    }
}

#[test]
fn what_is_told_of_a_path_is_what_happened_on_it() {
    let (mut n_checked, mut n_rows, mut faults) = (0, 0, Vec::new());
    for told in all() {
        for Path { screen, text, json } in paths(told) {
            let currency = &told.columns.currency;
            let mut add = |found: Option<String>| {
                faults.extend(found.map(|why| format!("{}: {why}", told.name)));
            };
            let end = text
                .find("It ends with ")
                .map_or(text.len(), |at| at + 400)
                .min(text.len());
            let head: String = text.chars().take(end).collect();
            add(head_is_true(&head, &json, told).err());
            add(choice_is_true(&head, &json, told).err());
            add(books_are_true(&text, &json).err());
            let mut lines = screen.lines().peekable();
            while let Some(line) = lines.next() {
                if line.trim_start().starts_with("your wealth  ") {
                    while let Some(row) = lines.next_if(|row| {
                        row.starts_with("  start")
                            || row.starts_with("  end")
                            || row.starts_with("  at the")
                    }) {
                        add(fault(row, &[], |row| money_is_true(row, &json, currency)));
                        n_rows += 1;
                    }
                }
                if line.starts_with("MONTH BY MONTH") {
                    let rows = beside_its_month(&lines.by_ref().collect::<Vec<_>>());
                    let mut lines = rows.iter().map(String::as_str).peekable();
                    let is_heading = |line: &&str| !line.trim_start().starts_with("20");
                    let heading: Vec<&str> =
                        std::iter::from_fn(|| lines.next_if(is_heading)).collect();
                    let heading = heading.as_slice();
                    for month in 1..=list(&json["months"]).len() {
                        let Some(row) = lines.next_if(|row| !row.trim().is_empty()) else {
                            break;
                        };
                        let struck =
                            lines.next_if(|line| line.trim_start().starts_with("struck: "));
                        add(struck_is_true(struck, month, &json).err());
                        let is_true =
                            |row: &str| month_is_true(heading, row, month, &json, currency);
                        add(match month % 7 {
                            1 => fault(row, &[], is_true),
                            _ => is_true(row).err(),
                        });
                        n_rows += 1;
                    }
                }
            }
            n_checked += 1;
        }
    }
    faults.truncate(20);
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(n_checked > 150 && n_rows > 5_000, "{n_checked} {n_rows}");
}

#[test]
fn another_path_month_or_sum_is_found() {
    for (name, said, planted) in [
        ("gain above one", "of 600, counted", "of 601, counted"),
        ("gain above one", "seed 5", "seed 6"),
        ("gain above one", "Jan 2027 to", "Feb 2027 to"),
        ("gain above one", "Of 600 paths", "Of 601 paths"),
        (
            "gain above one",
            "at the trough of Jan",
            "at the trough of Feb",
        ),
        (
            "gain above one",
            "this one has the month in which agents' sales took most: at",
            "this is the first one of those that end with the least; at",
        ),
        (
            "gain above one",
            "without the agents, on the same draws, with $6",
            "without the agents, on the same draws, with $3",
        ),
        (
            "plain",
            "this is the first one of those that end with the least",
            "this one has the month in which",
        ),
        (
            "farthest limits",
            "On none of 2,000 paths",
            "On none of 2,001 paths",
        ),
        (
            "farthest limits",
            "On none of 2,000 paths did",
            "Agents' sales never took any of your wealth. Of 2,000 paths this one has the month in which they did",
        ),
        (
            "plain",
            "money of its day",
            "money that does, and books that do not balance",
        ),
    ] {
        let told = crate::told::named(name);
        let path = paths(told).into_iter().next().expect("a path");
        let other = path.text.replacen(said, planted, 1);
        assert_ne!(other, path.text, "{name}: {said}\n{}", path.screen);
        let is_true = head_is_true(&other, &path.json, told)
            .and_then(|()| choice_is_true(&other, &path.json, told))
            .and_then(|()| books_are_true(&other, &path.json));
        assert!(is_true.is_err(), "{name}: {planted}");
    }
}

#[test]
fn what_strikes_stands_by_name_below_its_month() {
    let text = crate::common::head("10 years", 20)
        + &crate::common::asset("pools", "defi-yield-aggregator", 1_000.0, "")
        + "[[event]]\nname = \"hack\"\nkind = \"contract-exploit\"\nasset = \"pools\"\nrate = \"0.5/year\"\n";
    let scenario = crate::common::scenario(&text);
    let mut n_struck = 0;
    for path in 0..20 {
        let report = replayed(&scenario, path, Chosen::Asked, None);
        let json = outputs::json(&report.to_json());
        n_struck += strikes_are_counted(&json).expect("as many as were counted");
        let screen = report.to_text(80, None);
        let mut lines = screen.lines().peekable();
        for (month, of_month) in (1..).zip(list(&json["months"])) {
            let date = of_month["date"].as_str().expect("a date");
            let row = lines.find(|line| line.trim_start().starts_with(date));
            assert!(row.is_some(), "{date}: {screen}");
            let said = lines.next_if(|line| line.trim_start().starts_with("struck: "));
            assert_eq!(
                struck_is_true(said, month, &json),
                Ok(()),
                "{date}: {screen}"
            );
        }
    }
    assert!(n_struck > 20, "{n_struck}");
}
