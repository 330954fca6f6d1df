//! Test whether a sample shows enough of its law for an interval of its mean.
//!
//! In: sorted samples. Out: [`Tails`], with the skewness of the law and an objection. Not here: the interval
//! (`skewed`), the figures (`moments`).
//!
//! A sample of a heavy-tailed law that missed the large values looks light-tailed, and just then its mean is
//! too low. So its own skewness and its largest values are least reliable where they matter most. Quantiles
//! are reliable in every sample. On each side of the median the skewness is that of the shifted lognormal law
//! with the same quantiles,
//!
//! ```text
//! (x_h − x_½)/(x_m − x_½) = (e^{σz_h} − 1)/(e^{σz_m} − 1),   γ² = (w + 2)²(w − 1),   w = e^{σ²}
//! ```
//!
//! at two pairs of quantiles. One pair lies some twenty and some hundred samples from the end, where a heavy
//! tail bends away. The other lies at 95 and 75 %, where nearly all samples agree. The larger σ of the two
//! counts. An interval requires γ² paths; the tests simulate this.
//!
//! If ten or more samples equal the least or the greatest value up to rounding, as ruined paths have nothing, the law
//! ends there. On that side no law is fitted: the skewness that the sample shows is all there is. The same holds
//! if a known end, which no value can pass, is near enough (`SkewedMean::shows`).

use super::change::LAST_DIGITS;
use super::estimate::Note;
use crate::math::bisect::{edge, first};
use crate::math::elementary::expm1;
use crate::math::order::Ranks;
use crate::math::ordered::{Ordered, Rising};
use crate::math::values::Values;
use crate::math::{exp, normal};

/// Least number of samples for an interval of a mean: with fewer, no quantile is far enough from the median.
/// Chosen by judgment.
const LEAST: usize = 200;

/// Least number of samples above (or below) the median to fit a tail there: as many as 200 samples have.
const FEW: usize = (LEAST - 1) / 2;

/// Number of samples beyond the outer of the two quantiles from which a tail is fitted; large samples use more.
/// Chosen by judgment.
const OUTER: f64 = 20.0;
const OUTER_PER_ROOT: f64 = 0.45;

/// Least number of samples equal to the extreme value, up to rounding, for it to count as a bound of the law. Chosen by
/// judgment.
const AT_END: usize = 10;

/// Largest width σ of the lognormal law fitted to a tail: beyond it, no number of paths suffices.
const WIDEST: f64 = 6.0;

/// Tails of a sample on both sides of its median.
pub struct Tails {
    n: f64,
    upper: Side,
    lower: Side,
}

/// Samples above, or below, the median.
#[derive(Clone, Copy)]
struct Side {
    /// Number of samples off the median on this side.
    n: usize,
    /// Number of paths that the tail on this side requires for an interval of the mean: γ²·n_all/2n, with γ the
    /// skewness of the fitted law and n of all n_all samples on this side.
    needed: f64,
    /// True if the law has a bound on this side, so that no tail is fitted.
    is_ended: bool,
}

impl Tails {
    /// Examines the tails of sorted `values`; there must be at least one.
    pub fn of<R: Rising + ?Sized>(values: &R) -> Self {
        Self::by_rank(values.n(), |rank| values.at(rank))
    }

    /// Examines the tails of unsorted values; only a few ranks are looked up.
    pub fn in_any_order(values: &Values) -> Self {
        if values.is_streamed() {
            return Self::of(&Ordered::of(values));
        }
        let mut ranks = Ranks::of(&values.all());
        Self::by_rank(values.n(), |rank| ranks.at(rank))
    }

    /// Examines the tails of `n` values; `at(rank)` returns the value with this rank, from 0.
    fn by_rank(n: usize, mut at: impl FnMut(usize) -> f64) -> Self {
        let median = at((n - 1) / 2);
        let near = LAST_DIGITS * median.abs();
        let n_upper = n - first(n, n / 2, |rank| at(rank) > median + near);
        let n_lower = first(n, n / 2, |rank| at(rank) >= median - near);
        let reach = AT_END.min(n) - 1;
        let is_ended = |end: f64, within: f64, n_side: usize| {
            n_side >= AT_END && (end - within).abs() <= LAST_DIGITS * end.abs().max(median.abs())
        };
        let upper = if is_ended(at(n - 1), at(n - 1 - reach), n_upper) {
            Side::ended(n_upper)
        } else {
            Side::of(n, n_upper, |rank| at(n - rank) - median)
        };
        let lower = if is_ended(at(0), at(reach), n_lower) {
            Side::ended(n_lower)
        } else {
            Side::of(n, n_lower, |rank| median - at(rank - 1))
        };
        Self { n: n as f64, upper, lower }
    }

