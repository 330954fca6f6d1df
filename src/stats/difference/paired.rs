//! Error and significance of one difference, from what every path contributes to it.
//!
//! In: one quantity in two runs, path by path. Out: [`Paired`]. Not here: shares of paths (`share`),
//! quantiles (`change`).

use super::super::bounded::{self, Range};
use super::super::change::{Change, Pair};
use super::super::estimate::{Estimate, LEVEL, Note};
use super::super::moments;
use super::super::sample::{Sample, check};
use super::share;
use crate::math::normal;
use crate::math::values::Values;
use crate::record::Statistic;

/// `new` less `base`, path by path; all the same where they differ by rounding alone.
fn less(pair: &Pair<'_>, new: &Values, base: &Values) -> Values {
    let mean = mean(&new.zip(base, |new, base| new - base));
    let is_rounding = pair.rounding();
    let differences = new.zip(base, move |new, base| {
        let difference = new - base;
        match is_rounding(difference - mean, new, base) {
            true => mean,
            false => difference,
        }
    });
    differences.settled()
}

/// Their mean, added up in the order of the paths.
fn mean(values: &Values) -> f64 {
    in_order(values, |value| value) / values.n() as f64
}

/// The sum of `of` each of them, added up in the order of the paths.
fn in_order(values: &Values, of: impl Fn(f64) -> f64) -> f64 {
    // as an iterator adds up
    let mut sum = -0.0;
    values.for_each(|_, piece| piece.iter().for_each(|value| sum += of(*value)));
    sum
}

/// A difference and what is known of it.
pub struct Paired {
    pub difference: Estimate,
    pub p_value: Option<f64>,
    pub sharpness: Option<f64>,
}

impl Paired {
    /// How a figure that is taken by `statistic` differs, by `value`.
    pub fn of(statistic: Statistic, pair: &Pair<'_>, value: f64) -> Self {
        let (n, n_differ) = (pair.n(), pair.n_differ());
        if n < 2 || !value.is_finite() {
            return Self::unknown(value, n, Note::TooFewPaths);
        }
        if let Statistic::Above(threshold) = statistic {
            return share::compare(pair, threshold);
        }
        if n_differ == 0 {
            return Self {
                difference: no_difference(statistic, pair),
                p_value: Some(1.0),
                sharpness: None,
            };
        }
        match Contributions::of(statistic, pair, value) {
            Ok(contributions) => contributions.judged(statistic, n_differ, value),
            Err(note) => Self::unknown(value, n, note),
        }
    }

    /// How figures of two runs differ in which nothing was left to chance.
    pub fn certain(pair: &Pair<'_>, value: f64) -> Self {
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

/// A difference that no path shows. An event that none of them met may still change a few in infinitely many: it moves
/// a figure with bounds by a share of them, a quantile by a few ranks, and every other figure by nobody knows how much.
fn no_difference(statistic: Statistic, pair: &Pair<'_>) -> Estimate {
    let n = pair.n();
    match statistic {
        Statistic::MeanWithin(low, high) => {
            let none = Sample::of(vec![0.0; n].into());
            bounded::mean(Range(low - high, high - low), &none, LEVEL)
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

/// What every path contributes to a figure in either run, and to its difference.
struct Contributions {
    difference: Sample,
    /// Sum of the variances of the figures of the two runs.
    alone: f64,
}

impl Contributions {
    fn of(statistic: Statistic, pair: &Pair<'_>, value: f64) -> Result<Self, Note> {
        let of_run = |sample: &Sample, values: &Values| -> Result<Values, Note> {
            let influence = statistic.influence(sample)?;
            Ok(values.clone().map(move |x| influence.at(x)).settled())
        };
        let base = of_run(pair.base, &pair.x)?;
        let new = of_run(pair.new, &pair.y)?;
        let with_change = |(paths, change): (Values, Change)| (paths, Some(change));
        let (paths, change) = match statistic {
            Statistic::Quantile(p) => with_change(pair.quantile(p)?),
            Statistic::Shortfall(level) => with_change(pair.shortfall(level)?),
            Statistic::OfContributions { .. } => {
                (less(pair, &new, &base), Some(Change::twice(value)))
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
        let (found, score) = match (statistic, sample.change()) {
            (_, Some(change)) => change.judged(sample, LEVEL),
            (Statistic::MeanWithin(low, high), None) => {
                let farthest = high - low;
                let range = Range(-farthest, farthest);
                (bounded::mean(range, sample, LEVEL), None)
            }
            (_, None) => (with_interval_or_none(moments::mean(sample, LEVEL)), None),
        };
        let p_value = match (found.std_error, score) {
            (Some(_), Some(score)) => Some(2.0 * normal::cdf(-score.abs())),
            (Some(error), None) => Some(p_value(value, error)),
            (None, _) => None,
        };
        let variance = found.std_error.map(|error| error * error);
        let found = match found.std_error {
            // the same on every path, which is not yet the same on all that there could be
            Some(0.0) => Estimate::bare(value, found.n, Some(Note::NoneDiffers)),
            _ => found,
        };
        Paired {
            difference: Estimate { value, ..found },
            p_value: p_value.map(|p_value| p_value.max(least_p_value(n_differ))),
            sharpness: variance
                .filter(|variance| *variance > 0.0)
                .map(|variance| self.alone / variance),
        }
    }
}

/// Paths that are too few for an interval are too few for a verdict.
fn with_interval_or_none(found: Estimate) -> Estimate {
    Estimate { std_error: found.std_error.filter(|_| found.interval.is_some()), ..found }
}

/// Two-sided probability of a difference at least as large if there is none; a difference without
/// error is certain.
pub fn p_value(difference: f64, std_error: f64) -> f64 {
    if difference == 0.0 {
        1.0
    } else if std_error == 0.0 {
        0.0
    } else {
        2.0 * normal::cdf(-(difference / std_error).abs())
    }
}

/// 2·2^−m: the least that any test by the signs of `m` differing paths can give, however far they
/// differ. Three paths that differ prove nothing.
pub fn least_p_value(n_differ: usize) -> f64 {
    const PROOF: usize = 1_000;
    if n_differ > PROOF {
        return 0.0;
    }
    (1..n_differ).fold(1.0, |p_value, _| 0.5 * p_value)
}

/// (Σ(x − x̄)²/(n − 1))/n.
pub fn variance_of_mean(values: &Values) -> f64 {
    let (n, mean) = (values.n() as f64, mean(values));
    let squares = in_order(values, |value| (value - mean) * (value - mean));
    squares / (n - 1.0) / n
}
