//! One row of every month, folded into one number per path.
//!
//! In: a row, a step. Out: a track. Not here: what the row means (a file each).

use crate::math::{LANES, Lanes};
use crate::stage::{AnyTrack, Close, Row, Track};

/// From 0 on, with every month `step(state, value of the row)`, which should be `#[inline(always)]`.
pub(super) fn folded(
    row: Row,
    step: impl Fn(f64, f64) -> f64 + Clone + Send + Sync + 'static,
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

impl<F: Fn(f64, f64) -> f64 + Clone + Send + Sync + 'static> Track for Folded<F> {
    fn open(&mut self) {
        self.state = Lanes::ZERO;
    }

    #[inline(always)]
    fn keep(&mut self, now: &Close<'_>) {
        let row = now.rows.get(self.row);
        for lane in 0..LANES {
            self.state[lane] = (self.step)(self.state[lane], row[lane]);
        }
    }

    #[inline(always)]
    fn value(&self, _now: &Close<'_>) -> Lanes {
        self.state
    }
}
