//! Sites: visits against the logistic law and the moments of their updates, money against visits.

use crate::common::{Ran, asset, close, head};
use crate::estimate::mean;
use crate::verification::SAVER;
use crate::verification::keys::with_keys;
use tailwheel::record::{ASSET_VALUE, WEALTH};

/// What a site does if nothing is said: no ageing, no updates, no costs, no luck, a full niche.
const STILL: &str = "model = \"content\"\nvolatility = 0\nroi = \"24 %\"\nroi_law = \"point\"\nniche = 1\nrenewed = 1\n\
                     updates = \"0/year\"\nowned_audience = 0\nai_answers = 0\nfixed_costs = 0\nvisits_log_sd = 0\n";

/// A site of 1,000 that is [`STILL`] but for `keys`.
fn run(horizon: &str, paths: u32, keys: &str, owner: &str) -> Ran {
    let site = asset("site", "niche-content", 1_000.0, &with_keys(STILL, keys));
    Ran::of(&(head(horizon, paths) + &site + owner))
}

#[test]
fn b16_visits_grow_as_the_logistic_law() {
    let found = |growth: &str| {
        let keys = format!("niche = 62.5\ngrowth = \"{growth}\"");
        let run = run("2 years", 256, &keys, SAVER);
        // value follows visits on every path
        let visits = run.measure("state.site.visits.mean");
        run.is_on_every_path(ASSET_VALUE.of_object(0), 1_000.0 * visits, 1e-11);
        visits * 800.0
    };
    close("B16", found("300 %/year"), 43_386.084, 1e-8);
    assert!((found("315 %/year") - 43_386.084).abs() > 100.0, "no power");
}

#[test]
fn money_follows_visits_until_costs_are_all_that_comes_in() {
    let keys = "page_half_life = \"10 months\"\nrenewed = 0.2\nfixed_costs = 0.3";
    let run = run("3 years", 256, keys, SAVER);
    let visits = |month: f64| (-(2.0_f64.ln()) * 0.8 / 10.0 * month).exp();
    let power = |month: i32| ((visits(f64::from(month)) - 0.3) / 0.7).max(0.0);
    let money: f64 = (0..36).map(|month| 20.0 * power(month)).sum();
    // the site is given up in the second year
    assert!(power(15) > 0.0 && power(23) == 0.0);
    run.is_on_every_path(ASSET_VALUE.of_object(0), 0.0, 0.0);
    run.is_on_every_path(WEALTH, 1_000.0 + money, 1e-12);
    close("visits", run.measure("state.site.visits.p95"), 0.0, 0.0);
}

/// What an event takes of an income it takes of the revenue: costs stay.
#[test]
fn a_month_without_income_still_costs() {
    let cut = "[[event]]\nname = \"off\"\nkind = \"algorithm-update\"\nasset = \"site\"\nat = \"2027-07\"\n\
               severity = 0.6\nrecovery = \"1 month\"\n";
    // 40 come in a month, 20 are costs; in the seventh 16 come in
    for (owner, cash) in [(SAVER, 1_000.0), ("", 0.0)] {
        let run = run("7 months", 256, "fixed_costs = 0.5", &format!("{owner}{cut}"));
        run.is_on_every_path(WEALTH, cash + 1_000.0 + 6.0 * 20.0 - 4.0, 1e-12);
    }
}

/// Whatever a buyer would pay, what it pays is the same, and nobody buys more of it.
#[test]
fn a_business_without_an_owner_keeps_what_it_paid_beside_it() {
    let paid = 1_000.0 + 120.0 * 20.0;
    run("10 years", 256, "", "").is_on_every_path(WEALTH, paid, 1e-9);
    let volatile = mean(run("10 years", 100_000, "volatility = 0.3", "").column(WEALTH));
    assert!(volatile.agrees_with(paid), "{volatile:?}");
    assert!(!volatile.agrees_with(1.05 * paid));
}

/// Whatever is sold or lost of a business earns no more, and the rest goes on as before.
#[test]
fn what_is_sold_or_lost_of_a_business_earns_no_more() {
    // 20 a month; of 1,000 half has to go in month 7
    let sale = "[owner]\ncash = 0\nsurplus = \"keep\"\nflows = [{ name = \"roof\", amount = -640, at = \"2027-07\" }]\n\
                [economy]\ncash_rate = 0\ninflation.fixed = 0\n";
    let sold = run("1 year", 256, "exit_haircut = 0", sale);
    // 7·20 came in, 500 were sold for the rest; five months of the other half
    sold.is_on_every_path(ASSET_VALUE.of_object(0), 500.0, 1e-12);
    sold.is_on_every_path(WEALTH, 500.0 + 5.0 * 10.0, 1e-12);

    let struck = "[[event]]\nname = \"hack\"\nkind = \"contract-exploit\"\nasset = \"site\"\nat = \"2027-07\"\n\
                  total = 1\nreturn_chance = 0\n";
    let lost = run("1 year", 256, "", &format!("{SAVER}{struck}"));
    lost.is_on_every_path(ASSET_VALUE.of_object(0), 0.0, 0.0);
    // the month of the loss still pays
    lost.is_on_every_path(WEALTH, 1_000.0 + 7.0 * 20.0, 1e-12);
}
