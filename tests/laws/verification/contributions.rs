//! What each asset contributes to the loss: it adds up, it is what one adds up by hand, its intervals hold.

use crate::common::{Ran, asset, close, head, scenario};
use crate::verification::causes::{HACK, everything, level, two_assets};
use tailwheel::record::{ASSET_LOSS, ASSET_VALUE};
use tailwheel::scenario::Scenario;

/// Figures of the loss, and what their contributions sum to.
const FIGURES: [(&str, &str); 2] = [("es95", "expected_shortfall.95"), ("sd", "loss.sd")];
const LIVES: &str =
    "[owner]\ncash = 100\nspending = \"8/month\"\ntax_rate = \"20 %\"\nsurplus = \"reinvest\"\n";

/// What every asset of a run, and the owner, contributes to a figure of the loss.
fn contributions(run: &Ran, scenario: &Scenario, figure: &str) -> f64 {
    let of_assets = scenario.assets.iter().map(|asset| format!("asset.{}.contribution.{figure}", asset.name));
    let of_rest = Some(format!("owner.contribution.{figure}")).filter(|id| run.has(id));
    of_assets.chain(of_rest).map(|id| run.measure(&id)).sum()
}

#[test]
fn what_assets_and_the_owner_contribute_is_the_shortfall_and_the_spread() {
    let two = head("2 years", 1_010) + &two_assets("") + "[economy]\ninflation.fixed = \"3 %\"\n";
    // cash and the income of a business belong to no asset, even if nothing has to be paid
    let idle = two.clone() + "[owner]\ncash = 4_000\nsurplus = \"keep\"\n";
    let business = asset("pool", "defi-yield-aggregator", 900.0, "")
        + "[[asset]]\nname = \"tool\"\nclass = \"micro-saas-fleet\"\nmodel = \"mechanism\"\nincome = \"50/month\"\n";
    let business = head("2 years", 1_010) + &business + "[economy]\ninflation.fixed = \"3 %\"\n";
    for text in [two.clone(), two.clone() + HACK, two + HACK + LIVES, idle, business, everything()] {
        let (scenario, run) = (scenario(&text), Ran::of(&text));
        for (figure, whole) in FIGURES {
            close(whole, contributions(&run, &scenario, figure), run.measure(whole), 1e-9);
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
        let economy = format!("[economy]\ninflation.fixed = \"{inflation}\"\n");
        let text = head("3 years", 300) + &two_assets("") + HACK + &economy;
        let (scenario, run) = (scenario(&text), Ran::of(&text));
        for (number, opening) in [(0, 1_000.0), (1, 500.0)] {
            let left = run.column(ASSET_VALUE.of_object(number));
            let lost = run.column(ASSET_LOSS.of_object(number));
            for (left, lost) in left.iter().zip(lost) {
                close("lost", *lost, opening - left / level(&scenario), 1e-12);
            }
        }
        for (figure, whole) in FIGURES {
            assert!(!run.has(&format!("owner.contribution.{figure}")));
            close(whole, contributions(&run, &scenario, figure), run.measure(whole), 1e-12);
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

/// How many intervals of each of `ids` 200 seeds print, and how many of them hold its truth.
fn held(text: &str, ids: &[String], truth: &[f64]) -> Vec<(f64, f64)> {
    let mut counts = vec![(0.0, 0.0); ids.len()];
    for seed in 1_001..=1_200 {
        let run = Ran::of(&text.replace("seed = 17", &format!("seed = {seed}")));
        for ((id, exact), (printed, held)) in ids.iter().zip(truth).zip(&mut counts) {
            if let Some((low, high)) = run.interval(id) {
                *printed += 1.0;
                *held += f64::from(u8::from((low..=high).contains(exact)));
            }
        }
    }
    counts
}

/// Of 5,000 paths, against a run of a million.
#[test]
#[ignore = "slow: part of .ci/run"]
fn intervals_of_contributions_and_of_means_over_the_worst_hold_the_truth() {
    let assets = two_assets("volatility = 0.25\n").replacen("0.25", "0.3", 1).replace("= 500.0", "= 1500.0");
    let text = head("2 years", 5_000) + &assets + HACK + LIVES;
    let objects = ["asset.x", "asset.y", "owner"];
    let causes = ["market", "event", "decay", "income", "drift"];
    let ids = objects.iter().flat_map(|of| FIGURES.map(|(figure, _)| format!("{of}.contribution.{figure}")));
    let ids: Vec<String> = ids.chain(causes.map(|word| format!("cause.{word}.worst5"))).collect();
    let many = Ran::of(&text.replace("paths = 5000", "paths = 1000000"));
    let truth: Vec<f64> = ids.iter().map(|id| many.measure(id)).collect();
    for (id, (printed, held)) in ids.iter().zip(held(&text, &ids, &truth)) {
        assert!(printed > 150.0, "{id}: {printed}");
        let chance = (0.95 * 0.05 * printed).sqrt();
        assert!((held - 0.95 * printed).abs() < 3.8 * chance, "{id}: {held} of {printed}");
    }
    // power: truths moved by two errors of 5,000 paths are held visibly less often
    let moved: Vec<f64> =
        ids.iter().zip(&truth).map(|(id, exact)| exact + 2.0 * 14.14 * many.with_error(id).1).collect();
    for (id, (printed, held)) in ids.iter().zip(held(&text, &ids, &moved)) {
        assert!(held < 0.85 * printed, "{id}: {held} of {printed}");
    }
}