    /// Sets bounds of the law on the sides `[below, above]` the median where `is_known` is true.
    pub fn ended(mut self, is_known: [bool; 2]) -> Self {
        for (side, is_known) in [&mut self.lower, &mut self.upper].into_iter().zip(is_known) {
            if is_known {
                *side = Side::ended(side.n);
            }
        }
        self
    }

    /// True for each side of the median, `[below, above]`, on which the law has a bound or no sample lies.
    pub fn is_ended(&self) -> [bool; 2] {
        [self.lower, self.upper].map(|side| side.is_ended || side.n == 0)
    }

    /// Returns the reason why the mean has no interval, with the number of samples needed; else `None`.
    pub fn objection(&self) -> Option<Note> {
        if self.n < LEAST as f64 {
            return Some(Note::TailUnseen { paths: LEAST as u64 });
        }
        [self.upper, self.lower].into_iter().find_map(|side| side.objection(self.n))
    }

    /// Returns the skewness that the interval of a mean allows for. It is the sample's skewness, `shown`. On
    /// the side to which the sample leans, it is at least what a sample of the fitted law shows:
    ///
    /// ```text
    /// γ = 1/(1/γ_law + 1/√n)
    /// ```
    ///
    /// because no sample of n is more skewed than √n.
    pub fn skewness(&self, shown: f64) -> f64 {
        let of_law = |side: Side| {
            let (law, most) = (side.needed.sqrt(), self.n.sqrt());
            law * most / (law + most)
        };
        let (upper, lower) = (of_law(self.upper), of_law(self.lower));
        if shown >= 0.0 && upper > lower {
            shown.max(upper)
        } else if shown < 0.0 && lower > upper {
            shown.min(-lower)
        } else {
            shown
        }
    }
}

impl Side {
    /// Creates a side with `n` samples and a bound of the law, so that it requires no number of paths.
    fn ended(n: usize) -> Self {
        Self { n, needed: 0.0, is_ended: true }
    }

    /// Examines the side of the median that has `n` of all `n_all` samples. `distance(rank)` returns the distance
    /// from the median of the sample with this rank; the farthest has rank 1.
    fn of(n_all: usize, n: usize, mut distance: impl FnMut(usize) -> f64) -> Self {
        if n < FEW {
            // the squared skewness of rare events of one size
            let needed = if n == 0 { 0.0 } else { n_all as f64 / n as f64 };
            return Self { n, needed, is_ended: false };
        }
        let outer = OUTER.max(OUTER_PER_ROOT * (n_all as f64).sqrt());
        let inner = (outer.floor() * n as f64).sqrt();
        let mut width = |outer: usize, inner: usize| {
            let score = |rank: usize| normal::quantile(1.0 - rank as f64 / (2 * n) as f64);
            width_of(distance(outer) / distance(inner), score(outer), score(inner))
        };
        let tail = width(outer as usize, inner as usize);
        let centre = width(n / 10, n / 2);
        let w = exp(tail.max(centre) * tail.max(centre));
        Self { n, needed: (w + 2.0) * (w + 2.0) * (w - 1.0) * n_all as f64 / (2 * n) as f64, is_ended: false }
    }

    fn objection(&self, n_all: f64) -> Option<Note> {
        let paths = match self.n {
            _ if self.is_ended => return None,
            0 => return None,
            n if n < FEW => self.needed * FEW as f64,
            _ if n_all >= self.needed => return None,
            _ => self.needed,
        };
        Some(Note::HeavyTail {
            skewness: Some(self.needed.sqrt()).filter(|skewness| skewness.is_finite()),
            paths: (paths < u64::MAX as f64).then_some(paths.ceil() as u64),
        })
    }
}

