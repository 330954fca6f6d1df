//! Distances between two samples, or between a sample and a law.
//!
//! In: numbers. Out: a distance and its `z`. Not here: the origin of the numbers.
//!
//! ```text
//! D = sup |F(x) − G(x)|,   P(√n·D > λ) → 2 Σ (−1)^(k−1) exp(−2k²λ²)       n = n₁n₂/(n₁ + n₂) for two samples
//! X² = Σ (observed − expected)²/expected over cells of at least 10
//! z = Φ⁻¹(1 − p/2)
//! ```
//!
//! Source: A. Kolmogorov, *Sulla determinazione empirica di una legge di distribuzione* (1933).

use crate::math::{exp, normal};
use statrs::distribution::{ChiSquared, ContinuousCDF};

/// Distance between two probability laws, 0 for equal ones, and the normal score `z` of its test's p-value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Distance {
    pub distance: f64,
    pub z: f64,
}

impl Distance {
    /// Distance of samples that cannot be compared; a check of this distance always fails.
    const NONE: Self = Self { distance: f64::NAN, z: f64::INFINITY };
}

/// Returns the distribution function of a law of statrs; always NaN if the parameters are invalid.
pub(super) fn cdf<E>(law: Result<impl ContinuousCDF<f64, f64> + 'static, E>) -> Box<dyn Fn(f64) -> f64> {
    match law {
        Ok(law) => Box::new(move |x| law.cdf(x)),
        Err(_) => Box::new(|_| f64::NAN),
    }
}

/// Returns the number that the absolute value of a standard normal exceeds with probability `p`.
fn z_of(p: f64) -> f64 {
    // a probability below any double gets the largest score
    -normal::quantile((0.5 * p).clamp(1e-300, 0.5))
}

/// Returns the limit of `P(√n·D > λ)` for Kolmogorov's distance D of n numbers, from the first twenty terms.
fn kolmogorov(lambda: f64) -> f64 {
    if lambda < 0.3 {
        return 1.0;
    }
    let terms = (1..=20).map(|k| {
        let k = f64::from(k);
        let sign = if k % 2.0 == 1.0 { 2.0 } else { -2.0 };
        sign * exp(-2.0 * k * k * lambda * lambda)
    });
    terms.sum::<f64>().clamp(0.0, 1.0)
}

/// Compares a sorted sample with a distribution function by Kolmogorov's distance.
pub(super) fn to_law(rising: &[f64], law: impl Fn(f64) -> f64) -> Distance {
    let n = rising.len() as f64;
    let mut distance = 0.0_f64;
    for (rank, x) in rising.iter().enumerate() {
        let (rank, below) = (rank as f64, law(*x));
        if below.is_nan() {
            return Distance::NONE;
        }
        distance = distance.max(below - rank / n).max((rank + 1.0) / n - below);
    }
    Distance { distance, z: z_of(kolmogorov(n.sqrt() * distance)) }
}

/// Compares two sorted samples without ties by Kolmogorov's distance.
pub(super) fn of_two(a: &[f64], b: &[f64]) -> Distance {
    let (n, m) = (a.len() as f64, b.len() as f64);
    if a.is_empty() || b.is_empty() {
        return Distance::NONE;
    }
    let (mut i, mut j, mut distance) = (0, 0, 0.0_f64);
    while i < a.len() && j < b.len() {
        if a[i] <= b[j] {
            i += 1;
        } else {
            j += 1;
        }
        distance = distance.max((i as f64 / n - j as f64 / m).abs());
    }
    let lambda = (n * m / (n + m)).sqrt() * distance;
    Distance { distance, z: z_of(kolmogorov(lambda)) }
}

/// Least expected count in a cell of a χ² test.
const LEAST: f64 = 10.0;

/// Compares a sample of whole numbers with the probabilities of 0, 1, 2, … by a χ² test.
pub(super) fn counts_to_law(sample: &[f64], law: &[f64]) -> Distance {
    if sample.is_empty() || law.is_empty() {
        return Distance::NONE;
    }
    let n = sample.len() as f64;
    let observed = tally(sample, law.len());
    let mut expected: Vec<f64> = law.iter().map(|p| n * p).collect();
    // values beyond the table are counted in its last cell
    let rest = n - expected.iter().sum::<f64>();
    if let Some(last) = expected.last_mut() {
        *last += rest;
    }
    let (observed, expected) = pooled(&observed, &expected);
    let statistic = observed.iter().zip(&expected).map(|(o, e)| (o - e) * (o - e) / e).sum();
    Distance { distance: apart(&observed, &expected, n), z: of_chi_squared(statistic, observed.len()) }
}

