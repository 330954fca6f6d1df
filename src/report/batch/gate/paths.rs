//! How many paths will probably decide a gate that these paths cannot.
//!
//! In: an estimate and its limits. Out: a number of paths for `--decide`. Not here: the verdict.

use super::super::confidence_of_look;
use super::{MANY_DEGREES, Wish, events, half_width, rounded_up, student_half_width};
use crate::math::binomial::Binomial;
use crate::math::normal;
use crate::stats::{Estimate, Sampling};
use statrs::distribution::{ContinuousCDF, StudentsT};
use statrs::function::beta::beta_reg;

/// More paths than this are no advice.
const MOST_PATHS: f64 = 1e9;

/// Probability with which the paths that are advised decide.
const PROBABLY: f64 = 0.85;

/// Halvings of a factor of two, in its logarithm.
const HALVINGS: usize = 7;

/// From this variance of a count on, the normal law with its first correction for skewness.
const LARGE_VARIANCE: f64 = 1e4;

/// Shapes of a beta law from which on it is the normal one.
const LARGE_SHAPE: f64 = 60.0;

/// The fewest paths, at least `least` and up to two digits, that decide with a probability of 85 %.
///
/// The figure on N paths is foretold from that on n: with r = n/N it is normal around the value,
/// with variance (1 − r)·error², if nothing was known of the truth beforehand. It decides if its
/// interval, shorter by √r and at the level of the look at which `--decide N` ends, lies off the
/// limits, on either side. The count behind a share is foretold by its beta-binomial law, from
/// Jeffreys' prior, and asked for by the exact interval; the mean of a tail by Student's law.
/// None if that takes more than a billion paths.
pub(super) fn paths_to_decide(
    wish: &Wish,
    estimate: &Estimate,
    sampling: Sampling,
    least: u64,
) -> Option<u64> {
    let outlook = Outlook::new(wish, estimate, sampling)?;
    let is_enough = |paths: f64| outlook.chance(rounded_up(paths)) >= PROBABLY;
    let mut low = (estimate.n as f64 + 1.0).max(least as f64);
    if is_enough(low) {
        return Some(rounded_up(low));
    }
    let mut high = 2.0 * low;
    while !is_enough(high) {
        if high > MOST_PATHS {
            return None;
        }
        (low, high) = (high, 2.0 * high);
    }
    for _ in 0..HALVINGS {
        let middle = (low * high).sqrt();
        match is_enough(middle) {
            true => high = middle,
            false => low = middle,
        }
    }
    (high <= MOST_PATHS).then(|| rounded_up(high))
}

/// What more paths may bring.
struct Outlook<'a> {
    wish: &'a Wish,
    sampling: Sampling,
    value: f64,
    error: f64,
    n: f64,
    /// At most as many paths as the first look had.
    first: f64,
}

impl<'a> Outlook<'a> {
    fn new(wish: &'a Wish, estimate: &Estimate, sampling: Sampling) -> Option<Self> {
        let n = estimate.n as f64;
        // a look halves what may be spent and doubles the paths
        let (mut first, mut left) = (n, 1.0 - wish.confidence);
        while left > 1.5 * (1.0 - estimate.level) {
            (first, left) = (0.5 * first, 0.5 * left);
        }
        Some(Self {
            wish,
            sampling,
            value: estimate.value,
            error: estimate.std_error?,
            n,
            first,
        })
    }

    /// Level of the look at which `--decide paths` ends.
    fn level(&self, paths: f64) -> f64 {
        let mut look = 0;
        let mut reached = self.first;
        while reached < paths {
            (reached, look) = (2.0 * reached, look + 1);
        }
        confidence_of_look(self.wish.confidence, look)
    }

    /// Probability that `paths` decide.
    fn chance(&self, paths: u64) -> f64 {
        match self.sampling {
            Sampling::Share => self.chance_of_share(paths),
            _ => self.chance_of_figure(paths as f64),
        }
    }

