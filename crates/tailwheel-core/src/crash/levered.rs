//! Effect of agent selling on a holding whose position in the market is larger or smaller than its value.
//!
//! In: rows of the feedback loop, a debt. Out: postings with `Cause::Loop`; the lender may sell at the
//! intramonth low. Not here: holdings without debt (`holding`).

use super::holding::{Sums, add};
use super::spec::FeedbackSlot;
use crate::book::{Account, Cause};
use crate::math::elementary::exp;
use crate::stage::{Build, Debt, Phase};

/// Adds the stage that revalues a holding with `debt` for agent selling, after the market's own return. The
/// position falls to the intramonth low, where the lender sells it if the debt is too high. The remaining
/// position recovers to the close.
pub fn hold_levered(
    value: Account,
    debt: Debt,
    slot: FeedbackSlot,
    beta: f64,
    sums: Sums,
    build: &mut Build,
) {
    let from = build.world(Cause::Loop);
    build.feedback_step(
        Phase::Revalue,
        "Hold",
        #[inline(always)]
        move |cx| {
            add(cx.rows.get_mut(sums.before), cx.book.value(value));
            let (close, low) = (*cx.rows.get(slot.at_close), *cx.rows.get(slot.at_low));
            debt.move_by(cx, from, value, |lane| exp(beta * low[lane]));
            add(cx.rows.get_mut(sums.low), cx.book.value(value));
            let (left, owed) = (*cx.book.value(value), *cx.rows.get(debt.owed));
            let at_low = |lane: usize, _: f64| left[lane] + owed[lane];
            sums.add_falsely(cx.rows, slot, beta, at_low);
            debt.move_by(cx, from, value, |lane| exp(beta * (close[lane] - low[lane])));
        },
    );
}
