//! Random counts and hits by inversion of one uniform.
//!
//! In: a law, once; then one uniform per draw. Out: a count that never falls when the uniform rises, nor when
//! the intensity rises at the same uniform. Not here: counts whose law differs from path to path (`count`).
//!
//! Tail probabilities are compared: N ≥ k exactly if 1 − u < P(N ≥ k). The complement of an open uniform is
//! exact, so a probability of 1e-12 keeps its digits.

use crate::math::Lanes;

/// Smallest distance of a uniform from 1: outcomes rarer than this never happen.
const RAREST: f64 = f64::EPSILON / 2.0;
/// Number of thresholds up to which they are tried in order; more are searched by bisection.
const DENSE: usize = 48;

/// True for a fraction `probability` of all uniforms `u`; if true at `u`, then also at every larger `u`.
#[inline(always)]
pub fn strikes(u: f64, probability: f64) -> bool {
    1.0 - u < probability
}

/// Distribution of a count 0, 1, 2, …, stored as tail probabilities.
#[derive(Clone, Debug, PartialEq)]
pub struct CountLaw {
    /// P(N ≥ k) for k = 1, 2, …, never rising, down to the rarest that a uniform can reach.
    survival: Vec<f64>,
}

impl CountLaw {
    /// Builds the Poisson law with `mean` in [0, 1e6]; `None` outside. The relative error of P(N ≥ k) is below
    /// 1e-13 for means up to 100, and below 1e-10 above.
    pub fn poisson(mean: f64) -> Option<Self> {
        (0.0..=1e6).contains(&mean).then(|| Self {
            survival: if mean == 0.0 { Vec::new() } else { survival(&poisson_masses(mean)) },
        })
    }

    /// Returns the count at uniform `u`; it never falls as `u` rises.
    #[inline(always)]
    pub fn count(&self, u: f64) -> u32 {
        let complement = 1.0 - u;
        if self.survival.len() > DENSE {
            return self.survival.partition_point(|p| complement < *p) as u32;
        }
        // a loop, because the search is compiled apart and called
        let mut count = 0;
        while count < self.survival.len() && complement < self.survival[count] {
            count += 1;
        }
        count as u32
    }

    /// True if the count at uniform `u` is above zero.
    #[inline(always)]
    pub fn is_positive(&self, u: f64) -> bool {
        self.survival.first().is_some_and(|p| strikes(u, *p))
    }

    /// Writes the count at each of the `uniforms`, one per path, to `out`.
    #[inline(always)]
    pub fn counts(&self, uniforms: &Lanes, out: &mut Lanes) {
        if self.survival.len() > DENSE {
            *out = Lanes::of(|lane| f64::from(self.count(uniforms[lane])));
            return;
        }
        let largest = largest(uniforms);
        *out = Lanes::ZERO;
        for p in self.survival.iter().take_while(|p| strikes(largest, **p)) {
            out.each(|lane, count| count + if strikes(uniforms[lane], *p) { 1.0 } else { 0.0 });
        }
    }
}

/// Returns the largest of 256 uniforms, from sixteen running maxima: a single one would not vectorize.
#[inline(always)]
fn largest(uniforms: &Lanes) -> f64 {
    let mut maxima = [0.0; 16];
    for chunk in uniforms.as_chunks::<16>().0 {
        for (part, maximum) in maxima.iter_mut().enumerate() {
            *maximum = if chunk[part] > *maximum { chunk[part] } else { *maximum };
        }
    }
    maxima.into_iter().fold(0.0, f64::max)
}

/// Poisson probabilities of 0, 1, 2, … up to a common factor, computed outwards from the mode so that nothing
/// underflows there.
fn poisson_masses(mean: f64) -> Vec<f64> {
    let mode = mean as usize;
    // beyond this distance even the sum of all masses is below the rarest uniform
    let reach = 40 + (12.0 * mean.sqrt()) as usize;
    let mut masses = vec![0.0; mode + reach];
    masses[mode] = 1.0;
    for k in (0..mode).rev() {
        masses[k] = masses[k + 1] * (k + 1) as f64 / mean;
    }
    for k in mode + 1..masses.len() {
        masses[k] = masses[k - 1] * mean / k as f64;
    }
    masses
}

/// Returns P(N ≥ k), k ≥ 1, from multiples (`masses`) of the probabilities of 0, 1, …, summed from the rare end.
fn survival(masses: &[f64]) -> Vec<f64> {
    let mut sums = masses.to_vec();
    for k in (1..sums.len()).rev() {
        sums[k - 1] += sums[k];
    }
    let total = sums[0];
    sums[1..].iter().map(|sum| sum / total).take_while(|p| *p > RAREST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::distribution::{DiscreteCDF, Poisson};

    #[test]
    fn a_poisson_table_holds_the_tail_probabilities() {
        for mean in [1e-9, 0.0417, 0.5, 3.0, 40.0, 1000.0] {
            let theirs = Poisson::new(mean).unwrap();
            let table = CountLaw::poisson(mean).unwrap();
            assert!(!table.survival.is_empty());
            for (k, p) in table.survival.iter().enumerate() {
                let q = theirs.sf(k as u64);
                assert!((p - q).abs() <= 1e-9 * q + 1e-15, "{mean} {k}: {p:e} {q:e}");
            }
        }
        // rare counts keep their digits
        let table = CountLaw::poisson(1e-9).unwrap();
        assert!((table.survival[0] / 0.9999999995e-9 - 1.0).abs() < 1e-15);
    }

    #[test]
    fn counts_rise_with_the_uniform_and_with_the_mean() {
        let tables = [0.01, 0.3, 2.0, 30.0].map(|mean| CountLaw::poisson(mean).unwrap());
        let mut last = [0; 4];
        for i in 1..100_000 {
            let u = f64::from(i) * 1e-5;
            let now = [0, 1, 2, 3].map(|k| tables[k].count(u));
            assert!(now.iter().zip(&last).all(|(a, b)| a >= b));
            assert!(now.is_sorted());
            last = now;
        }
    }

    #[test]
    fn a_row_counts_like_single_lanes() {
        let mut uniforms = Lanes::ZERO;
        uniforms.iter_mut().zip(0..).for_each(|(u, i)| *u = (f64::from(i) + 0.5) / 256.0);
        uniforms[7] = 1.0 - RAREST;
        for mean in [0.0, 0.04, 1.5, 20.0, 400.0] {
            let table = CountLaw::poisson(mean).unwrap();
            let mut row = Lanes::splat(9.0);
            table.counts(&uniforms, &mut row);
            for (count, u) in row.iter().zip(uniforms.iter()) {
                assert_eq!(*count, f64::from(table.count(*u)), "{mean} {u}");
            }
        }
    }

    #[test]
    fn no_mean_no_count_and_no_impossible_mean() {
        assert_eq!(CountLaw::poisson(0.0).unwrap().count(1.0 - RAREST), 0);
        for mean in [-1.0, f64::NAN, f64::INFINITY, 2e6] {
            assert!(CountLaw::poisson(mean).is_none());
        }
    }

    #[test]
    fn a_strike_has_its_probability_on_an_even_grid() {
        let hits = (0..1_000_000).filter(|i| strikes((f64::from(*i) + 0.5) / 1e6, 0.123_456)).count();
        assert_eq!(hits, 123_456);
        assert!(!strikes(1.0 - RAREST, 0.0) && strikes(RAREST, 1.0));
    }
}
