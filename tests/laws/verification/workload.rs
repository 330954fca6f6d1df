//! Whole portfolios against independent programs: the comparison workloads.

use crate::common::{column, outcome};
use crate::estimate::{holds, mean, quantile};
use tailwheel::record::WEALTH;

/// Wealth per unit put in at the end of a workload's ten years.
fn growth(text: &str, n_paths: &str) -> Vec<f64> {
    let paths = text.lines().find(|line| line.starts_with("paths")).expect("a workload says its paths");
    let run = outcome(&text.replace(paths, n_paths));
    column(&run, WEALTH).iter().map(|value| value / run.money_in).collect()
}

#[test]
fn w1_has_the_mean_of_its_assets_and_the_quantile_of_direct_draws() {
    const TEXT: &str = include_str!("../../../benches/peers/w1.toml");
    let sample = growth(TEXT, "paths = 200_000");
    let gains: f64 = (0..8).map(|k| (0.8 + 0.2 * f64::from(k)).exp()).sum();
    // an independent program drew 20 million terminal values directly: 5 % quantile 1.38914 … 1.38942
    let shorter = growth(&TEXT.replace("10 years", "114 months"), "paths = 200_000");
    holds("W1 mean", gains / 8.0, mean(&sample), mean(&shorter));
    holds("W1 P05", 1.389_28, quantile(&sample, 0.05), quantile(&shorter, 0.05));
}

#[test]
#[ignore = "slow: part of .ci/run"]
fn w2_has_the_quantile_of_an_independent_program_with_a_hundred_million_paths() {
    const TEXT: &str = include_str!("../../../benches/peers/w2.toml");
    // docs/decisions/0003-w2-quantile.md: 1.33304 ± .00014, median 3.53341
    let sample = growth(TEXT, "paths = 400_000");
    let shorter = growth(&TEXT.replace("10 years", "114 months"), "paths = 400_000");
    holds("W2 P05", 1.333_04, quantile(&sample, 0.05), quantile(&shorter, 0.05));
    holds("W2 P50", 3.533_41, quantile(&sample, 0.50), quantile(&shorter, 0.50));
}
