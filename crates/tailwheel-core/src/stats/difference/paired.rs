//! Error and p-value of one paired difference, from the contribution of every path.
//!
//! In: one quantity in two runs, path by path. Out: [`Paired`]. Not here: shares of paths (`share`),
//! quantiles (`change`).

use super::super::bounded;
use super::super::change::BothRuns;
use super::super::estimate::{Estimate, LEVEL, Note};
use super::super::law::{Change, ChangeLaw};
use super::super::moments;
use super::super::sample::{Sample, check};
use super::{Paired, p_value, share};
use crate::math::normal;
use crate::math::values::Values;
use crate::record::Statistic;

/// Least p-value of a difference whose interval holds zero: above 5 %, also when it is printed with two digits.
const LEAST_WITH_ZERO: f64 = 0.051;

/// Returns `new` minus `base`, path by path; differences that equal their mean within rounding are set to the mean.
fn less(pair: &BothRuns<'_>, new: &Values, base: &Values) -> Values {
    let mean = mean(&new.zip(base, |new, base| new - base));
    let is_rounding = pair.rounding();
    let differences = new.zip(base, move |new, base| {
        let difference = new - base;
        if is_rounding(difference - mean, new, base) { mean } else { difference }
    });
    differences.settled()
}

/// Returns the mean of `values`, summed in the order of the paths.
fn mean(values: &Values) -> f64 {
    in_order(values, |value| value) / values.n() as f64
}

/// Returns the sum of `of(value)` over `values`, in the order of the paths.
fn in_order(values: &Values, of: impl Fn(f64) -> f64) -> f64 {
    // `Iterator::sum` starts at −0.0 too
    let mut sum = -0.0;
    values.for_each(|_, piece| piece.iter().for_each(|value| sum += of(*value)));
    sum
}

impl Paired {
    /// Compares a figure computed by `statistic` in two runs; `value` is the difference of the two figures.
    pub fn of(statistic: Statistic, pair: &BothRuns<'_>, value: f64) -> Self {
        let (n, n_differ) = (pair.n(), pair.n_differ());
        if n < 2 || !value.is_finite() {
            return Self::unknown(value, n, Note::TooFewPaths);
        }
        if let Statistic::Above(threshold) = statistic {
            return share::compare(pair, threshold);
        }
        if n_differ == 0 {
            return Self { difference: no_difference(statistic, pair), p_value: Some(1.0), sharpness: None };
        }
        match Contributions::of(statistic, pair, value) {
            Ok(contributions) => contributions.judged(statistic, n_differ, value),
            Err(note) => Self::unknown(value, n, note),
        }
    }

    /// Compares a figure of two deterministic runs; `value` is the difference, which has no error.
    pub fn certain(pair: &BothRuns<'_>, value: f64) -> Self {
        let value = if pair.n_differ() == 0 { 0.0 } else { value };
        Self {
            difference: Estimate::normal(value, 0.0, pair.n()),
            p_value: Some(p_value(value, 0.0)),
            sharpness: None,
        }
    }

    pub fn unknown(value: f64, n: usize, note: Note) -> Self {
        Self { difference: Estimate::bare(value, n, Some(note)), p_value: None, sharpness: None }
    }
}

/// Returns the estimated difference of a figure if no path differs. An event that no path met may still
/// change a few of infinitely many paths. It can move a bounded figure by a share of them and a quantile by a
/// few ranks. For all other figures the effect is unknown, so they get no error.
fn no_difference(statistic: Statistic, pair: &BothRuns<'_>) -> Estimate {
    let n = pair.n();
    match statistic {
        Statistic::MeanWithin(low, high) => {
            let none = Sample::of(vec![0.0; n].into());
            bounded::mean((low - high, high - low), &none, LEVEL)
        }
        Statistic::Quantile(p) => match pair.quantile(p) {
            Ok((contributions, change)) => {
                let sample = Sample::of(contributions);
                let (found, _) = change.judged(&sample, LEVEL);
                Estimate { value: 0.0, ..found }
            }
            Err(note) => Estimate::bare(0.0, n, Some(note)),
        },
        _ => Estimate::bare(0.0, n, Some(Note::NoneDiffers)),
    }
}

