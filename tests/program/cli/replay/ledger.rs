//! The ledger of a path: every posting, and sums that are nothing.

use super::*;
use std::collections::{BTreeMap, BTreeSet};

/// Everything that an owner can pay or be paid for.
const OWNER: &str = include_str!("../files/owner.toml");

fn with_owner() -> Sandbox {
    Sandbox::with("owner.toml", crash(OWNER))
}

#[test]
fn the_ledger_of_a_path_has_a_line_for_every_posting_and_ends_with_its_balances() {
    let sandbox = with_owner();
    let screen = sandbox.run("replay owner.toml --path 300 --ledger").done();
    screen.has("DAY ONE").has("MONTH 36 OF 36");
    let written = sandbox.read("output/owner/replay-300/ledger.csv");
    // no cell has a comma
    let rows: Vec<Vec<&str>> = written.lines().map(|line| line.split(',').collect()).collect();
    assert_eq!(rows[0], ["month", "date", "from", "to", "amount [USD]", "cause", "object"]);
    let report = sandbox.read_json("output/owner/replay-300/replay.json");
    let name = |account: &Value| {
        let object = account["object"].as_str().unwrap();
        match account["cause"].as_str() {
            Some(cause) if object.is_empty() => cause.to_owned(),
            Some(cause) => format!("{cause}: {object}"),
            None => object.to_owned(),
        }
    };
    let mut causes = BTreeSet::new();
    let accounts = report["accounts"].as_array().unwrap();
    let mut balances: BTreeMap<String, f64> = accounts.iter().map(|account| (name(account), 0.0)).collect();
    assert_eq!(balances.len(), accounts.len(), "names are apart");
    let mut rest = rows[1..].iter().peekable();
    for month in 0..=36_usize {
        while let Some(row) = rest.next_if(|row| row[0] == month.to_string()) {
            let amount: f64 = row[4].parse().unwrap();
            assert!(amount > 0.0);
            *balances.get_mut(row[2]).expect("an account") -= amount;
            *balances.get_mut(row[3]).expect("an account") += amount;
            causes.insert(row[5]);
        }
        for account in accounts {
            let away = (balances[&name(account)] - number(&account["balances"]["path"][month])).abs();
            assert!(away < 1e-6, "{} in month {month}: {away:e}", name(account));
        }
        let sum: f64 = balances.values().sum();
        assert!(sum.abs() < 1e-6, "month {month}: {sum:e}");
    }
    assert!(rest.next().is_none());
    for cause in ["opening", "event", "payout", "premium", "tax", "spending", "cost", "income", "loop"] {
        assert!(causes.contains(cause), "{cause}: {causes:?}");
    }
}

#[test]
fn the_ledger_of_a_month_is_a_screen_whose_sums_are_nothing() {
    let sandbox = with_owner();
    let replay = "replay owner.toml --path 7 --month 12 --ledger";
    let screen = sandbox.run(replay).done().has("DEC 2027, MONTH 12 OF 36").lacks("MONTH 11");
    let line = screen.lines().skip_while(|line| line.trim() != "together" && !line.contains("together "));
    let line = line.take(2).collect::<Vec<_>>().join(" ");
    let figures: Vec<&str> = line.split_whitespace().skip(1).take(4).collect();
    assert_eq!([figures[0], figures[3]], ["0.00", "0.00"], "{line}");
    assert_eq!(figures[1], figures[2], "what comes in goes out: {line}");
    // a replay without it leaves no ledger of an earlier time
    let ledger = "output/owner/replay-7/ledger.csv";
    for format in ["text", "json"] {
        sandbox.run(replay).done();
        assert!(sandbox.has(ledger));
        let again = || sandbox.run(&format!("replay owner.toml --path 7 --format {format}"));
        let first = again().says("ledger.csv of an earlier replay is removed");
        assert_eq!(again().done(), first.out, "there was none any more");
        assert!(!sandbox.has(ledger));
    }
}
