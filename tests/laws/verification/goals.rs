//! Goals of wealth and of income: months that follow from the claim alone, the chance of a lognormal law.

use crate::common::{Ran, asset, column, head, outcome};
use crate::estimate::{Found, holds, share};
use tailwheel::record::{GOAL_INCOME_FIRST, GOAL_WEALTH_FIRST, TrackId};

const ROI: f64 = 0.2;
const INFLATION: f64 = 0.03;

/// A holding of 100 without noise, of whose return `share` is paid.
fn still(months: u32, share: f64, goal: &str) -> String {
    let keys = format!(
        "roi = {ROI:?}\nroi_law = \"point\"\nroi_basis = \"net\"\nincome_share = {share:?}\nvolatility = 0"
    );
    head(&format!("{months} months"), 256)
        + &asset("one", "micro-saas-fleet", 100.0, &keys)
        + &format!("[economy]\ninflation.fixed = {INFLATION:?}\n[goal]\n{goal}\n")
}

/// What becomes of 1 in `month` months at a yearly rate.
fn grown(rate: f64, month: u32) -> f64 {
    (1.0 + rate).powf(f64::from(month) / 12.0)
}

/// Month `by` of the run.
fn date(by: u32) -> String {
    format!("{}-{:02}", 2027 + (by - 1) / 12, (by - 1) % 12 + 1)
}

/// Without noise: whether it is there in its month, and when for the first time.
fn is_reached(text: &str, of: &str, first: TrackId, by: u32, expected: Option<u32>) {
    let run = Ran::of(text);
    run.is_on_every_path(first, f64::from(expected.unwrap_or(0)), 0.0);
    let is_there = f64::from(expected.is_some_and(|month| month <= by));
    assert_eq!(run.measure(&format!("goal.{of}.probability")), is_there, "{text}");
    let ever = f64::from(expected.is_some());
    assert_eq!(run.measure(&format!("goal.{of}.ever.probability")), ever);
}

#[test]
fn wealth_without_noise_is_reached_in_the_month_that_the_claim_says() {
    let real = |month| 100.0 * grown(ROI, month) / grown(INFLATION, month);
    for (amount, by) in [(real(1), 1), (150.0, 30), (150.0, 31), (150.0, 60), (real(60), 60), (300.0, 60)] {
        let expected = (1..=60).find(|month| real(*month) >= amount * (1.0 - 1e-9));
        let goal = format!("wealth = {{ amount = {amount:?}, by = \"{}\" }}", date(by));
        is_reached(&still(60, 0.0, &goal), "wealth", GOAL_WEALTH_FIRST, by, expected);
    }
}

#[test]
fn income_without_noise_is_reached_with_the_twelve_months_that_have_it_or_all_of_a_shorter_horizon() {
    // reinvested in the holding, income grows with it
    let paid = |month| 100.0 * grown(ROI, month - 1) * (grown(ROI, 1) - 1.0) * 0.5 / grown(INFLATION, month);
    let mean = |first: u32, last: u32| (first..=last).map(paid).sum::<f64>() / f64::from(last - first + 1);
    let year = |month: u32| mean(month - 11, month);
    for (amount, by) in [(year(12), 12), (1.0, 20), (1.0, 60), (year(33), 33), (year(33), 32), (3.0, 60)] {
        let expected = (12..=60).find(|month| year(*month) >= amount * (1.0 - 1e-9));
        let goal = format!("income = {{ amount = \"{amount}/month\", by = \"{}\" }}", date(by));
        is_reached(&still(60, 0.5, &goal), "income", GOAL_INCOME_FIRST, by, expected);
    }
    for (amount, expected) in [(mean(1, 5), Some(5)), (mean(1, 5) * 1.001, None)] {
        let goal = format!("income = {{ amount = \"{amount}/month\" }}");
        is_reached(&still(5, 0.5, &goal), "income", GOAL_INCOME_FIRST, 5, expected);
    }
}

/// Whether 180 are there after four years, on each path of a lognormal law.
fn lognormal(roi: f64) -> Found {
    let text = still(72, 0.0, "wealth = { amount = 180, by = \"2030-12\" }")
        .replace("paths = 256", "paths = 200000")
        .replace("volatility = 0", "volatility = 0.25")
        .replace("roi = 0.2\n", &format!("roi = {roi:?}\n"));
    share(column(&outcome(&text), TrackId::of("goal_wealth")), |is| is > 0.0)
}

#[test]
fn the_chance_of_wealth_is_that_of_the_lognormal_law_in_its_month() {
    // Φ((ln(100/a) + (ln(1+m) − ln(1+i) − σ²/2)·T)/(σ√T)) at four years
    let (amount, sigma, years) = (180.0_f64, 0.25_f64, 4.0_f64);
    let drift = (1.0_f64 + ROI).ln() - (1.0 + INFLATION).ln() - sigma * sigma / 2.0;
    let z = ((100.0 / amount).ln() + drift * years) / (sigma * years.sqrt());
    let exact = tailwheel::math::normal::cdf(z);
    holds("goal of wealth", exact, lognormal(ROI), lognormal(ROI * 1.05));
}

#[test]
fn a_goal_moves_nothing_else() {
    let without = still(24, 0.5, "").replace("[goal]", "");
    let all = "wealth = { amount = 110 }\nincome = { amount = \"1/month\" }";
    let (with, without) = (outcome(&still(24, 0.5, all)), outcome(&without));
    assert_eq!(with.columns.len(), without.columns.len() + 4);
    for column in &without.columns {
        assert_eq!(with.column(column.id), Some(column.values.all()));
    }
}
