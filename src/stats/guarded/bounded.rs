//! Interval of a mean of bounded samples of which few differ from the most common value.
//!
//! In: samples, the ends that none can pass. Out: an interval that no law within these ends
//! breaks. Not here: what is known of the ends (`super`).

use super::super::difference::{Counts, tango};
use super::Sorted;
use crate::math::counts::{bounded_mean_interval, exact_interval};

/// The least and the greatest that a sample can be.
#[derive(Clone, Copy, Debug)]
pub struct Range(pub f64, pub f64);

/// How far samples lie from the most common one.
pub struct Steps {
    range: Range,
    n: usize,
    common: f64,
    pub n_differ: usize,
    up: Side,
    down: Side,
}

/// Steps to one side, as parts of the way to the end.
#[derive(Clone, Copy, Debug, Default)]
struct Side {
    way: f64,
    n: usize,
    /// Of the parts of the way.
    sum: f64,
    /// Whether each goes all the way.
    is_whole: bool,
}

impl Steps {
    pub fn of(range: Range, sample: &Sorted) -> Self {
        let values = sample.values();
        let runs = values.chunk_by(|a, b| a == b);
        let (common, n_common) =
            runs.map(|run| (run[0], run.len()))
                .fold(
                    (range.0, 1),
                    |most, run| if run.1 > most.1 { run } else { most },
                );
        let n_common = if n_common == 1 {
            sample.n_equal(common)
        } else {
            n_common
        };
        let side = |way: f64, step: &dyn Fn(f64) -> f64| {
            let mut side = Side {
                way,
                is_whole: true,
                ..Side::default()
            };
            for value in values
                .iter()
                .map(|value| step(*value))
                .filter(|step| *step > 0.0)
            {
                side.n += 1;
                // rounding must not carry a sample beyond the end
                side.sum += (value / way).min(1.0);
                side.is_whole &= value == way;
            }
            side
        };
        Self {
            range,
            n: values.len(),
            common,
            n_differ: values.len() - n_common,
            up: side(range.1 - common, &|value| value - common),
            down: side(common - range.0, &|value| common - value),
        }
    }

    /// Whether every sample says by how much one event differs from another: −1, 0 or 1.
    pub fn is_difference_of_events(&self) -> bool {
        self.range.0 == -self.range.1
            && self.common == 0.0
            && self.up.is_whole
            && self.down.is_whole
    }

    /// Tango's, of the counts of both sides.
    pub fn tango(&self, level: f64) -> (f64, f64) {
        let counts = Counts {
            lost: self.down.n,
            gained: self.up.n,
        };
        let (low, high) = tango(counts, self.n, super::half_width(level));
        (low * self.range.1, high * self.range.1)
    }

    /// ```text
    /// c + (b − c)·[u] − (c − a)·[d],   a ≤ x ≤ b, c the most common x
    /// u: mean of (x − c)⁺/(b − c), d: mean of (c − x)⁺/(c − a)
    /// ```
    ///
    /// with exact intervals of both, at half of what may be missed if there are both. If no path
    /// differs, at most 1 − (½(1 − level))^(1/n) of all do, and each by no more than the whole way.
    pub fn interval(&self, level: f64) -> (f64, f64) {
        let has_two_sides = self.up.way > 0.0 && self.down.way > 0.0;
        let of_side = match has_two_sides && self.n_differ > 0 {
            true => 1.0 - 0.5 * (1.0 - level),
            false => level,
        };
        let (up, down) = (
            self.up.interval(self.n, of_side),
            self.down.interval(self.n, of_side),
        );
        (self.common + up.0 - down.1, self.common + up.1 - down.0)
    }
}

impl Side {
    fn interval(&self, n: usize, level: f64) -> (f64, f64) {
        if self.way <= 0.0 {
            return (0.0, 0.0);
        }
        let (low, high) = match self.is_whole {
            true => exact_interval(self.n as u64, n as u64, level),
            false => bounded_mean_interval(self.sum / n as f64, n as u64, level),
        };
        (self.way * low, self.way * high)
    }
}
