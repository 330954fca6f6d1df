//! Businesses that are built and not bought: their ledger by hand, their chance, their months.

use crate::common::{Ran, asset, close, head};
use crate::estimate::{holds, share};
use crate::verification::SAVER;
use tailwheel::record::{ASSET_VALUE, WEALTH};

/// One product that never closes and pays for no other, told by what it earns.
const PRODUCT: &str = "model = \"mechanism\"\nincome = \"300/month\"\nmultiple = 2.5\nroi_law = \"point\"\nvolatility = 0\n\
                       products = 1\nclosure = 0\nreinvested = 0\n";

fn text(horizon: &str, paths: u32, keys: &str) -> String {
    head(horizon, paths)
        + &asset("course", "digital-product-flywheel", 0.0, &format!("{PRODUCT}{keys}"))
        + SAVER
}

fn run(horizon: &str, paths: u32, keys: &str) -> Ran {
    Ran::of(&text(horizon, paths, keys))
}

#[test]
fn a_launch_is_paid_when_it_is_begun_and_earns_when_it_stands() {
    let keys = "launch = { cost = 400, time = \"2 months\", after = \"1 month\", fails = 0 }";
    // 400 in month 2, 9,000 of value at the end of month 3, 300 a month from month 4 on
    for (months, cash, value) in [(3, 600.0, 9_000.0), (4, 900.0, 9_000.0), (6, 1_500.0, 9_000.0)] {
        let run = run(&format!("{months} months"), 256, keys);
        run.is_on_every_path(ASSET_VALUE.of_object(0), value, 1e-12);
        run.is_on_every_path(WEALTH, cash + value, 1e-12);
    }
    crate::verification::is_replayed_and_conserved(&text("6 months", 256, keys));
}

#[test]
fn what_is_launched_is_from_then_on_the_business_that_it_would_have_been() {
    let site = |months: u32, launch: &str| {
        let keys = format!(
            "model = \"content\"\nvolatility = 0\nroi = \"24 %\"\nroi_law = \"point\"\nniche = 20\nrenewed = 0.3\n\
             updates = \"0/year\"\nfixed_costs = 0.2\nvisits_log_sd = 0\n{launch}"
        );
        let text = head(&format!("{months} months"), 256) + &asset("site", "niche-content", 500.0, &keys);
        Ran::of(&(text + SAVER))
    };
    let (old, new) = (site(36, ""), site(43, "launch = { time = \"7 months\", fails = 0 }"));
    let at_end = |run: &Ran| run.column(ASSET_VALUE.of_object(0))[0];
    assert!(at_end(&old) > 1_500.0);
    close("value", at_end(&new), at_end(&old), 1e-12);
    close("wealth", new.column(WEALTH)[0], old.column(WEALTH)[0], 1e-12);
    let states = [&old, &new].map(|run| run.measure("state.site.visits.mean"));
    close("visits", states[1], states[0], 1e-12);
}

#[test]
fn what_nobody_wants_never_earns_and_has_cost_the_same() {
    let found = |fails: f64| {
        let keys = format!("launch = {{ cost = 400, fails = {fails} }}");
        run("12 months", 40_000, &keys).column(WEALTH).to_vec()
    };
    let failed = |wealth: f64| (wealth - 600.0).abs() < 1e-9;
    let wealth = found(0.54);
    let earned = 600.0 + 11.0 * 300.0 + 9_000.0;
    assert!(wealth.iter().all(|one| failed(*one) || (one - earned).abs() < 1e-9));
    let [found, off] = [wealth, found(0.567)].map(|wealth| share(&wealth, failed));
    holds("share that fails", 0.54, found, off);
}

#[test]
fn more_than_half_of_what_is_launched_fails_where_nothing_is_said_of_it() {
    let stands =
        |keys: &str| share(run("12 months", 40_000, keys).column(WEALTH), |wealth| wealth > 600.0 + 1e-6);
    let found = stands("launch = { cost = 400 }");
    holds("share that earns", 0.46, found, stands("launch = { cost = 400, fails = 0.567 }"));
}

#[test]
fn who_cannot_pay_for_a_launch_is_ruined_and_has_nothing_launched() {
    let keys = "launch = { cost = 1_400, time = \"2 months\", fails = 0 }";
    let little =
        asset("bit", "tokenized-real-estate", 10.0, "roi = 0.05\nroi_law = \"point\"\nvolatility = 0\n");
    let run = Ran::of(&(text("6 months", 256, keys) + &little));
    run.is_on_every_path(WEALTH, 0.0, 0.0);
    close("ruin", run.measure("ruin.probability"), 1.0, 0.0);
}
