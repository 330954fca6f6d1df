//! Measures of a path: what the columns and figures say of it, against the path itself.

use crate::common::{Ran, asset, close, head};
use tailwheel::record::{
    INCOME_TERMINAL, MAX_DRAWDOWN, REAL_WEALTH, UNIT_VALUE, VOLATILITY, WEALTH, WEALTH_YEAR1,
};

/// One volatile claim without income.
fn volatile(horizon: &str, paths: u32, roi: &str, volatility: f64) -> String {
    let keys = format!(
        "roi = \"{roi}\"\nroi_law = \"point\"\nroi_basis = \"net\"\nincome_share = 0\n\
         volatility = {volatility:?}"
    );
    head(horizon, paths) + &asset("one", "micro-saas-fleet", 100.0, &keys)
}

/// The mean and the percentiles of the report's `id` are `exact`.
fn all_are(run: &Ran, id: &str, exact: f64, tolerance: f64) {
    for figure in ["mean", "p05", "p50", "p95"] {
        let id = format!("{id}.{figure}");
        close(&id, run.measure(&id), exact, tolerance);
    }
}

/// Prices that do not move.
const STILL: &str = "[economy]\ninflation.fixed = 0\n";

/// A portfolio in which everything moves: cash, income, decay, jumps, trades.
fn everything(horizon: &str) -> String {
    head(horizon, 300)
        + &asset("agent", "ai-managed-portfolio", 60_000.0, "roi = \"10-25 %\"")
        + &asset(
            "defi",
            "defi-yield-aggregator",
            40_000.0,
            "jumps = { rate = \"2/year\", mean = -0.1, sd = 0.1 }",
        )
        + &asset("fleet", "micro-saas-fleet", 50_000.0, "")
        + "[owner]\ncash = 9_000\nsurplus = \"reinvest\"\nrebalance = \"3 months\"\n"
}

#[test]
fn a_path_s_volatility_is_the_sample_deviation_of_its_monthly_returns() {
    for horizon in ["2 months", "12 months", "31 months"] {
        // sample paths are in money of the start
        let run = Ran::of(&(everything(horizon) + STILL));
        let found = run.column(VOLATILITY);
        for (path, found) in run.outcome.sample_paths.iter().zip(found) {
            let returns: Vec<f64> = path.windows(2).map(|w| w[1] / w[0] - 1.0).collect();
            let n = returns.len() as f64;
            let center = returns.iter().sum::<f64>() / n;
            let squares: f64 = returns.iter().map(|r| (r - center).powi(2)).sum();
            let exact = (squares / (n - 1.0) * 12.0).sqrt();
            close("volatility", *found, exact, 1e-11);
        }
    }
}

#[test]
fn a_fall_from_the_very_start_is_a_drawdown() {
    for (horizon, years) in [("1 month", 1.0 / 12.0), ("1 year", 1.0), ("5 years", 5.0)] {
        let run = Ran::of(&volatile(horizon, 256, "-20 %", 0.0));
        let exact = 1.0 - 0.8_f64.powf(years);
        run.is_on_every_path(MAX_DRAWDOWN, exact, 1e-12);
        all_are(&run, "drawdown.max", exact, 1e-12);
    }
    Ran::of(&volatile("5 years", 256, "20 %", 0.0)).is_on_every_path(MAX_DRAWDOWN, 0.0, 0.0);
}

#[test]
fn a_path_s_drawdown_is_its_deepest_fall_below_the_highest_value_so_far() {
    let run = Ran::of(&(everything("5 years") + STILL));
    let found = run.column(MAX_DRAWDOWN);
    for (path, found) in run.outcome.sample_paths.iter().zip(found) {
        let (mut peak, mut deepest) = (path[0], 0.0_f64);
        for value in path {
            peak = peak.max(*value);
            deepest = deepest.max(1.0 - value / peak);
        }
        close("drawdown", *found, deepest, 1e-12);
    }
}

#[test]
fn sample_paths_begin_with_the_money_put_in_and_end_with_the_wealth() {
    let run = Ran::of(&everything("31 months"));
    assert_eq!(run.outcome.sample_paths.len(), 8);
    assert_eq!(run.outcome.money_in, 159_000.0);
    let wealth = run.column(REAL_WEALTH);
    for (path, wealth) in run.outcome.sample_paths.iter().zip(wealth) {
        assert_eq!(path.len(), 32);
        assert_eq!((path[0], path[31]), (159_000.0, *wealth));
    }
}

