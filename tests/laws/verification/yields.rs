//! What every kind that pays a yield on its value keeps to, with everything that it can have switched on.

use crate::common::{Ran, asset, close, column, control, head, scenario};
use tailwheel::engine::{replay, run};
use tailwheel::plan::Plan;
use tailwheel::record::{INCOME_TERMINAL, WEALTH};
use tailwheel::stage::Level;

/// Class, and keys of its mechanism.
const KINDS: [(&str, &str); 3] = [
    ("defi-yield-aggregator", "roi = \"4-28 %\"\nrebalance = \"5 days\"\nspread = \"8 %/year\""),
    (
        "tokenized-real-estate",
        "vacancy = 0.2\ndisputes = \"0.5/year\"\nappreciation = \"2 %/year\"\ndepreciation = \"6 %/year\"\n\
         output_decay = \"3 %/year\"\nincome_log_sd = 0.5\nincome_half_life = \"3 months\"",
    ),
    ("ai-managed-portfolio", "roi = \"2-30 %\""),
];

fn text(kind: (&str, &str), value: f64, months: u32) -> String {
    let keys = format!("model = \"mechanism\"\n{}", kind.1);
    head(&format!("{months} months"), 600)
        + &asset("one", kind.0, value, &keys)
        + "[owner]\nsurplus = \"reinvest\"\n[crisis]\nbegins = \"5 %/month\"\nlasts = \"4 months\"\n"
}

#[test]
fn ten_times_the_money_is_ten_times_every_result() {
    for kind in KINDS {
        let [one, ten] = [100.0, 1000.0].map(|value| Ran::of(&text(kind, value, 36)));
        for id in [WEALTH, INCOME_TERMINAL] {
            for (one, ten) in one.column(id).iter().zip(ten.column(id)) {
                close(kind.0, *ten, 10.0 * one, 1e-12);
            }
        }
    }
}

#[test]
fn a_replay_is_the_run_its_first_year_is_the_year_alone_and_no_money_is_lost() {
    for kind in KINDS {
        let plan = |months| Plan::compile(&scenario(&text(kind, 100.0, months)));
        let (year, all) = (plan(12), plan(36));
        let [of_year, of_all] =
            [&year, &all].map(|plan| run(plan, &control(Level::detect())).expect("a finite run"));
        for path in [0, 255, 256, 599] {
            let replayed = replay(&all, Level::detect(), path).expect("a finite path");
            let wealth = |month: usize| replayed.months[month].worlds[0].wealth;
            assert_eq!(wealth(36), column(&of_all, WEALTH)[path as usize], "{}", kind.0);
            assert_eq!(wealth(12), column(&of_year, WEALTH)[path as usize], "{}", kind.0);
            assert!(replayed.largest_imbalance() < 1e-9, "{}", kind.0);
        }
    }
}