    fn chance_of_figure(&self, paths: f64) -> f64 {
        let ratio = self.n / paths;
        let degrees = |n: f64| match self.sampling {
            Sampling::Shortfall { level, .. } => Some((n * (1.0 - level) - 1.0).max(1.0)),
            _ => None,
        };
        let few = |degrees: &f64| *degrees < MANY_DEGREES;
        let (level, now) = (self.level(paths), degrees(self.n).filter(few));
        let half = match degrees(paths).filter(few) {
            Some(degrees) => student_half_width(level, degrees),
            None => half_width(level),
        };
        let half = half * self.error * ratio.sqrt();
        let spread = self.error * (1.0 - ratio).sqrt();
        let below = |limit: f64| {
            let score = (limit - self.value) / spread;
            match now.and_then(|degrees| StudentsT::new(0.0, 1.0, degrees).ok()) {
                Some(law) => law.cdf(score),
                None => normal::cdf(score),
            }
        };
        self.decides(|limit| (below(limit - half), below(limit + half)))
    }

    fn chance_of_share(&self, paths: u64) -> f64 {
        let tail = 0.5 * (1.0 - self.level(paths as f64));
        let count = Foretold::new(events(self.value, self.n as usize) as f64, self.n, paths);
        self.decides(|limit| {
            let few = most_events(paths, limit, tail);
            let many = most_events(paths, 1.0 - limit, tail).map(|others| paths - others);
            let below = few.map_or(0.0, |events| count.at_most(events as f64));
            let many = many.map_or(1.0, |events| count.at_most(events as f64 - 1.0));
            (below, many)
        })
    }

    /// `around` a limit: the probabilities to be clear of it below, and not to be clear of it above.
    fn decides(&self, around: impl Fn(f64) -> (f64, f64)) -> f64 {
        let (too_low, not_above) = self.wish.above.map_or((0.0, 0.0), &around);
        let (clear_below, not_too_high) = self.wish.below.map_or((1.0, 1.0), &around);
        too_low + (1.0 - not_too_high) + (clear_below - not_above).max(0.0)
    }
}

/// The count on more paths: beta-binomial, as the beta law with its mean and variance.
struct Foretold {
    known: f64,
    more: f64,
    shapes: (f64, f64),
}

impl Foretold {
    fn new(known: f64, n: f64, paths: u64) -> Self {
        let more = paths as f64 - n;
        let mean = (known + 0.5) / (n + 1.0);
        let size = ((n + 2.0) * more / (n + 1.0 + more) - 1.0).max(f64::MIN_POSITIVE);
        let shapes = (mean * size, (1.0 - mean) * size);
        Self {
            known,
            more,
            shapes,
        }
    }

    fn at_most(&self, events: f64) -> f64 {
        let share = (events + 0.5 - self.known) / self.more;
        let (alpha, beta) = self.shapes;
        if share <= 0.0 || share >= 1.0 {
            return f64::from(u8::from(share > 0.0));
        }
        if alpha.min(beta) < LARGE_SHAPE {
            return beta_reg(alpha, beta, share);
        }
        let mean = alpha / (alpha + beta);
        let variance = mean * (1.0 - mean) / (alpha + beta + 1.0);
        normal::cdf((share - mean) / variance.sqrt())
    }
}

/// The most events whose exact interval ends at `limit` or below; none if even no event's does not.
fn most_events(trials: u64, limit: f64, tail: f64) -> Option<u64> {
    if !(0.0..1.0).contains(&limit) {
        return (limit >= 1.0).then_some(trials);
    }
    let n = trials as f64;
    let variance = n * limit * (1.0 - limit);
    let z = -normal::quantile(tail);
    let skewed = (z * z - 1.0) * (1.0 - 2.0 * limit) / 6.0;
    let guess = n * limit - z * variance.sqrt() + skewed - 0.5;
    if variance > LARGE_VARIANCE {
        return Some(guess as u64);
    }
    let is_below = |events: u64| Binomial::new(trials, limit).at_most(events) <= tail;
    let mut events = guess.max(0.0) as u64;
    while !is_below(events) {
        events = events.checked_sub(1)?;
    }
    while events < trials && is_below(events + 1) {
        events += 1;
    }
    Some(events)
}

#[cfg(test)]
mod tests;
