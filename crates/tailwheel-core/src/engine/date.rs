//! Distribution of the values of all paths on one date of a series.
//!
//! In: rows of blocks. Out: an exact sum over all paths, counts, smallest and largest value; mergeable. Not
//! here: which dates there are (`plan`).

use crate::math::histogram::Counter;
use crate::math::sum::Sum;
use crate::math::{LANES, Lanes, greater, lesser};

/// Number of blocks of 256 paths that are counted for percentile charts. The error of a percentile band is then at
/// most 1 % of its width, too little to see in a chart. Counting all paths would take a tenth of a run.
const FAN_BLOCKS: u64 = 256;

/// Number of paths, the first of a run, from which quantiles over time are computed.
pub const FAN_PATHS: u64 = FAN_BLOCKS * LANES as u64;

/// Values on one date: exact sum over all paths, and counts and extremes of the first [`FAN_PATHS`].
pub(super) struct DateCount {
    pub counter: Counter,
    pub sum: Sum,
    pub low: f64,
    pub high: f64,
}

impl Default for DateCount {
    fn default() -> Self {
        Self { counter: Counter::default(), sum: Sum::default(), low: f64::INFINITY, high: f64::NEG_INFINITY }
    }
}

impl DateCount {
    /// Adds the values of the first `n_paths` paths of the block with the number `block`.
    #[inline(always)]
    pub fn count(&mut self, row: &Lanes, n_paths: usize, block: u64) {
        let summary = Summary::of(row, n_paths);
        // within a block the order is fixed, and across blocks the sum is exact
        self.sum.add(summary.sum);
        if block >= FAN_BLOCKS {
            return;
        }
        self.counter.add_row(row, n_paths);
        self.low = lesser(summary.low, self.low);
        self.high = greater(summary.high, self.high);
    }
}

/// Sum and extremes of one row of values.
struct Summary {
    sum: f64,
    low: f64,
    high: f64,
}

impl Summary {
    /// Sums the first `n_paths` lanes in sixteen parts: a single sum would wait for every lane before the
    /// next.
    #[inline(always)]
    fn of(row: &Lanes, n_paths: usize) -> Self {
        const PARTS: usize = 16;
        let mut sums = [0.0; PARTS];
        let (mut lows, mut highs) = ([f64::INFINITY; PARTS], [f64::NEG_INFINITY; PARTS]);
        let (whole, rest) = row[..n_paths].as_chunks::<PARTS>();
        for chunk in whole {
            for part in 0..PARTS {
                sums[part] += chunk[part];
                lows[part] = lesser(chunk[part], lows[part]);
                highs[part] = greater(chunk[part], highs[part]);
            }
        }
        for (part, value) in rest.iter().enumerate() {
            sums[part] += value;
            lows[part] = lesser(*value, lows[part]);
            highs[part] = greater(*value, highs[part]);
        }
        Self {
            sum: sums.iter().sum(),
            low: lows.into_iter().fold(f64::INFINITY, lesser),
            high: highs.into_iter().fold(f64::NEG_INFINITY, greater),
        }
    }
}