#[test]
fn year_one_is_the_end_of_month_twelve_of_a_path_that_goes_on() {
    let run = Ran::of(&everything("31 months"));
    let year = Ran::of(&everything("12 months"));
    assert_eq!(run.column(WEALTH_YEAR1), year.column(REAL_WEALTH));
    for (path, found) in run.outcome.sample_paths.iter().zip(run.column(WEALTH_YEAR1)) {
        assert_eq!(path[12], *found);
    }
    for id in ["value_at_risk.year1.995", "expected_shortfall.year1.995"] {
        assert_eq!(run.measure(id), year.measure(id));
    }
    assert_eq!(year.column(WEALTH_YEAR1), year.column(REAL_WEALTH));
    // without noise: a tenth is lost, and 2 % of inflation
    let still = volatile("3 years", 256, "-10 %", 0.0) + "[economy]\ninflation.fixed = \"2 %\"\n";
    let still = Ran::of(&still);
    still.is_on_every_path(WEALTH_YEAR1, 90.0 / 1.02, 1e-12);
    close("loss of year 1", still.measure("value_at_risk.year1.995"), 100.0 - 90.0 / 1.02, 1e-12);
}

#[test]
fn unit_value_is_wealth_over_all_the_money_put_in() {
    let run = Ran::of(&everything("31 months"));
    let wealth = run.column(WEALTH);
    for (unit, wealth) in run.column(UNIT_VALUE).iter().zip(wealth) {
        close("unit value", *unit, wealth / 159_000.0, 1e-15);
    }
}

#[test]
fn income_at_the_end_is_the_mean_of_exactly_the_last_twelve_months() {
    // decay makes every month pay less than the one before
    let keys = "roi = \"24 %\"\nroi_law = \"point\"\nincome_share = 1\nvolatility = 0\ndecay = \"60 %/year\"";
    for months in [1_i32, 5, 12, 13, 30] {
        let text = head(&format!("{months} months"), 256)
            + &asset("one", "micro-saas-fleet", 100.0, keys)
            + "[owner]\ncash = 10\n[economy]\ninflation.fixed = \"3 %/year\"\n";
        let run = Ran::of(&text);
        let kept = (-0.6 / 12.0_f64).exp();
        let paid = 1.24_f64.powf(1.0 / 12.0) - 1.0;
        let first = (months - 12).max(0);
        let values: f64 = (first..months).map(|month| 100.0 * kept.powi(month)).sum();
        let exact = paid * values / f64::from(months - first);
        run.is_on_every_path(INCOME_TERMINAL, exact, 1e-12);
        all_are(&run, "income.terminal", exact, 1e-12);
        // each month at its own prices
        let worth = |month: i32| 100.0 * kept.powi(month) * 1.03_f64.powf(-f64::from(month + 1) / 12.0);
        let worth: f64 = (first..months).map(worth).sum();
        all_are(&run, "income.terminal.real", paid * worth / f64::from(months - first), 1e-12);
    }
}

#[test]
fn returns_and_losses_are_told_in_money_of_the_day_and_of_the_start() {
    for (horizon, years) in [("5 months", 5.0 / 12.0), ("1 year", 1.0), ("10 years", 10.0)] {
        for (roi, m) in [("22.9 %", 0.229), ("-8 %", -0.08)] {
            let text = volatile(horizon, 256, roi, 0.0) + "[economy]\ninflation.fixed = \"3 %/year\"\n";
            let run = Ran::of(&text);
            let nominal = 100.0 * (1.0_f64 + m).powf(years);
            let real = nominal / 1.03_f64.powf(years);
            all_are(&run, "wealth.terminal", nominal, 1e-12);
            all_are(&run, "wealth.terminal.real", real, 1e-12);
            all_are(&run, "cagr", m, 1e-11);
            all_are(&run, "cagr.real", (1.0 + m) / 1.03 - 1.0, 1e-11);
            for id in ["value_at_risk.95", "expected_shortfall.99"] {
                close(id, run.measure(id), 100.0 - real, 1e-11);
            }
            let lost = if real < 100.0 { 1.0 } else { 0.0 };
            assert_eq!(run.measure("loss.probability"), lost);
        }
    }
}
