//! How often the class of `[goal]` is beaten, against the column.

use crate::common::{asset, head, outcome, report, scenario};
use tailwheel::record::BEAT;

/// Screen, in one line, and how many of how many paths beat the class.
fn told(paths: u32, keys: &str, owner: &str) -> (String, usize, usize) {
    let text = head("10 years", paths)
        + &asset("one", "tokenized-real-estate", 1000.0, keys)
        + owner
        + "[goal]\nbeat = \"index-fund\"\n";
    let outcome = outcome(&text);
    let screen = report(&scenario(&text), &outcome).to_text(80);
    let beaten = outcome.column(BEAT).unwrap_or_default();
    let screen = screen.split_whitespace().collect::<Vec<_>>().join(" ");
    let k = beaten.iter().filter(|one| **one > 0.0).count();
    (screen, k, beaten.len())
}

const REST: &str = "above that of index-fund, from which no tax, cost or event takes anything.";

#[test]
fn the_class_to_beat_is_beaten_in_as_many_futures_as_is_said() {
    let broke = "[owner]\ncash = 1\nspending = \"500/month\"\n";
    for (paths, keys, owner) in [
        (2_000, "", ""),
        (40, "", ""),
        (40, "roi = 0.5", ""),
        (2_000, "", broke),
    ] {
        let (screen, k, n) = told(paths, keys, owner);
        let share = match (k, n) {
            (0, n) => format!("In none of {n} futures").replace("2000", "2,000"),
            (k, n) if k == n => format!("In all {n} futures"),
            (k, n) if n < 100 => format!("In {k} of {n} futures"),
            (k, n) => format!("In {:.0} of 100", 100.0 * k as f64 / n as f64),
        };
        let said = format!("{share} your return is {REST}");
        assert!(screen.contains(&said), "{said}\n{screen}");
    }
}

#[test]
fn of_one_future_it_is_said_whether_it_beats_the_class() {
    for (keys, is) in [("roi = 0.5", "yes"), ("roi = \"-50 %\"", "no")] {
        let (screen, ..) = told(1, keys, "");
        let said = format!("return above that of the class to beat {is}");
        assert!(screen.contains(&said), "{screen}");
    }
}

#[test]
fn with_nothing_put_in_nothing_is_beaten_and_nothing_said() {
    let text = head("2 years", 300)
        + &asset("one", "savings", 0.0, "")
        + "[goal]\nbeat = \"index-fund\"\n";
    let screen = report(&scenario(&text), &outcome(&text)).to_text(80);
    assert!(!screen.contains("above that of"), "{screen}");
}
