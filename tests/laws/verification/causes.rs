//! What each cause gave or took: on every path, by hand, on the paths that lose most; and what ruined.

use crate::common::{Ran, asset, close, column, head, outcome, scenario};
use std::borrow::Cow;
use std::collections::BTreeMap;
use tailwheel::engine::Outcome;
use tailwheel::record::{EVENT_LOSS, REAL_WEALTH, RETURNED, RUIN_MONTH, WEALTH, causes};
use tailwheel::scenario::Scenario;

/// Everything at once: agents, crises, events, cover, tax, spending, sales in need, ruin; with inflation.
pub fn everything() -> String {
    include_str!("struck.toml")
        .replace("inflation.fixed = \"0 %/year\"", "inflation.fixed = \"3 %/year\"")
        .replace("paths = 40_000", "paths = 2_048")
        .replace("200/month", "900/month")
        + "[crash]\nmodels = { one = 0.6, two = 0.4 }\ntrigger = 0.2\nlockstep = 0.9\n"
}

/// What each cause gave, by its word.
fn given<'o>(scenario: &Scenario, outcome: &'o Outcome) -> BTreeMap<String, Cow<'o, [f64]>> {
    let names = scenario.object_names();
    let named = outcome.columns.iter().map(|column| (column.id.name(&names), column.values.all()));
    named.filter_map(|(name, values)| Some((name.strip_prefix("cause.")?.to_owned(), values))).collect()
}

/// A vault and a site, each with `keys`.
pub fn two_assets(keys: &str) -> String {
    asset("x", "defi-yield-aggregator", 1_000.0, &format!("roi = \"5-15 %\"\n{keys}"))
        + &asset("y", "niche-content", 500.0, keys)
}

/// What strikes the vault.
pub const HACK: &str =
    "[[event]]\nname = \"hack\"\nkind = \"contract-exploit\"\nasset = \"x\"\nrate = \"0.3/year\"\n";

/// Price level at the horizon.
pub fn level(scenario: &Scenario) -> f64 {
    let rate = scenario.settings.economy.inflation.mean().get();
    assert!(scenario.settings.economy.inflation.is_fixed());
    (1.0 + rate).powf(f64::from(scenario.months) / 12.0)
}

#[test]
fn all_causes_together_make_what_is_left_and_what_is_lost_and_that_of_events_what_they_take() {
    let text = everything();
    let (scenario, outcome) = (scenario(&text), outcome(&text));
    let given = given(&scenario, &outcome);
    let words =
        "drift shock loop event decay income cost premium payout tax spending haircut unpaid inflation";
    for word in words.split(' ') {
        let is_there = |values: &Cow<'_, [f64]>| values.iter().any(|value| *value != 0.0);
        assert!(given.get(word).is_some_and(is_there), "{word}");
    }
    let column = |id| column(&outcome, id);
    let (wealth, returned) = (column(WEALTH), column(RETURNED));
    let ruined = column(RUIN_MONTH);
    assert!(ruined.iter().any(|month| *month > 0.0) && ruined.contains(&0.0));
    let first = scenario.assets.len() as u16;
    let taken = [0, 1, 2].map(|number| column(EVENT_LOSS.of_object(first + number)));
    for path in 0..outcome.n_paths {
        close("event", given["event"][path], -taken.iter().map(|of_one| of_one[path]).sum::<f64>(), 1e-11);
        let sum: f64 = given.values().map(|values| values[path]).sum();
        let gross: f64 = given.values().map(|values| values[path].abs()).sum();
        let left = wealth[path] / level(&scenario) - outcome.money_in;
        assert!((sum - left).abs() < 1e-11 * gross, "{path}: {sum} {left}");
        // L = −(all but what crossed the border); what stayed unpaid others have lost
        if ruined[path] == 0.0 {
            let loss = outcome.money_in - returned[path];
            let crossed = given["spending"][path];
            assert!((sum - crossed + loss).abs() < 1e-11 * gross, "{path}");
        }
    }
}

/// Of a still holding with inflation, struck once for certain.
fn struck(inflation: f64) -> String {
    let keys = "roi = 0.12\nroi_law = \"point\"\nvolatility = 0\ndecay = \"10 %\"\nincome_share = 0\n";
    head("3 years", 256)
        + &asset("x", "defi-yield-aggregator", 1_000.0, keys)
        + "[[event]]\nname = \"hack\"\nkind = \"contract-exploit\"\nasset = \"x\"\nat = \"2028-07\"\n\
           severity = \"40 %\"\ntotal = 0\nreturn_chance = 0\n"
        + &format!("[economy]\ninflation.fixed = {inflation}\ncash_rate = 0\n")
}

