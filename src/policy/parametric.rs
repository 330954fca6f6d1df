//! Insurance that looks at no loss: it pays if what a holding earns after an event is low.
//!
//! ```text
//! opens     in the month e of an event of the cause whose loss is at least attachment·V, unless one stays open in it
//! u         = value after events and decay of that month / value before them; then u ← u·left, month after month
//! y         = 12/k·Σ u_j·earned_j           over the k ≤ w months after that of the event; u_j of the start of month j
//! asked     = limit·max(0, 1 − y/threshold) in the w-th month, or at the horizon if k ≥ 1
//! ```
//!
//! A month earns by the value at its start, so what events take in the month e + k cannot lower y: the window is settled before the
//! losses of its last month are looked at, and they may open the next one.
//!
//! No purchase and no sale moves y, and no price: `earned` and `left` are those of a unit (`asset`).

use super::cover::Insurer;
use crate::asset::PerUnit;
use crate::math::{Hits, greater};
use crate::stage::{Build, Cx, Row, Stage};

/// When it pays, and how much.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trigger {
    /// Yield of a year at which nothing is paid.
    pub threshold: f64,
    /// Months after that of the event that count, at least 1.
    pub window: u32,
    /// Months that are simulated.
    pub horizon: u32,
    pub unit: PerUnit,
}

/// The stage of a month.
pub(super) struct Windows {
    insurer: Insurer,
    trigger: Trigger,
    /// Months that have begun since the window opened, that of the event among them; 0 without one.
    open: Row,
    /// What is left of a unit.
    unit: Row,
    /// What it has earned.
    earned: Row,
    /// What events of the cause took since the window opened.
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
        let struck = self.insurer.struck(cx);
        let is_last = cx.month.index == self.trigger.horizon;
        for lane in waits.iter() {
            self.watch(cx, lane, is_last);
        }
        for lane in struck.iter() {
            self.strike(cx, lane);
        }
        if is_last {
            for lane in struck.iter() {
                self.close(cx, lane);
            }
        }
    }
}

impl Windows {
    /// An event of the month: it opens a window, or adds to the loss of the one that stays open.
    fn strike(&self, cx: &mut Cx<'_>, lane: usize) {
        let (loss, is_claim) = self.insurer.take_loss(cx, lane);
        let left = cx.rows.get(self.trigger.unit.left)[lane];
        if cx.rows.get(self.open)[lane] > 0.0 {
            cx.rows.get_mut(self.lost)[lane] += loss;
        } else if is_claim {
            for (row, value) in
                [(self.open, 1.0), (self.unit, left), (self.earned, 0.0), (self.lost, loss)]
            {
                cx.rows.get_mut(row)[lane] = value;
            }
        } else {
            self.insurer.miss(cx, lane, loss);
        }
    }

    /// A month of an open window, before the events of the cause in it; the last one settles it.
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

    /// Ends a window; what it has not paid for is missed.
    fn close(&self, cx: &mut Cx<'_>, lane: usize) {
        cx.rows.get_mut(self.open)[lane] = 0.0;
        let lost = std::mem::take(&mut cx.rows.get_mut(self.lost)[lane]);
        self.insurer.miss(cx, lane, lost);
    }
}
