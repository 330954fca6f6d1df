//! Merton's jump diffusion: mean, variance, skewness and excess kurtosis of the yearly log-return.

use crate::common::{column, outcome};
use crate::estimate::{by_batches, central_moment, holds, mean, standardised};
use tailwheel::record::WEALTH;

/// One year of a market whose diffusive volatility is .2.
fn yearly_log_returns(paths: u32, roi: f64, deviation: f64) -> Vec<f64> {
    let (mean, rate) = (-0.10_f64, 1.0);
    let total = (0.2_f64.powi(2) + rate * (mean.powi(2) + deviation.powi(2))).sqrt();
    let text = format!(
        include_str!("worlds/jumps.toml"),
        paths = paths,
        roi = roi,
        total = total,
        rate = rate,
        mean = mean,
        deviation = deviation
    );
    let wealth = outcome(&text);
    column(&wealth, WEALTH).iter().map(|w| w.ln()).collect()
}

#[test]
fn b07_a_year_of_jump_diffusion_has_the_moments_of_merton() {
    const PATHS: u32 = 3_000_000;
    let sample = yearly_log_returns(PATHS, 0.2, 0.15);
    let other_size = yearly_log_returns(PATHS, 0.2, 0.15 * 1.05);
    holds("B07v variance", 0.0725, central_moment(&sample, 2), central_moment(&other_size, 2));
    let skewness = |sample: &[f64]| by_batches(sample, |part| standardised(part, 3));
    let kurtosis = |sample: &[f64]| by_batches(sample, |part| standardised(part, 4) - 3.0);
    holds("B07s skewness", -0.397_003_83, skewness(&sample), skewness(&other_size));
    holds("B07k excess kurtosis", 0.564_803_8, kurtosis(&sample), kurtosis(&other_size));
}

#[test]
fn b07_compensation_leaves_the_expected_growth_where_the_claim_put_it() {
    const PATHS: u32 = 400_000;
    let growth = |roi: f64| {
        mean(&yearly_log_returns(PATHS, roi, 0.15).iter().map(|log| log.exp()).collect::<Vec<_>>())
    };
    holds("B07m", 1.2, growth(0.2), growth(0.2 * 1.05));
}
