//! What every kind of asset owes, whatever it is: money has no unit, no month hears of later ones, a path alone is that path.
//!
//! Held to every kind's example with all that can vary in it. What a kind leaves out is its own noiseless form (`noiseless`); its
//! mean and its variance are held against its law told anew (`moments`).

use crate::common::{Ran, asset, head, scenario};
use crate::verification::replayed;
use tailwheel::asset::KINDS;
use tailwheel::record::{ASSET_VALUE, INCOME_TERMINAL, WEALTH};

const MONTHS: u32 = 30;
/// A path that no example ends on.
const PATH: u64 = 5;

/// What stands still in an example, and what moves it.
const MOVED: [(&str, &str); 9] = [
    ("units = 50\n", "units = 50\nunit_income_log_sd = 0.5\n"),
    ("updates = \"0/year\"", "updates = \"4/year\""),
    ("visits_log_sd = 0", "visits_log_sd = 0.12"),
    ("popularity_log_sd = 0", "popularity_log_sd = 0.1"),
    ("releases = \"0/year\"", "releases = \"40/year\""),
    ("release_cost = 12\n", "release_cost = 12\nbrand_deals = { rate = \"3/year\", size = 0.5 }\n"),
    ("repricing = 0\n", "repricing = \"0.5/year\"\n"),
    ("vacancy = 0\n", "vacancy = 0.1\n"),
    ("disputes = \"0/year\"", "disputes = \"0.5/year\""),
];

/// A scenario of each kind, worth `value`, with an owner who keeps what comes in or with none.
fn texts(months: u32, value: f64, owner: &str) -> impl Iterator<Item = (&'static str, String)> {
    KINDS.iter().map(move |kind| {
        let moved = MOVED.iter().fold(kind.example.to_owned(), |text, (of, by)| text.replace(of, by));
        let keys = format!("model = \"{}\"\nvolatility = 0.3\npayment_lag = \"4 months\"\n{moved}", kind.id);
        let one = asset("one", "micro-saas-fleet", value, &keys);
        (kind.id, head(&format!("{months} months"), 512) + &one + owner)
    })
}

const OWNERS: [&str; 3] = [
    "",
    "[owner]\ncash = 0\nsurplus = \"keep\"\n",
    "[owner]\nsurplus = \"reinvest\"\n[crisis]\nbegins = \"5 %/month\"\nlasts = \"4 months\"\n",
];

#[test]
fn every_example_has_something_to_move() {
    let examples: String = KINDS.iter().map(|kind| kind.example).collect();
    for (of, _) in MOVED {
        assert!(examples.contains(of), "{of}");
    }
    for (id, text) in texts(MONTHS, 1.0, "") {
        let (one, other) = (replayed(&text, PATH), replayed(&text, PATH + 1));
        assert_ne!(one.column(WEALTH), other.column(WEALTH), "{id}");
    }
}

#[test]
fn four_times_the_value_is_four_times_all_money_to_the_last_bit() {
    for owner in OWNERS {
        for ((id, one), (_, four)) in texts(MONTHS, 1e4, owner).zip(texts(MONTHS, 4e4, owner)) {
            let (one, four) = (Ran::of(&one), Ran::of(&four));
            for track in [WEALTH, INCOME_TERMINAL, ASSET_VALUE.of_object(0)] {
                let pairs = one.column(track).iter().zip(four.column(track));
                for (one, four) in pairs {
                    assert_eq!((4.0 * one).to_bits(), four.to_bits(), "{id} {track:?}");
                }
            }
        }
    }
}

#[test]
fn no_month_hears_of_those_after_it() {
    for owner in OWNERS {
        for ((id, short), (_, long)) in texts(MONTHS, 1e4, owner).zip(texts(90, 1e4, owner)) {
            let [few, many] = [&short, &long].map(|text| scenario(text).assets[0].kind.expected(MONTHS));
            assert_eq!(few, many, "{id} in the mean");
            let (short, long) = (replayed(&short, PATH), replayed(&long, PATH));
            for month in 0..=MONTHS as usize {
                let [short, long] = [&short, &long].map(|path| &path.months[month].worlds[0]);
                assert_eq!(short.wealth.to_bits(), long.wealth.to_bits(), "{id} {month}");
                assert_eq!(short.income.to_bits(), long.income.to_bits(), "{id} {month}");
            }
        }
    }
}

#[test]
fn a_path_alone_is_that_path_and_loses_no_money() {
    for owner in OWNERS {
        for (id, text) in texts(MONTHS, 1e4, owner) {
            let run = Ran::of(&text);
            for number in [0, PATH, 300] {
                let alone = replayed(&text, number);
                let kept = run.column(WEALTH)[number as usize];
                let found = alone.column(WEALTH).expect("a wealth");
                assert_eq!(found.to_bits(), kept.to_bits(), "{id} {number}");
                assert!(alone.largest_imbalance() < 1e-12, "{id} {number}");
            }
        }
    }
}
