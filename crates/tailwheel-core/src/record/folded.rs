//! Tracks that turn one row per month into one number per path: folded over the months, or read at the end.
//!
//! In: a row, a step. Out: a track. Not here: what the row means (one file per quantity).

use crate::math::{LANES, Lanes};
use crate::stage::{AnyTrack, Close, Row, Track};

/// Returns a track that starts at 0 and applies `step(state, row value, month)` each month. Mark `step`
/// `#[inline(always)]`.
pub(super) fn folded(
    row: Row,
    step: impl Fn(f64, f64, f64) -> f64 + Clone + Send + Sync + 'static,
) -> Box<dyn AnyTrack> {
    let state = Lanes::ZERO;
    Box::new(Folded { row, state, step })
}

#[derive(Clone)]
struct Folded<F> {
    row: Row,
    state: Lanes,
    step: F,
}

impl<F: Fn(f64, f64, f64) -> f64 + Clone + Send + Sync + 'static> Track for Folded<F> {
    fn open(&mut self) {
        self.state = Lanes::ZERO;
    }

    #[inline(always)]
    fn keep(&mut self, now: &Close<'_>) {
        let (row, month) = (now.rows.get(self.row), f64::from(now.month));
        for lane in 0..LANES {
            self.state[lane] = (self.step)(self.state[lane], row[lane], month);
        }
    }

    #[inline(always)]
    fn value(&self, _now: &Close<'_>) -> Lanes {
        self.state
    }
}

/// Track that reads a cumulative row once, at the horizon.
#[derive(Clone)]
pub(super) struct AtEnd(pub Row);

impl Track for AtEnd {
    #[inline(always)]
    fn value(&self, now: &Close<'_>) -> Lanes {
        *now.rows.get(self.0)
    }
}
