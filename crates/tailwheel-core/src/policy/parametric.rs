//! Parametric insurance: it pays if the yield of a holding after an event is low, whatever the loss was.
//!
//! ```text
//! window    opens in month e of an insured event with loss ≥ attachment·V, unless one is open already
//! u         = value after events and decay of month e / value before them; then u ← u·left every month
//! y         = 12/k·Σ u_j·earned_j           over the k ≤ w months after e; u_j at the start of month j
//! asked     = limit·max(0, 1 − y/threshold) in the w-th month, or at the horizon if k ≥ 1
//! ```
//!
//! Income of a month depends on the value at its start, so events in month e + k cannot lower y. The window
//! is settled before the losses of its last month are read. These losses may open the next window.
//!
//! Prices, purchases and sales do not affect y: `earned` and `left` are per unit of value (`asset`).

use super::insurer::Insurer;
use crate::asset::PerUnit;
use crate::math::{Hits, greater};
use crate::stage::{Build, Cx, Row, Stage};

/// Payout terms of a parametric insurance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trigger {
    /// Yearly yield from which on the insurance pays nothing.
    pub threshold: f64,
    /// Number of months after the event whose income counts, at least 1.
    pub window: u32,
    /// Number of simulated months.
    pub horizon: u32,
    pub unit: PerUnit,
}

/// Stage of a parametric insurance: it watches the yield of the holding in a window of months after an event.
pub(super) struct Windows {
    insurer: Insurer,
    trigger: Trigger,
    /// Months since the observation of the yield began, including that of the event; 0 without an observation.
    open: Row,
    /// Fraction that remains of one unit of value held before the event.
    unit: Row,
    /// Income since the event from one unit of value held before the event.
    earned: Row,
    /// Money lost to insured events since the observation of the yield began.
    lost: Row,
}

impl Windows {
    pub fn of(insurer: Insurer, trigger: Trigger, build: &mut Build) -> Self {
        Self {
            insurer,
            trigger,
            open: build.row(),
            unit: build.row(),
            earned: build.row(),
            lost: build.row(),
        }
    }
}

impl Stage for Windows {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        self.insurer.open_month(cx);
        let open = cx.rows.get(self.open);
        let waits = Hits::of(|lane| open[lane] > 0.0);
        let affected = self.insurer.affected(cx);
        let is_last = cx.month.index == self.trigger.horizon;
        for lane in waits.iter() {
            self.watch(cx, lane, is_last);
        }
        for lane in affected.iter() {
            self.strike(cx, lane);
        }
        if is_last {
            for lane in affected.iter() {
                self.close(cx, lane);
            }
        }
    }
}

impl Windows {
    /// Handles an insured event on one path: begins an observation of the yield, or adds the loss to the current one.
    fn strike(&self, cx: &mut Cx<'_>, lane: usize) {
        let (loss, is_claim) = self.insurer.take_loss(cx, lane);
        let left = cx.rows.get(self.trigger.unit.left)[lane];
        if cx.rows.get(self.open)[lane] > 0.0 {
            cx.rows.get_mut(self.lost)[lane] += loss;
        } else if is_claim {
            for (row, value) in [(self.open, 1.0), (self.unit, left), (self.earned, 0.0), (self.lost, loss)] {
                cx.rows.get_mut(row)[lane] = value;
            }
        } else {
            self.insurer.miss(cx, lane, loss);
        }
    }

    /// Advances the observation of the yield on one path by a month, before the month's events. Settles the claim in
    /// the last month of the observation, or at the horizon (`is_last`).
    fn watch(&self, cx: &mut Cx<'_>, lane: usize, is_last: bool) {
        let of = &self.trigger;
        let earned = cx.rows.get(of.unit.earned)[lane];
        let left = cx.rows.get(of.unit.left)[lane];
        let unit = &mut cx.rows.get_mut(self.unit)[lane];
        let earned = *unit * earned;
        *unit *= left;
        let sum = &mut cx.rows.get_mut(self.earned)[lane];
        *sum += earned;
        let sum = *sum;
        let open = &mut cx.rows.get_mut(self.open)[lane];
        let n_months = *open;
        *open += 1.0;
        if n_months < f64::from(of.window) && !is_last {
            return;
        }
        if !self.insurer.is_ruined(cx, lane) {
            let yielded = 12.0 / n_months * sum;
            let asked = self.insurer.of.limit * greater(1.0 - yielded / of.threshold, 0.0);
            let lost = std::mem::take(&mut cx.rows.get_mut(self.lost)[lane]);
            self.insurer.claim(cx, lane, asked, lost);
        }
        self.close(cx, lane);
    }

    /// Ends the observation of the yield on one path. The remaining loss counts as not compensated.
    fn close(&self, cx: &mut Cx<'_>, lane: usize) {
        cx.rows.get_mut(self.open)[lane] = 0.0;
        let lost = std::mem::take(&mut cx.rows.get_mut(self.lost)[lane]);
        self.insurer.miss(cx, lane, lost);
    }
}
