//! What looking after the assets takes, and what it costs, against the column.

use crate::common::{asset, head, outcome, report, scenario};
use crate::read::{amount, between, count};
use tailwheel::record::{HOURS, RUIN_MONTH};

/// Screen, in one line, the mean of the column, and the share of ruined paths.
fn told(paths: u32, keys: &str, owner: &str) -> (String, f64, f64) {
    let text = head("10 years", paths)
        + &asset("fleet", "micro-saas-fleet", 80_000.0, keys)
        + &format!("[owner]\ncash = 5_000\n{owner}\n");
    let outcome = outcome(&text);
    let screen = report(&scenario(&text), &outcome).to_text(80);
    let screen = screen.split_whitespace().collect::<Vec<_>>().join(" ");
    let hours = outcome.column(HOURS).unwrap_or_default();
    let ruined = outcome.column(RUIN_MONTH).unwrap_or_default();
    let share = |is: usize, of: usize| is as f64 / of.max(1) as f64;
    let ruined = share(
        ruined.iter().filter(|month| **month > 0.0).count(),
        ruined.len(),
    );
    let mean = hours.iter().sum::<f64>() / hours.len() as f64;
    (screen, mean, ruined)
}

/// `6.2` as it is printed reaches as far as its last digit.
fn is(printed: &str, value: f64) -> bool {
    let number: f64 = printed.parse().expect("a number");
    let decimals = printed.split_once('.').map_or(0, |(_, rest)| rest.len());
    (number - value).abs() <= 0.51 * 10f64.powi(-(decimals as i32))
}

/// Hours and cost of a year as the screen says them.
fn read(screen: &str) -> (String, Option<f64>, Option<f64>) {
    let said = between(screen, "Looking after it takes ", " a week on average");
    let said = said.unwrap_or_else(|| panic!("{screen}"));
    let hours = said.split(' ').next().expect("a word").to_owned();
    let there = said
        .contains(" of your ")
        .then(|| count(said.split("of your").nth(1).unwrap()));
    let cost = between(screen, " an hour that is ", " a year.");
    let cost = cost
        .and_then(|text| amount(text, "USD"))
        .map(|cost| cost.value);
    (hours, there.flatten().map(|n| n as f64), cost)
}

const FLEET: &str = "model = \"mechanism\"\nunits = 50";

#[test]
fn hours_and_their_cost_are_those_of_the_column() {
    for (paths, keys, owner, there, price) in [
        (500, FLEET, "hours = \"10 h/week\"", Some(10.0), None),
        (
            500,
            FLEET,
            "hours = \"12 h/week\"\nhour_value = 5",
            Some(12.0),
            Some(5.0),
        ),
        (40, FLEET, "hour_value = 5", None, Some(5.0)),
        (1, FLEET, "hour_value = 45", None, Some(45.0)),
        (300, "", "hour_value = 20", None, Some(20.0)),
        (
            300,
            "hours = \"90 h/month\"",
            "hours = \"40 h/week\"",
            Some(40.0),
            None,
        ),
    ] {
        let (screen, mean, ruined) = told(paths, keys, owner);
        let (hours, of, cost) = read(&screen);
        assert!(is(&hours, mean), "{mean}: {screen}");
        assert!(!is(&hours, 1.2 * mean), "{mean}: {screen}");
        assert_eq!(of, there, "{screen}");
        let is_told = screen.contains("on average, none of them after ruin");
        assert_eq!(is_told, ruined >= 0.005, "{ruined}: {screen}");
        match price {
            None => assert_eq!(cost, None, "{screen}"),
            Some(price) => {
                let exact = mean * 365.25 / 7.0 * price;
                let cost = cost.unwrap_or_else(|| panic!("{screen}"));
                assert!((cost / exact - 1.0).abs() < 0.06, "{exact}: {screen}");
            }
        }
    }
}

#[test]
fn who_counts_no_hours_is_told_of_none() {
    let (screen, ..) = told(300, FLEET, "");
    assert!(!screen.contains("Looking after"), "{screen}");
}
