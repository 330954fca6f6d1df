//! What each asset contributes to the loss: it adds up, it is what one adds up by hand, its intervals hold.

use crate::common::{Ran, asset, close, head, scenario};
use crate::verification::causes::{are_held_at_95_percent, everything, level};
use tailwheel::record::{ASSET_LOSS, ASSET_VALUE};
use tailwheel::scenario::Scenario;

/// What every asset of a run, and the owner, contributes to a figure of the loss.
fn contributions(run: &Ran, scenario: &Scenario, figure: &str) -> f64 {
    let of_assets = scenario.assets.iter().map(|asset| format!("asset.{}.contribution.{figure}", asset.name));
    let of_owner = scenario.owner.as_ref().map(|_| format!("owner.contribution.{figure}"));
    of_assets.chain(of_owner).map(|id| run.measure(&id)).sum()
}

#[test]
fn what_assets_and_the_owner_contribute_is_the_shortfall_and_the_spread() {
    let two = head("2 years", 1_010)
        + &asset("x", "defi-yield-aggregator", 1_000.0, "roi = \"5-15 %\"\n")
        + &asset("y", "niche-content", 500.0, "")
        + "[economy]\ninflation.fixed = \"3 %\"\n";
    let hack =
        "[[event]]\nname = \"hack\"\nkind = \"contract-exploit\"\nasset = \"x\"\nrate = \"0.3/year\"\n";
    let lives = "[owner]\ncash = 100\nspending = \"8/month\"\ntax_rate = \"20 %\"\nsurplus = \"reinvest\"\n";
    for text in [two.clone(), two.clone() + hack, two + hack + lives, everything()] {
        let (scenario, run) = (scenario(&text), Ran::of(&text));
        for (figure, whole) in [("es95", "expected_shortfall.95"), ("sd", "loss.sd")] {
            let sum = contributions(&run, &scenario, figure);
            close(whole, sum, run.measure(whole), 1e-9);
        }
        // power: without its last asset it is another sum
        let last = &scenario.assets[scenario.assets.len() - 1].name;
        let own = run.measure(&format!("asset.{last}.contribution.sd"));
        assert!(own.abs() > 1e-6 * run.measure("loss.sd"), "{last}");
    }
}

#[test]
fn without_an_owner_an_asset_loses_what_its_value_lost_and_nothing_is_left() {
    for inflation in ["0 %", "4 %"] {
        let text = head("3 years", 300)
            + &asset("x", "defi-yield-aggregator", 1_000.0, "roi = \"5-15 %\"\n")
            + &asset("y", "niche-content", 500.0, "")
            + "[[event]]\nname = \"hack\"\nkind = \"contract-exploit\"\nasset = \"x\"\nrate = \"0.3/year\"\n"
            + &format!("[economy]\ninflation.fixed = \"{inflation}\"\n");
        let (scenario, run) = (scenario(&text), Ran::of(&text));
        for (number, opening) in [(0, 1_000.0), (1, 500.0)] {
            let left = run.column(ASSET_VALUE.of_object(number));
            let lost = run.column(ASSET_LOSS.of_object(number));
            for (left, lost) in left.iter().zip(lost) {
                close("lost", *lost, opening - left / level(&scenario), 1e-12);
            }
        }
        for figure in ["es95", "sd"] {
            assert!(!run.has(&format!("owner.contribution.{figure}")));
            let sum = contributions(&run, &scenario, figure);
            let whole = if figure == "sd" { "loss.sd" } else { "expected_shortfall.95" };
            close(whole, sum, run.measure(whole), 1e-12);
        }
    }
}

#[test]
fn with_an_owner_an_asset_loses_what_it_did_not_give_whoever_has_it() {
    // income is taken out and lived on; an event, decay and inflation take of the value
    let claim = "roi = 0.12\nroi_law = \"point\"\nvolatility = 0\nincome_share = 1\ndecay = 0\n";
    let text = head("3 years", 256)
        + &asset("x", "micro-saas-fleet", 1_000.0, claim)
        + &asset("y", "tokenized-real-estate", 1_000.0, claim)
        + "[[event]]\nname = \"hack\"\nkind = \"contract-exploit\"\nasset = \"x\"\nat = \"2028-07\"\n\
           severity = \"40 %\"\ntotal = 0\nreturn_chance = 0\n\
           [owner]\ncash = 50\nspending = \"5/month\"\nsurplus = \"keep\"\n\
           [economy]\ninflation.fixed = \"3 %\"\ncash_rate = 0\n";
    let run = Ran::of(&text);
    let price = |month: i32| 1.03_f64.powf(f64::from(month) / 12.0);
    let rate = 1.12_f64.powf(1.0 / 12.0) - 1.0;
    for (number, struck) in [(0, true), (1, false)] {
        let (mut value, mut lost) = (1_000.0, 0.0);
        for month in 1..=36 {
            lost += value * (1.0 / price(month - 1) - 1.0 / price(month));
            lost -= value * rate / price(month);
            if struck && month == 19 {
                lost += 0.4 * value / price(month);
                value *= 0.6;
            }
        }
        run.is_on_every_path(ASSET_LOSS.of_object(number), lost, 1e-10);
    }
}

#[test]
fn intervals_of_contributions_hold_the_truth() {
    let text = head("2 years", 5_000)
        + &asset("x", "defi-yield-aggregator", 1_000.0, "roi = \"5-15 %\"\nvolatility = 0.3\n")
        + &asset("y", "niche-content", 1_500.0, "volatility = 0.25\n")
        + "[[event]]\nname = \"hack\"\nkind = \"contract-exploit\"\nasset = \"x\"\nrate = \"0.3/year\"\n\
           [owner]\ncash = 100\nspending = \"8/month\"\ntax_rate = \"20 %\"\nsurplus = \"reinvest\"\n";
    let ids = ["asset.x", "asset.y", "owner"]
        .map(|of| ["es95", "sd"].map(|figure| format!("{of}.contribution.{figure}")));
    let ids: Vec<&str> = ids.iter().flatten().map(String::as_str).collect();
    are_held_at_95_percent(&text, &ids);
}
