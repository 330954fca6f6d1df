//! What the loop does to what is held: value at the close, and the trough of the whole.
//!
//! In: rows of the loop, accounts. Out: postings with cause loop, a row of trough wealth. Not here:
//! the loop itself (`month`).

use super::spec::LoopSlot;
use crate::book::{Account, Cause};
use crate::math::elementary::exp;
use crate::math::{LANES, Lanes};
use crate::stage::{Build, Cx, ObjectKind, Phase, Row, Stage};

/// Leaves the loop's part of a holding's revaluation, after its market's own.
///
/// ```text
/// V ← V·exp(β·part)            part: the loop's log-return of its market at the close
/// ```
///
/// `beta`: how strongly the holding follows the forced sales of its market. `trough` collects the
/// values that all holdings have at the trough.
pub fn hold(value: Account, slot: LoopSlot, beta: f64, trough: Row, build: &mut Build) {
    let from = build.world(Cause::Loop);
    build.loop_stage(
        Phase::Revalue,
        Hold {
            value,
            from,
            slot,
            beta,
            trough,
        },
    );
}

struct Hold {
    value: Account,
    from: Account,
    slot: LoopSlot,
    beta: f64,
    trough: Row,
}

impl Stage for Hold {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        self.collect_trough(cx);
        let part = cx.rows.get(self.slot.at_close);
        cx.book.post_with(self.from, self.value, |lane, _, value| {
            value * (exp(self.beta * part[lane]) - 1.0)
        });
    }
}

impl Hold {
    /// Before the close is posted the value is the exogenous one, to which the trough belongs.
    #[inline(always)]
    fn collect_trough(&self, cx: &mut Cx<'_>) {
        let value = cx.book.value(self.value);
        let at_trough = cx.rows.get(self.slot.at_trough);
        let fell = |lane: usize| at_trough[lane] != 0.0;
        if (0..LANES).any(fell) {
            let mut at: Lanes = *value;
            for lane in (0..LANES).filter(|lane| fell(*lane)) {
                at[lane] *= exp(self.beta * at_trough[lane]);
            }
            add(cx.rows.get_mut(self.trough), &at);
        } else {
            add(cx.rows.get_mut(self.trough), value);
        }
    }
}

#[inline(always)]
pub(super) fn add(sum: &mut Lanes, row: &Lanes) {
    for lane in 0..LANES {
        sum[lane] += row[lane];
    }
}

/// Leaves the trough of the month: how far below its close the sum of the holdings stood when the
/// fall was deepest.
///
/// ```text
/// extra = max(0, Σ values at the close − Σ values at the trough)    where agents sold, else 0
/// ```
///
/// Both sums are those of the revaluation alone, so income, decay and trades of the month count in
/// neither and a loop without impact has no trough. Returns the row.
pub fn trough(values: &[Account], collected: Row, falls: &[Row], build: &mut Build) -> Row {
    build.object(ObjectKind::Policy, "trough");
    let extra = build.row();
    build.loop_stage(
        Phase::Revalue,
        Trough {
            values: values.to_vec(),
            collected,
            falls: falls.to_vec(),
            extra,
        },
    );
    extra
}

struct Trough {
    values: Vec<Account>,
    collected: Row,
    falls: Vec<Row>,
    extra: Row,
}

impl Stage for Trough {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let mut close = Lanes::ZERO;
        for value in &self.values {
            add(&mut close, cx.book.value(*value));
        }
        let mut fallen = Lanes::ZERO;
        for row in &self.falls {
            add(&mut fallen, cx.rows.get(*row));
        }
        let [collected, extra] = cx.rows.pair(self.collected, self.extra);
        for lane in 0..LANES {
            let below = close[lane] - collected[lane];
            extra[lane] = if fallen[lane] > 0.0 && below > 0.0 {
                below
            } else {
                0.0
            };
        }
        *collected = Lanes::ZERO;
    }
}
