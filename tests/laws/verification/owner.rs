//! The owner's account and what is done with it, against the same rules worked out by hand.

use crate::common::{Ran, asset, close, head};
use tailwheel::record::{ASSET_VALUE, INCOME_TERMINAL, WEALTH};

/// `[owner]` and `[economy]` with a cash rate and `keys`.
fn owner(cash: f64, rate: &str, keys: &str) -> String {
    format!("[owner]\ncash = {cash:?}\n{keys}\n[economy]\ncash_rate = \"{rate}\"\n")
}

#[test]
fn cash_alone_earns_its_yearly_rate_and_that_is_no_income() {
    for (horizon, years) in [("5 months", 5.0 / 12.0), ("1 year", 1.0), ("10 years", 10.0)] {
        for (rate, r) in [("5 %", 0.05), ("-2 %", -0.02), ("0 %", 0.0)] {
            let text = head(horizon, 256)
                + &asset("nothing", "micro-saas-fleet", 0.0, "roi = \"0 %\"")
                + &owner(1_000.0, rate, "surplus = \"keep\"");
            let run = Ran::of(&text);
            let exact = 1_000.0 * (1.0_f64 + r).powf(years);
            run.is_on_every_path(WEALTH, exact, 1e-12);
            run.is_on_every_path(INCOME_TERMINAL, 0.0, 0.0);
            close("mean", run.measure("wealth.terminal.mean"), exact, 1e-12);
            assert_eq!(run.measure("income.terminal.mean"), 0.0);
        }
    }
}

#[test]
fn interest_is_due_on_the_cash_of_the_start_and_not_on_the_income_of_the_month() {
    let keys = "roi = \"22 %\"\nroi_law = \"point\"\nroi_basis = \"net\"\nincome_share = 1\nvolatility = 0";
    let interest = 1.05_f64.powf(1.0 / 12.0) - 1.0;
    let income = 100.0 * (1.22_f64.powf(1.0 / 12.0) - 1.0);
    for months in [1, 2, 7, 30] {
        let text = head(&format!("{months} months"), 256)
            + &asset("pays", "micro-saas-fleet", 100.0, keys)
            + &owner(1_000.0, "5 %", "surplus = \"keep\"");
        let run = Ran::of(&text);
        let grown = (1.0 + interest).powi(months);
        // an annuity paid at the end of each month
        let cash = 1_000.0 * grown + income * (grown - 1.0) / interest;
        run.is_on_every_path(WEALTH, 100.0 + cash, 1e-12);
        run.is_on_every_path(INCOME_TERMINAL, income, 1e-12);
        close("income", run.measure("income.terminal.p50"), income, 1e-12);
    }
}

/// An asset without noise, in the numbers of a month.
#[derive(Clone)]
struct Still {
    name: &'static str,
    class: &'static str,
    value: f64,
    roi: f64,
    share: f64,
    decay: f64,
    cost: f64,
    movable: bool,
}

const CASH: f64 = 24_000.0;

/// Two assets that can be traded and one that cannot, in canonical order.
fn stills() -> [Still; 3] {
    [
        ("agent", "ai-managed-portfolio", 60_000.0, 0.31, 0.8, 0.0, 0.004, true),
        ("fleet", "micro-saas-fleet", 80_000.0, 0.28, 0.9, 0.23, 0.5, false),
        ("house", "tokenized-real-estate", 20_000.0, 0.07, 0.5, 0.0, 0.02, true),
    ]
    .map(|(name, class, value, roi, share, decay, cost, movable)| Still {
        name,
        class,
        value,
        roi,
        share,
        decay,
        cost,
        movable,
    })
}

fn text_of(assets: &[Still], months: u32, keys: &str) -> String {
    let text = |still: &Still| {
        let Still { name, class, value, roi, share, decay, cost, movable } = still;
        let keys = format!(
            "roi = {roi:?}\nroi_law = \"point\"\nincome_share = {share:?}\ndecay = \"{} %/year\"\n\
             volatility = 0\ntrade_cost = {cost:?}\nmovable = {movable}",
            decay * 100.0
        );
        asset(name, class, *value, &keys)
    };
    let assets: String = assets.iter().map(text).collect();
    head(&format!("{months} months"), 256) + &assets + &owner(CASH, "3 %", keys)
}

/// Weights of the opening values of what is movable.
fn weights(assets: &[Still]) -> Vec<f64> {
    let weight = |still: &Still| if still.movable { still.value } else { 0.0 };
    let total: f64 = assets.iter().map(weight).sum();
    assets.iter().map(|still| weight(still) / total).collect()
}

/// Sells what is above its weight and buys what is below, each trade at its cost.
fn rebalance(values: &mut [f64], weights: &[f64], costs: &[f64]) {
    let movable = || (0..weights.len()).filter(move |k| weights[*k] > 0.0);
    let total: f64 = movable().map(|k| values[k]).sum();
    let gaps: Vec<(usize, f64)> = movable().map(|k| (k, weights[k] * total - values[k])).collect();
    let proceeds: f64 = gaps.iter().map(|(k, gap)| (-gap).max(0.0) * (1.0 - costs[*k])).sum();
    let wanted: f64 = gaps.iter().map(|(_, gap)| gap.max(0.0)).sum();
    for (k, gap) in gaps {
        values[k] += if gap > 0.0 { proceeds * gap / wanted * (1.0 - costs[k]) } else { gap };
    }
}