/// Compares two samples of whole numbers, equal in size, by a χ² test.
pub(super) fn counts_of_two(a: &[f64], b: &[f64]) -> Distance {
    if a.is_empty() || a.len() != b.len() {
        return Distance::NONE;
    }
    let most = a.iter().chain(b).fold(0.0_f64, |most, x| most.max(*x)) as usize + 1;
    let (a_cells, b_cells) = pooled(&tally(a, most), &tally(b, most));
    let statistic = a_cells.iter().zip(&b_cells).map(|(x, y)| (x - y) * (x - y) / (x + y)).sum();
    Distance {
        distance: apart(&a_cells, &b_cells, a.len() as f64),
        z: of_chi_squared(statistic, a_cells.len()),
    }
}

/// Counts how often each of 0 … `cells − 1` occurs in the sample; larger numbers count as `cells − 1`.
fn tally(sample: &[f64], cells: usize) -> Vec<f64> {
    let mut tally = vec![0.0; cells];
    for x in sample {
        tally[(*x as usize).min(cells - 1)] += 1.0;
    }
    tally
}

/// Joins neighboring cells of two tables of counts until each has at least [`LEAST`] in the second table.
fn pooled(first: &[f64], second: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let (mut one, mut two) = (Vec::new(), Vec::new());
    let mut open = [0.0; 2];
    for (x, y) in first.iter().zip(second.iter()) {
        open[0] += x;
        open[1] += y;
        if open[1] >= LEAST {
            one.push(open[0]);
            two.push(open[1]);
            open = [0.0; 2];
        }
    }
    if let (Some(x), Some(y)) = (one.last_mut(), two.last_mut()) {
        *x += open[0];
        *y += open[1];
    }
    (one, two)
}

/// Returns the largest distance between the distribution functions of two tables, each of `n` counts.
fn apart(one: &[f64], two: &[f64], n: f64) -> f64 {
    let (mut sum, mut largest) = (0.0_f64, 0.0_f64);
    for (x, y) in one.iter().zip(two) {
        sum += (x - y) / n;
        largest = largest.max(sum.abs());
    }
    largest
}

/// Returns the normal score of the p-value of a χ² statistic over `cells` cells.
fn of_chi_squared(statistic: f64, cells: usize) -> f64 {
    let law = ChiSquared::new(cells.saturating_sub(1).max(1) as f64);
    law.map_or(f64::INFINITY, |law| z_of(law.sf(statistic)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Midpoints of `n` equal parts of (0, 1), moved by `shift`.
    fn even(n: usize, shift: f64) -> Vec<f64> {
        (0..n).map(|k| (k as f64 + 0.5) / n as f64 + shift).collect()
    }

    #[test]
    fn a_law_is_near_its_own_grid_and_far_from_a_shifted_one() {
        let law = |x: f64| x.clamp(0.0, 1.0);
        assert!(to_law(&even(10_000, 0.0), law).z < 0.1);
        // √n·D = 100 × .0228 is the limit of z = 4
        assert!(to_law(&even(10_000, 0.022), law).z < 4.0);
        assert!(to_law(&even(10_000, 0.024), law).z > 4.0);
        assert!(of_two(&even(10_000, 0.0), &even(10_000, 1e-6)).z < 0.1);
        assert!(of_two(&even(10_000, 0.0), &even(10_000, 0.04)).z > 4.0);
    }

    #[test]
    fn counts_are_near_their_law_and_far_from_another() {
        let sample: Vec<f64> = (0..10_000).map(|k| f64::from(k % 4)).collect();
        assert!(counts_to_law(&sample, &[0.25; 4]).z < 0.1);
        assert!(counts_to_law(&sample, &[0.28, 0.22, 0.25, 0.25]).z > 4.0);
        let other: Vec<f64> = (0..10_000).map(|k| f64::from(k % 5)).collect();
        assert!(counts_of_two(&sample, &sample).z < 0.1);
        assert!(counts_of_two(&sample, &other).z > 4.0);
    }

    #[test]
    fn what_cannot_be_compared_is_infinitely_far() {
        let some = even(100, 0.0);
        let found = [
            to_law(&some, |_| f64::NAN),
            of_two(&some, &[]),
            of_two(&[], &some),
            counts_to_law(&some, &[]),
            counts_to_law(&[], &[1.0]),
            counts_of_two(&some, &[]),
        ];
        assert!(found.iter().all(|one| one.z == f64::INFINITY), "{found:?}");
    }

    #[test]
    fn the_limit_of_kolmogorov_is_the_published_one() {
        assert!((kolmogorov(1.358_1) - 0.05).abs() < 1e-5);
        assert!((z_of(0.05) - 1.959_964).abs() < 1e-6);
    }
}
