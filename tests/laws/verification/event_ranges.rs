//! Ranges of events, and of what a sale in need costs: the law of the draw, and that every key that takes a range uses it.

use crate::common::{Ran, asset, head, outcome, scenario};
use crate::estimate::{holds, mean, share};
use crate::verification::KEEPER;
use std::collections::BTreeSet;
use tailwheel::event::KINDS;
use tailwheel::record::WEALTH;
use tailwheel::stage::Pin;

/// A holding of 10,000 that keeps its value.
fn still(name: &str) -> String {
    let keys = "model = \"claim\"\nroi = 0\nroi_law = \"point\"\nvolatility = 0\nexit_haircut = 0\n";
    asset(name, "savings", 10_000.0, keys)
}

/// Such a holding, and an event of `kind` in the second month.
fn struck(paths: u32, kind: &str, event: &str, owner: &str) -> String {
    let held = still("one");
    let event = format!("[[event]]\nname = \"x\"\nkind = \"{kind}\"\nat = \"2027-02\"\n{event}\n");
    head("4 months", paths) + &held + &event + KEEPER + owner
}

/// Mean of a number that one standard normal decides, by as many quantiles as likely as each other.
fn expected(of: impl Fn(f64) -> f64) -> f64 {
    let ranks = (0..2_000).map(|rank| (f64::from(rank) + 0.5) / 2_000.0);
    ranks.map(|rank| of(tailwheel::math::normal::quantile(rank))).sum::<f64>() / 2_000.0
}

/// The chance whose 5th and 95th percentiles are the ends, at the standard normal `z`.
fn chance([low, high]: [f64; 2], z: f64) -> f64 {
    let odds = |share: f64| (share / (1.0 - share)).ln();
    let (middle, half) = (0.5 * (odds(low) + odds(high)), 0.5 * (odds(high) - odds(low)));
    1.0 / (1.0 + (-(middle + z * half / 1.644_853_627)).exp())
}

#[test]
fn a_chance_within_a_range_is_its_mean_over_the_paths() {
    let exact = expected(|z| chance([0.02, 0.6], z));
    let total = "asset = \"one\"\nseverity = 0\nreturn_chance = 0\ntotal = ";
    let back = "asset = \"one\"\nseverity = 1\nreturned = 1\nreturn_chance = ";
    for (event, left) in [(total, 0.0), (back, 10_000.0)] {
        let found = |chance: &str| {
            let run = Ran::of(&struck(20_000, "depeg", &format!("{event}{chance}"), ""));
            share(run.column(WEALTH), |wealth| (wealth - left).abs() < 1.0)
        };
        // 12.1 % is the median, which is what one path in two exceeds and not what strikes
        holds(event, exact, found("\"2-60 %\""), found("0.121"));
    }
}

#[test]
fn an_amount_and_a_haircut_have_the_ends_of_their_ranges_as_percentiles() {
    let claim = |amount: &str, owner: &str| {
        let event = format!("amount = {amount}\nspread = 0\nat_most = 1_000_000\n");
        struck(20_000, "infringement-claim", &event, owner)
    };
    let paid = claim("[200, 1_000, 9_000]", "").replace("cash = 0", "cash = 100_000");
    let sold = claim("4_000", "").replace("exit_haircut = 0", "exit_haircut = [0.05, 0.1, 0.4]");
    let left = |text: &str| Ran::of(text).column(WEALTH).to_vec();
    let (paid, sold) = (left(&paid), left(&sold));
    for (at, amount, haircut) in [(0.95, 200.0, 0.05), (0.5, 1_000.0, 0.1), (0.05, 9_000.0, 0.4)] {
        let above = |sample: &[f64], at: f64| share(sample, |wealth| wealth > at);
        let of_amount = 110_000.0 - amount;
        let off = above(&paid, of_amount - 0.3 * amount);
        holds("amount", 1.0 - at, above(&paid, of_amount), off);
        let of_haircut = |haircut: f64| 10_000.0 - 4_000.0 / (1.0 - haircut);
        let off = above(&sold, of_haircut(1.2 * haircut));
        holds("haircut", 1.0 - at, above(&sold, of_haircut(haircut)), off);
    }
}

