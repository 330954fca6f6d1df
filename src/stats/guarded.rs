//! Estimates that a verdict can rest on: intervals that hold where the normal law does not.
//!
//! In: data of a run, a measure, a confidence. Out: an [`Estimate`] whose interval is wrong on
//! either side no more often than 1 − level, or none, and then the note says why. Not here: the
//! figures of a report (`measure`), verdicts (`report::batch`).
//!
//! - A mean of what has no bounds needs 2,000 paths, or its tail cannot be looked at, both tails
//!   light enough for a variance, and n ≥ 49·γ̂², γ̂ the skewness of the sample; its interval is that of
//!   Hall's transformation (`skewed`). A standard deviation is the root of such a mean.
//! - Means of logarithms and of the influences of quantiles have light tails: the same from 50 paths.
//! - A mean of what is bounded takes the same interval from 50 paths on that differ from the most
//!   common value, and an exact one (`bounded`) below.
//! - No spread is no certainty: see [`Data::is_certain`].

mod bounded;
mod skewed;

use super::data::{Absent, Data};
use super::estimate::{Estimate, Note, half_width};
use super::guard::objection;
use super::measure::{Measure, sample_of};
use super::moments;
use super::sample::Sorted;
use super::statistic::Statistic;
use bounded::{Range, Steps};

/// Fewer paths say nothing about a tail.
const LEAST_FOR_TAIL: usize = 2_000;

/// Paths that differ from the most common value, below which their number is too uneven for any
/// law of large numbers.
const FEW: usize = 50;

/// Paths per square of skewness. Cochran's rule says 25 for 95 % and plain intervals; simulated
/// lognormal laws need more, since a sample of few paths shows too little of its own skewness.
const PATHS_PER_SQUARED_SKEWNESS: f64 = 49.0;

/// Means of what lies within known ends.
const RANGES: [(&str, Range); 7] = [
    ("amplification.loss.probability", Range(-1.0, 1.0)),
    ("amplification.drawdown.max.mean", Range(-1.0, 1.0)),
    ("drawdown.max.mean", Range(0.0, 1.0)),
    ("loop_off.drawdown.max.mean", Range(0.0, 1.0)),
    ("loop.selling_year.probability", Range(0.0, 1.0)),
    ("loop.selling_months.per_year", Range(0.0, 12.0)),
    ("loop.crash_months.per_year", Range(0.0, 12.0)),
];

/// The figure `id` with an interval at `level` that a verdict can rest on; nothing if no measure or
/// no asset has this name.
pub fn guarded_at(data: &Data, id: &str, level: f64) -> Option<Result<Estimate, Absent>> {
    let (measure, sample) = sample_of(data, id)?;
    Some(sample.map(|sample| guarded(measure, &sample, level, data.is_certain())))
}

/// The figure `measure` of `sample`; `is_certain` if nothing in the run was left to chance.
fn guarded(measure: &Measure, sample: &Sorted, level: f64, is_certain: bool) -> Estimate {
    let found = measure.estimate(sample, level);
    let Some(error) = found.std_error else {
        return found;
    };
    let is_even = error == 0.0;
    match measure.statistic {
        _ if is_even && is_certain => found,
        Statistic::Mean | Statistic::MeanOfBounded => match range_of(measure) {
            Some(range) => mean_within(range, sample, found),
            None if is_even => without_interval(found, Note::NoneDiffers),
            // logarithms and influences of quantiles: skewed perhaps, never heavy
            None if measure.statistic == Statistic::MeanOfBounded => match too_few(sample, FEW) {
                Some(note) => without_interval(found, note),
                None => corrected(sample.values(), found),
            },
            None => mean_without_bounds(sample, found),
        },
        _ if is_even => without_interval(found, Note::NoneDiffers),
        Statistic::StandardDeviation => deviation(sample, found),
        _ => found,
    }
}

fn range_of(measure: &Measure) -> Option<Range> {
    let found = RANGES.iter().find(|(id, _)| *id == measure.id);
    found.map(|(_, range)| *range)
}

/// Its error stays where it is one, for those who compare: a mean has one, skewed or not.
fn without_interval(found: Estimate, note: Note) -> Estimate {
    let has_error = matches!(note, Note::TailUnseen { .. } | Note::Skewed { .. });
    Estimate {
        std_error: found.std_error.filter(|_| has_error),
        interval: None,
        note: Some(note),
        ..found
    }
}

fn mean_within(range: Range, sample: &Sorted, found: Estimate) -> Estimate {
    let steps = Steps::of(range, sample);
    let interval = if steps.n_differ < FEW {
        steps.interval(found.level)
    } else if steps.is_difference_of_events() {
        steps.tango(found.level)
    } else {
        return corrected(sample.values(), found);
    };
    let std_error = (interval.1 - interval.0) / (2.0 * half_width(found.level));
    Estimate {
        interval: Some(interval),
        std_error: match found.std_error {
            Some(error) if error > 0.0 => Some(error),
            _ => Some(std_error),
        },
        ..found
    }
}

