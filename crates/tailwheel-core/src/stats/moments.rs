//! Mean and standard deviation of samples.
//!
//! In: samples. Out: estimates whose values do not depend on the order of summation. Not here: the guard of
//! the tails (`guard`), the shape of the interval (`skewed`).

use super::estimate::{Estimate, Note};
use super::guard::Tails;
use super::sample::Sample;
use super::skewed::SkewedMean;
use super::unseen::Unseen;
use crate::math::ordered::{Rising, Squares};

/// Estimates the mean of unbounded samples, with its interval at `level`.
///
/// ```text
/// x̄ = Σx/n,   error s/√n,   interval of Hall, widened by the parts beyond the extreme samples
/// ```
///
/// There is no error for a single path, and no interval if the tails are too heavy (`guard`).
pub fn mean(sample: &Sample, level: f64) -> Estimate {
    mean_within((f64::NEG_INFINITY, f64::INFINITY), sample, level)
}

/// Estimates the mean of samples within the bounds `ends`, with its interval at `level`. A bound that is unknown is
/// infinite.
pub fn mean_within(ends: (f64, f64), sample: &Sample, level: f64) -> Estimate {
    let n = sample.n();
    if n < 2 {
        return Estimate::bare(centre(sample), n, Some(Note::TooFewPaths));
    }
    let values = sample.rising();
    let shape = SkewedMean::of(&*values);
    if shape.std_error == 0.0 {
        return shape.estimate(level);
    }
    // an account in debt can fall below the least value of a holding
    let are_ends = [values.at(0) >= ends.0, values.at(n - 1) <= ends.1];
    let are_shown = [ends.0, ends.1].map(|end| shape.shows(end));
    let is_ended = [0, 1].map(|side| are_ends[side] && are_shown[side]);
    let tails = Tails::of(&*values).ended(is_ended);
    let unseen = Unseen::of(&*values, tails.is_ended());
    let objection = match sample.ruling {
        Some(ruling) => ruling.err(),
        None => tails.objection(),
    };
    let objection = objection.or_else(|| unseen.at(level).is_none().then_some(Note::ENDLESS));
    if let Some(note) = objection {
        return without_interval(shape.mean, shape.std_error, n, note);
    }
    // a sum of skewed parts has the skewness that it shows itself
    let skewness = match sample.ruling {
        Some(_) => shape.skewness,
        None => tails.skewness(shape.skewness),
    };
    let (low, high) = shape.with_skewness(skewness).interval(level);
    let (below, above) = unseen.at(level).unwrap_or_default();
    Estimate { level, ..Estimate::with_interval(shape.mean, shape.std_error, (low - below, high + above), n) }
}

/// Estimates the mean of bounded (or nearly bounded) samples, with its interval at `level`: no tail can invalidate
/// its error.
pub fn mean_of_bounded(sample: &Sample, level: f64) -> Estimate {
    let n = sample.n();
    if n < 2 {
        return Estimate::bare(centre(sample), n, Some(Note::TooFewPaths));
    }
    SkewedMean::of(&*sample.rising()).estimate(level)
}

/// Estimates the standard deviation of the samples, with its interval at `level`.
///
/// ```text
/// s = √(Σ(x − x̄)²/(n − 1)),   error √((m₄ − s⁴(n−3)/(n−1))/n) / 2s,   m₄ = Σ(x − x̄)⁴/n
/// ```
///
/// The interval is the root of the interval for the mean of n(x − x̄)²/(n − 1), the variance, widened by the squares
/// beyond the largest. The value is NaN for a single path. There is no error if those squares have heavy tails
/// (`guard`, `unseen`). Source: variance of a sample variance, M. G. Kendall & A. Stuart, *The Advanced Theory of
/// Statistics* 1, §12; its root by the delta method.
pub fn standard_deviation(sample: &Sample, level: f64) -> Estimate {
    let n = sample.n();
    let count = n as f64;
    let centre = centre(sample);
    let deviation = deviation_from(sample, centre);
    if n < 4 {
        return Estimate::bare(deviation, n, Some(Note::TooFewPaths));
    }
    if deviation == 0.0 {
        return Estimate::normal_at(level, 0.0, 0.0, n);
    }
    let square = move |value: f64| (value - centre) * (value - centre);
    let of_mean_square = match sample.held() {
        Some(values) => of_mean_square(&Squares::of(values, centre), level),
        None => of_mean_square(&sample.rising_of(square), level),
    };
    if let Err(note @ Note::HeavyTail { .. }) = of_mean_square {
        return Estimate::bare(deviation, n, Some(note));
    }
    let variance = deviation * deviation;
    let fourth = power_sum(sample, centre, 4) / count;
    let of_variance = (fourth - variance * variance * (count - 3.0) / (count - 1.0)) / count;
    let std_error = of_variance.max(0.0).sqrt() / (2.0 * deviation);
    let root = |mean: f64| (mean * count / (count - 1.0)).max(0.0).sqrt();
    match of_mean_square {
        Ok((low, high)) => {
            Estimate { level, ..Estimate::with_interval(deviation, std_error, (root(low), root(high)), n) }
        }
        Err(note) => without_interval(deviation, std_error, n, note),
    }
}

/// Creates an estimate without an interval. If there are merely too few paths its error stays, for
/// comparisons; the error of a heavy tail is meaningless and is dropped.
fn without_interval(value: f64, std_error: f64, n: usize, note: Note) -> Estimate {
    let is_few = matches!(note, Note::TailUnseen { .. });
    Estimate { std_error: is_few.then_some(std_error), ..Estimate::bare(value, n, Some(note)) }
}

/// Returns the standard deviation s (divisor n − 1) without its error; NaN for a single path.
pub(super) fn deviation(sample: &Sample) -> f64 {
    deviation_from(sample, centre(sample))
}

fn deviation_from(sample: &Sample, centre: f64) -> f64 {
    let squares = power_sum(sample, centre, 2);
    (squares / (sample.n() as f64 - 1.0)).sqrt()
}

pub(super) fn centre(sample: &Sample) -> f64 {
    sample.sum(|value| value) / sample.n() as f64
}

/// Returns the interval of the mean of sorted squares, none of which can lie below zero, or why there is none.
fn of_mean_square<R: Rising>(squares: &R, level: f64) -> Result<(f64, f64), Note> {
    let tails = Tails::of(squares);
    tails.objection().map_or(Ok(()), Err)?;
    let [_, is_ended] = tails.is_ended();
    let (_, above) = Unseen::of(squares, [true, is_ended]).at(level).ok_or(Note::ENDLESS)?;
    let shape = SkewedMean::of(squares);
    let (low, high) = shape.with_skewness(tails.skewness(shape.skewness)).interval(level);
    Ok((low, high + above))
}

fn power_sum(sample: &Sample, centre: f64, power: u32) -> f64 {
    let term = |value: f64| {
        let square = (value - centre) * (value - centre);
        if power == 2 { square } else { square * square }
    };
    sample.sum(term)
}

#[cfg(test)]
mod tests;
