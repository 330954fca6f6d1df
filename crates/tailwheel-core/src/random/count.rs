//! Random counts whose law differs from path to path, from one uniform each.
//!
//! In: a uniform with trials and a probability, a mean, or a population. Out: a count as `f64`; rows for
//! rows. Not here: counts with one law for all paths (`discrete`), probabilities of counts
//! (`math::binomial`).
//!
//! Up to a variance of 9 the law is inverted: probabilities of 0, 1, 2, … are summed until they pass the
//! uniform. Above 9 a normal law with the skewness of the count and a continuity correction is used,
//!
//! ```text
//! N = ⌊mean + r·(z + s(z² − 1)/6) + ½⌋       z the normal score of the uniform, s the skewness
//! r² = v − 1/12 − v·s²/18                     v the variance
//! ```
//!
//! (Cornish and Fisher 1938). Rounding adds 1/12 to the variance (Sheppard), and squaring the score adds
//! r²·2(s/6)²; r makes room for both. The mean is off by less than 0.0001 standard deviations, the standard
//! deviation by less than 0.01 %, the skewness by less than 2 % of itself. Either way a count never falls
//! when the uniform rises.

mod rows;

pub use rows::{binomials, hypergeometrics};

use crate::math::elementary::{exp, ln, ln_1p};
use crate::math::{greater, lesser, normal};

/// Variance of a count above which its normal approximation replaces inversion of its distribution.
const INVERTED: f64 = 9.0;
/// Variance that rounding a continuous variable to a whole number adds.
const ROUNDED: f64 = 1.0 / 12.0;
/// Probability of a single count, beyond the mode, at which inversion stops: the rest of the uniform is
/// rounding.
const VANISHED: f64 = 1e-18;

/// Returns the number of successes in `trials` (a whole number), each with probability `chance` in [0, 1], at this
/// quantile `uniform`.
#[inline(always)]
pub fn binomial(uniform: f64, trials: f64, chance: f64) -> f64 {
    // count the rarer outcome, so that the probability of zero never underflows
    let is_rare = chance <= 0.5;
    let (rare, u) = if is_rare { (chance, uniform) } else { (1.0 - chance, 1.0 - uniform) };
    let (mean, common) = (trials * rare, 1.0 - rare);
    let variance = mean * common;
    let count = if variance > INVERTED {
        let skewness = (common - rare) / variance.sqrt();
        by_normal(u, mean, variance, skewness)
    } else {
        let odds = rare / common;
        let first = exp(trials * ln_1p(-rare));
        by_chances(u, first, trials, |count| odds * (trials - count) / (count + 1.0))
    };
    let count = lesser(count, trials);
    if is_rare { count } else { trials - count }
}

/// Returns the Poisson count with `mean` ≥ 0 at this quantile `uniform`.
#[inline(always)]
pub fn poisson(uniform: f64, mean: f64) -> f64 {
    if mean > INVERTED {
        by_normal(uniform, mean, mean, 1.0 / mean.sqrt())
    } else {
        by_chances(uniform, exp(-mean), 1e9, |count| mean / (count + 1.0))
    }
}

/// Maximum number of factors of a probability in [`none_of`] that are multiplied one by one.
const FACTORS: f64 = 128.0;

/// Probability that none of `fewer` drawn items is among `more` marked ones, both at most half of
/// `population`: `C(N − m, f)/C(N, f)`. Beyond [`FACTORS`] factors, inversion needs it only if `more` is a
/// small part, where Stirling's series is accurate.
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
    exp(ln_factorial(population - more) + ln_factorial(left) - ln_factorial(apart) - ln_factorial(population))
}

#[inline(always)]
fn by_normal(uniform: f64, mean: f64, variance: f64, skewness: f64) -> f64 {
    of_score(normal::quantile(uniform), mean, variance, skewness)
}

#[inline(always)]
fn of_score(z: f64, mean: f64, variance: f64, skewness: f64) -> f64 {
    let score = skewness.mul_add((z * z - 1.0) / 6.0, z);
    let spread = (variance - ROUNDED - variance * skewness * skewness / 18.0).sqrt();
    greater((spread.mul_add(score, mean) + 0.5).floor(), 0.0)
}

/// Returns the count, at most `most`, at which summed probabilities pass the uniform. `first` is the probability of
/// 0, `ratio(count)` that of the next count divided by that of this one.
#[inline(always)]
fn by_chances(uniform: f64, first: f64, most: f64, ratio: impl Fn(f64) -> f64) -> f64 {
    let (mut count, mut chance, mut sum) = (0.0, first, first);
    while sum < uniform && count < most {
        let factor = ratio(count);
        chance *= factor;
        count += 1.0;
        if chance < VANISHED && factor < 1.0 {
            break;
        }
        sum += chance;
    }
    count
}

#[cfg(test)]
mod tests;
