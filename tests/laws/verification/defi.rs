//! A yield of pools: a base that varies, incentives that fade, a spread for those who move.

use crate::common::{Ran, asset, close, head, scenario};
use crate::estimate::{Found, by_batches, central_moment, holds, mean};
use crate::verification::INFLATED;
use tailwheel::record::{ASSET_VALUE, INCOME_TERMINAL, WEALTH};

/// Opening value; the price stands still.
const VALUE: f64 = 100.0;

/// A position whose income goes to its owner.
fn pools(months: u32, paths: u32, keys: &str) -> String {
    let keys = format!("model = \"mechanism\"\nroi_law = \"point\"\nvolatility = 0\n{keys}");
    head(&format!("{months} months"), paths) + &asset("one", "defi-yield-aggregator", VALUE, &keys) + INFLATED
}

/// Yield of the twelve months up to `months`, per path.
fn yields(months: u32, paths: u32, keys: &str) -> Vec<f64> {
    let run = Ran::of(&pools(months, paths, keys));
    let income = run.column(INCOME_TERMINAL);
    income.iter().map(|paid| 12.0 * paid / VALUE).collect()
}

/// Base and incentives of years 1, 2, 3 at a net yield of 23 % in the first month.
const BY_YEAR: [(u32, f64); 3] = [(12, 0.1836), (24, 0.1168), (36, 0.0834)];

/// What is expected of the year that ends with month `to`.
fn expected(to: u32, keys: &str) -> f64 {
    let months = scenario(&pools(to, 1, keys)).assets[0].kind.expected(to);
    let year = &months[to as usize - 12..];
    year.iter().map(|month| month.income).sum()
}

#[test]
fn incentives_of_eighteen_points_above_a_base_of_five_leave_18_12_and_8_per_cent() {
    for (months, rounded) in BY_YEAR {
        let found = expected(months, "roi = \"23 %\"");
        assert!((found - rounded).abs() < 0.5e-4, "{months}: {found}");
        let fades = |month: u32| 0.18 * 0.5_f64.powf(f64::from(month) / 12.0) / 12.0;
        let exact = 0.05 + (months - 12..months).map(fades).sum::<f64>();
        close("expected", found, exact, 1e-12);
        let still = "roi = \"23 %\"\nincome_log_sd = 0";
        Ran::of(&pools(months, 256, still)).is_on_every_path(INCOME_TERMINAL, VALUE * exact / 12.0, 1e-12);
        // the base varies around its mean, so the mean of all paths is that of the one without
        let sample = yields(months, 200_000, "roi = \"23 %\"");
        let other = yields(months, 200_000, "roi = \"23 %\"\nbase_yield = \"5.25 %\"");
        holds("mean yield of a year", exact, mean(&sample), mean(&other));
    }
}

#[test]
fn only_the_base_varies_and_a_year_of_it_as_a_stationary_process_does() {
    let deviation = |keys: &str| -> Found {
        let sample = yields(24, 200_000, keys);
        by_batches(&sample, |part| central_moment(part, 2).value.sqrt())
    };
    let (spread, kept) = (0.43_f64, 0.5_f64.powf(365.25 / 12.0 / 7.0 / 6.0));
    let lags = (0..12).flat_map(|i| (0..12).map(move |j: i32| (i - j).abs()));
    let variance: f64 = lags.map(|lag| (spread * spread * kept.powi(lag)).exp() - 1.0).sum();
    let exact = 0.05 * variance.sqrt() / 12.0;
    for off in ["base_yield = \"5.25 %\"", "income_log_sd = 0.4515", "income_half_life = \"6.3 weeks\""] {
        let other = deviation(&format!("roi = \"23 %\"\n{off}"));
        holds("deviation of a year", exact, deviation("roi = \"23 %\""), other);
    }
}

#[test]
fn a_yield_below_the_base_has_no_incentives_and_stays() {
    for roi in ["0 %", "3 %", "5 %"] {
        let share: f64 = roi.trim_end_matches(" %").parse::<f64>().expect("a number") / 100.0;
        let keys = format!("roi = \"{roi}\"\nincome_log_sd = 0");
        for months in [12, 36] {
            let run = Ran::of(&pools(months, 256, &keys));
            run.is_on_every_path(INCOME_TERMINAL, VALUE * share / 12.0, 1e-12);
        }
    }
}

/// A position that moves every `every` months at `cost`, to `spread` that halves in `half_life` months.
fn moving(every: f64, cost: f64, spread: f64, half_life: f64) -> String {
    format!(
        "roi = \"23 %\"\nincome_log_sd = 0\nrebalance = \"{every} months\"\nspread = {spread:?}\n\
         spread_half_life = \"{half_life} months\"\nbridge_cost = {cost:?}"
    )
}

#[test]
fn moving_earns_the_mean_of_a_spread_that_closes_and_costs_a_share_of_the_value() {
    for (every, cost, spread, half_life) in
        [(0.25, 0.001, 0.08, 0.2), (1.0, 0.01, 0.15, 0.5), (3.0, 0.0, 0.06, 12.0)]
    {
        let text = moving(every, cost, spread, half_life);
        // mean of the closing spread by the midpoint rule
        let parts = 20_000;
        let at = |part: i32| every * (f64::from(part) + 0.5) / f64::from(parts);
        let found = (0..parts).map(|part| 0.5_f64.powf(at(part) / half_life));
        let found = spread * found.sum::<f64>() / f64::from(parts);
        let left = (1.0 - cost).powf(1.0 / every);
        let steady = 0.05 + found;
        let incentive = 0.23 + 12.0 * (1.0 - left) - steady;
        for months in [1_u32, 12, 30] {
            let run = Ran::of(&pools(months, 256, &text));
            let kept = VALUE * left.powi(months as i32);
            run.is_on_every_path(ASSET_VALUE.of_object(0), kept, 1e-12);
            let of = |month: u32| {
                let fading = incentive * 0.5_f64.powf(f64::from(month) / 12.0);
                VALUE * left.powi(month as i32) * (steady + fading) / 12.0
            };
            let paid: f64 = (0..months).map(of).sum();
            run.is_on_every_path(WEALTH, kept + paid, 1e-8);
        }
    }
}

#[test]
fn moving_too_often_costs_more_than_it_finds_and_too_seldom_finds_little() {
    let after_three_years = |every: f64| {
        let keys = moving(every, 0.001, 0.20, 0.25);
        Ran::of(&pools(36, 1, &keys)).column(WEALTH)[0]
    };
    let [daily, monthly, yearly] = [0.033, 1.0, 12.0].map(after_three_years);
    assert!(daily < yearly && yearly < monthly, "{daily} {monthly} {yearly}");
}
