//! Correlation that an active loop adds: in a stress month, and of a loop that only sells.

use crate::crash_laws::agree::exactly;
use crate::crash_laws::closed::{fluid_response, response};
use crate::crash_laws::markets::{equal_markets, three_by_two};
use crate::crash_laws::months::Normals;
use crate::estimate::{Found, by_batches, holds, mean};
use tailwheel::crash::System;

/// Covariance (I−M)⁻¹ Σ (I−M)⁻ᵀ, from the library's responses to the columns of a root of Σ.
fn active_covariance(system: &System, root: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let responses: Vec<Vec<f64>> =
        root.iter().map(|column| response(system, column).expect("a gain below one")).collect();
    let n = system.n_markets();
    let entry = |i: usize, j: usize| responses.iter().map(|z| z[i] * z[j]).sum();
    (0..n).map(|i| (0..n).map(|j| entry(i, j)).collect()).collect()
}

fn correlation(covariance: &[Vec<f64>], i: usize, j: usize) -> f64 {
    covariance[i][j] / (covariance[i][i] * covariance[j][j]).sqrt()
}

#[test]
fn a13_a14_an_active_loop_correlates_independent_markets() {
    let unit = [vec![1.0, 0.0], vec![0.0, 1.0]];
    let of = |gain: f64| correlation(&active_covariance(&equal_markets(2, gain, 1.0), &unit), 0, 1);
    exactly("A13", 0.6, of(0.5), of(0.525));
    exactly("A14", 0.923_076_923_076_923_1, of(0.8), of(0.84));
}

#[test]
fn an_active_loop_adds_to_base_correlation_by_the_closed_form() {
    let (m, base) = (5_usize, 0.2_f64);
    // a root of the matrix with 1 on and `base` off the diagonal: one common factor, m own ones
    let mut root: Vec<Vec<f64>> = vec![vec![base.sqrt(); m]];
    root.extend((0..m).map(|own| {
        let mut column = vec![0.0; m];
        column[own] = (1.0 - base).sqrt();
        column
    }));
    let exact = |gain: f64| {
        let squared = (1.0 - gain).powi(-2);
        let (common, own) = (squared * (1.0 + (m as f64 - 1.0) * base), 1.0 - base);
        (common - own) / (common + (m as f64 - 1.0) * own)
    };
    for gain in [0.0, 0.3, 0.7] {
        let of = |gain: f64| correlation(&active_covariance(&equal_markets(m, gain, 1.0), &root), 1, 3);
        exactly("five markets", exact(gain), of(gain), of(gain * 1.05 + 0.01));
    }
}

/// Total losses of two independent standard normal markets under a loop that only sells.
fn sell_only(gain: f64, n: usize) -> [Vec<f64>; 2] {
    let system = equal_markets(2, gain, 1e3);
    let mut normals = Normals::new("A17");
    let mut totals = [Vec::with_capacity(n), Vec::with_capacity(n)];
    for _ in 0..n {
        let (z, _) = fluid_response(&system, &[normals.one(), normals.one()]);
        totals[0].push(z[0]);
        totals[1].push(z[1]);
    }
    totals
}

/// A statistic of pairs, its error from 40 contiguous parts.
fn of_pairs(pairs: &[Vec<f64>; 2], statistic: impl Fn(&[f64], &[f64]) -> f64) -> Found {
    const PARTS: usize = 40;
    let size = pairs[0].len() / PARTS;
    let parts: Vec<f64> =
        pairs[0].chunks_exact(size).zip(pairs[1].chunks_exact(size)).map(|(a, b)| statistic(a, b)).collect();
    Found { value: statistic(&pairs[0], &pairs[1]), std_error: mean(&parts).std_error }
}

fn pearson(a: &[f64], b: &[f64]) -> f64 {
    let (mean_a, mean_b) = (mean(a).value, mean(b).value);
    let product = |x: &[f64], mx: f64, y: &[f64], my: f64| -> f64 {
        x.iter().zip(y).map(|(x, y)| (x - mx) * (y - my)).sum()
    };
    product(a, mean_a, b, mean_b) / (product(a, mean_a, a, mean_a) * product(b, mean_b, b, mean_b)).sqrt()
}

/// Correlation in the half plane in which the portfolio loses.
fn pearson_down(a: &[f64], b: &[f64]) -> f64 {
    let down = |(x, y): &(&f64, &f64)| **x + **y > 0.0;
    let (a, b): (Vec<f64>, Vec<f64>) = a.iter().zip(b).filter(down).unzip();
    pearson(&a, &b)
}

fn standardised(sample: &[f64], order: i32) -> f64 {
    let centre = mean(sample).value;
    let moment = |order: i32| {
        let powers: Vec<f64> = sample.iter().map(|x| (x - centre).powi(order)).collect();
        mean(&powers).value
    };
    moment(order) / moment(2).powf(0.5 * f64::from(order))
}

