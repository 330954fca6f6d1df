//! Counts whose law differs from path to path, by one uniform each.
//!
//! In: a uniform, trials and a chance, a mean, or what is drawn from what. Out: a count as a number. Not here: counts with one law for all
//! paths (`discrete`), probabilities of counts (`math::binomial`).
//!
//! Up to a variance of 9 the law is inverted: the chances of 0, 1, 2, … are summed until they pass the uniform. Above
//! that it is the normal law with the skewness of the count and a correction for continuity,
//!
//! ```text
//! N = ⌊mean + sd·(z + s(z² − 1)/6) + ½⌋       z the normal score of the uniform, s the skewness
//! ```
//!
//! whose mean is off by less than 0.001 of a standard deviation and whose standard deviation by less than 1 %
//! (Cornish and Fisher 1938). Either way a count never falls when the uniform rises.

use crate::math::elementary::{exp, ln, ln_1p};
use crate::math::{greater, lesser, normal};

/// Variance from which on the normal law takes the place of inversion.
const INVERTED: f64 = 9.0;

/// Successes in `trials` (a whole number) with probability 0 ≤ `chance` ≤ 1 each.
#[inline(always)]
pub fn binomial(uniform: f64, trials: f64, chance: f64) -> f64 {
    // the rarer outcome is counted: its first chance is never too small
    let is_rare = chance <= 0.5;
    let (rare, u) = match is_rare {
        true => (chance, uniform),
        false => (1.0 - chance, 1.0 - uniform),
    };
    let (mean, common) = (trials * rare, 1.0 - rare);
    let variance = mean * common;
    let count = if variance > INVERTED {
        let skewness = (common - rare) / variance.sqrt();
        by_normal(u, mean, variance, skewness)
    } else {
        let odds = rare / common;
        let first = exp(trials * ln_1p(-rare));
        by_chances(u, first, trials, |count| {
            odds * (trials - count) / (count + 1.0)
        })
    };
    let count = lesser(count, trials);
    match is_rare {
        true => count,
        false => trials - count,
    }
}

/// A Poisson count with `mean` ≥ 0.
#[inline(always)]
pub fn poisson(uniform: f64, mean: f64) -> f64 {
    if mean > INVERTED {
        by_normal(uniform, mean, mean, 1.0 / mean.sqrt())
    } else {
        by_chances(uniform, exp(-mean), 1e9, |count| mean / (count + 1.0))
    }
}

/// Marked ones among `drawn` of a `population` of which `marked` are marked, drawn without putting back; whole numbers,
/// neither of the two above the population.
#[inline(always)]
pub fn hypergeometric(uniform: f64, population: f64, marked: f64, drawn: f64) -> f64 {
    if lesser(marked, drawn) <= 0.0 {
        return 0.0;
    }
    // of what is marked and not, of what is drawn and left, the fewer are counted: none of them may be among the others
    let few_marked = lesser(marked, population - marked);
    let few_drawn = lesser(drawn, population - drawn);
    let is_flipped = (few_marked < marked) != (few_drawn < drawn);
    let u = if is_flipped { 1.0 - uniform } else { uniform };
    let (fewer, more) = (
        lesser(few_marked, few_drawn),
        greater(few_marked, few_drawn),
    );
    let part = more / population;
    let mean = fewer * part;
    let apart = population - fewer - more;
    let variance = mean * (1.0 - part) * (population - fewer) / greater(population - 1.0, 1.0);
    let count = if variance > INVERTED {
        let skewness = (population - 2.0 * fewer) * (population - 2.0 * more)
            / (population * (population - 2.0) * variance.sqrt());
        by_normal(u, mean, variance, skewness)
    } else {
        let first = none_of(fewer, more, population);
        by_chances(u, first, fewer, |count| {
            (fewer - count) * (more - count) / ((count + 1.0) * (apart + count + 1.0))
        })
    };
    let count = lesser(count, fewer);
    // back through what was exchanged
    let count = if few_drawn < drawn {
        few_marked - count
    } else {
        count
    };
    if few_marked < marked {
        drawn - count
    } else {
        count
    }
}

/// Most factors that are multiplied one by one.
const FACTORS: f64 = 128.0;

/// Chance that none of `fewer` is among `more`, both at most half of `population`: `C(N − m, f)/C(N, f)`. Where there
/// are more than [`FACTORS`] of them the law is inverted only if `more` is a small part, and Stirling's series is exact.
#[inline(always)]
fn none_of(fewer: f64, more: f64, population: f64) -> f64 {
    if fewer <= FACTORS {
        let (mut chance, mut k) = (1.0, 0.0);
        while k < fewer {
            chance *= (population - more - k) / (population - k);
            k += 1.0;
        }
        return chance;
    }
    let ln_factorial = |n: f64| (n + 0.5) * ln(n) - n + 1.0 / (12.0 * n);
    let (left, apart) = (population - fewer, population - fewer - more);
    exp(ln_factorial(population - more) + ln_factorial(left)
        - ln_factorial(apart)
        - ln_factorial(population))
}

#[inline(always)]
fn by_normal(uniform: f64, mean: f64, variance: f64, skewness: f64) -> f64 {
    let z = normal::quantile(uniform);
    let score = skewness.mul_add((z * z - 1.0) / 6.0, z);
    greater((variance.sqrt().mul_add(score, mean) + 0.5).floor(), 0.0)
}

