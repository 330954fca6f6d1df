//! Estimates that a verdict can rest on: intervals that hold where the normal law does not.
//!
//! In: data of a run, a measure, a confidence. Out: an [`Estimate`] whose interval is wrong on
//! either side no more often than 1 − level, or none, and then the note says why. Not here: the
//! figures of a report (`measure`), verdicts (`report::batch`).
//!
//! - Means and deviations of what has no bounds are as the report has them (`moments`).
//! - Means of logarithms and of the influences of quantiles have light tails: Hall's interval (`skewed`) from 50 paths,
//!   and n ≥ 49·γ̂², γ̂ the skewness of the sample.
//! - A mean of what is bounded takes the same interval from 50 paths on that differ from the most
//!   common value, and an exact one (`bounded`) below.
//! - No spread is no certainty: see [`Data::is_certain`].

mod bounded;

use super::data::{Absent, Data};
use super::estimate::{Estimate, Note, half_width};
use super::measure::{Measure, sample_of};
use super::sample::Sorted;
use super::skewed;
use super::statistic::Statistic;
use bounded::{Range, Steps};

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
    let is_even = found.std_error == Some(0.0);
    if is_even && is_certain {
        return found;
    }
    if let Some(range) = range_of(measure) {
        return mean_within(range, sample, found);
    }
    match measure.statistic {
        _ if found.std_error.is_none() => found,
        _ if is_even => without_interval(found, Note::NoneDiffers),
        // logarithms and influences of quantiles: skewed perhaps, never heavy
        Statistic::MeanOfBounded => match too_few(sample, FEW) {
            Some(note) => without_interval(found, note),
            None => corrected(sample.values(), found),
        },
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
        note: None,
        ..found
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
        return Estimate {
            std_error: Some(shape.std_error),
            interval: Some(shape.interval(found.level)),
            note: None,
            ..found
        };
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
        let Some(Note::HeavyTail { skewness, paths }) = found.note else {
            panic!("{found:?}");
        };
        // six events of 3,000 paths, fifty of 25,000
        assert!((skewness - 500f64.sqrt()).abs() < 1e-9 && found.interval.is_none());
        assert_eq!(paths, 25_000);
        let few = of(
            "wealth.terminal.mean",
            (0..128).map(f64::from).collect(),
            false,
        );
        assert_eq!(few.note.and_then(Note::paths), Some(200));
        // both tails are looked at, whatever the sign
        let heavy = (1..=5000).map(|k| -1e6 / f64::from(k)).collect();
        let found = of("amplification.wealth.terminal.real.mean", heavy, false);
        assert!(
            matches!(found.note, Some(Note::HeavyTail { .. })),
            "{found:?}"
        );
    }
}
