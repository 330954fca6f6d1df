//! Error and significance of one difference, from what every path contributes to it.
//!
//! In: one quantity in two runs, path by path. Out: [`Paired`]. Not here: shares of paths (`share`),
//! quantiles that few paths decide (`local`).

use super::super::estimate::{Estimate, Note};
use super::super::guard::Tails;
use super::super::influence::Influence;
use super::super::measure::Measure;
use super::super::sample::Sorted;
use super::super::statistic::Statistic;
use super::{local, share};
use crate::math::normal;

/// What is smaller than this, as a part of the largest sample, is rounding: two ways of computing
/// the same path agree to fewer digits than a double has.
const ROUNDING: f64 = 1e-12;

/// One quantity in both runs.
pub struct Samples<'s> {
    pub base: &'s Sorted,
    pub new: &'s Sorted,
    /// The same in the order of the paths.
    pub x: Vec<f64>,
    pub y: Vec<f64>,
    /// Below it a number is rounding.
    pub rounding: f64,
    /// Paths whose two samples differ by more than rounding.
    pub n_differ: usize,
}

impl<'s> Samples<'s> {
    /// Nothing if either run forgot its paths.
    pub fn of(base: &'s Sorted, new: &'s Sorted) -> Option<Self> {
        let (x, y) = (base.by_path()?, new.by_path()?);
        let ends = [base, new].map(|sample| {
            let values = sample.values();
            values[0].abs().max(values[values.len() - 1].abs())
        });
        let rounding = ROUNDING * ends[0].max(ends[1]);
        let pairs = x.iter().zip(&y);
        let n_differ = pairs.filter(|(x, y)| (**x - **y).abs() > rounding).count();
        Some(Self {
            base,
            new,
            x,
            y,
            rounding,
            n_differ,
        })
    }

    fn n(&self) -> usize {
        self.x.len()
    }
}

/// A difference and what is known of it.
pub struct Paired {
    pub difference: Estimate,
    pub p_value: Option<f64>,
    pub sharpness: Option<f64>,
}

impl Paired {
    /// How `measure` differs, by `value`.
    pub fn of(measure: &Measure, samples: &Samples<'_>, value: f64) -> Self {
        let (statistic, at, n) = (measure.statistic, measure.at, samples.n());
        match statistic {
            Statistic::NoObligations => return Self::unknown(value, n, Note::NoObligations),
            Statistic::MeanOfContributions => return Self::unknown(value, n, Note::TooFewPaths),
            _ => {}
        }
        if n < 2 || !value.is_finite() {
            return Self::unknown(value, n, Note::TooFewPaths);
        }
        if samples.n_differ == 0 {
            return Self {
                difference: Estimate::normal(0.0, 0.0, n),
                p_value: Some(1.0),
                sharpness: None,
            };
        }
        if statistic == Statistic::Above {
            return share::compare(samples, at);
        }
        let influences = [samples.base, samples.new].map(|sample| statistic.influence(sample, at));
        match influences {
            [Ok(base), Ok(new)] => Self::by_influence(statistic, samples, value, &base, &new),
            [Err(note), _] | [_, Err(note)] => Self::unknown(value, n, note),
        }
    }

    fn unknown(value: f64, n: usize, note: Note) -> Self {
        Self {
            difference: Estimate::bare(value, n, Some(note)),
            p_value: None,
            sharpness: None,
        }
    }

    fn by_influence(
        statistic: Statistic,
        samples: &Samples<'_>,
        value: f64,
        base: &Influence,
        new: &Influence,
    ) -> Self {
        let n = samples.n();
        let of_base: Vec<f64> = samples.x.iter().map(|x| base.at(*x)).collect();
        let of_new: Vec<f64> = samples.y.iter().map(|y| new.at(*y)).collect();
        let pairs = of_base.iter().zip(&of_new);
        let differences: Vec<f64> = pairs.map(|(x, y)| y - x).collect();
        if matches!(statistic, Statistic::Mean | Statistic::StandardDeviation)
            && let Some(note) = objection_to(&differences)
        {
            return Self::unknown(value, n, note);
        }
        let spread = Spread::of(&differences);
        let mut variance = if spread.farthest > samples.rounding {
            spread.variance_of_mean
        } else {
            0.0
        };
        if let (Influence::Quantile(base), Influence::Quantile(new)) = (base, new) {
            variance = variance.max(local::variance(samples, base, new));
        }
        let alone = [&of_base, &of_new].map(|values| Spread::of(values).variance_of_mean);
        Self {
            difference: Estimate::normal(value, variance.sqrt(), n),
            p_value: Some(p_value(value, variance.sqrt()).max(least_p_value(samples.n_differ))),
            sharpness: (variance > 0.0).then(|| (alone[0] + alone[1]) / variance),
        }
    }
}

/// Why the mean of `differences` has no error: either of its tails is too heavy.
fn objection_to(differences: &[f64]) -> Option<Note> {
    let sample = Sorted::of(differences).ok()?;
    Tails::of(sample.values()).heavy()
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
fn least_p_value(n_differ: usize) -> f64 {
    const PROOF: usize = 1_000;
    if n_differ > PROOF {
        return 0.0;
    }
    (1..n_differ).fold(1.0, |p_value, _| 0.5 * p_value)
}

/// How far values lie from their mean.
pub struct Spread {
    pub variance_of_mean: f64,
    pub farthest: f64,
}

impl Spread {
    pub fn of(values: &[f64]) -> Self {
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let (mut squares, mut farthest) = (0.0, 0.0_f64);
        for value in values {
            let distance = value - mean;
            squares += distance * distance;
            farthest = farthest.max(distance.abs());
        }
        Self {
            variance_of_mean: squares / (n - 1.0) / n,
            farthest,
        }
    }
}
