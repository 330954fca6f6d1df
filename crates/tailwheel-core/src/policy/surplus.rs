//! Reinvestment of excess cash.

use super::{Holding, Owner, open_weight, open_weights};
use crate::book::Cause;
use crate::math::{LANES, Lanes};
use crate::stage::{Build, Dated, Phase, begun};

/// Adds the stage that buys tradable holdings with a `share` of the cash above the buffer at the end of every
/// month; nothing if the share is 0 or there is nothing to buy. The opening values are the weights. Holdings
/// closed by an event are not bought. `buffers` holds the cash buffers by first month, for each residence;
/// without an entry the buffer is 0.
pub fn reinvest(
    share: f64,
    buffers: Dated<Vec<(u32, f64)>>,
    owner: Owner,
    holdings: Vec<Holding>,
    build: &mut Build,
) {
    if holdings.is_empty() || share == 0.0 {
        return;
    }
    let lost = build.world(Cause::Haircut);
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
            let buffer = buffers.lanes(cx.rows, month, 0.0, kept);
            let mut invested = Lanes::ZERO;
            for lane in 0..LANES {
                let surplus = free[lane] - buffer[lane];
                invested[lane] = if surplus > 0.0 { surplus * share } else { 0.0 };
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
