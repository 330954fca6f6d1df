//! Reinvestment of excess cash.

use super::{Holding, Owner, open_weight, open_weights};
use crate::book::Cause;
use crate::math::{LANES, Lanes};
use crate::stage::{Build, Dated, Phase, begun};

/// Buys tradable holdings with a share of the cash above the buffer at the end of every month. The opening
/// values are the weights. Cash is kept if there are no tradable holdings; holdings closed by an event are
/// not bought.
#[derive(Clone, Debug, PartialEq)]
pub struct Surplus {
    /// Share of the excess cash that is reinvested; 0 keeps all of it as cash.
    pub reinvested: f64,
    /// Cash buffers by first month, for each residence. Only cash above the buffer is excess; without an
    /// entry the buffer is 0.
    pub buffers: Dated<Vec<(u32, f64)>>,
}

impl Surplus {
    /// Adds the stage of the purchases to the plan, unless there is nothing to buy.
    pub fn build(self, owner: &Owner, holdings: &[Holding], build: &mut Build) {
        if holdings.is_empty() || self.reinvested == 0.0 {
            return;
        }
        let lost = build.world(Cause::Haircut);
        let owner = *owner;
        let holdings = holdings.to_vec();
        build.step(
            Phase::Reinvest,
            "Reinvest",
            #[inline(always)]
            move |cx| {
                let mut free = *cx.book.value(owner.cash);
                if let Some(account) = owner.owed {
                    free += cx.book.value(account);
                }
                let month = cx.month.index;
                let kept = |buffers: &Vec<(u32, f64)>| begun(buffers, month).copied().unwrap_or(0.0);
                let buffer = self.buffers.lanes(cx.rows, month, 0.0, kept);
                let mut invested = Lanes::ZERO;
                for lane in 0..LANES {
                    let surplus = free[lane] - buffer[lane];
                    invested[lane] = if surplus > 0.0 { surplus * self.reinvested } else { 0.0 };
                }
                let open = open_weights(&holdings, cx);
                for holding in &holdings {
                    let weights = open_weight(holding, open.as_ref(), cx);
                    let kept = 1.0 - holding.trade_cost;
                    cx.book.post_with(owner.cash, holding.value, |lane, _, _| {
                        invested[lane] * (weights[lane] * kept)
                    });
                    cx.book.post_with(owner.cash, lost, |lane, _, _| {
                        invested[lane] * (weights[lane] * holding.trade_cost)
                    });
                    if let Some(average) = holding.average_cost {
                        average.buy(cx.rows, |lane| invested[lane] * weights[lane]);
                    }
                }
            },
        );
    }
}
