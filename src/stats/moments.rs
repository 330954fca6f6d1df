//! Mean and standard deviation.
//!
//! In: samples. Out: estimates whose values no order of summation changes. Not here: whether the
//! tails allow an interval (`guard`), its shape (`skewed`).

use super::estimate::{Estimate, Note};
use super::guard::Tails;
use super::sample::Sample;
use super::skewed::Shape;
use super::unseen::Unseen;
use crate::math::ordered::{Rising, Squares};

/// Mean.
///
/// ```text
/// x̄ = Σx/n,   error s/√n,   interval of Hall's transformation, moved by what no sample shows
/// ```
///
/// Without an error for one path or where the guard of the tails objects.
pub fn mean(sample: &Sample, level: f64) -> Estimate {
    mean_within((f64::NEG_INFINITY, f64::INFINITY), sample, level)
}

/// The same of samples none of which can lie outside `ends`, of which one or both are not known.
pub fn mean_within(ends: (f64, f64), sample: &Sample, level: f64) -> Estimate {
    let n = sample.n();
    if n < 2 {
        return Estimate::bare(centre(sample), n, Some(Note::TooFewPaths));
    }
    let values = sample.rising();
    let shape = Shape::of(&*values);
    if shape.std_error == 0.0 {
        return shape.estimate(level);
    }
    // an account in debt passes the end that holdings have
    let are_ends = [values.at(0) >= ends.0, values.at(n - 1) <= ends.1];
    let are_shown = [ends.0, ends.1].map(|end| shape.shows(end));
    let is_ended = [0, 1].map(|side| are_ends[side] && are_shown[side]);
    let tails = Tails::of(&*values).ended(is_ended);
    let unseen = Unseen::of(&*values, tails.is_ended());
    let objection = match sample.ruling() {
        Some(ruling) => ruling.err(),
        None => tails.objection(),
    };
    let objection = objection.or_else(|| unseen.at(level).is_none().then_some(Note::ENDLESS));
    if let Some(note) = objection {
        return without_interval(shape.mean, shape.std_error, n, note);
    }
    // a sum of skewed parts leans by what it shows itself
    let skewness = match sample.ruling() {
        Some(_) => shape.skewness,
        None => tails.skewness(shape.skewness),
    };
    let (low, high) = shape.with_skewness(skewness).interval(level);
    let (below, above) = unseen.at(level).unwrap_or_default();
    Estimate {
        level,
        ..Estimate::with_interval(shape.mean, shape.std_error, (low - below, high + above), n)
    }
}

/// Mean of what is bounded, or nearly so: no tail can object to its error.
pub fn mean_of_bounded(sample: &Sample, level: f64) -> Estimate {
    let n = sample.n();
    if n < 2 {
        return Estimate::bare(centre(sample), n, Some(Note::TooFewPaths));
    }
    Shape::of(&*sample.rising()).estimate(level)
}

/// Standard deviation of the samples.
///
/// ```text
/// s = √(Σ(x − x̄)²/(n − 1)),   error √((m₄ − s⁴(n−3)/(n−1))/n) / 2s,   m₄ = Σ(x − x̄)⁴/n
/// ```
///
/// Its interval is the root of that of the mean of n(x − x̄)²/(n − 1), the variance. Not a number
/// for one path, without an error where the tails of those squares object. Source: variance of a
/// sample variance, M. G. Kendall & A. Stuart, *The Advanced Theory of Statistics* 1, §12; its root
/// by the delta method.
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
    let (tails, shape) = match sample.held() {
        Some(values) => law(&Squares::of(values, centre)),
        None => law(&sample.rising_of(square)),
    };
    let objection = tails.objection();
    if let Some(note @ Note::HeavyTail { .. }) = objection {
        return Estimate::bare(deviation, n, Some(note));
    }
    let variance = deviation * deviation;
    let fourth = power_sum(sample, centre, 4) / count;
    let of_variance = (fourth - variance * variance * (count - 3.0) / (count - 1.0)) / count;
    let std_error = of_variance.max(0.0).sqrt() / (2.0 * deviation);
    if let Some(note) = objection {
        return without_interval(deviation, std_error, n, note);
    }
    let shape = shape.expect("nothing objects");
    let skewness = tails.skewness(shape.skewness);
    let (low, high) = shape.with_skewness(skewness).interval(level);
    let root = |mean: f64| (mean * count / (count - 1.0)).max(0.0).sqrt();
    Estimate { level, ..Estimate::with_interval(deviation, std_error, (root(low), root(high)), n) }
}

/// Its error stays where the paths are only few, for those who compare; that of a heavy law says
/// nothing.
fn without_interval(value: f64, std_error: f64, n: usize, note: Note) -> Estimate {
    let is_few = matches!(note, Note::TailUnseen { .. });
    Estimate { std_error: is_few.then_some(std_error), ..Estimate::bare(value, n, Some(note)) }
}

/// s alone; 0/0, not a number, for a single path.
pub(super) fn deviation(sample: &Sample) -> f64 {
    deviation_from(sample, centre(sample))
}

fn deviation_from(sample: &Sample, centre: f64) -> f64 {
    let squares = power_sum(sample, centre, 2);
    (squares / (sample.n() as f64 - 1.0)).sqrt()
}

/// x̄.
pub(super) fn centre(sample: &Sample) -> f64 {
    sample.sum(|value| value) / sample.n() as f64
}

/// The tails of rising values, and their shape unless the tails object.
fn law<R: Rising>(values: &R) -> (Tails, Option<Shape>) {
    let tails = Tails::of(values);
    let shape = tails.objection().is_none().then(|| Shape::of(values));
    (tails, shape)
}

/// Σ (x − centre)^power for the powers 2 and 4.
fn power_sum(sample: &Sample, centre: f64, power: u32) -> f64 {
    let term = |value: f64| {
        let square = (value - centre) * (value - centre);
        if power == 2 { square } else { square * square }
    };
    sample.sum(term)
}

#[cfg(test)]
mod tests;
