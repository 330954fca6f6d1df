//! Change of a quantile, or of a mean of the worst, between two worlds on the same draws.
//!
//! In: one quantity in both, path by path. Out: what every path contributes to the change, and the
//! change with an interval. Not here: changes of means (`moments`) and of shares (`difference::share`).
//!
//! A quantile changes only with the paths about it. With a ≤ x ≤ b the interval of its ranks j to k,
//! and the same of the other world, the change is seen best in the mean of all ranks between them,
//!
//! ```text
//! δ = Σ_{j≤r≤k} (y_(r) − x_(r))/(k − j + 1)
//! z = n/(k − j)·([y]_a'^b' − a' − [x]_a^b + a),   [x]_a^b = min(max(x, a), b)
//! ```
//!
//! of which z is, to first order, the contribution of a path: nothing from one that is below in both
//! worlds, the same from all that are above, the distance from one that stays between, the whole way
//! from one that crosses. Source: P. J. Huber & E. M. Ronchetti, *Robust Statistics*, 2nd ed., §3.3
//! (influence of L-statistics).
//!
//! The figure itself is one order statistic less another, which is what happened to the one or two
//! paths at the rank: it scatters around δ, and the interval of δ is widened to hold it.
//!
//! A figure of all months (`co_movement`) is judged here too: it is the mean of what the paths contribute, of
//! which it is known how many can decide it.

use super::bounded::FEW;
use super::estimate::{Estimate, LEVEL, Note, half_width};
use super::guard::Tails;
use super::influence::{Quantile, Tail};
use super::sample::Sample;
use super::skewed::Shape;
use super::tail;
use super::worst_mean::WorstMean;
use crate::math::counts::bounded_mean_interval;
use crate::math::ordered::Rising;
use crate::math::values::Values;

/// Of a mean of the worst, by the rule of Cochran: its paths differ both ways.
const PATHS_PER_SQUARED_SKEWNESS: f64 = 25.0;

/// Of a figure of all months: fewer effective paths leave it open whether the largest are among them. By
/// simulation of loops that hardly ever strike.
const LEAST_EFFECTIVE: f64 = 80.0;

/// What months in single precision leave of no contribution.
const ROUNDING_OF_RETURNS: f64 = 1e-6;

/// A change, beside the sample of what the paths contribute to it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// Of the figure itself.
    value: f64,
    law: Law,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Law {
    Quantile(Crossings),
    /// Of a mean of the worst `1 − level`.
    Tail {
        level: f64,
    },
    /// Of a mean over the worst paths.
    OnWorst(WorstMean),
    /// Of a part of a standard deviation; why its tails object, if they do.
    Spread {
        heavy: Option<Note>,
    },
    /// Of a figure that is itself a change.
    Twice,
    /// Of a figure of all months of the paths, which so many of them can decide.
    Months {
        n_decisive: usize,
    },
}

/// How far paths go across the neighbourhood of a quantile, as parts of the way.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Crossings {
    /// Means over all paths.
    up: f64,
    down: f64,
    /// By how much the figure changes if all paths cross.
    way: f64,
    /// Paths that change within it or across.
    n_decisive: usize,
}

/// One quantity of the same paths twice: in two worlds, or in two runs.
pub struct Pair<'p> {
    pub base: &'p Sample,
    pub new: &'p Sample,
    /// The same in the order of the paths.
    pub x: Values,
    pub y: Values,
    /// How large an ordinary sample is.
    typical: f64,
}

/// What is smaller than this, as a part of the path's own samples or of an ordinary one, is rounding: two ways
/// of computing the same path agree to fewer digits than a double has. Not of the largest sample: beside a path
/// that grows without measure the changes of all others would be rounding.
const ROUNDING: f64 = 1e-12;

impl<'p> Pair<'p> {
    /// `x` and `y` are the samples of `base` and `new` in the order of the paths.
    pub fn new(base: &'p Sample, new: &'p Sample, x: Values, y: Values) -> Self {
        let quartiles = [base, new].into_iter().flat_map(|sample| {
            let values = sample.rising();
            [1, 2, 3].map(|quarter| values.at(quarter * (values.n() - 1) / 4).abs())
        });
        let typical = quartiles.fold(0.0, f64::max);
        Self { base, new, x, y, typical }
    }

    /// Whether a change of samples as large as `a` and `b` is none.
    pub fn is_rounding(&self, change: f64, a: f64, b: f64) -> bool {
        is_rounding(self.typical, change, a, b)
    }

    /// The same as a function of its own.
    pub fn rounding(&self) -> impl Fn(f64, f64, f64) -> bool + Copy + Send + Sync + use<> {
        let typical = self.typical;
        move |change, a, b| is_rounding(typical, change, a, b)
    }

    /// Number of paths.
    pub fn n(&self) -> usize {
        self.x.n()
    }

    /// `of` the two samples of every path, in memory unless they must not be.
    pub fn each(&self, of: impl Fn(f64, f64) -> f64 + Send + Sync + 'static) -> Values {
        self.x.zip(&self.y, of).settled()
    }