#[test]
fn with_one_certain_event_every_cause_is_what_one_adds_up_by_hand() {
    for inflation in [0.0, 0.03] {
        let text = struck(inflation);
        let (scenario, outcome) = (scenario(&text), outcome(&text));
        let given = given(&scenario, &outcome);
        let mut sums = [0.0; 4];
        let mut value = 1_000.0;
        for month in 1..=36 {
            let price = |month: i32| (1.0 + inflation).powf(f64::from(month) / 12.0);
            sums[3] -= value / price(month - 1) - value / price(month);
            let drift = value * (1.12_f64.powf(1.0 / 12.0) - 1.0);
            let event = if month == 19 { -0.4 * (value + drift) } else { 0.0 };
            let decay = (value + drift + event) * f64::exp_m1(-0.1 / 12.0);
            for (sum, amount) in sums.iter_mut().zip([drift, event, decay]) {
                value += amount;
                *sum += amount / price(month);
            }
        }
        for (word, sum) in ["drift", "event", "decay", "inflation"].iter().zip(sums) {
            let found = given.get(*word).map_or(0.0, |values| values[7]);
            close(word, found, sum, 1e-11);
        }
    }
}

#[test]
fn what_the_worst_paths_have_of_each_cause_adds_up_to_the_shortfall() {
    let text = head("2 years", 1_010) + &two_assets("") + HACK;
    let (scenario, run) = (scenario(&text), Ran::of(&text));
    let given = given(&scenario, &run.outcome);
    let worst = |word: &str| run.measure(&format!("cause.{word}.worst5"));
    let sum: f64 = given.keys().map(|word| worst(word)).sum();
    close("shortfall", sum, -run.measure("expected_shortfall.95"), 1e-9);
    close("market", worst("market"), worst("drift") + worst("shock"), 1e-9);
    // by hand: 50.5 of 1,010
    let wealth = run.column(REAL_WEALTH);
    let mut order: Vec<usize> = (0..1_010).collect();
    order.sort_by(|a, b| wealth[*a].total_cmp(&wealth[*b]));
    for (word, values) in &given {
        let whole: f64 = order[..50].iter().map(|path| values[*path]).sum();
        close(word, worst(word), (whole + 0.5 * values[order[50]]) / 50.5, 1e-9);
    }
    // on paths that lose the same the edge is shared evenly
    let even = Ran::of(&struck(0.03));
    for word in ["drift", "event", "decay", "inflation"] {
        let [worst, mean] = ["worst5", "mean"].map(|one| even.measure(&format!("cause.{word}.{one}")));
        close(word, worst, mean, 1e-12);
    }
}

/// Of an owner who lives on cash; `more` strikes.
fn living(cash: u32, spending: u32, more: &str) -> String {
    head("2 years", 512)
        + &asset("x", "tokenized-real-estate", 100.0, "roi = \"7-12 %\"\n")
        + &format!("[owner]\ncash = {cash}\nsurplus = \"keep\"\nspending = \"{spending}/month\"\n")
        + more
}

#[test]
fn what_took_most_of_the_ruined_is_told_and_all_causes_make_the_ruined() {
    let damages = |amount: u32| {
        format!(
            "[[event]]\nname = \"claim\"\nkind = \"infringement-claim\"\nasset = \"x\"\nrate = \"0.5/year\"\n\
             amount = {amount}\nspread = 0\n"
        )
    };
    let cases = [
        (living(1_000, 200, ""), "spending", 1.0),
        (living(10_000, 100, &damages(50_000)), "event", 0.5),
        (living(2_000, 100, &damages(1_700)), "spending", 0.2),
    ];
    for (text, word, at_least) in cases {
        let run = Ran::of(&text);
        let id = |word: &str| format!("ruin.cause.{word}.probability");
        let share = run.measure(&id(word));
        assert!(share >= at_least, "{word} {share}");
        // a scenario without events has none
        let takers = ["market", "event", "spending", "inflation"].map(id);
        let sum: f64 = takers.iter().filter(|id| run.has(id)).map(|id| run.measure(id)).sum();
        close("all", sum, run.measure("ruin.probability"), 1e-12);
    }
    // where nothing can be ruined nothing is said
    assert!(!Ran::of(&struck(0.0)).has("ruin.cause.event.probability"));
}

#[test]
fn a_cause_has_one_word() {
    let words: Vec<&str> = causes().collect();
    assert!((1..words.len()).all(|place| !words[..place].contains(&words[place])));
}