#[test]
fn a17_a_loop_that_only_sells_correlates_skews_and_fattens() {
    const MONTHS: usize = 600_000;
    // the closed forms themselves, at gain ½: A = 1/(1 − n)
    let variance = |a: f64| (a * a + 1.0) / 2.0 - (a - 1.0).powi(2) / (2.0 * std::f64::consts::PI);
    let rho = |a: f64| (variance(a) - 1.0) / (variance(a) + 1.0);
    exactly("A17 rho", 0.401_349_070_090_976_9, rho(2.0), rho(1.0 / 0.475));
    let half_plane = |a: f64| {
        let squared = a * a * (1.0 - std::f64::consts::FRAC_2_PI);
        (squared - 1.0) / (squared + 1.0)
    };
    exactly("A17 down", 0.184_844_933_900_223_75, half_plane(2.0), half_plane(1.0 / 0.475));
    exactly("A17 no loop", -0.466_942_206_924_259_9, half_plane(1.0), half_plane(1.0 / 0.95));

    let (found, off) = (sell_only(0.5, MONTHS), sell_only(0.525, MONTHS));
    holds("A17 rho", rho(2.0), of_pairs(&found, pearson), of_pairs(&off, pearson));
    holds("A17 rho down", half_plane(2.0), of_pairs(&found, pearson_down), of_pairs(&off, pearson_down));
    let (none, little) = (sell_only(0.0, MONTHS), sell_only(0.05, MONTHS));
    holds(
        "A17 rho down without loop",
        half_plane(1.0),
        of_pairs(&none, pearson_down),
        of_pairs(&little, pearson_down),
    );
    let book = |pairs: &[Vec<f64>; 2]| -> Vec<f64> {
        pairs[0].iter().zip(&pairs[1]).map(|(a, b)| 0.5 * (a + b)).collect()
    };
    let (found, off) = (book(&found), book(&off));
    let skewness = |sample: &[f64]| by_batches(sample, |part| standardised(part, 3));
    let kurtosis = |sample: &[f64]| by_batches(sample, |part| standardised(part, 4));
    holds("A17 skew", 0.759_500_036_607_938_2, skewness(&found), skewness(&off));
    holds("A17 kurt", 3.448_939_638_996_178_5, kurtosis(&found), kurtosis(&off));
}

const DEVIATIONS: [f64; 3] = [0.01, 0.012, 0.02];
const VOLATILITIES: [f64; 3] =
    [0.018_419_580_524_684_686, 0.023_483_203_339_835_612, 0.036_171_373_155_744_98];
const CORRELATIONS: [(usize, usize, f64); 3] =
    [(0, 1, 0.704_720_424_013_766_9), (0, 2, 0.621_107_082_964_024_6), (1, 2, 0.796_702_218_924_161_2)];

/// Columns of the Cholesky factor of the shocks' covariance, by hand.
fn shock_root() -> [Vec<f64>; 3] {
    let (r12, r13, r23) = (0.2_f64, 0.1_f64, 0.3_f64);
    let l22 = (1.0 - r12 * r12).sqrt();
    let l32 = (r23 - r12 * r13) / l22;
    let l33 = (1.0 - r13 * r13 - l32 * l32).sqrt();
    let [s1, s2, s3] = DEVIATIONS;
    [vec![s1, s2 * r12, s3 * r13], vec![0.0, s2 * l22, s3 * l32], vec![0.0, 0.0, s3 * l33]]
}

#[test]
fn a19_the_covariance_of_a_stress_month_is_that_of_the_response() {
    let covariance = active_covariance(&three_by_two(500, 1.0), &shock_root());
    let off = active_covariance(&three_by_two(500, 1.05), &shock_root());
    for (i, exact) in VOLATILITIES.iter().enumerate() {
        exactly("A19 vol", *exact, covariance[i][i].sqrt(), off[i][i].sqrt());
    }
    for (i, j, exact) in CORRELATIONS {
        exactly("A19 corr", exact, correlation(&covariance, i, j), correlation(&off, i, j));
    }
}

/// Total losses when everybody is hit by .04 in the mean.
fn stress_months(scale: f64, n: usize) -> [Vec<f64>; 3] {
    let (system, root) = (three_by_two(500, scale), shock_root());
    let mut normals = Normals::new("A19");
    let mut totals = [const { Vec::new() }; 3];
    for _ in 0..n {
        let factors = [normals.one(), normals.one(), normals.one()];
        let loss = |i: usize| 0.04 + (0..3).map(|k| root[k][i] * factors[k]).sum::<f64>();
        let (z, _) = fluid_response(&system, &[loss(0), loss(1), loss(2)]);
        for (total, z) in totals.iter_mut().zip(z) {
            total.push(z);
        }
    }
    totals
}

#[test]
fn a19_simulated_stress_months_have_that_covariance() {
    const MONTHS: usize = 200_000;
    let (found, off) = (stress_months(1.0, MONTHS), stress_months(1.05, MONTHS));
    let volatility = |sample: &[f64]| by_batches(sample, standard_deviation);
    for (i, exact) in VOLATILITIES.iter().enumerate() {
        holds("A19 vol", *exact, volatility(&found[i]), volatility(&off[i]));
    }
    for (i, j, exact) in CORRELATIONS {
        let pair = |sample: &[Vec<f64>; 3]| [sample[i].clone(), sample[j].clone()];
        holds("A19 corr", exact, of_pairs(&pair(&found), pearson), of_pairs(&pair(&off), pearson));
    }
}

fn standard_deviation(sample: &[f64]) -> f64 {
    let centre = mean(sample).value;
    let squares: Vec<f64> = sample.iter().map(|x| (x - centre).powi(2)).collect();
    mean(&squares).value.sqrt()
}