/// Contributions of every path to the difference of a figure, and its variance if the runs were independent.
struct Contributions {
    difference: Sample,
    /// Variance of the difference if the two runs were independent: the sum of their variances of the figure.
    alone: f64,
}

impl Contributions {
    fn of(statistic: Statistic, pair: &BothRuns<'_>, value: f64) -> Result<Self, Note> {
        let of_run = |sample: &Sample, values: &Values| -> Result<Values, Note> {
            let influence = statistic.influence(sample)?;
            Ok(values.clone().map(influence).settled())
        };
        let base = of_run(pair.base, &pair.x)?;
        let new = of_run(pair.new, &pair.y)?;
        let with_change = |(paths, change): (Values, Change)| (paths, Some(change));
        let (paths, change) = match statistic {
            Statistic::Quantile(p) => with_change(pair.quantile(p)?),
            Statistic::Shortfall(level) => with_change(pair.shortfall(level)?),
            Statistic::OfContributions { .. } => {
                (less(pair, &new, &base), Some(Change { value, law: ChangeLaw::Twice }))
            }
            _ => (less(pair, &new, &base), None),
        };
        if !paths.is_streamed() {
            check(&paths.all()).map_err(|_| Note::TooFewPaths)?;
        }
        let difference = Sample::of(paths);
        Ok(Self {
            difference: match change {
                Some(change) => difference.contributing_to(change),
                None => difference,
            },
            alone: variance_of_mean(&base) + variance_of_mean(&new),
        })
    }

    fn judged(&self, statistic: Statistic, n_differ: usize, value: f64) -> Paired {
        let sample = &self.difference;
        let (found, score) = match (statistic, sample.change) {
            (_, Some(change)) => change.judged(sample, LEVEL),
            (Statistic::MeanWithin(low, high), None) => {
                let farthest = high - low;
                (bounded::mean((-farthest, farthest), sample, LEVEL), None)
            }
            (_, None) => (with_interval_or_none(moments::mean(sample, LEVEL)), None),
        };
        let p_value = match (found.std_error, score) {
            (Some(_), Some(score)) => Some(2.0 * normal::cdf(-score.abs())),
            (Some(error), None) => Some(p_value(value, error)),
            (None, _) => None,
        };
        // an interval that holds zero, such as one widened for a heavy tail, is no proof of a difference
        let holds_zero = found.interval.is_some_and(|(low, high)| low <= 0.0 && 0.0 <= high);
        let least = least_p_value(n_differ).max(if holds_zero { LEAST_WITH_ZERO } else { 0.0 });
        let variance = found.std_error.map(|error| error * error);
        let found = match found.std_error {
            // all these paths agree, but others may not
            Some(0.0) => Estimate::bare(value, found.n, Some(Note::NoneDiffers)),
            _ => found,
        };
        Paired {
            difference: Estimate { value, ..found },
            p_value: p_value.map(|p_value| p_value.max(least)),
            sharpness: variance.filter(|variance| *variance > 0.0).map(|variance| self.alone / variance),
        }
    }
}

/// Drops the standard error of an estimate without an interval: too few paths for an interval prove nothing.
fn with_interval_or_none(found: Estimate) -> Estimate {
    Estimate { std_error: found.std_error.filter(|_| found.interval.is_some()), ..found }
}

/// Returns 2·2^−m, the least p-value that any sign test of m differing paths can give. Three differing paths
/// prove nothing, however far they differ.
pub fn least_p_value(n_differ: usize) -> f64 {
    const PROOF: usize = 1_000;
    if n_differ > PROOF {
        return 0.0;
    }
    (1..n_differ).fold(1.0, |p_value, _| 0.5 * p_value)
}

/// Returns the variance of the mean: (Σ(x − x̄)²/(n − 1))/n.
pub fn variance_of_mean(values: &Values) -> f64 {
    let (n, mean) = (values.n() as f64, mean(values));
    let squares = in_order(values, |value| (value - mean) * (value - mean));
    squares / (n - 1.0) / n
}
