//! One row of every month as one number per path: folded, or as it is at the end.
//!
//! In: a row, a step. Out: a track. Not here: what the row means (a file each).

use crate::math::{LANES, Lanes};
use crate::stage::{AnyTrack, Close, Row, Track};

/// From 0 on, with every month `step(state, value of the row, month)`, which should be `#[inline(always)]`.
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

/// A row that is summed up by who writes it.
#[derive(Clone)]
pub(super) struct AtEnd(pub Row);

impl Track for AtEnd {
    #[inline(always)]
    fn value(&self, now: &Close<'_>) -> Lanes {
        *now.rows.get(self.0)
    }
}
