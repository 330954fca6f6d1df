//! How many paths will probably decide a gate that these paths cannot.
//!
//! In: an estimate and its limits. Out: a number of paths for `--decide`. Not here: the verdict.

use super::super::confidence_of_look;
use super::{MANY_DEGREES, Wish, events, half_width, rounded_up, student_half_width};
use crate::math::{exp, ln, normal};
use crate::stats::{Estimate, Sampling};
use statrs::distribution::{ContinuousCDF, StudentsT};
use statrs::function::beta::beta_reg;
use statrs::function::factorial::ln_factorial;

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
        let looks = ((1.0 - wish.confidence) / (1.0 - estimate.level)).log2();
        let n = estimate.n as f64;
        Some(Self {
            wish,
            sampling,
            value: estimate.value,
            error: estimate.std_error?,
            n,
            first: n / looks.round().exp2(),
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
    let is_below = |events: u64| tail_below(events, trials, limit) <= tail;
    let mut events = guess.max(0.0) as u64;
    while !is_below(events) {
        events = events.checked_sub(1)?;
    }
    while events < trials && is_below(events + 1) {
        events += 1;
    }
    Some(events)
}

/// P(B ≤ events), B ~ Binomial(trials, share), summed from its largest term down.
fn tail_below(events: u64, trials: u64, share: f64) -> f64 {
    if events >= trials {
        return 1.0;
    }
    let (k, n) = (events as f64, trials as f64);
    let choose = ln_factorial(trials) - ln_factorial(events) - ln_factorial(trials - events);
    let first = choose + k * ln(share.max(f64::MIN_POSITIVE)) + (n - k) * ln(1.0 - share);
    let (mut term, mut sum) = (1.0, 1.0);
    for down in 0..events {
        let k = k - down as f64;
        term *= k * (1.0 - share) / ((n - k + 1.0) * share);
        sum += term;
        if term < 1e-12 * sum && down > 2 {
            break;
        }
    }
    exp(first) * sum
}

#[cfg(test)]
mod tests {
    use super::super::super::{GatePart, GateVerdict};
    use super::*;
    use crate::math::counts::exact_interval;
    use crate::stats::probability::of_count;
    use rand_chacha::ChaCha8Rng;
    use rand_chacha::rand_core::{Rng, SeedableRng};
    use rand_distr::{Binomial, Distribution, StandardNormal};

    const FIRST: u64 = 1000;

    fn wish(measure: &str, limit: f64) -> Wish {
        Wish {
            id: "g".to_owned(),
            measure: measure.to_owned(),
            above: None,
            below: Some(limit),
            confidence: 0.99,
            place: None,
        }
    }

    /// What `--decide most` finds: the first gate, and whether some look decides.
    fn looks(measure: &str, limit: f64, most: u64, mut at: impl FnMut(u64) -> Estimate) -> bool {
        let (mut n, mut look) = (FIRST, 0);
        loop {
            let level = confidence_of_look(0.99, look);
            let estimate = Estimate { level, ..at(n) };
            let gate = GatePart::judged(wish(measure, limit), Ok(estimate));
            if gate.verdict != GateVerdict::Inconclusive {
                return true;
            }
            if n >= most {
                return false;
            }
            (n, look) = ((2 * n).next_multiple_of(256).min(most), look + 1);
        }
    }

    fn uniform(generator: &mut ChaCha8Rng) -> f64 {
        f64::from(generator.next_u32()) / 4_294_967_296.0
    }

    /// Share of suggestions, times `factor`, that decide when they are followed.
    fn kept(
        measure: &str,
        limit: f64,
        runs: u32,
        factor: f64,
        mut sampler: impl FnMut(&mut ChaCha8Rng) -> Box<dyn FnMut(u64, &mut ChaCha8Rng) -> Estimate>,
    ) -> f64 {
        let mut generator = ChaCha8Rng::seed_from_u64(3);
        let (mut advised, mut decided) = (0, 0);
        for _ in 0..runs {
            let mut at = sampler(&mut generator);
            let first = at(FIRST, &mut generator);
            let gate = GatePart::judged(wish(measure, limit), Ok(first));
            let Some(paths) = gate.paths_to_decide else {
                continue;
            };
            advised += 1;
            let most = (paths as f64 * factor) as u64;
            let found = looks(measure, limit, most, |n| match n {
                FIRST => first,
                n => at(n, &mut generator),
            });
            decided += u32::from(found);
        }
        assert!(advised > 200, "{advised}");
        f64::from(decided) / f64::from(advised)
    }

    /// A mean of normals whose truth is as likely anywhere within four errors of the limit.
    fn means(generator: &mut ChaCha8Rng) -> Box<dyn FnMut(u64, &mut ChaCha8Rng) -> Estimate> {
        let truth = (8.0 * uniform(generator) - 4.0) / (FIRST as f64).sqrt();
        let (mut n, mut sum) = (0.0, 0.0);
        Box::new(move |paths, generator| {
            let more = paths as f64 - n;
            let draw: f64 = StandardNormal.sample(generator);
            sum += more * truth + more.sqrt() * draw;
            n = paths as f64;
            let error = 1.0 / n.sqrt();
            Estimate {
                level: 0.99,
                interval: None,
                ..Estimate::normal(sum / n, error, paths as usize)
            }
        })
    }

    /// A share whose truth is as likely anywhere up to `most`.
    fn shares(
        (least, most): (f64, f64),
    ) -> impl FnMut(&mut ChaCha8Rng) -> Box<dyn FnMut(u64, &mut ChaCha8Rng) -> Estimate> {
        move |generator| {
            let truth = least + (most - least) * uniform(generator);
            let (mut n, mut events) = (0, 0);
            Box::new(move |paths, generator| {
                let law = Binomial::new(paths - n, truth).expect("a law");
                events += law.sample(generator);
                n = paths;
                Estimate {
                    level: 0.99,
                    ..of_count(events as usize, paths as usize)
                }
            })
        }
    }

    #[test]
    fn four_of_five_suggestions_decide_when_they_are_followed() {
        const MEAN: &str = "wealth.terminal.mean";
        const SHARE: &str = "loss.probability";
        let mean = |factor| kept(MEAN, 0.0, 2000, factor, means);
        let middling = |factor| kept(SHARE, 0.15, 800, factor, shares((0.1, 0.2)));
        let rare = |factor| kept(SHARE, 0.005, 800, factor, shares((0.0, 0.015)));
        for found in [mean(1.0), middling(1.0), rare(1.0)] {
            assert!(found >= 0.8 && found < 0.95, "{found}");
        }
        // power: a third of the paths decides clearly less often
        for found in [mean(0.33), middling(0.33), rare(0.33)] {
            assert!(found < 0.8, "{found}");
        }
    }

    #[test]
    fn the_most_events_of_an_interval_are_those_of_the_exact_one() {
        for (trials, limit) in [(300, 0.01), (1000, 0.15), (5000, 0.5), (40_000, 0.97)] {
            let tail = 0.0025;
            let found = most_events(trials, limit, tail);
            let high = |events| exact_interval(events, trials, 0.995).1;
            match found {
                Some(events) => assert!(high(events) <= limit && high(events + 1) > limit),
                None => assert!(high(0) > limit),
            }
        }
        // and the approximation of large counts goes on where the exact one ends
        let (few, many) = (78_400, 78_500);
        let (few, many) = (most_events(few, 0.15, 1e-3), most_events(many, 0.15, 1e-3));
        assert!(
            many.zip(few)
                .is_some_and(|(many, few)| (14..=16).contains(&(many - few)))
        );
    }

    #[test]
    fn a_suggestion_is_for_the_level_of_the_look_it_leads_to() {
        let outlook = |level, n| {
            let estimate = Estimate {
                level,
                ..Estimate::normal(0.1, 0.1, n)
            };
            let wish = wish("wealth.terminal.mean", 0.0);
            let level = Outlook::new(&wish, &estimate, Sampling::Normal);
            level
                .map(|outlook| [n as f64, 1.5 * n as f64, 4.0 * n as f64].map(|n| outlook.level(n)))
        };
        let levels = |looks: [u32; 3]| Some(looks.map(|look| confidence_of_look(0.99, look)));
        assert_eq!(outlook(0.99, 1000), levels([0, 1, 2]));
        // already at the third look: it began with a quarter of them
        assert_eq!(
            outlook(confidence_of_look(0.99, 2), 4000),
            levels([2, 3, 4])
        );
    }
}
