//! Exact laws of the number fired, computed from their formulas and from nothing of the library.
//!
//! In: parameters. Out: probabilities, their moments, integrals. Not here: simulation.

use statrs::function::gamma::ln_gamma;

/// ln n!
fn ln_factorial(n: usize) -> f64 {
    ln_gamma(n as f64 + 1.0)
}

/// ln C(n, k)
fn ln_choose(n: usize, k: usize) -> f64 {
    ln_factorial(n) - ln_factorial(k) - ln_factorial(n - k)
}

/// k·ln x with 0·ln 0 = 0.
fn ln_power(x: f64, k: f64) -> f64 {
    if k == 0.0 { 0.0 } else { k * x.ln() }
}

/// Saturating quasi-binomial law of 0 … n (Consul 1974; Dobson, Carreras and Newman 2005):
/// C(n,k) p (p+kψ)^(k−1) (1−p−kψ)^(n−k) while p + kψ < 1, the rest of the mass at n.
pub fn quasi_binomial(n: usize, p: f64, psi: f64) -> Vec<f64> {
    let mut law = vec![0.0; n + 1];
    if p <= 0.0 {
        law[0] = 1.0;
        return law;
    }
    for (k, mass) in law.iter_mut().enumerate().take(n) {
        let reach = p + k as f64 * psi;
        if reach >= 1.0 {
            break;
        }
        let ln_mass =
            ln_choose(n, k) + p.ln() + (k as f64 - 1.0) * reach.ln() + ln_power(1.0 - reach, (n - k) as f64);
        *mass = ln_mass.exp();
    }
    law[n] = if p + n as f64 * psi < 1.0 {
        (p.ln() + (n as f64 - 1.0) * (p + n as f64 * psi).ln()).exp()
    } else {
        1.0 - law.iter().sum::<f64>()
    };
    law
}

/// Law of the number fired of n blocks when `seeds` of them fire first and each firing pushes the
/// rest by ψ: seeds plus the quasi-binomial of the others.
pub fn seeded(n: usize, seeds: usize, psi: f64) -> Vec<f64> {
    let others = quasi_binomial(n - seeds, seeds as f64 * psi, psi);
    [vec![0.0; seeds], others].concat()
}

/// Borel–Tanner law of 0 … most, seeds k₀: k₀/k·e^(−nk)(nk)^(k−k₀)/(k−k₀)!
pub fn borel_tanner(gain: f64, seeds: usize, most: usize) -> Vec<f64> {
    let mass = |k: usize| {
        if k < seeds || k == 0 {
            return f64::from(u8::from(k == seeds));
        }
        let size = gain * k as f64;
        let ln_mass = (seeds as f64 / k as f64).ln() - size + ln_power(size, (k - seeds) as f64)
            - ln_factorial(k - seeds);
        ln_mass.exp()
    };
    (0..=most).map(mass).collect()
}

/// Generalized Poisson law of 0 … most: θ(θ+kn)^(k−1)e^(−θ−kn)/k!
pub fn generalized_poisson(theta: f64, gain: f64, most: usize) -> Vec<f64> {
    let mass = |k: usize| {
        let reach = theta + k as f64 * gain;
        (theta.ln() + (k as f64 - 1.0) * reach.ln() - reach - ln_factorial(k)).exp()
    };
    (0..=most).map(mass).collect()
}

/// Exact mean of the quasi-binomial that cannot saturate: p Σ_j n!/(n−1−j)! ψʲ.
pub fn quasi_binomial_mean(n: usize, p: f64, psi: f64) -> f64 {
    let (mut term, mut sum) = (n as f64, 0.0);
    for j in 0..n {
        sum += term;
        term *= psi * (n - 1 - j) as f64;
    }
    p * sum
}

/// Law of the number fired of two clusters (index k₁(n₂+1) + k₂) for any rising positions
/// `reach(k)` in their bands: C(n₁,k₁)C(n₂,k₂) Q(k) Π(1−ℓ(k))^(n−k), where Q(k), the probability
/// that k blocks all fire by themselves, follows from the masses of every smaller system adding
/// up to one (Lefèvre and Picard). Cancellation limits it to a dozen or two of blocks.
pub fn order_statistics(blocks: [usize; 2], reach: impl Fn([usize; 2]) -> [f64; 2]) -> Vec<f64> {
    let width = blocks[1] + 1;
    let ways = |n: [usize; 2], k: [usize; 2]| (ln_choose(n[0], k[0]) + ln_choose(n[1], k[1])).exp().round();
    let spared = |n: [usize; 2], k: [usize; 2]| {
        let [first, second] = reach(k).map(|reach| 1.0 - reach.clamp(0.0, 1.0));
        first.powi((n[0] - k[0]) as i32) * second.powi((n[1] - k[1]) as i32)
    };
    let mut all_fire = vec![0.0; (blocks[0] + 1) * width];
    for k1 in 0..=blocks[0] {
        for k2 in 0..=blocks[1] {
            let mut rest = 1.0;
            for j1 in 0..=k1 {
                for j2 in 0..=k2 {
                    if (j1, j2) != (k1, k2) {
                        let (k, j) = ([k1, k2], [j1, j2]);
                        rest -= ways(k, j) * all_fire[j1 * width + j2] * spared(k, j);
                    }
                }
            }
            all_fire[k1 * width + k2] = rest.max(0.0);
        }
    }
    let law = |index: usize| {
        let k = [index / width, index % width];
        ways(blocks, k) * all_fire[index] * spared(blocks, k)
    };
    (0..all_fire.len()).map(law).collect()
}

/// Mean of a law on 0, 1, 2, …
pub fn mean_of(law: &[f64]) -> f64 {
    law.iter().zip(0..).map(|(p, k)| p * f64::from(k)).sum()
}

/// Variance of a law on 0, 1, 2, …
pub fn variance_of(law: &[f64]) -> f64 {
    let mean = mean_of(law);
    let square = |(p, k): (&f64, i32)| p * (f64::from(k) - mean).powi(2);
    law.iter().zip(0..).map(square).sum()
}

/// ∫ f over each stretch between neighbouring `edges`, 40 panels of five-point Gauss–Legendre.
pub fn integral(edges: &[f64], f: impl Fn(f64) -> f64) -> f64 {
    const NODES: [(f64, f64); 5] = [
        (0.0, 0.568_888_888_888_888_9),
        (0.538_469_310_105_683_1, 0.478_628_670_499_366_47),
        (-0.538_469_310_105_683_1, 0.478_628_670_499_366_47),
        (0.906_179_845_938_664, 0.236_926_885_056_189_08),
        (-0.906_179_845_938_664, 0.236_926_885_056_189_08),
    ];
    const PANELS: u32 = 40;
    let mut sum = 0.0;
    for ends in edges.windows(2) {
        let half = 0.5 * (ends[1] - ends[0]) / f64::from(PANELS);
        for panel in 0..PANELS {
            let centre = ends[0] + half * f64::from(2 * panel + 1);
            for (node, weight) in NODES {
                sum += weight * half * f(centre + half * node);
            }
        }
    }
    sum
}