    /// Paths whose two samples differ by more than rounding.
    pub fn n_differ(&self) -> usize {
        let is_rounding = self.rounding();
        let differ = move |x: f64, y: f64| f64::from(u8::from(!is_rounding(x - y, x, y)));
        self.x.zip(&self.y, differ).count(|differs| differs > 0.0)
    }

    /// True if all paths of either run have the same sample.
    pub fn is_even(&self) -> bool {
        self.base.is_even() && self.new.is_even()
    }

    /// Contributions to the change of the `p`-quantile.
    pub fn quantile(&self, p: f64) -> Result<(Values, Change), Note> {
        let (base, new) = (Quantile::of(self.base, p)?, Quantile::of(self.new, p)?);
        let (low, high) = base.ranks;
        let between = |sample: &Sample| {
            // as an iterator adds up
            let mut sum = -0.0;
            let add = |piece: &[f64]| piece.iter().for_each(|value| sum += value);
            sample.rising().rise(low - 1..high, add);
            sum
        };
        let centre = (between(self.new) - between(self.base)) / (high - low + 1) as f64;
        let value = new.value - base.value;
        let centre = match self.is_rounding(centre - value, base.value, new.value) {
            true => value,
            false => centre,
        };
        let ends = |sample: &Sample| {
            let values = sample.rising();
            (values.at(low - 1), values.at(high - 1))
        };
        let (of_base, of_new) = (ends(self.base), ends(self.new));
        let n = self.n() as f64;
        let slope = n / (high - low) as f64;
        let within = |x: f64, (low, high): (f64, f64)| x.max(low).min(high) - low;
        let moved = move |x: f64, y: f64| within(y, of_new) - within(x, of_base);
        let mean = self.x.zip(&self.y, moved).sum(|moved| moved) / n;
        let is_rounding = self.rounding();
        let contributions = self.each(move |x, y| {
            let beyond_mean = moved(x, y) - mean;
            match is_rounding(beyond_mean, of_base.1, of_new.1) {
                true => centre,
                false => centre + slope * beyond_mean,
            }
        });
        let crossings = match contributions.all_meet(|own| own == centre) {
            true => Crossings::unseen(of_base, of_new, slope),
            false => self.crossings(of_base, of_new, slope),
        };
        let law = Law::Quantile(crossings);
        Ok((contributions, Change { value, law }))
    }

    fn crossings(&self, base: (f64, f64), new: (f64, f64), slope: f64) -> Crossings {
        let (low, high) = (base.0.min(new.0), base.1.max(new.1));
        let within = move |x: f64| x.max(low).min(high);
        let steps = self.each(move |x, y| within(y) - within(x));
        let (n, way) = (self.n() as f64, high - low);
        let sum = |sign: f64| steps.sum(|step| (sign * step).max(0.0));
        let is_rounding = self.rounding();
        Crossings {
            up: sum(1.0) / (n * way),
            down: sum(-1.0) / (n * way),
            way: way * slope,
            n_decisive: steps.count(|step| !is_rounding(step, low, high)),
        }
    }

    /// Contributions to the change of the mean of the worst `1 − level`, of losses.
    pub fn shortfall(&self, level: f64) -> Result<(Values, Change), Note> {
        let (base, new) = (Tail::of(self.base, level)?, Tail::of(self.new, level)?);
        let value = new.value - base.value;
        let is_rounding = self.rounding();
        let contributions = self.each(move |x, y| {
            let influence = new.influence(y) - base.influence(x);
            match is_rounding(influence * (1.0 - level), x, y) {
                true => value,
                false => value + influence,
            }
        });
        let law = Law::Tail { level };
        Ok((contributions, Change { value, law }))
    }
}

/// Whether a change of samples as large as `a`, `b` and an ordinary one is none.
fn is_rounding(typical: f64, change: f64, a: f64, b: f64) -> bool {
    change.abs() <= ROUNDING * a.abs().max(b.abs()).max(typical)
}

impl Law {
    /// The ways across, where too few paths go them for any law of large numbers.
    fn exact(self, shape: &Shape) -> Option<Crossings> {
        let Self::Quantile(crossings) = self else {
            return None;
        };
        let is_few = crossings.n_decisive < FEW || !shape.is_shown();
        is_few.then_some(crossings)
    }

    /// Why there is no interval at `level`.
    fn objection(self, sample: &Sample, shape: &Shape, level: f64) -> Option<Note> {
        match self {
            Self::Quantile(_) => None,
            Self::OnWorst(law) => law.objection(level),
            // no loss is larger than what was put in, so the sample shows its own skewness
            Self::Tail { level: tail } => tail::objection(sample.n(), tail)
                .or_else(|| shape.objection(PATHS_PER_SQUARED_SKEWNESS)),
            Self::Spread { heavy } => heavy.or_else(|| shape.objection(PATHS_PER_SQUARED_SKEWNESS)),
            Self::Twice => Tails::of(&*sample.rising()).objection(),
            Self::Months { n_decisive } => {
                let is_shown =
                    n_decisive >= FEW && n_effective(sample, shape.mean) >= LEAST_EFFECTIVE;
                (!is_shown).then_some(Note::FewDecide)
            }
        }
    }
}

