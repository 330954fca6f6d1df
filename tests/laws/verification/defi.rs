//! A yield of pools: a base that varies, incentives that fade, a spread for those who move.

use crate::common::{Ran, asset, close, head, scenario};
use crate::verification::INFLATED;
use tailwheel::record::{ASSET_VALUE, INCOME_TERMINAL, WEALTH};

/// Opening value; the price stands still.
const VALUE: f64 = 100.0;

/// A position whose income goes to its owner.
fn pools(months: u32, keys: &str) -> String {
    let keys = format!("model = \"mechanism\"\nroi_law = \"point\"\nvolatility = 0\n{keys}");
    head(&format!("{months} months"), 256) + &asset("one", "defi-yield-aggregator", VALUE, &keys) + INFLATED
}

#[test]
fn incentives_of_eighteen_points_above_a_base_of_five_leave_18_12_and_8_per_cent() {
    // base and incentives of three years at a net yield of 23 % in the first month
    for (months, rounded) in [(12, 0.1836), (24, 0.1168), (36, 0.0834)] {
        let all = scenario(&pools(months, "roi = \"23 %\"")).assets[0].kind.expected(months);
        let found: f64 = all[months as usize - 12..].iter().map(|month| month.income).sum();
        assert!((found - rounded).abs() < 0.5e-4, "{months}: {found}");
        let fades = |month: u32| 0.18 * 0.5_f64.powf(f64::from(month) / 12.0) / 12.0;
        let exact = 0.05 + (months - 12..months).map(fades).sum::<f64>();
        close("expected", found, exact, 1e-12);
        let run = Ran::of(&pools(months, "roi = \"23 %\"\nincome_log_sd = 0"));
        run.is_on_every_path(INCOME_TERMINAL, VALUE * exact / 12.0, 1e-12);
    }
}

#[test]
fn a_yield_below_the_base_has_no_incentives_and_stays() {
    for (roi, months) in [(0.0, 12), (0.03, 12), (0.05, 12), (0.0, 36), (0.03, 36), (0.05, 36)] {
        let run = Ran::of(&pools(months, &format!("roi = {roi:?}\nincome_log_sd = 0")));
        run.is_on_every_path(INCOME_TERMINAL, VALUE * roi / 12.0, 1e-12);
    }
}

#[test]
fn moving_earns_the_mean_of_a_spread_that_closes_and_costs_a_share_of_the_value() {
    for (every, cost, spread, half_life) in
        [(0.25, 0.001, 0.08, 0.2), (1.0, 0.01, 0.15, 0.5), (3.0, 0.0, 0.06, 12.0)]
    {
        let keys = format!(
            "roi = \"23 %\"\nincome_log_sd = 0\nrebalance = \"{every} months\"\nspread = {spread:?}\n\
             spread_half_life = \"{half_life} months\"\nbridge_cost = {cost:?}"
        );
        // mean of the closing spread by the midpoint rule
        let parts = 20_000;
        let at = |part: i32| every * (f64::from(part) + 0.5) / f64::from(parts);
        let found = (0..parts).map(|part| 0.5_f64.powf(at(part) / half_life));
        let found = spread * found.sum::<f64>() / f64::from(parts);
        let left = (1.0_f64 - cost).powf(1.0 / every);
        let steady = 0.05 + found;
        let incentive = 0.23 + 12.0 * (1.0 - left) - steady;
        for months in [1_u32, 12, 30] {
            let run = Ran::of(&pools(months, &keys));
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
