//! Change of a quantile or of an expected shortfall between two runs on common random numbers.
//!
//! In: one quantity in both runs, path by path. Out: each path's contribution to the change, and the change
//! with an interval. Not here: changes of means (`moments`) and of shares of paths (`difference::share`).
//!
//! Only paths near a quantile move it. Let a … b be the interval between ranks j and k in the base run (x),
//! and a' … b' that in the new run (y). The change is estimated best by the mean over all ranks between them:
//!
//! ```text
//! δ = Σ_{j≤r≤k} (y_(r) − x_(r))/(k − j + 1)
//! z = n/(k − j)·([y]_a'^b' − a' − [x]_a^b + a),   [x]_a^b = min(max(x, a), b)
//! ```
//! To first order z is the contribution of one path. It is zero for a path below the interval in both runs
//! and equal for all paths above it. A path that stays inside contributes the distance it moves; a path that
//! crosses contributes the full width. Source: P. J. Huber & E. M. Ronchetti, *Robust Statistics*, 2nd ed.,
//! §3.3 (influence of L-statistics).
//!
//! The reported change is the difference of two order statistics. It depends on the one or two paths at the
//! rank and scatters around δ, so the interval of δ is widened to include it.
//!
//! A figure over all months (`co_movement`) is judged here too. It is the mean of the paths' contributions,
//! and the number of paths that can decide it is known.

use super::estimate::{Estimate, FEW, LEVEL, Note, error_of};
use super::guard::Tails;
use super::influence::{Quantile, Tail};
use super::law::{Change, ChangeLaw, Crossings};
use super::sample::Sample;
use super::skewed::SkewedMean;
use crate::math::counts::bounded_mean_interval;
use crate::math::ordered::Rising;
use crate::math::values::Values;

/// Paths required per squared skewness of the paths' contributions for an interval of the change of an expected
/// shortfall (Cochran's rule); contributions have both signs.
const PATHS_PER_SQUARED_SKEWNESS: f64 = 25.0;

/// Least effective number of paths for a figure over all months, such as a correlation; with fewer, the largest
/// contributions may be missing. Found by simulating agents that hardly ever sell.
const LEAST_EFFECTIVE: f64 = 80.0;

/// Standard deviation of the paths' contributions below which it is rounding: monthly returns are stored in
/// single precision.
const ROUNDING_OF_RETURNS: f64 = 1e-6;

/// One quantity on the same paths twice: with and without agents, or in two runs.
pub struct BothRuns<'p> {
    pub base: &'p Sample,
    pub new: &'p Sample,
    /// Samples of `base` (`x`) and of `new` (`y`) in the order of the paths.
    pub x: Values,
    pub y: Values,
    /// Size of an ordinary sample: the largest absolute value among the quartiles of both runs.
    typical: f64,
}

/// Relative size below which a difference is rounding: two ways to compute a path agree to fewer digits than
/// a double has. It is relative to the samples of the path, or to an ordinary sample if that is larger. The
/// largest sample would not do: one path without limit would turn the changes of all others into rounding.
pub(super) const LAST_DIGITS: f64 = 1e-12;

impl<'p> BothRuns<'p> {
    /// Pairs two samples. `x` and `y` hold the numbers of `base` and `new` in the order of the paths.
    pub fn new(base: &'p Sample, new: &'p Sample, x: Values, y: Values) -> Self {
        let quartiles = [base, new].into_iter().flat_map(|sample| {
            let values = sample.rising();
            [1, 2, 3].map(|quarter| values.at(quarter * (values.n() - 1) / 4).abs())
        });
        let typical = quartiles.fold(0.0, f64::max);
        Self { base, new, x, y, typical }
    }

    /// Returns the test `is_rounding(change, a, b)`: true if `change` is only rounding for samples as large
    /// as `a`, `b` or an ordinary sample.
    pub fn rounding(&self) -> impl Fn(f64, f64, f64) -> bool + Copy + Send + Sync + use<> {
        let typical = self.typical;
        move |change: f64, a: f64, b: f64| change.abs() <= LAST_DIGITS * a.abs().max(b.abs()).max(typical)
    }

    /// Returns the number of paths.
    pub fn n(&self) -> usize {
        self.x.n()
    }

    /// Returns the column of `of(x, y)` for both samples of each path, kept in memory unless they are streamed.
    pub fn each(&self, of: impl Fn(f64, f64) -> f64 + Send + Sync + 'static) -> Values {
        self.x.zip(&self.y, of).settled()
    }

    /// Counts the paths whose two samples differ by more than rounding.
    pub fn n_differ(&self) -> usize {
        let is_rounding = self.rounding();
        let differ = move |x: f64, y: f64| f64::from(u8::from(!is_rounding(x - y, x, y)));
        self.x.zip(&self.y, differ).count(|differs| differs > 0.0)
    }

    /// True if within each of the two runs all paths have the same sample.
    pub fn is_even(&self) -> bool {
        self.base.is_even() && self.new.is_even()
    }

