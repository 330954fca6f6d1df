//! What a wealth sustains, by hand: the sale of everything, ruin, the spending that it is held against.

use crate::common::{Ran, asset, close, head, scenario};
use crate::verification::texts::keeps;
use tailwheel::plan::sustaining;
use tailwheel::record::TrackId;

/// A fund of 100,000 that doubles in ten years, sold at a tenth off, beside cash of 20,000.
fn fund(owner: &str) -> String {
    let keys = format!(
        "roi = {:?}\nroi_law = \"point\"\nvolatility = 0\nincome_share = 0\nexit_haircut = 0.1\n",
        2.0_f64.powf(0.1) - 1.0
    );
    let owner = keeps(&format!("cash = 20_000\n{owner}"));
    head("10 years", 256) + &asset("x", "index-fund", 100_000.0, &keys) + &owner
}

/// Its share that can be spent in a year: half shares, half bonds, by the values of the catalog.
fn rate(text: &str) -> f64 {
    sustaining(&scenario(text)).expect("there is an owner").rate()
}

const SUSTAINABLE: TrackId = TrackId::of("sustainable");

#[test]
fn the_mix_and_its_rate_are_those_of_the_catalog() {
    let law = sustaining(&scenario(&fund(""))).expect("there is an owner");
    // (1 + (9 % + 4.3 %)/2)/(1 + 2.5 %); 16.5 % and 5 %, correlated 0.15
    close("growth", law.growth, (1.0665_f64 / 1.025).ln(), 1e-12);
    let variance = 0.25 * (0.165_f64.powi(2) + 0.05_f64.powi(2) + 2.0 * 0.15 * 0.165 * 0.05);
    close("volatility", law.volatility, variance.sqrt(), 1e-12);
    assert!((law.rate() - 0.0266).abs() < 5e-5, "{}", law.rate());
    let endless = fund("remaining_life = \"never\"");
    assert!(rate(&endless) < law.rate());
}

#[test]
fn what_is_sustained_is_a_share_of_what_a_sale_brings() {
    let text = fund("");
    let month = rate(&text) / 12.0;
    Ran::of(&text).is_on_every_path(SUSTAINABLE, month * (20_000.0 + 200_000.0 - 20_000.0), 1e-9);
    // a fifth of the gain, which is what is left of 200,000 after the haircut, less what was paid
    let taxed = fund("gains_tax_rate = \"20 %\"\ntax_rate = 0");
    let exact = rate(&taxed) / 12.0 * (200_000.0 - 0.2 * 80_000.0);
    Ran::of(&taxed).is_on_every_path(SUSTAINABLE, exact, 1e-9);
    // in money of the start
    let dear = text.replace("inflation.fixed = 0", "inflation.fixed = \"3 %\"");
    Ran::of(&dear).is_on_every_path(SUSTAINABLE, month * 200_000.0 / 1.03_f64.powi(10), 1e-9);
}

#[test]
fn nothing_is_sustained_after_ruin_and_nothing_known_without_an_owner() {
    let ruined = Ran::of(&fund("spending = \"5_000/month\""));
    assert_eq!(ruined.measure("ruin.probability"), 1.0);
    ruined.is_on_every_path(SUSTAINABLE, 0.0, 0.0);
    assert_eq!(ruined.measure("spending.sustainable.covers.probability"), 0.0);
    let text = fund("");
    let start = text.find("[owner]").expect("there is an owner");
    let end = text.find("[economy]").expect("it stands behind");
    assert!(!Ran::of(&(text[..start].to_owned() + &text[end..])).has("spending.sustainable.p50"));
}

#[test]
fn it_is_held_against_the_spending_of_the_last_phase() {
    let covers = |owner: &str| {
        let run = Ran::of(&fund(owner));
        let id = "spending.sustainable.covers.probability";
        run.has(id).then(|| run.measure(id))
    };
    assert_eq!(covers(""), None);
    // some 440 a month are sustained by 200,000
    assert_eq!(covers("spending = \"100/month\""), Some(1.0));
    assert_eq!(covers("spending = \"500/month\""), Some(0.0));
    let phases = |last: &str| {
        format!(
            "spending = [{{ amount = \"500/month\", from = \"2027-01\" }}, {{ amount = \"{last}/month\", from = \"2036-06\" }}]"
        )
    };
    assert_eq!(covers(&phases("100")), Some(1.0));
    assert_eq!(covers(&phases("800")), Some(0.0));
    assert_eq!(covers(&phases("0")), None);
}
