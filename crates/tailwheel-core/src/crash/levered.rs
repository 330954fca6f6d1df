//! Effect of agent selling on a holding whose position in the market is larger or smaller than its value.
//!
//! In: rows of the feedback loop, a debt. Out: postings with `Cause::Loop`; the lender may sell at the
//! intramonth low. Not here: holdings without debt (`holding`).

use super::holding::{Sums, add};
use super::spec::LoopSlot;
use crate::book::{Account, Cause};
use crate::math::elementary::exp;
use crate::stage::{Build, Cx, Debt, Phase, Stage};

/// Adds the stage that revalues a holding with `debt` for agent selling, after the market's own return. The
/// position falls to the intramonth low, where the lender sells it if the debt is too high. The rest
/// recovers to the close.
pub fn hold_levered(value: Account, debt: Debt, slot: LoopSlot, beta: f64, sums: Sums, build: &mut Build) {
    let from = build.world(Cause::Loop);
    let accounts = [from, value];
    let hold = Hold { accounts, debt, slot, beta, sums };
    build.loop_stage(Phase::Revalue, hold);
}

struct Hold {
    /// Account of the outside world, then the account of the holding.
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