fn mean_without_bounds(sample: &Sorted, found: Estimate) -> Estimate {
    if let Some(note) = too_few(sample, LEAST_FOR_TAIL) {
        return without_interval(found, note);
    }
    // the upper tail was looked at already; what lies near zero has no tail index, so the lower one is
    // seen from the median
    let median = sample.values()[sample.n() / 2];
    let mirrored = sample.falling(|value| median - value);
    match objection(&mirrored, 2.0) {
        Some(note) => without_interval(found, note),
        None => corrected(sample.values(), found),
    }
}

/// s is the root of the mean of n(x − x̄)²/(n − 1).
fn deviation(sample: &Sorted, found: Estimate) -> Estimate {
    if let Some(note) = too_few(sample, LEAST_FOR_TAIL) {
        return without_interval(found, note);
    }
    let n = sample.n() as f64;
    let centre = moments::centre(sample);
    let squares = sample.values().iter().map(|value| {
        let distance = value - centre;
        distance * distance * n / (n - 1.0)
    });
    let Ok(squares) = Sorted::new(squares.collect()) else {
        return without_interval(found, Note::TooFewPaths);
    };
    if let Some(note) = objection(&squares, 2.0) {
        return without_interval(found, note);
    }
    let variance = corrected(squares.values(), found);
    let root = |(low, high): (f64, f64)| (low.max(0.0).sqrt(), high.max(0.0).sqrt());
    Estimate {
        interval: variance.interval.map(root),
        ..variance
    }
}

fn too_few(sample: &Sorted, least: usize) -> Option<Note> {
    let paths = least as u64;
    (sample.n() < least).then_some(Note::TailUnseen { paths })
}

/// `found` with the interval of the mean of `values`, if they are not too skewed for it.
fn corrected(values: &[f64], found: Estimate) -> Estimate {
    let shape = skewed::Shape::of(values);
    let needed = PATHS_PER_SQUARED_SKEWNESS * shape.skewness * shape.skewness;
    if values.len() as f64 >= needed {
        let interval = Some(shape.interval(found.level));
        return Estimate { interval, ..found };
    }
    let note = Note::Skewed {
        skewness: shape.skewness,
        paths: needed.ceil() as u64,
    };
    without_interval(found, note)
}

#[cfg(test)]
mod tests {
    use super::super::find;
    use super::*;

    #[test]
    fn every_range_is_that_of_a_mean() {
        for (id, _) in RANGES {
            let statistic = find(id).expect("a measure").statistic;
            let is_mean = matches!(statistic, Statistic::Mean | Statistic::MeanOfBounded);
            assert!(is_mean, "{id}");
        }
    }

    fn of(id: &str, values: Vec<f64>, is_certain: bool) -> Estimate {
        let sample = Sorted::new(values).expect("finite");
        guarded(find(id).expect("a measure"), &sample, 0.99, is_certain)
    }

    #[test]
    fn no_spread_bounds_the_share_of_paths_that_may_differ() {
        // 1 − 0.005^(1/1000)
        let share = 0.005_284_306;
        let found = of("amplification.loss.probability", vec![0.0; 1000], false);
        let (low, high) = found.interval.expect("bounded");
        assert!(
            (low + share).abs() < 1e-8 && (high - share).abs() < 1e-8,
            "{low} {high}"
        );
        assert!(found.std_error.is_some_and(|error| error > 0.0));
        let (low, high) = of("loop.crash_months.per_year", vec![0.0; 1000], false)
            .interval
            .expect("bounded");
        assert!(low == 0.0 && (high - 12.0 * share).abs() < 1e-7, "{high}");
        let (low, high) = of("drawdown.max.mean", vec![1.0; 1000], false)
            .interval
            .expect("bounded");
        assert!(high == 1.0 && (low - 1.0 + share).abs() < 1e-8, "{low}");
    }

    #[test]
    fn without_bounds_no_spread_proves_nothing_unless_nothing_is_left_to_chance() {
        for id in ["wealth.terminal.mean", "wealth.terminal.sd"] {
            let found = of(id, vec![7.0; 5000], false);
            assert_eq!(
                (found.interval, found.note),
                (None, Some(Note::NoneDiffers))
            );
            let found = of(id, vec![7.0; 5000], true);
            assert_eq!(found.interval, Some((found.value, found.value)));
        }
    }

    #[test]
    fn what_is_too_skewed_says_how_many_paths_would_do() {
        let mut rare = vec![0.0; 3000];
        rare[..6].fill(1e4);
        let found = of("amplification.wealth.terminal.real.mean", rare, false);
        let Some(Note::Skewed { skewness, paths }) = found.note else {
            panic!("{found:?}");
        };
        // (1 − 2p)/√(p(1 − p)) of p = 0.002
        assert!((skewness - 22.294).abs() < 1e-3 && found.interval.is_none());
        assert_eq!(paths, (49.0 * skewness * skewness).ceil() as u64);
        let few = of(
            "wealth.terminal.mean",
            (0..256).map(f64::from).collect(),
            false,
        );
        assert_eq!(few.note.and_then(Note::paths), Some(2000));
        // both tails are looked at, whatever the sign
        let heavy = (1..=5000).map(|k| -1e6 / f64::from(k)).collect();
        let found = of("amplification.wealth.terminal.real.mean", heavy, false);
        assert!(
            matches!(found.note, Some(Note::HeavyTail { .. })),
            "{found:?}"
        );
    }
}
