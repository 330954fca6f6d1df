//! Income: its variation around the mean, and the value it is due on.

use crate::common::{Ran, asset, close, head, scenario};
use crate::estimate::{Found, by_batches, central_moment, holds, mean};
use crate::verification::INFLATED;
use tailwheel::engine::Block;
use tailwheel::plan::Plan;
use tailwheel::record::{ASSET_VALUE, INCOME_TERMINAL};
use tailwheel::stage::Level;

/// Opening value of the one asset of these tests.
const VALUE: f64 = 100.0;
/// Claimed return per year, all of it paid out.
const ROI: f64 = 0.22;
/// Stationary standard deviation of ln ξ.
const SPREAD: f64 = 0.43;
/// Half-life of a deviation, in weeks; a month has 365.25/12/7 of them.
const WEEKS: f64 = 6.0;

/// An asset whose price stands still, so that its income is `VALUE·(G − 1)·ξ`.
fn varying(horizon: &str, paths: u32, roi: f64, spread: f64, weeks: f64) -> String {
    let keys = format!(
        "roi = {roi:?}\nroi_law = \"point\"\nroi_basis = \"net\"\nincome_share = 1\n\
         volatility = 0\nincome_log_sd = {spread:?}\nincome_half_life = \"{weeks} weeks\""
    );
    head(horizon, paths) + &asset("one", "defi-yield-aggregator", VALUE, &keys) + INFLATED
}

/// Expected income of a month at the claimed return.
fn expected() -> f64 {
    VALUE * ((1.0 + ROI).powf(1.0 / 12.0) - 1.0)
}

/// Mean of ξ over the last twelve months (or all there are), one per path.
fn factors(horizon: &str, paths: u32, roi: f64, spread: f64, weeks: f64) -> Vec<f64> {
    let run = Ran::of(&varying(horizon, paths, roi, spread, weeks));
    let income = run.column(INCOME_TERMINAL);
    income.iter().map(|paid| paid / expected()).collect()
}

/// ξ of every month, one row per path, from the owner's cash in the book.
fn factors_by_month(months: usize, blocks: u64, spread: f64, weeks: f64) -> Vec<Vec<f64>> {
    let plan = Plan::compile(&scenario(&varying(&format!("{months} months"), 256, ROI, spread, weeks)));
    let cash = plan.record.net_worth[0];
    let level = Level::detect();
    let mut block = Block::new(&plan);
    let mut paths = Vec::new();
    for number in 0..blocks {
        block.open(&plan, level, number);
        let first = paths.len();
        paths.resize(first + 256, Vec::with_capacity(months));
        let mut before = [0.0; 256];
        for _ in 0..months {
            block.advance(&plan, level);
            let now = block.worlds[0].book.value(cash);
            for lane in 0..256 {
                paths[first + lane].push((now[lane] - before[lane]) / expected());
                before[lane] = now[lane];
            }
        }
    }
    paths
}

fn deviation(sample: &[f64]) -> Found {
    by_batches(sample, |part| central_moment(part, 2).value.sqrt())
}

/// Share of a deviation of ln ξ that is left after a month.
fn kept() -> f64 {
    0.5_f64.powf(365.25 / 12.0 / 7.0 / WEEKS)
}

#[test]
fn income_has_its_mean_and_its_spread_from_the_first_month_on() {
    const PATHS: u32 = 400_000;
    let sample = factors("1 month", PATHS, ROI, SPREAD, WEEKS);
    let higher = factors("1 month", PATHS, ROI * 1.05, SPREAD, WEEKS);
    let wider = factors("1 month", PATHS, ROI, SPREAD * 1.05, WEEKS);
    holds("mean of ξ, month 1", 1.0, mean(&sample), mean(&higher));
    let exact = ((SPREAD * SPREAD).exp() - 1.0).sqrt();
    holds("deviation of ξ, month 1", exact, deviation(&sample), deviation(&wider));
}