/// The count at which the chances, of which the first and the ratios are known, pass the uniform.
#[inline(always)]
fn by_chances(uniform: f64, first: f64, most: f64, ratio: impl Fn(f64) -> f64) -> f64 {
    let (mut count, mut chance, mut sum) = (0.0, first, first);
    while sum < uniform && count < most {
        chance *= ratio(count);
        count += 1.0;
        // what is left of the uniform is rounding
        if chance < 1e-18 {
            break;
        }
        sum += chance;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::distribution::{Binomial, DiscreteCDF, Hypergeometric, Poisson};

    /// Mean and variance over an even grid of uniforms.
    fn moments(count: impl Fn(f64) -> f64) -> (f64, f64) {
        let n = 200_000;
        let counts = (0..n).map(|i| count((f64::from(i) + 0.5) / f64::from(n)));
        let (sum, squares) = counts.fold((0.0, 0.0), |(sum, squares), count| {
            (sum + count, squares + count * count)
        });
        let mean = sum / f64::from(n);
        (mean, squares / f64::from(n) - mean * mean)
    }

    #[test]
    fn few_counts_are_those_of_the_exact_law() {
        for (trials, chance) in [(50, 0.03), (50, 0.97), (7, 0.5), (1, 0.2), (4000, 0.001)] {
            let law = Binomial::new(chance, trials).unwrap();
            for i in 1..1000 {
                let u = f64::from(i) / 1000.0 + 3e-5;
                let ours = binomial(u, trials as f64, chance);
                assert_eq!(ours as u64, law.inverse_cdf(u), "{trials} {chance} {u}");
            }
        }
        for mean in [0.01, 1.0, 8.5] {
            let law = Poisson::new(mean).unwrap();
            for i in 1..1000 {
                let u = f64::from(i) / 1000.0 + 3e-5;
                assert_eq!(poisson(u, mean) as u64, law.inverse_cdf(u), "{mean} {u}");
            }
        }
    }

    #[test]
    fn few_draws_without_putting_back_are_those_of_the_exact_law() {
        for (population, marked, drawn) in [
            (50_u64, 8_u64, 16_u64),
            (50, 42, 16),
            (50, 8, 34),
            (50, 42, 34),
            (50, 25, 25),
            (7, 7, 3),
            (1, 1, 1),
            (66, 33, 33),
            (5000, 20, 1630),
            (200_000, 150, 3000),
        ] {
            let law = Hypergeometric::new(population, marked, drawn).unwrap();
            let (n, k, m) = (population as f64, marked as f64, drawn as f64);
            for i in 1..1000 {
                let u = f64::from(i) / 1000.0 + 3e-5;
                let ours = hypergeometric(u, n, k, m) as u64;
                let below = ours.checked_sub(1).map_or(0.0, |below| law.cdf(below));
                assert!(
                    below < u && law.cdf(ours) >= u,
                    "{population} {marked} {drawn} {u}"
                );
            }
        }
    }

    #[test]
    fn many_draws_without_putting_back_have_the_mean_and_variance_of_their_law() {
        for (n, k, m) in [
            (5000.0, 400.0, 1630.0),
            (5000.0, 4600.0, 1630.0),
            (400.0, 100.0, 150.0),
        ] {
            let (mean, variance) = moments(|u| hypergeometric(u, n, k, m));
            let exact: f64 = m * k / n * (1.0 - k / n) * (n - m) / (n - 1.0);
            assert!((mean - m * k / n).abs() < 0.002 * exact.sqrt(), "{mean}");
            assert!((variance / exact - 1.0).abs() < 0.02, "{variance} {exact}");
        }
    }

    #[test]
    fn draws_without_putting_back_rise_with_the_uniform_and_stay_within_both() {
        for (n, k, m) in [
            (50.0, 0.0, 16.0),
            (50.0, 50.0, 16.0),
            (50.0, 40.0, 30.0),
            (0.0, 0.0, 0.0),
            (900.0, 450.0, 450.0),
            (1e6, 3e5, 2e5),
        ] {
            let mut last = 0.0;
            for i in 0..10_000 {
                let count = hypergeometric((f64::from(i) + 0.5) / 1e4, n, k, m);
                let least = f64::max(0.0, k + m - n);
                assert!(count >= last && count >= least && count <= k.min(m));
                assert_eq!(count.fract(), 0.0);
                last = count;
            }
        }
    }

    #[test]
    fn many_counts_have_the_mean_and_variance_of_their_law() {
        for (trials, chance) in [(5000.0, 0.03), (5000.0, 0.9), (300.0, 0.05), (40.0, 0.5)] {
            let (mean, variance) = moments(|u| binomial(u, trials, chance));
            let true_variance = trials * chance * (1.0 - chance);
            let sd: f64 = f64::sqrt(true_variance);
            assert!(
                (mean - trials * chance).abs() < 0.002 * sd,
                "{trials} {chance}: {mean}"
            );
            assert!(
                (variance / true_variance - 1.0).abs() < 0.02,
                "{trials} {chance}: {variance}"
            );
        }
        for mean in [9.5, 40.0, 1e4] {
            let (ours, variance) = moments(|u| poisson(u, mean));
            assert!((ours - mean).abs() < 0.002 * mean.sqrt(), "{mean}: {ours}");
            assert!((variance / mean - 1.0).abs() < 0.02, "{mean}: {variance}");
        }
    }

    #[test]
    fn counts_rise_with_the_uniform_and_stay_within_the_trials() {
        for (trials, chance) in [
            (0.0, 0.5),
            (12.0, 0.0),
            (12.0, 1.0),
            (60.0, 0.4),
            (900.0, 0.99),
        ] {
            let mut last = 0.0;
            for i in 0..10_000 {
                let count = binomial((f64::from(i) + 0.5) / 1e4, trials, chance);
                assert!(count >= last && count <= trials && count.fract() == 0.0);
                last = count;
            }
        }
        assert_eq!(binomial(0.999, 12.0, 1.0), 12.0);
        assert_eq!(poisson(0.999, 0.0), 0.0);
    }
}
