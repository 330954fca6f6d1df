//! Effect of agent selling on a holding whose position in the market is larger or smaller than its value.
//!
//! In: rows of the feedback loop, a debt. Out: postings with `Cause::Loop`; the lender may sell at the
//! intramonth low. Not here: holdings without debt (`holding`).

use super::holding::LowRows;
use super::spec::FeedbackSlot;
use crate::book::{Account, Cause};
use crate::math::Lanes;
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
    low: LowRows,
    build: &mut Build,
) {
    let from = build.world(Cause::Loop);
    build.feedback_step(
        Phase::Revalue,
        "Hold",
        #[inline(always)]
        move |cx| {
            let (close, at_low) = (*cx.rows.get(slot.at_close), *cx.rows.get(slot.at_low));
            let (held, owed, fall) =
                (*cx.book.value(value), *cx.rows.get(debt.owed), *cx.rows.get(slot.fall));
            debt.move_by(cx, from, value, |lane| exp(beta * at_low[lane]));
            let then = *cx.book.value(value);
            let without = Lanes::of(|lane| match fall[lane] > 0.0 {
                true => (held[lane] + owed[lane]) * exp(beta * (at_low[lane] + fall[lane])) - owed[lane],
                false => then[lane],
            });
            low.add(cx.rows, &without, &then);
            let (left, owed) = (*cx.book.value(value), *cx.rows.get(debt.owed));
            let position = |lane: usize, _: f64| left[lane] + owed[lane];
            low.sums.add_falsely(cx.rows, slot, beta, position);
            debt.move_by(cx, from, value, |lane| exp(beta * (close[lane] - at_low[lane])));
        },
    );
}
