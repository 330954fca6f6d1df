//! Random counts for a whole row of paths, in plain loops over groups of lanes. Results have the bits of
//! one-lane functions such as [`binomial`](super::binomial).
//!
//! In: rows of uniforms and of the parameters of the law. Out: rows of counts. Not here: the laws (`count`).
//!
//! A group sums probabilities until its last lane is done. It computes the normal law only if one of its
//! lanes needs it.

use super::{FACTORS, INVERTED, VANISHED, none_of};
use crate::math::elementary::{exp, ln_1p};
use crate::math::{LANES, Lanes, greater, lesser, normal};

/// Number of paths that are computed in one pass.
const GROUP: usize = 32;
type Group = [f64; GROUP];

/// Returns the number of successes in `trials` on each path, each with probability `chance`, from one uniform.
#[inline(always)]
pub fn binomials(uniforms: &Lanes, trials: &Lanes, chance: f64) -> Lanes {
    let mut counts = Lanes::ZERO;
    for start in (0..LANES).step_by(GROUP) {
        let (uniforms, trials) = (part(uniforms, start), part(trials, start));
        counts[start..start + GROUP].copy_from_slice(&successes(uniforms, &trials, chance));
    }
    counts
}

/// Returns the number of marked items among `drawn` items, from a `population` of which `marked` are marked,
/// path by path.
#[inline(always)]
pub fn hypergeometrics(uniforms: &Lanes, population: &Lanes, marked: &Lanes, drawn: &Lanes) -> Lanes {
    let mut counts = Lanes::ZERO;
    for start in (0..LANES).step_by(GROUP) {
        let [population, marked, drawn] = [population, marked, drawn].map(|row| part(row, start));
        let found = found(part(uniforms, start), &population, &marked, &drawn);
        counts[start..start + GROUP].copy_from_slice(&found);
    }
    counts
}

#[inline(always)]
fn part(row: &Lanes, start: usize) -> Group {
    let mut group = [0.0; GROUP];
    group.copy_from_slice(&row[start..start + GROUP]);
    group
}

#[inline(always)]
fn successes(mut u: Group, trials: &Group, chance: f64) -> Group {
    let is_rare = chance <= 0.5;
    let rare = if is_rare { chance } else { 1.0 - chance };
    let common = 1.0 - rare;
    let mut normal = Normal::default();
    for lane in 0..GROUP {
        u[lane] = if is_rare { u[lane] } else { 1.0 - u[lane] };
        normal.mean[lane] = trials[lane] * rare;
        normal.variance[lane] = normal.mean[lane] * common;
        normal.skewness[lane] = (common - rare) / normal.variance[lane].sqrt();
    }
    let mut counts = [0.0; GROUP];
    if normal.has_few() {
        let (odds, of_one) = (rare / common, ln_1p(-rare));
        let mut first = [1.0; GROUP];
        for lane in 0..GROUP {
            let none = exp(trials[lane] * of_one);
            first[lane] = if normal.is_many(lane) { 1.0 } else { none };
        }
        counts = by_chances(u, first, trials, |lane, count| odds * (trials[lane] - count) / (count + 1.0));
    }
    normal.count_many(&u, &mut counts);
    for lane in 0..GROUP {
        let count = lesser(counts[lane], trials[lane]);
        counts[lane] = if is_rare { count } else { trials[lane] - count };
    }
    counts
}

#[inline(always)]
fn found(mut u: Group, population: &Group, marked: &Group, drawn: &Group) -> Group {
    let (mut few_marked, mut few_drawn) = ([0.0; GROUP], [0.0; GROUP]);
    let (mut fewer, mut more, mut apart) = ([0.0; GROUP], [0.0; GROUP], [0.0; GROUP]);
    let mut normal = Normal::default();
    for lane in 0..GROUP {
        let all = population[lane];
        few_marked[lane] = lesser(marked[lane], all - marked[lane]);
        few_drawn[lane] = lesser(drawn[lane], all - drawn[lane]);
        let is_flipped = (few_marked[lane] < marked[lane]) != (few_drawn[lane] < drawn[lane]);
        u[lane] = if is_flipped { 1.0 - u[lane] } else { u[lane] };
        fewer[lane] = lesser(few_marked[lane], few_drawn[lane]);
        more[lane] = greater(few_marked[lane], few_drawn[lane]);
        let part = more[lane] / all;
        apart[lane] = all - fewer[lane] - more[lane];
        let mean = fewer[lane] * part;
        let variance = mean * (1.0 - part) * (all - fewer[lane]) / greater(all - 1.0, 1.0);
        normal.mean[lane] = mean;
        normal.variance[lane] = variance;
        normal.skewness[lane] =
            (all - 2.0 * fewer[lane]) * (all - 2.0 * more[lane]) / (all * (all - 2.0) * variance.sqrt());
    }
    let mut counts = [0.0; GROUP];
    if normal.has_few() {
        let first = chances_of_none(&normal, &fewer, &more, population);
        counts = by_chances(u, first, &fewer, |lane, count| {
            (fewer[lane] - count) * (more[lane] - count) / ((count + 1.0) * (apart[lane] + count + 1.0))
        });
    }
    normal.count_many(&u, &mut counts);
    for lane in 0..GROUP {
        let count = lesser(counts[lane], fewer[lane]);
        let left = few_marked[lane] - count;
        let count = if few_drawn[lane] < drawn[lane] { left } else { count };
        let left = drawn[lane] - count;
        let count = if few_marked[lane] < marked[lane] { left } else { count };
        let is_any = lesser(marked[lane], drawn[lane]) > 0.0;
        counts[lane] = if is_any { count } else { 0.0 };
    }
    counts
}