#[test]
fn events_of_one_kind_have_one_draw_of_what_the_catalog_fills_in() {
    let two = |ranges: &str| {
        let text = struck(40_000, "contract-exploit", "asset = \"one\"\nseverity = 0\nreturn_chance = 0", "")
            .replace("class_ranges = false\n", ranges);
        let other = still("other");
        let event = "[[event]]\nname = \"y\"\nkind = \"contract-exploit\"\nat = \"2027-03\"\nasset = \"other\"\n\
                     severity = 0\nreturn_chance = 0\n";
        let run = Ran::of(&text.replace("[owner]", &format!("{other}{event}[owner]")));
        share(run.column(WEALTH), |wealth| wealth < 1.0)
    };
    // E p² is more than (E p)²: where code is worse than thought, all of it is
    let of = |z: f64| chance(if z > 0.0 { [0.2, 0.8] } else { [0.3, 0.7] }, z);
    holds("both", expected(|z| of(z).powi(2)), two(""), two("class_ranges = false\n"));
}

#[test]
fn sensitivity_moves_the_range_of_an_event_to_its_percentiles() {
    let text =
        struck(20_000, "depeg", "asset = \"one\"\nseverity = 0\nreturn_chance = 0\ntotal = \"20-60 %\"", "");
    for (is_high, exact) in [(false, 0.2), (true, 0.6)] {
        let found = |is_high| {
            let path = "event.x.total".to_owned();
            let mut pinned = scenario(&text);
            pinned.pin = Some(Pin { path, is_high });
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

/// Final wealth where an owner spends what is earned, and an event has `key` at `value`.
fn wealth(row: usize, value: &str) -> Vec<f64> {
    let text = of_key(row, value);
    outcome(&text).column(WEALTH).expect("kept").to_vec()
}

fn of_key(row: usize, value: &str) -> String {
    let (effect, kind, key, _, with) = RANGES[row];
    let asset = match effect {
        "liability" | "tax-rise" => "",
        _ => "asset = \"one\"\n",
    };
    struck(2_000, kind, &format!("{asset}{with}\n{key} = {value}"), "")
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
fn every_key_of_an_event_that_takes_a_range_is_drawn() {
    for (row, (_, kind, key, ends, _)) in RANGES.iter().enumerate() {
        let range = format!("[{}]", ends.map(|end| written(key, end)).join(", "));
        let ranges: Vec<String> =
            scenario(&of_key(row, &range)).ranges().map(|range| range.path.clone()).collect();
        assert_eq!(ranges, [format!("event.x.{key}")], "{kind}");
        let drawn = wealth(row, &range);
        for end in ends {
            let point = wealth(row, &written(key, *end));
            let moved = point.iter().zip(&drawn).filter(|(one, other)| one != other);
            assert!(moved.count() > 100, "{kind}.{key} = {end}");
        }
    }
}

/// Numbers as likely as each other in a quadrature.
const NUMBERS: u32 = 40;

#[test]
fn a_range_of_an_event_has_the_mean_over_its_law() {
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
        let mut over = vec![0.0; 2_000];
        for rank in 0..NUMBERS {
            let point = written(key, number(rank));
            for (sum, wealth) in over.iter_mut().zip(wealth(row, &point)) {
                *sum += wealth / f64::from(NUMBERS);
            }
        }
        let range = format!("[{}]", ends.map(|end| written(key, end)).join(", "));
        let drawn = wealth(row, &range);
        let apart = |one: &[f64]| {
            let apart: Vec<f64> = one.iter().zip(&over).map(|(one, over)| one - over).collect();
            mean(&apart)
        };
        let found = apart(&drawn);
        let off = apart(&wealth(row, &written(key, ends[2])));
        let scale = found.std_error;
        assert!(found.value.abs() < 4.0 * scale, "{kind}.{key}: {found:?}");
        assert!(off.value.abs() > 6.0 * scale, "{kind}.{key} at its high end: {off:?}, {scale}");
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