#[test]
fn a_year_of_income_averages_out_only_as_fast_as_its_months_are_correlated() {
    const PATHS: u32 = 300_000;
    let sample = factors("30 months", PATHS, ROI, SPREAD, WEEKS);
    let higher = factors("30 months", PATHS, ROI * 1.05, SPREAD, WEEKS);
    let wider = factors("30 months", PATHS, ROI, SPREAD * 1.05, WEEKS);
    let slower = factors("30 months", PATHS, ROI, SPREAD, WEEKS * 1.05);
    holds("mean of ξ, 12 months", 1.0, mean(&sample), mean(&higher));
    let variance: f64 = (0..12)
        .flat_map(|i| (0..12).map(move |j: i32| (j - i).abs()))
        .map(|lag| (SPREAD * SPREAD * kept().powi(lag)).exp() - 1.0)
        .sum::<f64>()
        / 144.0;
    for off in [&wider, &slower] {
        holds("deviation of the 12-month mean of ξ", variance.sqrt(), deviation(&sample), deviation(off));
    }
}

#[test]
fn income_is_stationary_and_forgets_at_its_half_life() {
    const MONTHS: usize = 24;
    let sample = factors_by_month(MONTHS, 1_000, SPREAD, WEEKS);
    let slower = factors_by_month(MONTHS, 1_000, SPREAD, WEEKS * 1.05);
    let wider = factors_by_month(MONTHS, 1_000, SPREAD * 1.05, WEEKS);
    let covariance = |paths: &[Vec<f64>], lag: usize| {
        let of_path = |path: &Vec<f64>| {
            let pairs = path.iter().zip(&path[lag..]);
            pairs.map(|(a, b)| (a - 1.0) * (b - 1.0)).sum::<f64>() / (MONTHS - lag) as f64
        };
        mean(&paths.iter().map(of_path).collect::<Vec<_>>())
    };
    for lag in [1, 2, 3] {
        let exact = (SPREAD * SPREAD * kept().powi(lag as i32)).exp() - 1.0;
        holds(
            &format!("autocovariance of ξ, {lag} months"),
            exact,
            covariance(&sample, lag),
            covariance(&slower, lag),
        );
    }
    for month in [0, 1, MONTHS - 1] {
        let of = |paths: &[Vec<f64>]| deviation(&paths.iter().map(|path| path[month]).collect::<Vec<_>>());
        let exact = ((SPREAD * SPREAD).exp() - 1.0).sqrt();
        let id = format!("deviation of ξ, month {}", month + 1);
        holds(&id, exact, of(&sample), of(&wider));
    }
}

/// A claim that pays a share of its return, fluctuates and decays.
fn paying(months: u32, roi: &str, share: f64) -> String {
    let keys = format!(
        "roi = \"{roi}\"\nroi_law = \"point\"\nincome_share = {share:?}\nvolatility = 0.6\n\
         decay = \"20 %/year\""
    );
    head(&format!("{months} months"), 512)
        + &asset("one", "synthetic-media-royalties", VALUE, &keys)
        + "[owner]\ncash = 50\n[economy]\ncash_rate = \"3 %\"\n"
}

#[test]
fn income_is_due_on_the_value_at_the_start_of_the_month_whatever_the_month_does_to_it() {
    for share in [1.0, 0.7] {
        let rate = share * (1.24_f64.powf(1.0 / 12.0) - 1.0);
        let runs: Vec<Ran> = (1..=3).map(|months| Ran::of(&paying(months, "24 %", share))).collect();
        let value = |months: usize, path: usize| match months {
            0 => VALUE,
            _ => runs[months - 1].column(ASSET_VALUE.of_object(0))[path],
        };
        let fallen = (0..512).filter(|path| value(1, *path) < VALUE).count();
        assert!((100..500).contains(&fallen), "{fallen} of 512 paths fell");
        for (index, run) in runs.iter().enumerate() {
            let months = index + 1;
            for (path, found) in run.column(INCOME_TERMINAL).iter().enumerate() {
                let starts: f64 = (0..months).map(|month| value(month, path)).sum();
                let what = format!("income of path {path} over {months} months");
                close(&what, *found, rate * starts / months as f64, 1e-12);
            }
        }
    }
}

#[test]
fn a_claimed_loss_takes_from_the_price_and_pays_nothing() {
    let text = paying(30, "-10 %", 0.9).replace("volatility = 0.6", "volatility = 0");
    let run = Ran::of(&text);
    run.is_on_every_path(INCOME_TERMINAL, 0.0, 0.0);
    let left = VALUE * 0.9_f64.powf(2.5) * (-0.2 * 2.5_f64).exp();
    run.is_on_every_path(ASSET_VALUE.of_object(0), left, 1e-12);
}
