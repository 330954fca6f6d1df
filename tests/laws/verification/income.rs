//! Income: its variation around the mean, and what a loss pays.

use crate::common::{Ran, asset, head, scenario};
use crate::estimate::{deviation, holds, mean};
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
fn varying(months: usize, paths: u32, roi: f64, spread: f64, weeks: f64) -> String {
    let keys = format!(
        "roi = {roi:?}\nroi_law = \"point\"\nroi_basis = \"net\"\nincome_share = 1\n\
         volatility = 0\nincome_log_sd = {spread:?}\nincome_half_life = \"{weeks} weeks\""
    );
    head(&format!("{months} months"), paths) + &asset("one", "defi-yield-aggregator", VALUE, &keys) + INFLATED
}

/// Expected income of a month at the claimed return.
fn expected() -> f64 {
    VALUE * ((1.0 + ROI).powf(1.0 / 12.0) - 1.0)
}

/// ξ of every month, one row per path, from the owner's cash in the book.
fn factors_by_month(months: usize, spread: f64, weeks: f64) -> Vec<Vec<f64>> {
    let plan = Plan::compile(&scenario(&varying(months, 256, ROI, spread, weeks)));
    let cash = plan.record.net_worth[0];
    let level = Level::detect();
    let mut block = Block::new(&plan);
    let mut paths = Vec::new();
    for number in 0..1_000 {
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

/// Share of a deviation of ln ξ that is left after a month.
fn kept() -> f64 {
    0.5_f64.powf(365.25 / 12.0 / 7.0 / WEEKS)
}

#[test]
fn a_year_of_income_averages_out_only_as_fast_as_its_months_are_correlated() {
    // mean of ξ over the last twelve months, one per path
    let factors = |roi: f64, spread: f64, weeks: f64| -> Vec<f64> {
        let run = Ran::of(&varying(30, 300_000, roi, spread, weeks));
        run.column(INCOME_TERMINAL).iter().map(|paid| paid / expected()).collect()
    };
    let sample = factors(ROI, SPREAD, WEEKS);
    holds("mean of ξ, 12 months", 1.0, mean(&sample), mean(&factors(ROI * 1.05, SPREAD, WEEKS)));
    let lags = (0..12).flat_map(|i| (0..12).map(move |j: i32| (j - i).abs()));
    let variance = lags.map(|lag| (SPREAD * SPREAD * kept().powi(lag)).exp() - 1.0).sum::<f64>() / 144.0;
    for off in [factors(ROI, SPREAD * 1.05, WEEKS), factors(ROI, SPREAD, WEEKS * 1.05)] {
        holds("deviation of the 12-month mean of ξ", variance.sqrt(), deviation(&sample), deviation(&off));
    }
}

#[test]
fn income_is_stationary_and_forgets_at_its_half_life() {
    const MONTHS: usize = 24;
    let sample = factors_by_month(MONTHS, SPREAD, WEEKS);
    let slower = factors_by_month(MONTHS, SPREAD, WEEKS * 1.05);
    let wider = factors_by_month(MONTHS, SPREAD * 1.05, WEEKS);
    let covariance = |paths: &[Vec<f64>], lag: usize| {
        let of_path = |path: &Vec<f64>| {
            let pairs = path.iter().zip(&path[lag..]);
            pairs.map(|(a, b)| (a - 1.0) * (b - 1.0)).sum::<f64>() / (MONTHS - lag) as f64
        };
        mean(&paths.iter().map(of_path).collect::<Vec<_>>())
    };
    for lag in [1, 2, 3] {
        let exact = (SPREAD * SPREAD * kept().powi(lag as i32)).exp() - 1.0;
        holds(&format!("{lag} months apart"), exact, covariance(&sample, lag), covariance(&slower, lag));
    }
    for month in [0, 1, MONTHS - 1] {
        let of = |paths: &[Vec<f64>]| deviation(&paths.iter().map(|path| path[month]).collect::<Vec<_>>());
        let exact = ((SPREAD * SPREAD).exp() - 1.0).sqrt();
        holds(&format!("deviation after month {month}"), exact, of(&sample), of(&wider));
    }
}

#[test]
fn a_claimed_loss_takes_from_the_price_and_pays_nothing() {
    let keys =
        "roi = \"-10 %\"\nroi_law = \"point\"\nincome_share = 0.9\nvolatility = 0\ndecay = \"20 %/year\"";
    let text = head("30 months", 256) + &asset("one", "synthetic-media-royalties", VALUE, keys) + INFLATED;
    let run = Ran::of(&text);
    run.is_on_every_path(INCOME_TERMINAL, 0.0, 0.0);
    let left = VALUE * 0.9_f64.powf(2.5) * (-0.2 * 2.5_f64).exp();
    run.is_on_every_path(ASSET_VALUE.of_object(0), left, 1e-12);
}
