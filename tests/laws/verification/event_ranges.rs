//! Ranges of events, and of what a sale in need costs: the law of the draw, and that every key that takes a range uses it.

use crate::common::{Ran, asset, column, head, outcome, scenario};
use crate::estimate::{holds, mean, share};
use crate::verification::KEEPER;
use std::collections::BTreeSet;
use tailwheel::event::KINDS;
use tailwheel::record::WEALTH;
use tailwheel::scenario::Scenario;
use tailwheel::stage::Pin;

/// A holding of 10,000 that keeps its value.
fn still(name: &str) -> String {
    let keys = "model = \"claim\"\nroi = 0\nroi_law = \"point\"\nvolatility = 0\nexit_haircut = 0\n";
    asset(name, "savings", 10_000.0, keys)
}

/// Such a holding, and an event of `kind` in the second month.
fn struck(paths: u32, kind: &str, event: &str) -> String {
    let event = format!("[[event]]\nname = \"x\"\nkind = \"{kind}\"\nat = \"2027-02\"\n{event}\n");
    head("4 months", paths) + &still("one") + &event + KEEPER
}

#[test]
fn an_amount_and_a_haircut_have_the_ends_of_their_ranges_as_percentiles() {
    let claim = |amount: &str, key: &str, value: &str| {
        let event = format!("amount = {amount}\nspread = 0\nat_most = 1_000_000\n");
        let text = struck(20_000, "infringement-claim", &event).replace(&format!("{key} = 0"), value);
        Ran::of(&text).column(WEALTH).to_vec()
    };
    let paid = claim("[200, 1_000, 9_000]", "cash", "cash = 100_000");
    let sold = claim("4_000", "exit_haircut", "exit_haircut = [0.05, 0.1, 0.4]");
    for (at, amount, haircut) in [(0.95, 200.0, 0.05), (0.5, 1_000.0, 0.1), (0.05, 9_000.0, 0.4)] {
        let above = |sample: &[f64], at: f64| share(sample, |wealth| wealth > at);
        let left = 110_000.0 - amount;
        holds("amount", 1.0 - at, above(&paid, left), above(&paid, left - 0.3 * amount));
        let left = |haircut: f64| 10_000.0 - 4_000.0 / (1.0 - haircut);
        holds("haircut", 1.0 - at, above(&sold, left(haircut)), above(&sold, left(1.2 * haircut)));
    }
}

#[test]
fn events_of_one_kind_have_one_draw_of_what_the_catalog_fills_in() {
    let two = |ranges: &str| {
        let text = struck(40_000, "contract-exploit", "asset = \"one\"\nseverity = 0\nreturn_chance = 0")
            .replace("class_ranges = false\n", ranges);
        let other = still("other");
        let event = "[[event]]\nname = \"y\"\nkind = \"contract-exploit\"\nat = \"2027-03\"\nasset = \"other\"\n\
                     severity = 0\nreturn_chance = 0\n";
        let run = Ran::of(&text.replace("[owner]", &format!("{other}{event}[owner]")));
        share(run.column(WEALTH), |wealth| wealth < 1.0)
    };
    // E p² is more than (E p)²: where code is worse than thought, all of it is; percentiles of p are 0.3, 0.5 and 0.8
    let squared = |rank: u32| {
        let z = tailwheel::math::normal::quantile((f64::from(rank) + 0.5) / 2_000.0);
        let odds: f64 = if z > 0.0 { 0.8 / 0.2 } else { 0.7 / 0.3 };
        (1.0 + odds.powf(-z / 1.644_853_627)).powi(-2)
    };
    let exact = (0..2_000).map(squared).sum::<f64>() / 2_000.0;
    holds("both", exact, two(""), two("class_ranges = false\n"));
}

#[test]
fn sensitivity_moves_the_range_of_an_event_to_its_percentiles() {
    let text =
        struck(20_000, "depeg", "asset = \"one\"\nseverity = 0\nreturn_chance = 0\ntotal = \"20-60 %\"");
    for (is_high, exact) in [(false, 0.2), (true, 0.6)] {
        let found = |is_high| {
            let pin = Some(Pin { path: "event.x.total".to_owned(), is_high });
            let pinned = Scenario { pin, ..scenario(&text) };
            share(Ran::of_scenario(&pinned).column(WEALTH), |wealth| wealth < 1.0)
        };
        holds("pinned", exact, found(is_high), found(!is_high));
    }
}