/// Returns the width σ of the lognormal law for which the distances from the median at the normal scores
/// `outer` and `inner` have this `ratio`; 0 if even the normal law has a larger ratio.
fn width_of(ratio: f64, outer: f64, inner: f64) -> f64 {
    const HALVINGS: usize = 40;
    let is_wider = |width: f64| expm1(width * outer) > ratio * expm1(width * inner);
    edge(0.0, WIDEST, HALVINGS, is_wider).0
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::super::tests::{counts, draws, each, normal_scores};
    use super::*;
    use rand_distr::{LogNormal, Pareto};

    fn objection(sample: &Sample) -> Option<Note> {
        Tails::of(&*sample.rising()).objection()
    }

    #[test]
    fn the_width_of_a_lognormal_law_is_found_on_either_side() {
        let scores = normal_scores(100_000, 0.0, 1.0);
        for width in [0.3, 1.0, 1.5] {
            let law = scores.rising_by(each(move |z| 7.0 + exp(width * z)));
            let w: f64 = exp(width * width);
            let squared_skewness = (w + 2.0) * (w + 2.0) * (w - 1.0);
            let found = Tails::of(&*law.rising());
            assert!((found.upper.needed / squared_skewness - 1.0).abs() < 0.02);
            let mirrored = Tails::of(&*law.falling_by(each(|x| -x)).rising());
            assert!((mirrored.lower.needed / squared_skewness - 1.0).abs() < 0.02);
            assert!(found.lower.needed < 1e-9 && mirrored.upper.needed < 1e-9);
        }
        // half the law at its median, the other half spread: the same tail from half the paths
        let half = scores.rising_by(each(|z| exp(z.max(0.0))));
        let found = Tails::of(&*half.rising());
        assert_eq!((found.lower.n, found.upper.n), (0, 50_000));
    }

    #[test]
    fn ordinary_samples_pass_and_small_ones_say_how_many_would_do() {
        for (n, mean) in [(200, 1.0), (10_000, 1.0), (200, -10.0), (10_000, -10.0)] {
            assert_eq!(objection(&normal_scores(n, mean, 1.0)), None);
        }
        assert_eq!(objection(&Sample::new(vec![5.0; 10_000]).expect("finite")), None);
        assert_eq!(objection(&normal_scores(199, 1.0, 1.0)), Some(Note::TailUnseen { paths: 200 }));
    }

    #[test]
    fn few_samples_off_the_most_common_one_are_asked_for_as_many_as_the_least_sample_has() {
        let with = |events: usize| {
            let mut values = vec![0.0; 3000];
            values[..events].fill(-1e4);
            objection(&Sample::new(values).expect("finite"))
        };
        assert_eq!(with(6).and_then(Note::paths), Some(49_500));
        assert_eq!(with(120), None);
    }

    #[test]
    fn sums_that_differ_by_rounding_are_one_value() {
        // 36,000 on 96 % of the paths, summed in different orders, and less on the ruined ones
        let sum = |path: usize| match path % 25 {
            0 => -36e3 * (0.4 + 0.6 * path as f64 / 4e3),
            _ => -36e3 + 1e-11 * ((path % 7) as f64 - 3.0),
        };
        let sums = |n: usize| Sample::new((0..n).map(sum).collect()).expect("finite");
        assert_eq!(objection(&sums(4_000)), None);
        let tails = Tails::of(&*sums(4_000).rising());
        assert_eq!((tails.lower.n, tails.upper.n), (0, 160));
        // most paths pay nothing
        let rarely = |path: usize| if path % 5 < 3 { 0.0 } else { sum(1) + 1e-11 * (path % 7) as f64 };
        let rarely = Sample::new((0..4_000).map(rarely).collect()).expect("finite");
        assert_eq!(Tails::of(&*rarely.rising()).is_ended(), [true; 2]);
    }

    #[test]
    fn more_paths_never_make_a_figure_less_sure() {
        let share = |n: usize, draw: &dyn Fn(usize, u64) -> Sample| {
            let runs = if n > 10_000 { 10 } else { 100 };
            let [refused] = counts(runs, |seed| [objection(&draw(n, seed)).is_some()]);
            refused / runs as f64
        };
        let lognormal = |width| {
            let law = LogNormal::new(0.0, width).expect("positive");
            move |n, seed| draws(law, n, seed)
        };
        // too heavy at every number of paths
        let pareto = Pareto::new(1.0, 1.1).expect("positive");
        for n in [500, 2_000, 100_000] {
            assert!(share(n, &|n, seed| draws(pareto, n, seed)) > 0.9, "{n}");
            assert!(share(n, &lognormal(2.21)) > 0.95, "{n}");
        }
        // refused by few, and passed for good once there are enough
        let shares = [200, 500, 2_000, 20_000].map(|n| share(n, &lognormal(1.25)));
        assert!(shares.is_sorted_by(|few, many| few >= many), "{shares:?}");
        assert!(shares[0] > 0.4 && shares[3] == 0.0, "{shares:?}");
    }
}
