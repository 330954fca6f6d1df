//! How the unknown returns behind several claims hang together.

use crate::common::{Ran, asset, head};
use crate::estimate::{deviation, holds, mean};
use tailwheel::record::ASSET_VALUE;

/// Two claims of the same range over one year without noise: what one unit of each became.
fn grown(law: &str, correlation: f64) -> [Vec<f64>; 2] {
    let keys = format!("roi = \"15-50 %\"\n{law}\nroi_basis = \"net\"\nincome_share = 0\nvolatility = 0");
    let text = head("1 year", 400_000)
        + &asset("a", "micro-saas-fleet", 1.0, &keys)
        + &asset("b", "niche-content", 1.0, &keys)
        + &format!("[correlation]\nroi = {correlation:?}\n");
    let run = Ran::of(&text);
    [0, 1].map(|asset| run.column(ASSET_VALUE.of_object(asset)).to_vec())
}

/// A number of every pair.
fn of_pairs(pairs: &[Vec<f64>; 2], of: impl Fn(f64, f64) -> f64) -> Vec<f64> {
    pairs[0].iter().zip(&pairs[1]).map(|(a, b)| of(*a, *b)).collect()
}

const PERCENTILES: &str = "roi_law = \"p05-p95\"";
const UNIFORM: &str = "roi_law = \"uniform\"";

#[test]
fn claims_hang_together_as_much_as_is_said() {
    // of ln(1 + m), whose 5th and 95th percentiles are those of 15 and 50 %
    let (low, high) = (1.15_f64.ln(), 1.5_f64.ln());
    let (location, scale) = (0.5 * (low + high), (high - low) / (2.0 * 1.644_853_626_951_472_7));
    let product = |pairs: &[Vec<f64>; 2]| {
        let score = |growth: f64| (growth.ln() - location) / scale;
        mean(&of_pairs(pairs, |a, b| score(a) * score(b)))
    };
    let of_sum = |pairs: &[Vec<f64>; 2]| deviation(&of_pairs(pairs, |a, b| a + b));
    // 5 % off where there is something to be off by; .05 at zero, downwards at one
    for (correlation, off) in [(0.0, 0.05), (0.5, 0.525), (1.0, 0.95)] {
        let (sample, other) = (grown(PERCENTILES, correlation), grown(PERCENTILES, off));
        let what = format!("claims at {correlation}");
        holds(&what, correlation, product(&sample), product(&other));
        let variance = scale * scale;
        let exact = (2.0 * location + variance).exp()
            * 2.0
            * (variance.exp() - 1.0 + (correlation * variance).exp() - 1.0);
        holds(&what, exact.sqrt(), of_sum(&sample), of_sum(&other));
    }
}

#[test]
fn perfectly_correlated_claims_are_one_claim() {
    for law in [PERCENTILES, UNIFORM] {
        let [a, b] = grown(law, 1.0);
        assert_eq!(a, b);
    }
}

#[test]
fn claims_of_every_law_hang_together_by_their_ranks() {
    // Spearman's ρ of a Gaussian copula is (6/π)·asin(ρ/2); a uniform claim shows its own rank
    let spearman = |correlation: f64| {
        let pairs = grown(UNIFORM, correlation);
        assert!(pairs[0].iter().all(|growth| (1.15 - 1e-9..1.5 + 1e-9).contains(growth)));
        let rank = |growth: f64| (growth - 1.15) / 0.35 - 0.5;
        mean(&of_pairs(&pairs, |a, b| 12.0 * rank(a) * rank(b)))
    };
    for (correlation, off) in [(0.0, 0.05), (0.5, 0.525), (0.9, 0.855)] {
        let exact = 6.0 / std::f64::consts::PI * (0.5_f64 * correlation).asin();
        holds(&format!("at {correlation}"), exact, spearman(correlation), spearman(off));
    }
}