/// Effect, kind, key, low end, median and high end, and what else is needed for the key to act.
const RANGES: &[(&str, &str, &str, [f64; 3], &str)] = &[
    ("value-loss", "contract-exploit", "total", [0.2, 0.35, 0.6], "severity = 0.1"),
    ("value-loss", "contract-exploit", "return_chance", [0.05, 0.3, 0.9], "severity = 0.5"),
    ("value-loss", "issuer-failure", "redemption_stop", [2.0, 5.0, 12.0], "severity = 0.1"),
    ("income-cut", "algorithm-update", "recovery", [3.0, 8.0, 24.0], ""),
    ("units-decay", "model-collapse", "recovery", [3.0, 8.0, 24.0], ""),
    ("liability", "infringement-claim", "amount", [100.0, 600.0, 4_000.0], ""),
    ("tax-rise", "tax-change", "points", [0.02, 0.08, 0.2], ""),
];

/// An owner who spends what is earned, and an event that has `key` at `value`.
fn of_key(row: usize, value: &str) -> String {
    let (effect, kind, key, _, with) = RANGES[row];
    let asset = if ["liability", "tax-rise"].contains(&effect) { "" } else { "asset = \"one\"\n" };
    struck(2_000, kind, &format!("{asset}{with}\n{key} = {value}"))
        .replace("cash = 0\n", "cash = 1_500\ntax_rate = 0.2\nspending = \"450/month\"\n")
        .replace("roi = 0\n", "roi = 0.2\nincome_share = 1\n")
        .replace("horizon = \"4 months\"", "horizon = \"24 months\"")
}

/// A number as files write it.
fn written(key: &str, number: f64) -> String {
    match key {
        "recovery" | "redemption_stop" => format!("\"{number} months\""),
        _ => format!("{number:?}"),
    }
}

#[test]
fn every_key_of_an_event_that_takes_a_range_is_drawn_and_has_the_mean_over_its_law() {
    // as likely as each other in a quadrature
    const NUMBERS: u32 = 40;
    for (row, (_, kind, key, ends, _)) in RANGES.iter().enumerate() {
        let is_share = ends[2] < 1.0;
        let scale = |x: f64| if is_share { (x / (1.0 - x)).ln() } else { x.ln() };
        let [low, middle, high] = ends.map(scale);
        let number = |rank: u32| {
            let z = tailwheel::math::normal::quantile((f64::from(rank) + 0.5) / f64::from(NUMBERS));
            let half = if z < 0.0 { middle - low } else { high - middle };
            let y = middle + z / 1.644_853_627 * half;
            if is_share { 1.0 / (1.0 + (-y).exp()) } else { y.exp() }
        };
        let wealth = |value: &str| column(&outcome(&of_key(row, value)), WEALTH).to_vec();
        let mut over = vec![0.0; 2_000];
        for rank in 0..NUMBERS {
            for (sum, wealth) in over.iter_mut().zip(wealth(&written(key, number(rank)))) {
                *sum += wealth / f64::from(NUMBERS);
            }
        }
        let range = format!("[{}]", ends.map(|end| written(key, end)).join(", "));
        let drawn = scenario(&of_key(row, &range));
        let paths: Vec<&String> = drawn.ranges().map(|range| &range.path).collect();
        assert_eq!(paths, [&format!("event.x.{key}")], "{kind}");
        let apart = |value: &str| {
            let apart = wealth(value).into_iter().zip(&over).map(|(one, over)| one - over);
            mean(&apart.collect::<Vec<_>>())
        };
        let (found, off) = (apart(&range), apart(&written(key, ends[2])));
        assert!(found.agrees_with(0.0), "{kind}.{key}: {found:?}");
        assert!(off.value.abs() > 6.0 * found.std_error, "{kind}.{key} at its high end: {off:?}, {found:?}");
    }
}

#[test]
fn every_key_of_an_event_that_takes_a_range_is_in_that_test() {
    let listed: BTreeSet<(&str, &str)> = RANGES.iter().map(|(effect, _, key, ..)| (*effect, *key)).collect();
    let all = KINDS.iter().flat_map(|effect| {
        let is_drawn = |field: &&tailwheel::form::Field| {
            field.unit.name.contains("or a range") && field.key != "severity"
        };
        effect.fields.iter().filter(is_drawn).map(|field| (effect.id, field.key))
    });
    assert_eq!(listed, all.collect());
}