    /// Returns each path's contribution to the change of the `p`-quantile, and that change. Fails with a note
    /// if one of the two quantiles has no error.
    pub fn quantile(&self, p: f64) -> Result<(Values, Change), Note> {
        let (base, new) = (Quantile::of(self.base, p)?, Quantile::of(self.new, p)?);
        let (low, high) = base.ranks;
        let between = |sample: &Sample| {
            // `Iterator::sum` starts at −0.0 too
            let mut sum = -0.0;
            let add = |piece: &[f64]| piece.iter().for_each(|value| sum += value);
            sample.rising().rise(low - 1..high, add);
            sum
        };
        let centre = (between(self.new) - between(self.base)) / (high - low + 1) as f64;
        let value = new.value - base.value;
        let is_rounding = self.rounding();
        let centre = if is_rounding(centre - value, base.value, new.value) { value } else { centre };
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
        let contributions = self.each(move |x, y| {
            let beyond_mean = moved(x, y) - mean;
            if is_rounding(beyond_mean, of_base.1, of_new.1) { centre } else { centre + slope * beyond_mean }
        });
        let crossings = if contributions.all_meet(|own| own == centre) {
            Crossings::unseen(of_base, of_new, slope)
        } else {
            self.crossings(of_base, of_new, slope)
        };
        let law = ChangeLaw::Quantile(crossings);
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

    /// Returns each path's contribution to the change of the mean of the worst `1 − level` losses, and that
    /// change. Fails with a note if one of the two means has no error.
    pub fn shortfall(&self, level: f64) -> Result<(Values, Change), Note> {
        let (base, new) = (Tail::of(self.base, level)?, Tail::of(self.new, level)?);
        let value = new.value - base.value;
        let is_rounding = self.rounding();
        let contributions = self.each(move |x, y| {
            let influence = new.influence(y) - base.influence(x);
            if is_rounding(influence * (1.0 - level), x, y) { value } else { value + influence }
        });
        let law = ChangeLaw::Tail { level };
        Ok((contributions, Change { value, law }))
    }
}

impl ChangeLaw {
    /// Returns the movements across the quantile if too few paths cross it for a large-sample interval; else `None`.
    fn exact(self, shape: &SkewedMean) -> Option<Crossings> {
        let Self::Quantile(crossings) = self else {
            return None;
        };
        let is_few = crossings.n_decisive < FEW || !shape.is_shown();
        is_few.then_some(crossings)
    }

    /// Returns the reason why this change has no interval at `level`; `None` if it has one.
    fn objection(self, sample: &Sample, shape: &SkewedMean, level: f64) -> Option<Note> {
        match self {
            Self::Quantile(_) => None,
            Self::OnWorst(law) => law.objection(level),
            // no loss exceeds the money invested, so the sample shows its own skewness
            Self::Tail { level: tail } => {
                Note::few_in_tail(sample.n(), tail).or_else(|| shape.objection(PATHS_PER_SQUARED_SKEWNESS))
            }
            Self::Spread { heavy } => heavy.or_else(|| shape.objection(PATHS_PER_SQUARED_SKEWNESS)),
            Self::Twice => Tails::of(&*sample.rising()).objection(),
            Self::Months { n_decisive } => {
                let is_shown = n_decisive >= FEW && n_effective(sample, shape.mean) >= LEAST_EFFECTIVE;
                (!is_shown).then_some(Note::FewDecide)
            }
        }
    }
}

impl Change {
    /// Returns the change with its interval at `level`, and its distance from zero in standard errors.
    /// `sample` holds what each path contributes. The distance uses the contributions alone, because a single
    /// path decides the change itself. It is `None` if there is no interval.
    pub fn judged(self, sample: &Sample, level: f64) -> (Estimate, Option<f64>) {
        let n = sample.n();
        let shape = sample.shape();
        if let Some(crossings) = self.law.exact(&shape) {
            let around = |level| crossings.interval(shape.mean, n, level);
            let error = error_of(around(LEVEL));
            let found = self.held(around(level), error, level, n);
            return (found, Some(self.score(shape.mean, error)));
        }
        if let Some(note) = self.law.objection(sample, &shape, level) {
            let found = Estimate {
                // charts and comparisons need it
                std_error: (note == Note::FewDecide && n > 1).then_some(shape.std_error),
                ..Estimate::bare(self.value, n, Some(note))
            };
            return (found, None);
        }
        if let ChangeLaw::OnWorst(law) = self.law {
            let found = law.estimate(level, n);
            return (found, found.std_error.map(|error| self.score(self.value, error)));
        }
        let distance = self.value - shape.mean;
        let variance = shape.std_error * shape.std_error + distance * distance;
        let found = self.held(shape.interval(level), variance.sqrt(), level, n);
        (found, Some(self.score(shape.mean, shape.std_error)))
    }

    fn score(self, mean: f64, error: f64) -> f64 {
        let is_on_one_side = self.value * mean > 0.0;
        match (is_on_one_side, error > 0.0) {
            (false, _) => 0.0,
            (true, true) => mean / error,
            (true, false) => f64::INFINITY.copysign(mean),
        }
    }

    /// Creates the estimate of this change; the interval is widened to include the change itself.
    fn held(self, (low, high): (f64, f64), std_error: f64, level: f64, n: usize) -> Estimate {
        let interval = (low.min(self.value), high.max(self.value));
        Estimate { level, ..Estimate::with_interval(self.value, std_error, interval, n) }
    }
}

/// Effective number of paths: n divided by the kurtosis of `values` about their `mean`.
///
/// ```text
/// (Σd²)²/Σd⁴,   d = x − x̄
/// ```
///
/// With k events of equal size among many paths it is about k. If all values are equal, it is n for a
/// correlation (`mean`) of ±1, else 0.
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
    /// Creates the movements for a quantile that no path of the sample crosses; the number of paths alone bounds the
    /// share that would cross. `base` and `new` are the ends of an interval around the quantile in each run. If all
    /// paths crossed, the figure would move by the length of the longer one times `slope`.
    fn unseen(base: (f64, f64), new: (f64, f64), slope: f64) -> Self {
        let widest = (base.1 - base.0).max(new.1 - new.0);
        Self { up: 0.0, down: 0.0, way: widest * slope, n_decisive: 0 }
    }

    /// Returns the interval of the change around `centre`, from exact intervals of the movements up and down,
    /// each with half of the error probability.
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
