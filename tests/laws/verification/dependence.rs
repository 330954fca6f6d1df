//! How the unknown returns behind several claims hang together.

use crate::common::{Ran, asset, head};
use crate::estimate::{Found, by_batches, central_moment, holds, mean};
use tailwheel::record::ASSET_VALUE;

const PATHS: u32 = 400_000;

/// Two claims of the same range over one year without noise: what one unit of each became.
fn grown(law: &str, correlation: f64) -> [Vec<f64>; 2] {
    let keys = format!("roi = \"15-50 %\"\n{law}\nroi_basis = \"net\"\nincome_share = 0\nvolatility = 0");
    let text = head("1 year", PATHS)
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

fn deviation(sample: &[f64]) -> Found {
    by_batches(sample, |part| central_moment(part, 2).value.sqrt())
}

/// Location and scale of ln(1 + m): 15 and 50 % are its 5th and 95th percentiles.
fn law() -> (f64, f64) {
    let (low, high) = (1.15_f64.ln(), 1.5_f64.ln());
    let scale = (high - low) / (2.0 * 1.644_853_626_951_472_7);
    (0.5 * (low + high), scale)
}

const PERCENTILES: &str = "roi_law = \"p05-p95\"";

#[test]
fn claims_hang_together_as_much_as_is_said() {
    let (location, scale) = law();
    let product = |pairs: &[Vec<f64>; 2]| {
        let score = |growth: f64| (growth.ln() - location) / scale;
        mean(&of_pairs(pairs, |a, b| score(a) * score(b)))
    };
    let of_sum = |pairs: &[Vec<f64>; 2]| deviation(&of_pairs(pairs, |a, b| a + b));
    // 5 % off where there is something to be off by; .05 at zero, downwards at one
    for (correlation, off) in [(0.0, 0.05), (0.5, 0.525), (1.0, 0.95)] {
        let (sample, other) = (grown(PERCENTILES, correlation), grown(PERCENTILES, off));
        holds(
            &format!("correlation of claims at {correlation}"),
            correlation,
            product(&sample),
            product(&other),
        );
        let variance = scale * scale;
        let exact = (2.0 * location + variance).exp()
            * 2.0
            * (variance.exp() - 1.0 + (correlation * variance).exp() - 1.0);
        holds(
            &format!("deviation of two claims at {correlation}"),
            exact.sqrt(),
            of_sum(&sample),
            of_sum(&other),
        );
    }
}

#[test]
fn perfectly_correlated_claims_are_one_claim() {
    let [a, b] = grown(PERCENTILES, 1.0);
    assert_eq!(a, b);
    let [a, b] = grown("roi_law = \"uniform\"", 1.0);
    assert_eq!(a, b);
}

#[test]
fn claims_of_every_law_hang_together_by_their_ranks() {
    // Spearman's ρ of a Gaussian copula is (6/π)·asin(ρ/2); a uniform claim shows its own rank
    let spearman = |pairs: &[Vec<f64>; 2]| {
        let rank = |growth: f64| (growth - 1.15) / 0.35 - 0.5;
        mean(&of_pairs(pairs, |a, b| 12.0 * rank(a) * rank(b)))
    };
    let uniform = "roi_law = \"uniform\"";
    for (correlation, off) in [(0.0, 0.05), (0.5, 0.525), (0.9, 0.855)] {
        let exact = 6.0 / std::f64::consts::PI * (0.5_f64 * correlation).asin();
        holds(
            &format!("Spearman ρ of uniform claims at {correlation}"),
            exact,
            spearman(&grown(uniform, correlation)),
            spearman(&grown(uniform, off)),
        );
    }
}
