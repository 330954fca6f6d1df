//! Correlation that an active loop adds: in a stress month, and of a loop that only sells.

use crate::crash_laws::agree::exactly;
use crate::crash_laws::closed::{fluid_response, response};
use crate::crash_laws::markets::{equal_markets, three_by_two};
use crate::crash_laws::months::Draws;
use crate::estimate::{by_batches, holds, standardised};
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

#[test]
fn a17_a_loop_that_only_sells_correlates_skews_and_fattens() {
    // the closed forms themselves, at gain ½: A = 1/(1 − n); `realised` measures them
    let variance = |a: f64| (a * a + 1.0) / 2.0 - (a - 1.0).powi(2) / (2.0 * std::f64::consts::PI);
    let rho = |a: f64| (variance(a) - 1.0) / (variance(a) + 1.0);
    exactly("A17 rho", 0.401_349_070_090_976_9, rho(2.0), rho(1.0 / 0.475));
    let half_plane = |a: f64| {
        let squared = a * a * (1.0 - std::f64::consts::FRAC_2_PI);
        (squared - 1.0) / (squared + 1.0)
    };
    exactly("A17 down", 0.184_844_933_900_223_75, half_plane(2.0), half_plane(1.0 / 0.475));
    exactly("A17 no loop", -0.466_942_206_924_259_9, half_plane(1.0), half_plane(1.0 / 0.95));

    // half of two markets with independent standard normal losses
    let book = |gain: f64| -> Vec<f64> {
        let (system, mut normals) = (equal_markets(2, gain, 1e3), Draws::normals("A17"));
        let losses = (0..600_000).map(|_| [normals.one(), normals.one()]);
        losses.map(|losses| 0.5 * fluid_response(&system, &losses).0.iter().sum::<f64>()).collect()
    };
    let (found, off) = (book(0.5), book(0.525));
    let moment = |sample: &[f64], order| by_batches(sample, |part| standardised(part, order));
    holds("A17 skew", 0.759_500_036_607_938_2, moment(&found, 3), moment(&off, 3));
    holds("A17 kurt", 3.448_939_638_996_178_5, moment(&found, 4), moment(&off, 4));
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
