//! Tracks made of closures: one number per path, updated after each month or computed at the horizon.
//!
//! In: closures over rows. Out: tracks. Not here: what a row means (one file per quantity).
//!
//! Wrap each closure in `inlined!`, so that it is compiled for the SIMD level of its track.

use crate::math::{LANES, Lanes, inlined};
use crate::stage::{AnyTrack, Close, Row, Track};

/// Returns a track of a number that starts at 0 and that `step` updates after each month.
pub(super) fn monthly(
    step: impl Fn(&mut Lanes, &Close<'_>) + Clone + Send + Sync + 'static,
) -> Box<dyn AnyTrack> {
    monthly_then(
        inlined!(move |[state]: &mut [Lanes; 1], now: &Close<'_>| step(state, now)),
        inlined!(|[state], _| *state),
    )
}

/// Returns a track of `N` numbers that start at 0 and that `step` updates after each month. At the horizon,
/// `value` computes the recorded number from them.
pub(super) fn monthly_then<const N: usize>(
    step: impl Fn(&mut [Lanes; N], &Close<'_>) + Clone + Send + Sync + 'static,
    value: impl Fn(&[Lanes; N], &Close<'_>) -> Lanes + Clone + Send + Sync + 'static,
) -> Box<dyn AnyTrack> {
    Box::new(Monthly { state: [Lanes::ZERO; N], step, value })
}

/// Returns a track like [`monthly`]: `step(number, value of the row, month)` returns the next number.
pub(super) fn folded(
    row: Row,
    step: impl Fn(f64, f64, f64) -> f64 + Clone + Send + Sync + 'static,
) -> Box<dyn AnyTrack> {
    monthly(inlined!(move |state: &mut Lanes, now: &Close<'_>| {
        let (row, month) = (now.rows.get(row), f64::from(now.month));
        for lane in 0..LANES {
            state[lane] = step(state[lane], row[lane], month);
        }
    }))
}

/// Returns a track of the number of months for which `counts(value of the row)` is true.
pub(super) fn counted(
    row: Row,
    counts: impl Fn(f64) -> bool + Clone + Send + Sync + 'static,
) -> Box<dyn AnyTrack> {
    folded(row, inlined!(move |n_months, value, _| n_months + if counts(value) { 1.0 } else { 0.0 }))
}

/// Returns a track of a number that `value` computes at the horizon.
pub(super) fn at_end(
    value: impl Fn(&Close<'_>) -> Lanes + Clone + Send + Sync + 'static,
) -> Box<dyn AnyTrack> {
    monthly_then(inlined!(|_: &mut [Lanes; 0], _| {}), inlined!(move |_, now| value(now)))
}

/// Returns a track that reads a row at the horizon, such as one of sums since the start.
pub(super) fn row_at_end(row: Row) -> Box<dyn AnyTrack> {
    at_end(inlined!(move |now| *now.rows.get(row)))
}

#[derive(Clone)]
struct Monthly<const N: usize, S, V> {
    state: [Lanes; N],
    step: S,
    value: V,
}

impl<const N: usize, S, V> Track for Monthly<N, S, V>
where
    S: Fn(&mut [Lanes; N], &Close<'_>) + Clone + Send + Sync + 'static,
    V: Fn(&[Lanes; N], &Close<'_>) -> Lanes + Clone + Send + Sync + 'static,
{
    fn open(&mut self) {
        self.state = [Lanes::ZERO; N];
    }

    #[inline(always)]
    fn keep(&mut self, now: &Close<'_>) {
        (self.step)(&mut self.state, now);
    }

    #[inline(always)]
    fn value(&self, now: &Close<'_>) -> Lanes {
        (self.value)(&self.state, now)
    }
}