/// Returns [`none_of`] for every path whose count has a small variance, and 1 for the others.
#[inline(always)]
fn chances_of_none(normal: &Normal, fewer: &Group, more: &Group, population: &Group) -> Group {
    let mut factors = [0.0; GROUP];
    for lane in 0..GROUP {
        let is_product = fewer[lane] <= FACTORS && !normal.is_many(lane);
        factors[lane] = if is_product { fewer[lane] } else { 0.0 };
    }
    let most = factors.iter().fold(0.0, |most, of| greater(most, *of));
    let (mut chances, mut k) = ([1.0; GROUP], 0.0);
    while k < most {
        for lane in 0..GROUP {
            let factor = (population[lane] - more[lane] - k) / (population[lane] - k);
            let chance = chances[lane] * factor;
            chances[lane] = if k < factors[lane] { chance } else { chances[lane] };
        }
        k += 1.0;
    }
    for lane in 0..GROUP {
        if fewer[lane] > FACTORS && !normal.is_many(lane) {
            chances[lane] = none_of(fewer[lane], more[lane], population[lane]);
        }
    }
    chances
}

/// Moments of the counts on a group of 32 paths.
struct Normal {
    mean: Group,
    variance: Group,
    skewness: Group,
}

impl Default for Normal {
    #[inline(always)]
    fn default() -> Self {
        Self { mean: [0.0; GROUP], variance: [0.0; GROUP], skewness: [0.0; GROUP] }
    }
}

impl Normal {
    #[inline(always)]
    fn is_many(&self, lane: usize) -> bool {
        self.variance[lane] > INVERTED
    }

    #[inline(always)]
    fn has_few(&self) -> bool {
        (0..GROUP).fold(false, |any, lane| any | !self.is_many(lane))
    }

    /// Replaces the counts on paths whose variance is large by those of the normal law at the uniforms `u`.
    #[inline(always)]
    fn count_many(&self, u: &Group, counts: &mut Group) {
        if !(0..GROUP).fold(false, |any, lane| any | self.is_many(lane)) {
            return;
        }
        let scores = normal::quantiles(u);
        for lane in 0..GROUP {
            let (mean, variance) = (self.mean[lane], self.variance[lane]);
            let count = super::of_score(scores[lane], mean, variance, self.skewness[lane]);
            counts[lane] = if self.is_many(lane) { count } else { counts[lane] };
        }
    }
}

/// Returns the counts, at most `most`, at which summed probabilities pass the uniforms `u`. `first` is the probability
/// of 0 (1 on paths to skip), `ratio(path, count)` that of the next count divided by that of this one.
#[inline(always)]
fn by_chances(mut u: Group, first: Group, most: &Group, ratio: impl Fn(usize, f64) -> f64) -> Group {
    let (mut chance, mut sum, mut counts) = (first, first, [0.0; GROUP]);
    let mut count = 0.0;
    loop {
        let mut are_open = 0_u64;
        for lane in 0..GROUP {
            let is_open = (sum[lane] < u[lane]) & (count < most[lane]);
            let factor = ratio(lane, count);
            chance[lane] *= factor;
            let is_rest = (chance[lane] < VANISHED) & (factor < 1.0);
            let next = sum[lane] + chance[lane];
            counts[lane] = if is_open { count + 1.0 } else { counts[lane] };
            sum[lane] = if is_open { next } else { sum[lane] };
            u[lane] = if is_open & is_rest { 0.0 } else { u[lane] };
            are_open |= u64::from(is_open);
        }
        if are_open == 0 {
            return counts;
        }
        count += 1.0;
    }
}
