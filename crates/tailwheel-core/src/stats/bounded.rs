//! Mean of values with known bounds, even if hardly any sample differs from the others.
//!
//! In: samples and the bounds that none can pass. Out: an estimate whose interval holds for every law within
//! the bounds. Not here: which figures have bounds (`statistic`), means without bounds (`moments`).

use super::difference::{DiscordantPaths, tango};
use super::estimate::{Estimate, FEW, LEVEL, error_of, half_width};
use super::moments;
use super::sample::Sample;
use super::skewed::SkewedMean;
use crate::math::counts::{bounded_mean_interval, exact_interval};
use crate::math::ordered::Rising;

/// Estimates the mean of samples that lie within `range` (least, greatest), with its interval at `level`.
///
/// With 50 or more samples off the most common value, differences of events get Tango's interval
/// (`difference::share`). Other samples get Hall's interval if their skewness allows it (`skewed`). In all
/// other cases the interval is that of a count if samples lie at the bounds only, and Hoeffding's otherwise
/// (`math::counts`).
pub fn mean(range: (f64, f64), sample: &Sample, level: f64) -> Estimate {
    let found = moments::mean_of_bounded(sample, level);
    if sample.n() < 2 {
        return found;
    }
    let steps = Steps::of(range, sample);
    let interval = |level: f64| {
        if steps.n_differ < FEW {
            steps.interval(level)
        } else if steps.is_difference_of_events() {
            steps.tango(level)
        } else {
            let shape = Some(SkewedMean::of(&*sample.rising())).filter(SkewedMean::is_shown);
            shape.map_or_else(|| steps.interval(level), |shape| shape.interval(level))
        }
    };
    Estimate {
        interval: Some(interval(level)),
        // without spread the standard error comes from the 95 % interval, so that `level` does not change it
        std_error: found.std_error.filter(|error| *error > 0.0).or_else(|| Some(error_of(interval(LEVEL)))),
        ..found
    }
}

/// Counts and distances of the samples above and below the most common sample, `common`.
struct Steps {
    range: (f64, f64),
    n: usize,
    common: f64,
    n_differ: usize,
    up: Side,
    down: Side,
}

/// Samples above, or below, the most common sample; `way` is the distance from that to the bound on this side.
#[derive(Clone, Copy, Debug, Default)]
struct Side {
    way: f64,
    n: usize,
    /// Sum of the distances of these samples from the most common one, as fractions of `way`.
    sum: f64,
    /// True if every sample on this side equals the bound.
    is_whole: bool,
}

impl Steps {
    fn of(range: (f64, f64), sample: &Sample) -> Self {
        let (values, n) = (sample.rising(), sample.n());
        let (common, n_common) = most_common(&*values, range.0);
        let n_common = if n_common == 1 { sample.n_equal(common) } else { n_common };
        let side = |way: f64, step: &dyn Fn(f64) -> f64| {
            let mut side = Side { way, is_whole: true, ..Side::default() };
            values.rise(0..n, |piece| {
                let steps = piece.iter().map(|value| step(*value));
                for value in steps.filter(|step| *step > 0.0) {
                    side.n += 1;
                    // rounding must not carry a sample beyond the end
                    side.sum += (value / way).min(1.0);
                    side.is_whole &= value == way;
                }
            });
            side
        };
        Self {
            range,
            n,
            common,
            n_differ: n - n_common,
            up: side(range.1 - common, &|value| value - common),
            down: side(common - range.0, &|value| common - value),
        }
    }

    /// True if every sample is a difference of two events, which happen or not: −1, 0 or 1 times the bound.
    fn is_difference_of_events(&self) -> bool {
        self.range.0 == -self.range.1 && self.common == 0.0 && self.up.is_whole && self.down.is_whole
    }

    /// Returns Tango's interval of the mean from the numbers of samples above and below the most common value, 0.
    fn tango(&self, level: f64) -> (f64, f64) {
        let counts = DiscordantPaths { lost: self.down.n, gained: self.up.n };
        let (low, high) = tango(counts, self.n, half_width(level));
        (low * self.range.1, high * self.range.1)
    }

    /// Returns the interval of the mean that holds for every law within the bounds:
    ///
    /// ```text
    /// c + (b − c)·[u] − (c − a)·[d],   a ≤ x ≤ b, c the most common x
    /// u: mean of (x − c)⁺/(b − c), d: mean of (c − x)⁺/(c − a)
    /// ```
    ///
    /// where `[u]` and `[d]` are exact intervals. With two sides each gets half of the error probability. If
    /// no path differs, at most 1 − (½(1 − level))^(1/n) of all paths do, each by at most the full distance.
    fn interval(&self, level: f64) -> (f64, f64) {
        let has_two_sides = self.up.way > 0.0 && self.down.way > 0.0;
        let of_side = if has_two_sides && self.n_differ > 0 { 1.0 - 0.5 * (1.0 - level) } else { level };
        let (up, down) = (self.up.interval(self.n, of_side), self.down.interval(self.n, of_side));
        (self.common + up.0 - down.1, self.common + up.1 - down.0)
    }
}

/// Returns the most common sorted value (the least on a tie) and its count; `(otherwise, 1)` if none repeats.
fn most_common<R: Rising + ?Sized>(values: &R, otherwise: f64) -> (f64, usize) {
    let (mut most, mut run) = ((otherwise, 1), (f64::NAN, 0));
    values.rise(0..values.n(), |piece| {
        for value in piece {
            run = if *value == run.0 { (run.0, run.1 + 1) } else { (*value, 1) };
            if run.1 > most.1 {
                most = run;
            }
        }
    });
    most
}

impl Side {
    fn interval(&self, n: usize, level: f64) -> (f64, f64) {
        if self.way <= 0.0 {
            return (0.0, 0.0);
        }
        let (low, high) = if self.is_whole {
            exact_interval(self.n as u64, n as u64, level)
        } else {
            bounded_mean_interval(self.sum / n as f64, n as u64, level)
        };
        (self.way * low, self.way * high)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(range: (f64, f64), values: Vec<f64>) -> Estimate {
        mean(range, &Sample::new(values).expect("finite"), 0.99)
    }

    #[test]
    fn no_level_changes_the_error() {
        for n_differ in [0, 7, 300] {
            let values = (0..1000).map(|path| f64::from(u8::from(path < n_differ)));
            let sample = Sample::new(values.collect()).expect("finite");
            let error = |level| mean((0.0, 1.0), &sample, level).std_error;
            assert_eq!(error(LEVEL), error(0.99));
        }
    }

    #[test]
    fn what_is_too_skewed_for_a_transformation_keeps_an_interval() {
        // sixty of ten thousand go all the way, the others a hundredth of it
        let values = (0..10_000).map(|path| if path < 60 { 1.0 } else { 0.01 + 1e-6 * f64::from(path) });
        let found = of((0.0, 1.0), values.collect());
        assert!(found.interval.is_some_and(|(low, high)| low < found.value && found.value < high));
    }
}
