//! What the loop does to a holding of which more or less than its value is in the market.
//!
//! In: rows of the loop, a debt. Out: postings with cause loop; at the trough the lender may sell. Not here: holdings
//! without debt (`holding`).

use super::holding::{Sums, add};
use super::spec::LoopSlot;
use crate::book::{Account, Cause};
use crate::math::elementary::exp;
use crate::stage::{Build, Cx, Debt, Phase, Stage};

/// Leaves the loop's part of the revaluation of a holding with `debt`, after its market's own: the position goes down
/// to the trough, is sold there if too much is owed, and what is left of it comes back to the close.
pub fn hold_levered(
    value: Account,
    debt: Debt,
    slot: LoopSlot,
    beta: f64,
    sums: Sums,
    build: &mut Build,
) {
    let from = build.world(Cause::Loop);
    let accounts = [from, value];
    let hold = Hold { accounts, debt, slot, beta, sums };
    build.loop_stage(Phase::Revalue, hold);
}

struct Hold {
    /// The world's side and the holding.
    accounts: [Account; 2],
    debt: Debt,
    slot: LoopSlot,
    beta: f64,
    sums: Sums,
}

impl Stage for Hold {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let [_, value] = self.accounts;
        add(cx.rows.get_mut(self.sums.before), cx.book.value(value));
        let (close, trough) = (*cx.rows.get(self.slot.at_close), *cx.rows.get(self.slot.at_trough));
        let beta = self.beta;
        self.debt.move_by(cx, self.accounts, |lane| exp(beta * trough[lane]));
        add(cx.rows.get_mut(self.sums.trough), cx.book.value(value));
        let (left, owed) = (*cx.book.value(value), *cx.rows.get(self.debt.owed));
        let at_trough = |lane: usize, _: f64| left[lane] + owed[lane];
        self.sums.add_falsely(cx.rows, self.slot, beta, at_trough);
        self.debt.move_by(cx, self.accounts, |lane| exp(beta * (close[lane] - trough[lane])));
    }
}