impl Change {
    /// Of a figure that is itself a change.
    pub fn twice(value: f64) -> Self {
        let law = Law::Twice;
        Self { value, law }
    }

    /// Of a mean over the worst paths.
    pub fn on_worst(value: f64, law: WorstMean) -> Self {
        let law = Law::OnWorst(law);
        Self { value, law }
    }

    /// Of a part of a standard deviation, to which tails object if they are `heavy`.
    pub fn of_spread(value: f64, heavy: Option<Note>) -> Self {
        let law = Law::Spread { heavy };
        Self { value, law }
    }

    /// Of a figure of all months that `n_decisive` paths can decide.
    pub fn of_months(value: f64, n_decisive: usize) -> Self {
        let law = Law::Months { n_decisive };
        Self { value, law }
    }

    /// The change that `sample` was contributed to, with its interval at `level`, and how many standard
    /// errors it is from none by the paths' contributions alone: the figure itself, which one path
    /// decides, may be far off where there is none.
    pub fn judged(self, sample: &Sample, level: f64) -> (Estimate, Option<f64>) {
        let n = sample.n();
        let shape = sample.shape();
        if let Some(crossings) = self.law.exact(&shape) {
            let around = |level| crossings.interval(shape.mean, n, level);
            let (low, high) = around(LEVEL);
            let error = 0.5 * (high - low) / half_width(LEVEL);
            let found = self.held(around(level), error, level, n);
            return (found, Some(self.score(shape.mean, error)));
        }
        if let Some(note) = self.law.objection(sample, &shape, level) {
            let found = Estimate {
                // for pictures and those who compare
                std_error: (note == Note::FewDecide && n > 1).then_some(shape.std_error),
                ..Estimate::bare(self.value, n, Some(note))
            };
            return (found, None);
        }
        if let Law::OnWorst(law) = self.law {
            let found = law.estimate(level, n);
            return (found, found.std_error.map(|error| self.score(self.value, error)));
        }
        let beside = self.value - shape.mean;
        let variance = shape.std_error * shape.std_error + beside * beside;
        let found = self.held(shape.interval(level), variance.sqrt(), level, n);
        (found, Some(self.score(shape.mean, shape.std_error)))
    }

    /// The change alone.
    pub fn value(self) -> f64 {
        self.value
    }

    fn score(self, mean: f64, error: f64) -> f64 {
        let is_on_one_side = self.value * mean > 0.0;
        match (is_on_one_side, error > 0.0) {
            (false, _) => 0.0,
            (true, true) => mean / error,
            (true, false) => f64::INFINITY.copysign(mean),
        }
    }

    /// The change with an interval that holds it.
    fn held(self, (low, high): (f64, f64), std_error: f64, level: f64, n: usize) -> Estimate {
        let interval = (low.min(self.value), high.max(self.value));
        Estimate { level, ..Estimate::with_interval(self.value, std_error, interval, n) }
    }
}

/// Paths as large as one another whose spread is told as well as that of `values` about their `mean`, n over
/// their kurtosis.
///
/// ```text
/// (Σd²)²/Σd⁴,   d = x − x̄
/// ```
///
/// Of k events of one size among many paths it is k. Of equal values it is all of them where a correlation
/// ends, at ±1, and none elsewhere.
fn n_effective(values: &Sample, mean: f64) -> f64 {
    let n = values.n() as f64;
    let square = |value: f64| (value - mean) * (value - mean);
    let fourth = values.sum(|value| square(value) * square(value));
    let second = values.sum(square);
    if second > n * ROUNDING_OF_RETURNS * ROUNDING_OF_RETURNS {
        second * second / fourth
    } else if 1.0 - mean.abs() < ROUNDING_OF_RETURNS {
        n
    } else {
        0.0
    }
}

impl Crossings {
    /// Of paths that all move alike: how many would not is bounded by their number alone.
    fn unseen(base: (f64, f64), new: (f64, f64), slope: f64) -> Self {
        let widest = (base.1 - base.0).max(new.1 - new.0);
        Self { up: 0.0, down: 0.0, way: widest * slope, n_decisive: 0 }
    }

    /// Around `centre`, by the exact intervals of the ways up and down, each at half of what may be
    /// missed.
    fn interval(&self, centre: f64, n: usize, level: f64) -> (f64, f64) {
        let of_side = |mean: f64| bounded_mean_interval(mean, n as u64, 0.5 * (1.0 + level));
        let (up, down) = (of_side(self.up), of_side(self.down));
        let seen = self.up - self.down;
        let at = |ways: f64| centre + self.way * (ways - seen);
        (at(up.0 - down.1), at(up.1 - down.0))
    }
}

#[cfg(test)]
mod tests;