/// Values of the assets and cash after `months`, by the order of operations of the manual.
fn by_hand(assets: &[Still], months: u32, reinvested: f64, every: Option<u32>) -> (Vec<f64>, f64) {
    let interest = 1.03_f64.powf(1.0 / 12.0) - 1.0;
    let weights = weights(assets);
    let costs: Vec<f64> = assets.iter().map(|still| still.cost).collect();
    let mut values: Vec<f64> = assets.iter().map(|still| still.value).collect();
    let mut cash = CASH;
    for month in 1..=months {
        cash += cash * interest;
        for (value, still) in values.iter_mut().zip(assets) {
            let surplus = (1.0 + still.roi).powf(1.0 / 12.0) - 1.0;
            cash += still.share * surplus * *value;
            *value *= (1.0 + (1.0 - still.share) * surplus) * (-still.decay / 12.0).exp();
        }
        if every.is_some_and(|every| month % every == 0) {
            rebalance(&mut values, &weights, &costs);
        }
        if weights.iter().sum::<f64>() > 0.0 {
            let invested = reinvested * (cash - CASH).max(0.0);
            cash -= invested;
            for (k, value) in values.iter_mut().enumerate() {
                *value += invested * weights[k] * (1.0 - costs[k]);
            }
        }
    }
    (values, cash)
}

fn follows(assets: &[Still], months: u32, keys: &str, reinvested: f64, every: Option<u32>) -> f64 {
    let run = Ran::of(&text_of(assets, months, keys));
    let (values, cash) = by_hand(assets, months, reinvested, every);
    for (index, exact) in (0..).zip(&values) {
        run.is_on_every_path(ASSET_VALUE.of_object(index), *exact, 1e-11);
    }
    let wealth = cash + values.iter().sum::<f64>();
    run.is_on_every_path(WEALTH, wealth, 1e-11);
    cash
}

#[test]
fn surplus_is_what_exceeds_the_buffer_and_buys_by_opening_weights_at_cost() {
    for months in [1, 2, 25] {
        let cash = follows(&stills(), months, "surplus = \"reinvest\"", 1.0, None);
        close("cash is the buffer again", cash, CASH, 1e-12);
        follows(&stills(), months, "surplus = 0.4", 0.4, None);
        let kept = follows(&stills(), months, "surplus = \"keep\"", 0.0, None);
        assert!(kept > CASH);
    }
}

#[test]
fn a_surplus_that_can_buy_nothing_is_kept() {
    let mut nothing_movable = stills();
    nothing_movable.iter_mut().for_each(|still| still.movable = false);
    let mut nothing_there = stills();
    for still in nothing_there.iter_mut().filter(|still| still.movable) {
        still.value = 0.0;
    }
    let keys = "surplus = \"reinvest\"\nrebalance = \"1 month\"";
    for assets in [nothing_movable, nothing_there] {
        let [run, kept] = [keys, "surplus = \"keep\""].map(|keys| Ran::of(&text_of(&assets, 12, keys)));
        for id in [WEALTH, ASSET_VALUE.of_object(0), ASSET_VALUE.of_object(2)] {
            assert_eq!(run.column(id), kept.column(id), "{id:?}");
        }
    }
}

#[test]
fn rebalancing_happens_in_its_months_only_and_before_the_surplus_is_invested() {
    for every in [1, 3, 12] {
        for months in [2, 3, 4, 11, 12, 13] {
            for (surplus, reinvested) in [("keep", 0.0), ("reinvest", 1.0)] {
                let keys = format!("rebalance = \"{every} months\"\nsurplus = \"{surplus}\"");
                follows(&stills(), months, &keys, reinvested, Some(every));
            }
        }
    }
}

#[test]
fn rebalancing_follows_every_path_of_volatile_assets() {
    const PATHS: usize = 512;
    let text = |months: u32, keys: &str| {
        let volatile = "roi = \"10 %\"\nroi_law = \"point\"\nincome_share = 0\nvolatility = 0.8";
        head(&format!("{months} months"), PATHS as u32)
            + &asset("a", "ai-managed-portfolio", 60_000.0, volatile)
            + &asset("b", "tokenized-real-estate", 40_000.0, volatile)
            + &asset("c", "defi-yield-aggregator", 50_000.0, volatile)
            + &owner(0.0, "0 %", keys)
    };
    let held: Vec<Ran> = (1..=7).map(|months| Ran::of(&text(months, ""))).collect();
    let opening = [60_000.0, 40_000.0, 50_000.0];
    let weights = opening.map(|value| value / 150_000.0);
    let costs = [0.001, 0.02, 0.003];
    for months in [2, 3, 5, 6, 7] {
        let traded = Ran::of(&text(months, "rebalance = \"3 months\""));
        for path in 0..PATHS {
            let mut values = opening;
            for month in 0..months as usize {
                for (asset, value) in values.iter_mut().enumerate() {
                    let id = ASSET_VALUE.of_object(asset as u16);
                    let before = match month {
                        0 => opening[asset],
                        _ => held[month - 1].column(id)[path],
                    };
                    *value *= held[month].column(id)[path] / before;
                }
                if (month + 1) % 3 == 0 {
                    rebalance(&mut values, &weights, &costs);
                }
            }
            for (asset, exact) in values.iter().enumerate() {
                let found = traded.column(ASSET_VALUE.of_object(asset as u16))[path];
                close(&format!("asset {asset} of path {path}"), found, *exact, 1e-11);
            }
        }
    }
}
