//! The picture of what pays: of which path it is, and what its last month paid.
//!
//! In: titles of drawings. Out: tests. Not here: how a path is chosen (`study::middle`).

use crate::common::{asset, control, head, report, scenario};
use crate::outputs;
use crate::read;
use crate::told::replayed;
use std::sync::atomic::AtomicBool;
use tailwheel::engine::{Outcome, run};
use tailwheel::plan::Plan;
use tailwheel::record::REAL_INCOME_TERMINAL;
use tailwheel::report::{SinglePaths, drawings};
use tailwheel::scenario::Scenario;
use tailwheel::stage::Level;
use tailwheel::study::{Chosen, MiddlePath};

/// Number of the path, name, amount and sum of the last month.
fn parsed(title: &str) -> Option<(usize, String, String, String)> {
    let (_, rest) = title
        .strip_prefix("On one path of ")?
        .split_once(", number ")?;
    let (path, rest) = rest.split_once(", ")?;
    let (name, rest) = rest.split_once(" pays most in one month, ")?;
    let (_, rest) = rest.split_once(": ")?;
    let (amount, all) = rest.split_once(" of ")?;
    let all = all.split(';').next()?;
    let path = path.replace(',', "").parse().ok()?;
    Some((path, name.to_owned(), amount.to_owned(), all.to_owned()))
}

fn is_true(title: &str, scenario: &Scenario, outcome: &Outcome) -> Result<(), String> {
    let (path, name, amount, sum) = parsed(title).ok_or("not read")?;
    // as many below as a median has, the lower one of two
    let earned = outcome
        .column_or_like(REAL_INCOME_TERMINAL)
        .ok_or("no income")?;
    let below = earned.iter().filter(|one| **one < earned[path]).count();
    let alike = earned.iter().filter(|one| **one == earned[path]).count();
    let middle = (earned.len() - 1) / 2;
    if !(below..below + alike).contains(&middle) {
        return Err(format!("{below} below {path}"));
    }
    let replay = replayed(scenario, path as u64, Chosen::Asked, None);
    let json = outputs::json(&replay.to_json());
    let price_level = 1.03_f64.powf(f64::from(outcome.n_months) / 12.0);
    let accounts = json["accounts"].as_array().ok_or("no accounts")?.iter();
    // what cash earns is no asset's
    let is_asset = |account: &&serde_json::Value| {
        let mut assets = scenario.assets.iter();
        assets.any(|asset| account["object"] == asset.name.as_str())
    };
    let paid = accounts
        .filter(|account| account["cause"] == "income")
        .filter(is_asset);
    let paid: Vec<(String, f64)> = paid
        .map(|account| {
            let posted = account["posted"]["path"]
                .as_array()
                .and_then(|all| all.last());
            let object = account["object"].as_str().unwrap_or_default().to_owned();
            (
                object,
                -posted.and_then(|last| last.as_f64()).unwrap_or(0.0) / price_level,
            )
        })
        .collect();
    let all: f64 = paid.iter().map(|(_, paid)| paid).sum();
    let most = paid
        .iter()
        .max_by(|one, other| one.1.total_cmp(&other.1))
        .ok_or("nobody pays")?;
    let holds =
        |text: &str, value: f64| read::amount(text, "USD").is_some_and(|shown| shown.is(value));
    match most.0 == name && holds(&amount, most.1) && holds(&sum, all) {
        true => Ok(()),
        false => Err(format!("{title}: {most:?} of {all}")),
    }
}

/// Three who pay, and an owner who lives on it.
fn living(horizon: &str, paths: u32, keys: &str, spending: u32) -> String {
    head(horizon, paths)
        + &asset("fleet", "micro-saas-fleet", 9_000.0, keys)
        + &asset("pools", "defi-yield-aggregator", 8_000.0, keys)
        + &asset("house", "tokenized-real-estate", 7_000.0, keys)
        + &format!(
            "[owner]\ncash = 5_000\nsurplus = \"keep\"\nspending = \"{spending}/month\"\n[economy]\ninflation.fixed = \"3 %\"\n"
        )
}

fn title_and_reading(scenario: &Scenario, outcome: &Outcome) -> (String, String) {
    let plan = Plan::compile(scenario);
    let middle = MiddlePath::of(&plan, outcome, Level::detect()).expect("a finite path");
    let single = SinglePaths {
        worst: None,
        middle: middle.as_ref(),
    };
    let never = AtomicBool::new(false);
    let drawn = drawings(
        scenario,
        outcome,
        &report(scenario, outcome),
        single,
        &never,
    );
    let drawn = drawn.expect("nobody stops it");
    let picture = drawn.into_iter().find(|drawn| drawn.id == "income_sources");
    let picture = picture.expect("several assets pay");
    (picture.title, picture.description)
}

#[test]
fn the_path_of_the_picture_is_the_median_and_its_last_month_paid_what_is_said() {
    let point = "roi = 0.1\nroi_law = \"point\"\nvolatility = 0";
    for (horizon, months, paths, keys, spending) in [
        ("10 years", 12, 300, "", 50),
        ("10 years", 12, 255, "", 150),
        ("7 months", 7, 300, "", 50),
        ("1 year", 12, 2, "", 50),
        ("25 years", 12, 300, "", 50),
        ("2 months", 2, 300, point, 50),
    ] {
        let text = living(horizon, paths, keys, spending);
        let of = scenario(&text);
        let outcome = run(&Plan::compile(&of), &control(Level::detect())).expect("a finite run");
        let (title, reading) = title_and_reading(&of, &outcome);
        let found = is_true(&title, &of, &outcome);
        assert!(found.is_ok(), "{horizon}: {title}: {found:?}");
        let said = format!("over its last {months} months");
        assert!(reading.contains(&said), "{horizon}: {said}");
        // power: it is no other path
        let (path, ..) = parsed(&title).expect("a path");
        if keys.is_empty() && paths > 2 {
            let other = title.replace(
                &format!("number {path},"),
                &format!("number {},", (path + 1) % paths as usize),
            );
            assert!(is_true(&other, &of, &outcome).is_err(), "{other}");
        }
    }
}
